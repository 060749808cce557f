#include "diaodu/solve/task_dates.h"

#include <algorithm>
#include <optional>

#include "diaodu/plan/tree.h"
#include "diaodu/solve/hammocks.h"
#include "diaodu/solve/tail.h"

namespace diaodu::solve {
namespace {

/// A summary spans its children's dates and is as critical as the most critical of them.
void roll_up_dates(const Plan& plan, Table<TaskId, TaskDates>& dates) {
  Table<TaskId, char> is_begun(plan.tasks.size(), 0);
  for (TaskId task : children_first(plan)) {
    const TaskId parent = plan.tasks[task].parent;
    if (!parent || plan.tasks[task].is_hammock()) continue;
    const TaskDates& child = dates[task];
    TaskDates& summary = dates[parent];
    if (!is_begun[parent]) {
      is_begun[parent] = true;
      summary = child;
      continue;
    }
    summary.earliest_start = std::min(summary.earliest_start, child.earliest_start);
    summary.earliest_finish = std::max(summary.earliest_finish, child.earliest_finish);
    summary.latest_start = std::min(summary.latest_start, child.latest_start);
    summary.latest_finish = std::max(summary.latest_finish, child.latest_finish);
    if (!child.has_float) continue;
    summary.total_float =
        summary.has_float ? std::min(summary.total_float, child.total_float) : child.total_float;
    summary.free_float =
        summary.has_float ? std::min(summary.free_float, child.free_float) : child.free_float;
    summary.has_float = true;
    summary.is_critical = summary.is_critical || child.is_critical;
  }
}

}  // namespace

void take_dates(const Network& links, const CriticalPath& path, const Network& ordered,
                const CriticalPath& placed, Answer& answer) {
  const Plan& plan = *links.plan;
  // Primavera calls early what wants to be as late as possible only when it has been delayed.
  std::optional<CriticalPath> delayed;
  if (plan.options.late_dates == Options::LateDates::wanted)
    place_as_late_as_possible(links, delayed.emplace(path));
  const CriticalPath& first = delayed ? *delayed : path;
  for (TaskId task : plan.tasks.ids()) {
    const Node node = ordered.node_of[task];
    const bool is_task = node != kNoNode && ordered.role[node] == Network::Role::task &&
                         !plan.tasks[task].is_hammock();
    if (!is_task) continue;
    TaskDates& dates = answer.dates[task];
    if (state_of(ordered, node).stage == TaskState::Stage::completed) {
      const Placement& at = answer.schedule.placements[task];
      dates = {.earliest_start = at.start,
               .earliest_finish = at.finish,
               .latest_start = at.start,
               .latest_finish = at.finish,
               .has_float = false};
      continue;
    }
    const Node early = links.node_of[task];
    dates.earliest_start = first.earliest_start[early];
    dates.earliest_finish = first.earliest_finish[early];
    dates.latest_start = placed.latest_start[node];
    dates.latest_finish = placed.latest_finish[node];
    dates.total_float = total_float(ordered, placed, node);
    dates.free_float = free_float(ordered, placed, node);
    dates.is_critical = dates.total_float <= plan.options.critical_float;
  }
  roll_up_dates(plan, answer.dates);
  place_hammocks(links, answer);
}

}  // namespace diaodu::solve
