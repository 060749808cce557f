#include "diaodu/report/gantt_rows.h"

#include <algorithm>

#include "diaodu/plan/tree.h"
#include "diaodu/report/time_axis.h"

namespace diaodu::report {

GanttRows gantt_rows(const Plan& plan, const solve::Answer& answer, std::size_t max_rows) {
  GanttRows chosen;
  if (!answer.has_schedule) return chosen;
  const Table<TaskId, int> depth = depths(plan);
  std::vector<std::size_t> num_at_depth;
  for (const TaskId task : outline(plan)) {
    if (!answer.schedule.placements[task].is_scheduled) continue;
    chosen.rows.push_back({task, depth[task]});
    const auto level = static_cast<std::size_t>(depth[task]);
    if (num_at_depth.size() <= level) num_at_depth.resize(level + 1);
    ++num_at_depth[level];
  }
  const std::size_t all = chosen.rows.size();
  if (max_rows == 0 || all <= max_rows) return chosen;
  std::size_t shown = 0;
  int deepest = 0;
  for (std::size_t level = 0; level < num_at_depth.size(); ++level) {
    shown += num_at_depth[level];
    if (shown > max_rows) break;
    deepest = static_cast<int>(level);
  }
  std::erase_if(chosen.rows, [&](const GanttRows::Row& row) { return row.depth > deepest; });
  chosen.rows.resize(std::min(chosen.rows.size(), max_rows));
  chosen.num_left_out = all - chosen.rows.size();
  return chosen;
}

Interval gantt_range(const Plan& plan, const solve::Answer& answer) {
  Interval range = span_of(plan, answer.schedule);
  if (range.to <= range.from) range.to = range.from + Elapsed{1};
  const Instant limit = range.to + Elapsed{range.length().count() / 8};
  for (const Task& task : plan.tasks) {
    if (task.deadline > range.to && task.deadline <= limit) range.to = task.deadline;
  }
  if (plan.data_date) range.from = std::min(range.from, std::max(*plan.data_date, plan.start));
  return range;
}

}  // namespace diaodu::report
