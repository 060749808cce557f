#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <vector>

#include "diaodu/forecast/risk.h"
#include "diaodu/forecast/side.h"
#include "diaodu/forecast/task_dates.h"
#include "diaodu/forecast/trials.h"
#include "diaodu/forecast/weather.h"

namespace diaodu::forecast {

/// Of a trial without a date.
inline constexpr std::int32_t kUndated = std::numeric_limits<std::int32_t>::max();

/// A date that is watched in all trials.
struct Watch {
  DateForecast::Kind kind = DateForecast::Kind::finish;
  TaskId task;
  std::vector<solve::Node> ends;
  std::vector<solve::Node> later_ends;  // of the ends: see `FlowEngine::may_end_later`
  Instant happened = kEver;             // the latest finish of what is completed
  std::vector<std::int32_t> minutes;    // of each trial, since the plan's start
};

struct Sums {
  std::vector<std::int64_t> critical;    // of each node: trials
  std::vector<std::int64_t> delay;       // minutes beyond the plan while critical
  std::vector<std::int64_t> excess;      // minutes beyond the plan
  std::vector<__int128> squares;         // of them
  std::vector<std::int64_t> num_struck;  // of each risk: trials with a date
  std::vector<std::int64_t> struck;      // minutes of their finishes

  Sums(std::size_t nodes, std::size_t risks)
      : critical(nodes),
        delay(nodes),
        excess(nodes),
        squares(nodes),
        num_struck(risks),
        struck(risks) {}
  void add(const Sums& other) {
    const auto plus = [](auto& mine, const auto& theirs) {
      for (std::size_t i = 0; i < mine.size(); ++i) mine[i] += theirs[i];
    };
    plus(critical, other.critical);
    plus(delay, other.delay);
    plus(excess, other.excess);
    plus(squares, other.squares);
    plus(num_struck, other.num_struck);
    plus(struck, other.struck);
  }
};

/// How many trials are asked for: by the request, or by the plan.
std::int64_t trials_asked(const Plan& plan, const RiskRequest& request);

/// What is kept of trials.
struct Record {
  std::int64_t num_trials = 0;
  bool was_cancelled = false;
  std::vector<Watch> watched;              ///< the plan's finish first
  std::size_t num_not_watched = 0;         ///< beyond the first few hundred
  std::vector<double> cost;                ///< of each trial, in cents; empty where nothing costs
  std::vector<std::int32_t> links_finish;  ///< of each trial by links alone; empty if not asked for
  std::vector<solve::Node> uncertain;      ///< tasks whose durations vary
  std::int64_t num_sampled = 0;            ///< the first trials, of which more is kept:
  std::vector<std::int32_t> sampled_work;  ///< of each uncertain node, `num_sampled` numbers
  std::vector<std::uint64_t> sampled_struck;  ///< of each risk, a bit a trial, `num_words` words
  std::size_t num_words = 0;
  Sums sums{0, 0};

  std::size_t num_told() const {
    return static_cast<std::size_t>(std::min(num_sampled, num_trials));
  }
  std::span<const std::int32_t> work(std::size_t uncertain_number) const {
    return std::span(sampled_work)
        .subspan(uncertain_number * static_cast<std::size_t>(num_sampled), num_told());
  }
  bool strikes(std::size_t risk, std::size_t trial) const {
    constexpr std::size_t kBits = 64;
    return (sampled_struck[risk * num_words + trial / kBits] >> trial % kBits & 1) != 0;
  }
  const std::vector<std::int32_t>& finish() const { return watched.front().minutes; }
};

/// Makes the trials and keeps of them what is told later: draws, dates, sums.  All calls of the engines are here.
class Simulation {
 public:
  /// What is kept: all, or finish and cost alone.
  enum class Scope : std::uint8_t { all, finish };

  /// The arguments must outlive it.
  Simulation(const Plan& plan, const solve::Answer& answer, const RiskRequest& request,
             Scope scope = Scope::all);

  void run();
  /// Likewise, keeping the finishes of these tasks too, of those that have not happened.
  void run_watching(std::span<const TaskId> tasks);
  /// Likewise, where `base`, of the same trials, differs in the probability of one risk alone: trials in which that
  /// strikes in both or in neither have the dates that they have there.
  void run_beside(const Simulation& base, std::size_t risk);
  Trial rebuild_one(std::int64_t number) const;
  /// How many of the first `num` trials keep within all capacities.
  Sampled judge(const Side& side, std::int64_t num) const;

  const Record& record() const { return record_; }
  RiskRequest::Kind kind() const { return kind_; }
  /// True where a trial may differ from the plan.
  bool is_uncertain() const { return trials_.is_uncertain() || weather_ != nullptr; }
  const Side& main() const { return main_; }
  const Side* links() const { return links_.get(); }
  const Trials& trials() const { return trials_; }
  std::int64_t num_wanted() const { return num_wanted_; }
  /// Quantiles and criticalities of every task.
  Table<TaskId, TaskDates> task_dates();
  std::int64_t num_of_task_dates() const { return sample_.num_of(record_.num_trials); }

 private:
  struct Bench;
  void add_watch(DateForecast::Kind kind, TaskId task, std::span<const TaskId> leaves);
  void watch();
  std::int32_t clock_of(const FlowEngine& engine, Minute date) const;
  std::array<std::int32_t, FlowEngine::kLanes> on_clock(const FlowEngine& engine,
                                                        const FlowEngine::Block& block,
                                                        std::span<const solve::Node> later_ends,
                                                        std::span<const FlowEngine::Points> points,
                                                        std::span<const Minute> last,
                                                        std::size_t lanes) const;
  Bench make_bench() const;
  void simulate_all();
  bool is_sure_enough(std::int64_t num_trials) const;
  void simulate_block(std::int64_t number, Bench& bench);
  Instant first_date(const Watch& each) const;
  void simulate_links(std::uint64_t first, std::size_t lanes, Bench& bench);
  void add_up(std::uint64_t first, std::size_t lanes, Bench& bench);
  void add_up_work(std::uint64_t first, std::size_t lanes, Bench& bench);
  void add_up_risks(std::uint64_t first, std::size_t lanes, Bench& bench);

  const Plan& plan_;
  const solve::Answer& answer_;
  const RiskRequest& request_;
  Scope scope_;
  std::int64_t num_wanted_;
  RiskRequest::Kind kind_;
  std::unique_ptr<WeatherDays> weather_;  // none: no trial loses a day
  Side main_;
  Trials trials_;
  std::unique_ptr<Side> links_;
  TaskSample sample_;
  const Simulation* base_ = nullptr;
  std::size_t changed_risk_ = 0;
  std::vector<TaskId> also_watched_;
  Record record_;
};

}  // namespace diaodu::forecast
