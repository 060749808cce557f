#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "diaodu/forecast/flow.h"
#include "diaodu/forecast/weather.h"
#include "diaodu/plan/schedule.h"
#include "diaodu/solve/schedule_network.h"

namespace diaodu::forecast {

/// Levels each trial anew: every task in its mode and in the order of a schedule, as early as links, calendars
/// and what is left of its resources allow (serial generation; Kelley 1963).  So every trial keeps capacities
/// that change over time, what is used up or stored, and hours that differ, as the schedule does; and a trial
/// in which everything takes as long as planned is the schedule again, or an earlier one.  Each gap is used
/// that turns out to be long enough: whoever levels knows how long this trial's tasks take.
///
/// Tasks that are wanted as late as possible are as early as they can.  What a task uses up it uses up even in
/// a trial in which it takes no time.
///
/// Costs one generation a trial, O((nodes + arcs + uses of resources) log) mostly; thread-safe.
class Releveller {
 public:
  static constexpr std::size_t kLanes = FlowEngine::kLanes;

  /// `net`, of the plan's links alone, and `schedule`, levelled, of `solve`.  `net` must outlive this, and so must
  /// `weather`, if there is any; then `net` keeps its calendars apart.
  Releveller(const solve::ScheduleNetwork& net, const Schedule& schedule,
             const WeatherDays* weather = nullptr);
  ~Releveller();

  /// What a thread needs: a generator, made at its first use.
  class Scratch {
   public:
    Scratch();
    Scratch(Scratch&&) noexcept;
    Scratch& operator=(Scratch&&) noexcept;
    ~Scratch();

   private:
    friend class Releveller;
    struct State;
    std::unique_ptr<State> state_;
    std::vector<std::uint64_t> bits_;  // of the last block: see `critical`
  };

  /// Puts the dates of `lanes` trials, from number `first` on, into the block, in the minutes of `engine`, which is of the
  /// same network; `kBeyond` throughout where a trial finds no schedule.
  void run(const FlowEngine& engine, std::span<const solve::Node> ends, FlowEngine::Block& block,
           std::uint64_t first, std::size_t lanes, std::uint64_t wanted, Scratch& scratch) const;
  /// Of the last block: in which lanes a node is on the chain that holds the latest of `ends`, a bit a lane.
  /// Each node has one reason for not starting earlier: a link, or whoever frees a resource last.
  static std::span<const std::uint64_t> critical(const Scratch& scratch) { return scratch.bits_; }

  /// One lane, trial `number`, on the clock: dates by node, and who is chosen where skills are wanted.  `path.finish` is
  /// `kNever` if the trial finds no schedule.  `plan` gets the calendars of the trial.
  struct Dates {
    solve::CriticalPath path;
    std::vector<Assignment> assignments;
  };
  Dates dates(const FlowEngine::Block& block, std::size_t lane, std::uint64_t number,
              Plan& plan) const;

  /// The tasks in the order in which they get their resources.
  std::vector<TaskId> order() const;
  /// Whether `FlowEngine`, with the schedule's resource order among its arcs, keeps all capacities too.
  bool is_told_by_order() const { return made_.is_told_by_order; }

  Releveller(const Releveller&) = delete;
  Releveller& operator=(const Releveller&) = delete;

 private:
  bool generate(const FlowEngine::Block& block, std::size_t lane, std::uint64_t number,
                Scratch::State& state) const;
  Instant generate_once(Scratch::State& state) const;
  void mark_critical(std::span<const solve::Node> ends, std::size_t lane, Scratch& scratch) const;

  const solve::ScheduleNetwork& net_;
  const WeatherDays* weather_;
  solve::ScheduleModel made_;
  WorkTime planned_;  // in all
  bool has_open_work_before_history_ = false;
};

}  // namespace diaodu::forecast
