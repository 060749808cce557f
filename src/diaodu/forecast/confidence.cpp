#include "diaodu/forecast/confidence.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "diaodu/forecast/simulation.h"
#include "diaodu/forecast/statistics.h"

namespace diaodu::forecast {
namespace {

constexpr int kNumBatches = 20;

Instant instant_of(Instant start, std::int32_t minutes) {
  return minutes == kUndated ? kNever : start + Elapsed{minutes};
}

/// How many values are less than each.
template <class Value>
std::vector<std::size_t> num_below(const std::vector<Value>& values,
                                   const std::vector<Value>& sorted) {
  std::vector<std::size_t> below;
  below.reserve(values.size());
  for (const Value& each : values)
    below.push_back(static_cast<std::size_t>(std::lower_bound(sorted.begin(), sorted.end(), each) -
                                             sorted.begin()));
  return below;
}

template <class Value>
std::vector<Value> sorted_of(std::vector<Value> values) {
  std::sort(values.begin(), values.end());
  return values;
}

}  // namespace

JointConfidence joint_confidence(Instant start, const std::vector<std::int32_t>& minutes,
                                 const std::vector<double>& costs, double confidence) {
  const std::vector<std::int32_t> dates = sorted_of(minutes);
  const std::vector<double> prices = sorted_of(costs);
  const std::size_t n = minutes.size();
  JointConfidence told;
  for (std::size_t row = 0; row < kJointShares.size(); ++row) {
    const std::int32_t date = dates[place_of_quantile(n, kJointShares[row])];
    for (std::size_t column = 0; column < kJointShares.size(); ++column) {
      const double price = prices[place_of_quantile(n, kJointShares[column])];
      std::size_t both = 0;
      for (std::size_t i = 0; i < n; ++i)
        both += minutes[i] != kUndated && minutes[i] <= date && costs[i] <= price ? 1 : 0;
      told.shares[row][column] = static_cast<double>(both) / static_cast<double>(n);
    }
  }
  std::vector<std::size_t> least = num_below(minutes, dates);
  const std::vector<std::size_t> cheaper = num_below(costs, prices);
  for (std::size_t i = 0; i < n; ++i) {
    least[i] = std::max(least[i], cheaper[i]);
    if (minutes[i] == kUndated) least[i] = n;  // keeps none
  }
  const std::size_t k = quantile(least, confidence);
  if (k >= n) return told;
  // Who costs most may be dated while as many trials are not: then the last date there is will do.
  const auto num_dated = static_cast<std::size_t>(
      std::lower_bound(dates.begin(), dates.end(), kUndated) - dates.begin());
  told.finish = instant_of(start, dates[std::min(k, num_dated - 1)]);
  told.cost = prices[k];
  told.marginal = static_cast<double>(k + 1) / static_cast<double>(n);
  return told;
}

double p80_error_of(const std::vector<std::int32_t>& minutes, std::int64_t num_trials) {
  const std::size_t size = static_cast<std::size_t>(num_trials) / kNumBatches;
  constexpr std::size_t kLeast = 10;
  if (size < kLeast) return 0;
  std::array<double, kNumBatches> p80{};
  for (std::size_t i = 0; i < kNumBatches; ++i) {
    const auto begin = minutes.begin() + static_cast<std::ptrdiff_t>(i * size);
    std::vector<std::int32_t> batch(begin, begin + static_cast<std::ptrdiff_t>(size));
    p80[i] = quantile(batch, 0.8);
  }
  const double mean = std::accumulate(p80.begin(), p80.end(), 0.0) / kNumBatches;
  double squares = 0;
  for (const double each : p80) squares += (each - mean) * (each - mean);
  return std::sqrt(squares / (kNumBatches - 1) / kNumBatches);
}

std::vector<Convergence> convergence_of(Instant start, const std::vector<std::int32_t>& minutes) {
  std::vector<Convergence> told;
  const auto all = static_cast<std::int64_t>(minutes.size());
  for (const std::int64_t part : {8, 4, 2, 1}) {
    const std::int64_t num = all / part;
    if (num < 1) continue;
    std::vector<std::int32_t> first(minutes.begin(), minutes.begin() + num);
    told.push_back({.num_trials = num,
                    .p80 = instant_of(start, quantile(first, 0.8)),
                    .error = p80_error_of(minutes, num)});
  }
  return told;
}

}  // namespace diaodu::forecast
