#pragma once

#include <optional>
#include <span>

#include "diaodu/plan/plan.h"
#include "diaodu/plan/schedule.h"

namespace diaodu::check {

/// The schedule that serial generation (Kelley 1963) makes of an order of tasks: the slow twin of
/// `solve::Generator::forward`, straight from the plan's tables and sharing no code with the solver.
///
/// What has happened stays.  What is pinned by mandatory dates, then what is under way and waits for nobody, gets its
/// resources first; then each task of `order`, as early as dates, links and calendars allow at which all that it
/// needs is left: people and machines in its working minutes, people for its skills (the least versatile first),
/// what it uses up from the row of availability in which it starts, what it draws at its start and ever after.
/// Where the plan has reservoirs, a task that finds too little waits for those behind it in the order.  A largest lag
/// that does not hold raises the lower limit of its earlier end, and generation begins anew, 300 times at most.
///
/// `order` holds every task that is not a summary, each after those that it waits for; inside a circle of links (leads,
/// largest lags) any may come first.  `schedule` says in which mode each is done.  Latest dates and deadlines are
/// for `judge`, and so is whether what is used up suffices in all.  A completed task passes on what its unfinished
/// predecessors demand by links alone.
///
/// nullopt if the order leads nowhere: some task never finds what it needs, or largest lags chase each other.
///
/// Costs about n² times the steps of capacity and use that a resource has.
std::optional<Schedule> relevel(const Plan& plan, const Schedule& schedule,
                                std::span<const TaskId> order);

}  // namespace diaodu::check
