#pragma once

#include <algorithm>
#include <cstdlib>
#include <span>

#include "diaodu/solve/cost.h"
#include "diaodu/solve/model.h"

namespace diaodu::solve {

/// Says in the model what schedules are compared by: the named objectives in their order, the others after them
/// to break ties.  Stability counts only where it is named and there is a baseline.
void set_objectives(Model& model, std::span<const Objective> named, const Baseline& baseline);

/// True for the end of a summary, which is late by the plan's calendar, where the axis is another's: then one
/// point of the axis may be late or not, as a night passes.
bool is_late_by_another_calendar(const Model& model, Node node);

/// By how many working minutes the node would be late if it finished then.
inline std::int64_t lateness(const Model& model, const Network& network, Node node,
                             Instant finish) {
  const Instant wanted = network.window(node).wanted_by;
  if (finish <= wanted) return 0;
  const Calendar& of_plan = network.times->of_project();
  if (model.axis.is_clock()) {
    const bool is_end = network.role[node] == Network::Role::end;
    const Calendar& calendar = is_end ? of_plan : network.calendar_of(node);
    return calendar.work_between(wanted, finish).count();
  }
  if (!is_late_by_another_calendar(model, node)) return (finish - wanted).count();
  const Instant deadline = network.plan->tasks[network.task[node]].deadline;
  return of_plan.work_between(deadline, model.axis.from_axis(finish)).count();
}

/// How far the node would be from the baseline if it started then; it is in the baseline.
inline std::int64_t displacement(const Model& model, const Calendar& calendar, Node node,
                                 Instant start) {
  const Instant baseline = model.wanted.baseline[node];
  if (start == baseline) return 0;
  if (!model.axis.is_clock()) return std::abs((start - baseline).count());
  return calendar.work_between(std::min(start, baseline), std::max(start, baseline)).count();
}

/// The last finish at which the node is not late; kNever where the axis does not tell.
Instant latest_on_time(const Model& model, Node node);

/// The least that the deadlines can be missed by, each due node alone: by links and dates, and by the work that
/// its resources must do before it (as in `lower_bound`; where many are due in a large plan, by links and dates alone).
/// No due node finishes before its instant here.
/// `upper`: a finish of the plan that is possible.
std::vector<Instant> earliest_dues(const Model& model, Instant upper);

/// A lower bound of each objective's value, in their order.  Each holds for schedules that break nothing and
/// are as good as `best` on all the objectives before it.  `finish` is the bound of the plan's finish.
Cost::Values lower_bounds(const Model& model, const std::vector<Instant>& earliest_dues,
                          Instant finish, const Cost& best);

}  // namespace diaodu::solve
