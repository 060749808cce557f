#pragma once

#include <string>
#include <vector>

#include "diaodu/core/language.h"
#include "diaodu/plan/plan.h"
#include "diaodu/plan/schedule.h"

namespace diaodu::report {

/// Milestones and tasks with a deadline, as far as they are scheduled, in the order of their
/// finish.
std::vector<TaskId> milestones(const Plan& plan, const Schedule& schedule);

inline bool has_deadline(const Task& task) { return task.deadline < kNever; }

inline bool is_missed(const Task& task, const Placement& placed) {
  return has_deadline(task) && placed.finish > task.deadline;
}

/// `met, 3 d to spare`, `missed by 2 d 4 h`; empty without a deadline.
std::string deadline_words(const Plan& plan, TaskId task, const Placement& placed,
                           Language language);

}  // namespace diaodu::report
