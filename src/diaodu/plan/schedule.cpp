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
