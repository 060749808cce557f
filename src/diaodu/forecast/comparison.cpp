#include "diaodu/forecast/comparison.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

#include "diaodu/forecast/simulation.h"
#include "diaodu/forecast/statistics.h"

namespace diaodu::forecast {
namespace {

/// Of at least one pair.
Difference difference_of(std::vector<double> values) {
  const auto n = static_cast<double>(values.size());
  Difference told;
  double sum = 0;
  for (const double each : values) sum += each;
  told.mean = sum / n;
  double squares = 0;
  std::int64_t num_less = 0;
  std::int64_t num_same = 0;
  constexpr double kHalf = 0.5;  // of a minute or a cent: what rounding makes
  for (const double each : values) {
    squares += (each - told.mean) * (each - told.mean);
    num_less += each < -kHalf ? 1 : 0;
    num_same += std::abs(each) <= kHalf ? 1 : 0;
  }
  told.error = values.size() < 2 ? 0 : std::sqrt(squares / (n - 1) / n);
  told.less_share = static_cast<double>(num_less) / n;
  told.same_share = static_cast<double>(num_same) / n;
  told.p10 = quantile(values, 0.1);
  told.p50 = quantile(values, 0.5);
  told.p80 = quantile(values, 0.8);
  told.p90 = quantile(values, 0.9);
  return told;
}

}  // namespace

Comparison compare(const Plan& plan, const solve::Answer& answer, const Plan& other,
                   const solve::Answer& other_answer, const RiskRequest& request) {
  RiskRequest same = request;
  same.trials = trials_asked(plan, request);
  same.until = {};
  Simulation here(plan, answer, same, Simulation::Scope::finish);
  Simulation there(other, other_answer, same, Simulation::Scope::finish);
  here.run();
  there.run();
  const Record& one = here.record();
  const Record& two = there.record();
  const auto num_pairs = static_cast<std::size_t>(std::min(one.num_trials, two.num_trials));
  std::vector<double> later;
  for (std::size_t i = 0; i < num_pairs; ++i) {
    if (one.finish()[i] == kUndated || two.finish()[i] == kUndated) continue;
    const Elapsed between =
        (other.start + Elapsed{two.finish()[i]}) - (plan.start + Elapsed{one.finish()[i]});
    later.push_back(static_cast<double>(between.count()));
  }
  Comparison told;
  told.num_trials = static_cast<std::int64_t>(num_pairs);
  told.num_without_dates = static_cast<std::int64_t>(num_pairs - later.size());
  if (!later.empty()) told.finish = difference_of(std::move(later));
  const bool has_cost = !one.cost.empty() && !two.cost.empty() && plan.currency == other.currency;
  if (has_cost && num_pairs > 0) {
    std::vector<double> dearer;
    for (std::size_t i = 0; i < num_pairs; ++i) dearer.push_back(two.cost[i] - one.cost[i]);
    told.cost = difference_of(std::move(dearer));
  }
  return told;
}

}  // namespace diaodu::forecast
