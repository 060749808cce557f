#include "diaodu/plan/schedule.h"

#include <algorithm>

#include "diaodu/plan/tree.h"

namespace diaodu {

Instant finish(const Schedule& schedule, const Plan& plan) {
  Instant latest = plan.start;
  for (TaskId task : plan.tasks.ids()) {
    const Placement& placement = schedule.placements[task];
    // Summaries span hammocks too, which end with what they hang from.
    const bool is_work =
        plan.tasks[task].kind != TaskKind::summary && !plan.tasks[task].is_hammock();
    if (placement.is_scheduled && is_work) latest = std::max(latest, placement.finish);
  }
  return latest;
}

Table<TaskId, Instant> last_work(const Schedule& schedule, const Plan& plan) {
  Table<TaskId, Instant> last(plan.tasks.size(), kEver);
  for (const TaskId task : children_first(plan)) {
    const Placement& placed = schedule.placements[task];
    if (does_work(plan.tasks[task]) && placed.is_scheduled) last[task] = placed.finish;
    if (const TaskId parent = plan.tasks[task].parent)
      last[parent] = std::max(last[parent], last[task]);
  }
  return last;
}

int num_restarts(const Plan& plan) {
  constexpr std::int64_t kAlways = 300;
  constexpr std::int64_t kMostPlacements = 5'000'000;
  const auto num_lags = std::count_if(plan.links.begin(), plan.links.end(),
                                      [](const Link& link) { return link.has_max_lag; });
  const auto num_tasks = static_cast<std::int64_t>(plan.tasks.size()) + 1;
  return static_cast<int>(
      std::max(kAlways, std::min<std::int64_t>(kAlways + num_lags, kMostPlacements / num_tasks)));
}

void roll_up(Schedule& schedule, const Plan& plan) {
  Table<TaskId, Placement>& placements = schedule.placements;
  for (TaskId task : plan.tasks.ids()) {
    if (plan.tasks[task].kind != TaskKind::summary) continue;
    placements[task] = Placement{
        .start = kNever, .finish = kEver, .resumes = kNever, .mode = {}, .is_scheduled = false};
  }
  for (TaskId task : children_first(plan)) {
    const TaskId parent = plan.tasks[task].parent;
    const Placement& child = placements[task];
    if (!parent || !child.is_scheduled) continue;
    Placement& summary = placements[parent];
    summary.start = std::min(summary.start, child.start);
    summary.finish = std::max(summary.finish, child.finish);
    summary.resumes = std::min(summary.resumes, child.resumes);
    summary.is_scheduled = true;
  }
}

}  // namespace diaodu
