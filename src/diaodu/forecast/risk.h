#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "diaodu/core/finding.h"
#include "diaodu/plan/plan.h"
#include "diaodu/plan/schedule.h"
#include "diaodu/solve/answer.h"

namespace diaodu::forecast {

struct RiskRequest {
  enum class Kind : std::uint8_t {
    automatic,  ///< by flow where that keeps all capacities, else each trial levelled anew
    flow,  ///< along the schedule's resource order: no task starts before those it waits for in the schedule
    relevel,     ///< each trial levelled anew, in the order of the schedule
    links_only,  ///< what most programs simulate: links and calendars, as if resources had no limit
  };
  std::int64_t trials = 0;  ///< 0: as many as the plan says
  std::uint64_t seed = 1;
  int threads = 1;
  double confidence = 0;  ///< 0: the plan's
  bool latin_hypercube = false;
  /// Above 0: trials are made in rounds, each as many as all before it (1024 first), until 1.96 standard errors of the finish's P80 are no
  /// more than this, or all are made.  Not of a Latin hypercube, a part of which is none.
  Elapsed until;
  Kind kind = Kind::automatic;
  const std::atomic<bool>* cancel = nullptr;
  /// Called now and then, from the thread that calls `simulate`.
  std::function<void(std::int64_t done, std::int64_t all)> on_progress;
};

/// Of a quantity over all trials.  The p-quantile is the least value that at least the share p of the trials
/// does not exceed, selected exactly.
template <class Value>
struct Quantiles {
  Value p10{};
  Value p50{};
  Value p80{};
  Value p90{};
  Value at_confidence{};
  Value mean{};
};

/// A task that moves a date.
struct DateDriver {
  TaskId task;
  double correlation = 0;  ///< Spearman's, of its duration with the date
  double delay = 0;        ///< that times the date's deviation, in minutes on the clock
};

/// A date of the plan over all trials.
struct DateForecast {
  enum class Kind : std::uint8_t { finish, summary, milestone, deadline };
  Kind kind = Kind::finish;
  TaskId task;  ///< none: the plan
  Instant planned;
  double planned_share =
      0;  ///< of the trials, no later than planned: the percentile of the planned date
  Quantiles<Instant> dates;
  Instant deadline = kNever;
  double deadline_share = 0;        ///< of the trials, no later than the deadline
  std::vector<DateDriver> drivers;  ///< the few that move it most; of the first few dates
};

struct CostForecast {
  double planned = 0;  ///< in cents, as all here
  double planned_share = 0;
  Quantiles<double> costs;
  double joint_share = 0;  ///< of the trials that end no later and cost no more than planned
  /// What has to be added to the planned cost to be as sure as asked; less than 0: nothing.
  double contingency() const { return costs.at_confidence - planned; }
};

/// The marginal shares of the table of joint confidence.
inline constexpr std::array<double, 4> kJointShares = {0.1, 0.5, 0.8, 0.9};

/// How sure date and cost are together.
struct JointConfidence {
  /// Of the trials that end no later than the finish's P10 ... P90 (rows) and cost no more than the cost's (columns).
  std::array<std::array<double, kJointShares.size()>, kJointShares.size()> shares{};
  Instant finish = kNever;  ///< with `cost`, kept together by the share `Forecast::confidence`
  double cost = 0;          ///< in cents
  double marginal = 0;      ///< finish and cost are both this quantile; 0: no pair is kept so often
};

/// The finish's P80 after some of the trials.
struct Convergence {
  std::int64_t num_trials = 0;
  Instant p80;
  double error = 0;  ///< standard error in minutes; 0: too few trials
};

/// What doing something about a risk is worth.
struct Mitigation {
  std::size_t risk = 0;  ///< in `Plan::risks`
  double gain = 0;       ///< what the mean finish comes earlier, in minutes on the clock
  Elapsed p80_gain;      ///< what its P80 does
  double saving = 0;     ///< what is saved on average, in cents, without the price
  double price = 0;      ///< of the mitigation, in cents
  double net() const { return saving - price; }
};

/// The dates of one task over the first few hundred or thousand trials.
struct TaskDates {
  struct Quantiles {
    Instant p10 = kNever;
    Instant p50 = kNever;
    Instant p80 = kNever;
    Instant p90 = kNever;
  };
  bool is_there = false;  ///< false: it is not scheduled
  Quantiles start;
  Quantiles finish;
  double criticality = 0;  ///< the share of all trials in which it holds the finish
};

/// One trial.
struct Point {
  Instant finish;
  double cost = 0;  ///< in cents
};

/// What one task has to do with the finish.
struct Driver {
  TaskId task;
  double criticality = 0;  ///< the share of the trials in which it holds the finish
  double planned = 0;      ///< minutes of its work, as all here
  double mean = 0;
  double deviation = 0;
  double swing = 0;  ///< criticality * deviation: what drivers are ranked by
  double delay =
      0;  ///< the mean over all trials of what it takes more than planned while it is critical
  double sensitivity = 0;  ///< Spearman's rank correlation of its duration with the finish
};

/// What one risk does to the finish, in minutes on the clock.
struct RiskEffect {
  std::size_t risk = 0;        ///< in `Plan::risks`
  double struck = 0;           ///< the share of the trials
  double delay_if_struck = 0;  ///< the mean finish with it, less that without it
  double delay = 0;            ///< that times the share: what it costs on average
};

/// What the finish (in minutes since the plan's start) or the cost (in cents) is on average where a task takes
/// little and where it takes long, or where a risk does not strike and does.
struct Mover {
  TaskId task;           ///< none: a risk
  std::size_t risk = 0;  ///< in `Plan::risks`
  double low = 0;
  double high = 0;
  double spread() const { return high < low ? low - high : high - low; }
};

/// The trials' finishes, counted in equal stretches of time.  The first and the last stretch also count the
/// half percent of the trials that lies before, and after.
struct Histogram {
  Instant from;
  Elapsed width;
  std::vector<std::int64_t> counts;
};

/// How many of a few trials, rebuilt as schedules and judged by `check`, keep within all capacities.  A resource
/// order knows no capacity that changes over time, nothing that is used up or stored, and no task that lends what it
/// holds while its calendar rests.
struct Sampled {
  std::int64_t num_judged = 0;
  std::int64_t num_within = 0;
  std::vector<ResourceId> exceeded;  ///< in any of them, in the order of the plan
};

/// The same trials by links alone, to compare.
struct LinksOnly {
  Quantiles<Instant> finish;
  std::vector<Instant> curve;  ///< as in the forecast
  Elapsed too_early;           ///< its P80 is so much before the one with resources
  Sampled sampled;
};

/// What another plan has more than this one, trial by trial: minutes on the clock, or cents.
struct Difference {
  double p10 = 0;
  double p50 = 0;
  double p80 = 0;
  double p90 = 0;
  double mean = 0;
  double error = 0;       ///< standard error of the mean
  double less_share = 0;  ///< of the trials: the other ends earlier, or costs less
  double same_share = 0;
};

/// Two plans on the same numbers; see `compare`.
struct Comparison {
  std::int64_t num_trials = 0;
  std::int64_t num_without_dates =
      0;  ///< trials in which one of the two has no finish; not in `finish`
  std::optional<Difference> finish;
  std::optional<Difference> cost;
};

struct Forecast {
  RiskRequest::Kind kind = RiskRequest::Kind::flow;  ///< never automatic
  bool has_trials = false;                           ///< false: the findings say why
  std::int64_t num_trials = 0;
  std::int64_t num_asked = 0;
  std::uint64_t seed = 1;
  double confidence = 0.8;
  bool latin_hypercube = false;
  bool was_cancelled = false;
  Elapsed until;  ///< as asked
  std::int64_t num_without_dates =
      0;  ///< trials whose largest lags could not all hold, or past all calendars

  std::vector<DateForecast> dates;  ///< the plan's finish first, then in the order of the tasks
  std::size_t num_not_watched = 0;  ///< milestones and deadlines beyond the first few hundred
  std::optional<CostForecast> cost;
  std::optional<JointConfidence> joint;  ///< where there is cost
  std::vector<Point> points;             ///< the first few hundred trials, where their cost varies
  Table<TaskId, TaskDates> tasks;        ///< all of the plan's
  std::int64_t num_of_task_dates = 0;    ///< trials that these dates rest on
  std::vector<Driver>
      drivers;  ///< tasks whose durations vary or that are ever critical, by `swing`
  std::vector<RiskEffect> risks;        ///< by `delay`
  std::vector<Mitigation> mitigations;  ///< by `gain`
  std::vector<Mover> tornado;           ///< of the finish, widest first
  std::vector<Mover> cost_tornado;
  std::int64_t num_correlated = 0;  ///< trials that sensitivities and tornados rest on
  Histogram histogram;
  /// Of the finish: the date that 0, 1 ... 100 % of the trials keep; `kNever` where those have none.
  std::vector<Instant> curve;
  double p80_error =
      0;  ///< standard error of the finish's P80 in minutes (20 batches); 0: too few trials
  std::vector<Convergence> convergence;  ///< with more and more trials
  Sampled sampled;
  std::optional<LinksOnly> links_only;
  Findings findings;

  const DateForecast& finish() const { return dates.front(); }
  /// What has to be added to the planned finish to be as sure as asked, on the clock; less than 0: nothing.
  /// None where no date is that sure.
  std::optional<Elapsed> time_contingency() const {
    const Instant sure = finish().dates.at_confidence;
    if (sure >= kNever) return {};
    return sure - finish().planned;
  }
};

/// Simulates the plan, and the plan by its links alone beside it where resources were levelled.  `answer` is
/// one with a schedule.  The same plan, schedule, seed and number of trials give the same forecast on any number
/// of threads.
Forecast simulate(const Plan& plan, const solve::Answer& answer, const RiskRequest& request);

/// One trial, to look at.
struct Trial {
  Plan plan;  ///< with the durations of the trial, so that `check` can judge
  Schedule schedule;
  Instant finish;
  double cost = 0;
  std::vector<std::size_t> struck;  ///< risks
};

/// Rebuilds trial `number`, which `simulate` has counted from 0.
Trial trial(const Plan& plan, const solve::Answer& answer, const RiskRequest& request,
            std::int64_t number);

}  // namespace diaodu::forecast
