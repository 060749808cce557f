#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "diaodu/forecast/flow.h"
#include "diaodu/forecast/relevel.h"
#include "diaodu/forecast/risk.h"
#include "diaodu/plan/schedule.h"
#include "diaodu/solve/schedule_network.h"

namespace diaodu::forecast {

/// The nodes of which one finishes last among the tasks for which `is_in` holds, whatever the trial: those
/// that no other of them must follow.  Completed ones are no part of it.
std::vector<solve::Node> ends_of(const solve::ScheduleNetwork& net,
                                 const Table<TaskId, char>& is_in);

/// One way to find the dates of trials: along the network of the plan's links and of a schedule's resource order, many
/// trials at once, or by levelling each of them anew.
struct Side {
  solve::ScheduleNetwork net;
  FlowEngine engine;              // whose minutes the dates are in either way
  std::vector<solve::Node> ends;  // of the plan
  std::unique_ptr<Releveller> releveller;

  /// `kind` is not automatic.
  Side(const Plan& plan, const Schedule& schedule, RiskRequest::Kind kind);

  /// What a thread needs besides.
  struct Scratch {
    FlowEngine::Scratch flow;
    Releveller::Scratch relevel;
  };
  /// Dates of the first `lanes` trials of the block.
  void run(FlowEngine::Block& block, std::size_t lanes, Scratch& scratch) const;
  /// In which lanes of the last block a node holds the finish, a bit a lane.
  void find_critical(const FlowEngine::Block& block, const Scratch& scratch,
                     std::vector<std::uint64_t>& bits) const;
};

/// Puts one lane of a block into a schedule, and its durations into a plan.  On the clock: the engine's axis does not
/// tell an evening from the next morning.  False if the trial has no dates.
bool rebuild(const Side& side, const FlowEngine::Block& block, std::size_t lane, Plan& plan,
             Schedule& schedule);

}  // namespace diaodu::forecast
