#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "diaodu/forecast/flow.h"
#include "diaodu/plan/schedule.h"
#include "diaodu/solve/schedule_network.h"

namespace diaodu::forecast {

/// The nodes of which one finishes last among the tasks for which `is_in` holds, whatever the trial: those
/// that no other of them must follow.  Completed ones are no part of it.
std::vector<solve::Node> ends_of(const solve::ScheduleNetwork& net,
                                 const Table<TaskId, char>& is_in);

/// One network to simulate.
struct Side {
  solve::ScheduleNetwork net;
  FlowEngine engine;
  std::vector<solve::Node> ends;  // of the plan

  Side(const Plan& plan, const Schedule& schedule, std::span<const solve::ResourceOrder> orders)
      : net(plan, schedule, orders),
        engine(net.network),
        ends(ends_of(net, Table<TaskId, char>(plan.tasks.size(), 1))) {}
};

/// Puts one lane of a block into a schedule, and its durations into a plan.  By the slow twin, on the clock:
/// the engine's axis does not tell an evening from the next morning.  False if the trial has no dates.
bool rebuild(const Side& side, const FlowEngine::Block& block, std::size_t lane, Plan& plan,
             Schedule& schedule);

}  // namespace diaodu::forecast
