#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "diaodu/forecast/flow.h"
#include "diaodu/forecast/relevel.h"
#include "diaodu/forecast/risk.h"
#include "diaodu/forecast/weather.h"
#include "diaodu/plan/schedule.h"
#include "diaodu/solve/schedule_network.h"

namespace diaodu::forecast {

/// The nodes of which one finishes last among the tasks for which `is_in` holds, whatever the trial: those
/// that no other of them must follow.  Completed ones are no part of it, nor are hammocks.
std::vector<solve::Node> ends_of(const solve::ScheduleNetwork& net,
                                 const Table<TaskId, char>& is_in);

/// Those of `ends` that may end in the morning after a night: see `FlowEngine::may_end_later`.
std::vector<solve::Node> later_ends_of(const FlowEngine& engine, std::span<const solve::Node> ends);

/// One trial along a network, with the calendars of its season.
struct SeasonScratch {
  solve::Network network;
  WeatherDays::Season season;
  solve::CriticalPath path;
  std::vector<std::uint64_t> bits;  // of the last block, see `Side::find_critical`

  SeasonScratch(const WeatherDays& weather, const solve::Network& planned)
      : network(planned), season(weather, planned) {
    network.times = &season.times();
  }
};

/// One way to find the dates of trials: along the network of the plan's links and of a schedule's resource order, many
/// trials at once, or by levelling each of them anew.  Where days are lost to the weather, each trial has calendars of
/// its own, so trials go one by one along the network too.
struct Side {
  solve::ScheduleNetwork net;
  FlowEngine engine;                    // whose minutes the dates are in either way
  std::vector<solve::Node> ends;        // of the plan
  std::vector<solve::Node> later_ends;  // of them
  const WeatherDays* weather;           // nullptr: no day is lost
  std::unique_ptr<Releveller> releveller;

  /// `kind` is not automatic.
  Side(const Plan& plan, const Schedule& schedule, RiskRequest::Kind kind,
       const WeatherDays* weather = nullptr);

  /// What a thread needs besides.
  struct Scratch {
    FlowEngine::Scratch flow;
    Releveller::Scratch relevel;
    std::unique_ptr<SeasonScratch> season;
    /// The lanes whose dates are asked for, a bit each; where trials go one by one, the others are left as they are.
    std::uint64_t wanted = ~std::uint64_t{0};
  };
  /// Dates of `lanes` trials, from number `first` on.
  void run(FlowEngine::Block& block, std::uint64_t first, std::size_t lanes,
           Scratch& scratch) const;
  /// In which lanes of the last block a node holds the finish, a bit a lane.
  void find_critical(const FlowEngine::Block& block, const Scratch& scratch,
                     std::vector<std::uint64_t>& bits) const;

 private:
  void run_one_by_one(FlowEngine::Block& block, std::uint64_t first, std::size_t lanes,
                      Scratch& scratch) const;
};

/// Puts one lane of a block, trial `number`, into a schedule, and its durations and calendars into a plan, a copy of the
/// side's.  On the clock: the engine's axis does not tell an evening from the next morning.  False if the trial has
/// no dates.
bool rebuild(const Side& side, const FlowEngine::Block& block, std::size_t lane,
             std::uint64_t number, Plan& plan, Schedule& schedule);

}  // namespace diaodu::forecast
