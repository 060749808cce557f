#pragma once

#include <vector>

#include "diaodu/plan/schedule.h"
#include "diaodu/solve/generate.h"
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

/// A plan compiled as a schedule does it: each task in its mode there.
struct ScheduleModel {
  Model model;  ///< with one way for each node
  Genes genes;  ///< the nodes in the order of the schedule's starts; nothing is held
  /// True if the dates of such schedules follow from the resource order alone: capacities never change, whoever
  /// takes turns on a resource works the same minutes, nothing is used up or stored.
  bool is_told_by_order = true;
};

/// `net` is of links alone, and must outlive the model.
ScheduleModel schedule_model(const ScheduleNetwork& net, const Schedule& schedule);

}  // namespace diaodu::solve
