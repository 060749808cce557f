#include "diaodu/check/schedule_check.h"
#include "diaodu/plan/working_times.h"

namespace diaodu::check {
namespace {

Money price(const Resource& resource, Amount amount, WorkTime duration) {
  if (is_renewable(resource.kind)) return diaodu::cost(amount * duration, resource.rate);
  if (amount < Amount{}) return Money{};  // filling a reservoir earns nothing
  return diaodu::cost(amount, resource.rate);
}

}  // namespace

Table<TaskId, Money> cost_by_task(const Plan& plan, const Schedule& schedule) {
  Table<TaskId, Money> costs(plan.tasks.size());
  const auto duration = [&](TaskId task) {
    const ModeId mode = schedule.placements[task].mode;
    return mode ? plan.modes[mode].duration : plan.tasks[task].duration;
  };
  for (TaskId task : plan.tasks.ids()) {
    const Placement& placed = schedule.placements[task];
    if (!placed.is_scheduled) continue;
    costs[task] += plan.tasks[task].cost;
    if (placed.mode) costs[task] += plan.modes[placed.mode].cost;
  }
  for (const Demand& demand : plan.demands) {
    const Placement& placed = schedule.placements[demand.task];
    if (!demand.resource || !placed.is_scheduled) continue;
    if (demand.mode && demand.mode != placed.mode) continue;
    if (!does_work(plan.tasks[demand.task])) continue;
    costs[demand.task] +=
        price(plan.resources[demand.resource], demand.amount, duration(demand.task));
  }
  for (const Assignment& assignment : schedule.assignments) {
    const TaskId task = plan.demands[assignment.demand].task;
    costs[task] += price(plan.resources[assignment.resource], assignment.amount, duration(task));
  }
  return costs;
}

Money cost(const Plan& plan, const Schedule& schedule) {
  Money sum;
  for (const Money of_task : cost_by_task(plan, schedule)) sum += of_task;
  return sum;
}

}  // namespace diaodu::check
