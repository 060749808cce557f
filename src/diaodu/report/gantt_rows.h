#pragma once

#include <cstddef>
#include <vector>

#include "diaodu/plan/plan.h"
#include "diaodu/solve/answer.h"

namespace diaodu::report {

/// The tasks that a Gantt chart shows, in the order of the outline.
struct GanttRows {
  struct Row {
    TaskId task;
    int depth = 0;
  };
  std::vector<Row> rows;
  std::size_t num_left_out = 0;
};

/// All scheduled tasks, or, where they are more than `max_rows` (0: no limit), those of the upper
/// levels of the outline that fit; if even the top level does not fit, its first tasks.
GanttRows gantt_rows(const Plan& plan, const solve::Answer& answer, std::size_t max_rows);

/// What the chart spans: all that is scheduled, and deadlines that lie not far behind it.
Interval gantt_range(const Plan& plan, const solve::Answer& answer);

}  // namespace diaodu::report
