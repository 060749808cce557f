#pragma once

#include "diaodu/core/id.h"
#include "diaodu/core/quantity.h"
#include "diaodu/core/time.h"
#include "diaodu/plan/ids.h"

namespace diaodu::formats {

/// What a schedule made of a task, as writers of foreign files tell it.
struct PlannedDates {
  Instant start;
  Instant finish;
  Instant earliest_start;
  Instant earliest_finish;
  Instant latest_start;
  Instant latest_finish;
  WorkTime total_float;
  WorkTime free_float;
  bool has_float = true;  ///< false: completed
  bool is_critical = false;
  bool is_scheduled = true;  ///< false: left out
};

/// Empty: nothing is scheduled yet.
using PlannedTable = Table<TaskId, PlannedDates>;

}  // namespace diaodu::formats
