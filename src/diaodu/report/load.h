#pragma once

#include <cstddef>
#include <vector>

#include "diaodu/plan/plan.h"
#include "diaodu/plan/schedule.h"

namespace diaodu::report {

/// A stretch of time in which neither use nor capacity of a resource changes.
struct LoadStretch {
  Interval during;
  Amount used;
  Amount capacity;  ///< 0 while the resource rests
};

/// How a renewable resource is loaded by what remains of the schedule.
struct ResourceLoad {
  std::vector<LoadStretch> stretches;  ///< ascending; where it is neither used nor there, none
  Interval during;                     ///< from its first use to its last
  Effort used;                         ///< within `during`
  Effort offered;  ///< likewise, by its calendar (else the plan's) and capacities
  Amount peak;     ///< the most in use at once

  bool is_used() const { return used > Effort{}; }
  double utilisation() const {
    return offered > Effort{}
               ? static_cast<double>(used.count()) / static_cast<double>(offered.count())
               : 0;
  }
};

/// The load of every resource; empty for what is used up or drawn from.
///
/// A resource offers its capacity while its calendar (else the plan's) works, and whenever a task
/// uses it: a task may work by a calendar of its own.
Table<ResourceId, ResourceLoad> resource_loads(const Plan& plan, const Schedule& schedule);

/// Used and offered within one of the intervals that a caller divides time into.
struct Bucket {
  Interval during;
  Effort used;
  Effort offered;  ///< what is used, where there is no limit
  Amount peak;
  Amount capacity_at_peak;
  bool is_over = false;  ///< more in use than there is, at some minute

  bool is_full() const { return offered > Effort{} && used >= offered; }
};

/// The load in each of `intervals`, which ascend and do not meet.
std::vector<Bucket> in_buckets(const ResourceLoad& load, const std::vector<Interval>& intervals);

/// The amount of a resource that is used up (materials, money) or drawn (reservoirs) by tasks
/// that start in the interval.
Amount consumption(const Plan& plan, const Schedule& schedule, ResourceId resource,
                   const Interval& during);

/// The same of every such resource in each of `intervals`, which ascend and do not meet; nothing of people and
/// machines.
Table<ResourceId, std::vector<Amount>> consumption(const Plan& plan, const Schedule& schedule,
                                                   const std::vector<Interval>& intervals);

/// More of a resource is in use than there is: what links alone ask for when nothing is levelled.
struct Overload {
  ResourceId resource;
  std::size_t num_days = 0;   ///< on which that happens (periods, in a benchmark instance)
  Instant when;               ///< where it is worst, for the first time
  Amount used;                ///< then
  Amount capacity;            ///< then
  std::vector<TaskId> tasks;  ///< that use it then
};

/// One for each resource that is overloaded, the most days first.
std::vector<Overload> overloads(const Plan& plan, const Schedule& schedule);

}  // namespace diaodu::report
