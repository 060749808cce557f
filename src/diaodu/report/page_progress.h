#pragma once

#include "diaodu/plan/plan.h"
#include "diaodu/plan/progress.h"
#include "diaodu/plan/schedule.h"
#include "diaodu/plan/working_times.h"

namespace diaodu::report {

/// How much of each task is done, and of each summary by the work of its tasks.
struct Done {
  Table<TaskId, double> percent;    ///< 0 ... 100
  Table<TaskId, char> is_complete;  ///< of a summary: all of its scheduled tasks are
};

/// What the record says in percent; else what its remaining work leaves of its duration.
Done done_of(const Plan& plan, const Schedule& schedule, const TaskStates& states);

}  // namespace diaodu::report
