#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "diaodu/core/time.h"
#include "diaodu/core/zone.h"
#include "diaodu/forecast/target_year.h"
#include "diaodu/plan/plan.h"
#include "diaodu/track/record.h"
#include "diaodu/track/score.h"

namespace diaodu::forecast {

/// What an outlook is asked.
struct OutlookRequest {
  Instant as_of;            ///< what was published by then is known
  std::optional<int> year;  ///< that is meant; none: as `year_of_targets` says
  std::size_t num_paths = 2000;
  std::uint64_t seed = 1;
  int num_threads = 1;
  Forecaster forecaster;
  /// Called now and then, from the thread that asks.
  std::function<void(std::size_t done, std::size_t all)> on_progress;
  /// When the tasks of the plan's effects finish: by row of `Plan::effects` as scheduled, and path by path.
  /// Empty: effects do not count.
  std::vector<Instant> scheduled;
  std::vector<std::vector<Instant>> finishes;
};

/// The growth that what is still to come of the year must have over the same of last year to reach the goal.
struct RunRate {
  double needed = 0;  ///< percent
  double so_far = 0;  ///< percent: what the year has had
  std::size_t num_years = 0;
  std::size_t num_reached = 0;  ///< of them, how many had as much
};

/// A slot of the year, to date.
struct FanPoint {
  static constexpr std::array kShares = {0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95};
  track::Period period;
  std::array<double, kShares.size()> quantiles{};
  std::optional<double> actual;
  std::optional<double> planned;  ///< the goal's path: last year's shape, stretched
};

/// Why the year is expected to end beside its goal, in the goal's measure; the two parts sum to the gap.
struct Gap {
  double so_far = 0;   ///< slots that are out, actual less planned
  double to_come = 0;  ///< expected less planned
};

/// A child's part in its parent's value, or a line without a child: what is left over.
struct Contribution {
  TargetId child;
  double weight = 0;          ///< its share, of 1
  double value = 0;           ///< its own expected value
  double points = 0;          ///< what it adds to the parent's
  std::optional<double> gap;  ///< what it adds to the parent's gap to the children's goals
};

/// What is expected of one target.
struct TargetOutlook {
  enum class Source : std::uint8_t { none, figures, children };

  Source source = Source::none;
  std::optional<CannotForecast> cannot;  ///< there are figures, but
  std::optional<TargetYear> year;        ///< of its own figures
  Levels levels;
  std::vector<double> values;       ///< path by path, at the year's end
  std::vector<double> half_values;  ///< at the end of June, by the hand rule made a year's
  std::optional<double> now;        ///< to date
  std::optional<track::Period> known_to;
  std::optional<double> hand_rule;  ///< the year, if the rest grows as the part so far
  std::optional<double> goal;
  std::optional<double> probability;  ///< of reaching the goal
  /// The same if every task with an effect on it finished as scheduled, and if none had one.
  std::optional<double> probability_as_scheduled;
  std::optional<double> probability_without_effects;
  std::optional<RunRate> run_rate;
  std::optional<Gap> gap;
  std::vector<FanPoint> fan;
  std::vector<Contribution> contributions;  ///< of children that it is rolled up from
  std::optional<double> rolled_up;          ///< expected from the children, beside its own figures
  // Points of 100.
  std::optional<double> points_today;  ///< if the year ended as the hand rule says
  std::optional<double> points_half;   ///< expected
  std::optional<double> points_end;    ///< expected
  double points_low = 0;               ///< P10 at the end
  double points_high = 0;              ///< P90
  int rank_today = 0;                  ///< among its peers; 0: none
  double rank_end = 0;                 ///< expected

  double mean() const;
  /// By selection; NaN without values.
  double quantile(double share) const;
};

/// The plan's targets at a date: their futures, one number of a path meaning the same future in all.
struct Outlook {
  int year = 0;
  Instant as_of;
  std::size_t num_paths = 0;
  std::vector<TargetOutlook> targets;  ///< by target
  std::vector<std::vector<double>>
      peer_values;  ///< by row of `Plan::peers`, path by path; empty: unknown
  std::vector<std::vector<double>> peer_halves;
  std::vector<double> peer_now;  ///< NaN: unknown
  double points_today = 0;       ///< of all tops, weighted; NaN: nothing is scored
  double points_half = 0;
  double points_end = 0;
  double points_low = 0;
  double points_high = 0;

  const TargetOutlook& operator[](TargetId target) const { return targets[target.index()]; }
};

/// The year that is meant: of the latest `by`, else of the date.
int year_of_targets(const Plan& plan, Instant as_of);

Outlook outlook_of(const Plan& plan, const track::Record& record, const OutlookRequest& request);

/// The values of a parent that is rolled up, given those of its children; empty where no child has any.
/// `pick` chooses which values of a child count.
std::vector<double> rolled_up(const Plan& plan, TargetId parent,
                              std::span<const TargetOutlook> targets,
                              std::vector<double> TargetOutlook::*pick);

/// What a child of that value adds to its parent's; the parts of all children are the parent's value.  0 where the
/// parent is not rolled up.
double rolled_up_part(const Plan& plan, TargetId child, double value,
                      std::span<const TargetOutlook> targets);

/// What a child weighs in its parent, of 1.
double roll_up_share(const Plan& plan, TargetId child, std::span<const TargetOutlook> targets);

/// What a change of a child's value by one adds to its parent's: 0 where the parent is not rolled up.
double roll_up_weight(const Plan& plan, TargetId child, std::span<const TargetOutlook> targets);

/// Every target before its children, each followed at once by all that is below it.
std::vector<TargetId> parents_first(const Plan& plan);

/// The mean of the tops' points, weighted; NaN where none has any.
double overall(const Plan& plan, std::span<const double> points);

}  // namespace diaodu::forecast
