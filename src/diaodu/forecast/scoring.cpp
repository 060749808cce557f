#include "diaodu/forecast/scoring.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>

#include "diaodu/forecast/normal.h"

namespace diaodu::forecast {

double crps(std::vector<double> values, double truth) {
  assert(!values.empty());
  std::sort(values.begin(), values.end());
  const auto count = static_cast<double>(values.size());
  // Of sorted values, the sum of all |x - x'| is 2 * sum of (2 i + 1 - n) x.
  double distance = 0;
  double spread = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    distance += std::abs(values[i] - truth);
    spread += (2 * static_cast<double>(i) + 1 - count) * (values[i] - truth);
  }
  return distance / count - spread / (count * count);
}

double crps_of_normal(double mean, double deviation, double truth) {
  if (!(deviation > 0)) return std::abs(truth - mean);
  const double score = (truth - mean) / deviation;
  const double density = std::exp(-score * score / 2) / std::sqrt(2 * std::numbers::pi);
  return deviation *
         (score * (2 * normal_cdf(score) - 1) + 2 * density - 1 / std::sqrt(std::numbers::pi));
}

double crps_of_lognormal(double mean, double deviation, double truth) {
  const double middle = std::exp(mean + deviation * deviation / 2);
  const double half = normal_cdf(deviation / std::numbers::sqrt2);
  if (!(truth > 0)) return -truth + middle - middle * (2 * half - 1);
  const double score = (std::log(truth) - mean) / deviation;
  return truth * (2 * normal_cdf(score) - 1) -
         2 * middle * (normal_cdf(score - deviation) + half - 1);
}

double brier(double probability, bool happened) {
  const double error = probability - (happened ? 1 : 0);
  return error * error;
}

double probability_transform(std::span<const double> values, double truth) {
  double below = 0;
  for (const double value : values) below += value < truth ? 1 : value == truth ? 0.5 : 0;
  return below / static_cast<double>(values.size());
}

double quantile_of(std::span<const double> sorted, double probability) {
  assert(!sorted.empty());
  const double place = probability * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(std::floor(place));
  if (below + 1 >= sorted.size()) return sorted.back();
  return sorted[below] + (place - static_cast<double>(below)) * (sorted[below + 1] - sorted[below]);
}

bool covers(std::vector<double> values, double share, double truth) {
  std::sort(values.begin(), values.end());
  return quantile_of(values, (1 - share) / 2) <= truth &&
         truth <= quantile_of(values, (1 + share) / 2);
}

double symmetric_error(std::span<const double> truth, std::span<const double> forecast) {
  double sum = 0;
  for (std::size_t at = 0; at < truth.size(); ++at) {
    const double size = std::abs(truth[at]) + std::abs(forecast[at]);
    if (size > 0) sum += 200 * std::abs(truth[at] - forecast[at]) / size;
  }
  return sum / static_cast<double>(truth.size());
}

double seasonal_error(std::span<const double> history, int slots_per_year) {
  const auto year = static_cast<std::size_t>(slots_per_year);
  if (history.size() <= year) return 0;
  double sum = 0;
  double times = 0;
  for (std::size_t at = year; at < history.size(); ++at) {
    const double error = std::abs(history[at] - history[at - year]);
    if (!std::isfinite(error)) continue;
    sum += error;
    ++times;
  }
  return times > 0 ? sum / times : 0;
}

}  // namespace diaodu::forecast
