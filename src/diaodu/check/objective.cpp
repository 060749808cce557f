#include "diaodu/check/objective.h"

#include "diaodu/plan/progress.h"
#include "diaodu/plan/working_times.h"

namespace diaodu::check {
namespace {

using Stage = TaskState::Stage;

/// True of a completed task, and of a summary of nothing else.
Table<TaskId, char> all_completed(const Plan& plan, const TaskStates& states) {
  Table<TaskId, char> is_over(plan.tasks.size(), 1);
  for (TaskId task : plan.tasks.ids()) {
    if (!does_work(plan.tasks[task])) continue;
    if (states[task].stage == Stage::completed) continue;
    // One step up for each summary around it.
    for (TaskId at = task; at && is_over[at] != 0; at = plan.tasks[at].parent) is_over[at] = 0;
  }
  return is_over;
}

WorkTime tardiness(const Plan& plan, const Schedule& schedule, const WorkingTimes& times) {
  const Table<TaskId, char> is_over = all_completed(plan, TaskStates(plan, times));
  const Table<TaskId, Instant> work = last_work(schedule, plan);
  WorkTime sum;
  for (TaskId id : plan.tasks.ids()) {
    const Task& task = plan.tasks[id];
    const Placement& placed = schedule.placements[id];
    const bool is_summary = task.kind == TaskKind::summary;
    const Instant finish = is_summary ? work[id] : placed.finish;
    if (!placed.is_scheduled || is_over[id] != 0 || finish <= task.deadline) continue;
    const Calendar& calendar = is_summary ? times.of_project() : times.of(id, placed.mode);
    sum += task.weight * calendar.work_between(task.deadline, finish);
  }
  return sum;
}

/// Calls `each(task, by)` for every task that can be compared.
template <class Each>
void compare(const Plan& plan, const Schedule& schedule, const Baseline& baseline, Each&& each) {
  if (baseline.empty()) return;
  const WorkingTimes times(plan);
  const TaskStates states(plan, times);
  for (TaskId task : plan.tasks.ids()) {
    const Placement& placed = schedule.placements[task];
    if (baseline[task] >= kNever || !placed.is_scheduled) continue;
    if (!does_work(plan.tasks[task])) continue;
    if (states[task].stage != Stage::not_started) continue;
    const Calendar& calendar = times.of(task, placed.mode);
    each(task, placed.start >= baseline[task]
                   ? calendar.work_between(baseline[task], placed.start)
                   : -calendar.work_between(placed.start, baseline[task]));
  }
}

}  // namespace

Moves moves(const Plan& plan, const Schedule& schedule, const Baseline& baseline) {
  Moves all;
  compare(plan, schedule, baseline, [&all](TaskId task, WorkTime by) {
    ++all.num_compared;
    const WorkTime distance = by < WorkTime{} ? -by : by;
    if (distance == WorkTime{}) return;
    ++all.num_moved;
    all.total += distance;
    if (distance <= all.largest) return;
    all.largest = distance;
    all.farthest = task;
  });
  return all;
}

Table<TaskId, WorkTime> moves_of_tasks(const Plan& plan, const Schedule& schedule,
                                       const Baseline& baseline) {
  Table<TaskId, WorkTime> by_task(plan.tasks.size());
  compare(plan, schedule, baseline, [&by_task](TaskId task, WorkTime by) { by_task[task] = by; });
  return by_task;
}

ObjectiveValues objective_values(const Plan& plan, const Schedule& schedule,
                                 const Baseline& baseline) {
  return {.finish = finish(schedule, plan),
          .tardiness = tardiness(plan, schedule, WorkingTimes(plan)),
          .stability = moves(plan, schedule, baseline).total};
}

}  // namespace diaodu::check
