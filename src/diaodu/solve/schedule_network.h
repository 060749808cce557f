#pragma once

#include <vector>

#include "diaodu/plan/schedule.h"
#include "diaodu/solve/network.h"
#include "diaodu/solve/resource_order.h"

namespace diaodu::solve {

/// The order in which a schedule hands its people and machines from task to task; see `resource_order`.
/// `schedule` is one that `solve` has made, levelled.  Costs one generation of it.
std::vector<ResourceOrder> resource_order(const Plan& plan, const Schedule& schedule);

/// A plan's network with all it refers to: its links, the modes of a schedule, and `orders`.
struct ScheduleNetwork {
  WorkingTimes times;
  TaskStates states;
  Network network;

  ScheduleNetwork(const Plan& plan, const Schedule& schedule,
                  std::span<const ResourceOrder> orders = {});
  // The network points at its neighbours.
  ScheduleNetwork(const ScheduleNetwork&) = delete;
  ScheduleNetwork& operator=(const ScheduleNetwork&) = delete;
};

}  // namespace diaodu::solve
