#include "diaodu/forecast/joint.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "diaodu/forecast/normal.h"
#include "diaodu/forecast/stream.h"

namespace diaodu::forecast {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
constexpr double kShrinkage = 24;
constexpr std::size_t kFewestInCommon = 12;

/// By slot, counted from year 0: the change of the growth on the year before.
struct Surprises {
  std::ptrdiff_t first = 0;
  std::vector<double> values;

  double at(std::ptrdiff_t slot) const {
    const std::ptrdiff_t index = slot - first;
    if (index < 0 || index >= static_cast<std::ptrdiff_t>(values.size())) return kUnknown;
    return values[static_cast<std::size_t>(index)];
  }
};

Surprises surprises_of(const Series& series) {
  const auto season = static_cast<std::size_t>(series.slots_per_year);
  Surprises surprises;
  surprises.first =
      static_cast<std::ptrdiff_t>(series.first_year) * series.slots_per_year + series.first_slot;
  const bool is_positive = std::all_of(series.values.begin(), series.values.end(),
                                       [](double value) { return std::isnan(value) || value > 0; });
  const auto growth = [&](std::size_t at) {
    if (at < season) return kUnknown;
    const double now = series.values[at];
    const double before = series.values[at - season];
    return is_positive ? std::log(now / before) : now - before;
  };
  for (std::size_t at = 0; at < series.size(); ++at) {
    surprises.values.push_back(at == 0 ? kUnknown : growth(at) - growth(at - 1));
  }
  return surprises;
}

double shrunk_correlation(const Surprises& a, const Surprises& b) {
  std::size_t count = 0;
  double sum_a = 0, sum_b = 0, squares_a = 0, squares_b = 0, products = 0;
  for (std::size_t i = 0; i < a.values.size(); ++i) {
    const double one = a.values[i];
    const double other = b.at(a.first + static_cast<std::ptrdiff_t>(i));
    if (std::isnan(one) || std::isnan(other)) continue;
    ++count;
    sum_a += one;
    sum_b += other;
    squares_a += one * one;
    squares_b += other * other;
    products += one * other;
  }
  if (count < kFewestInCommon) return 0;
  const auto n = static_cast<double>(count);
  const double spread_a = squares_a - sum_a * sum_a / n;
  const double spread_b = squares_b - sum_b * sum_b / n;
  if (spread_a <= 0 || spread_b <= 0) return 0;
  const double correlation = (products - sum_a * sum_b / n) / std::sqrt(spread_a * spread_b);
  return std::clamp(correlation, -1.0, 1.0) * n / (n + kShrinkage);
}

}  // namespace

Matrix correlation_of_surprises(std::span<const Levels* const> indicators) {
  std::vector<Surprises> surprises;
  for (const Levels* levels : indicators) surprises.push_back(surprises_of(levels->series));
  Matrix matrix(indicators.size());
  for (std::size_t a = 0; a < indicators.size(); ++a) {
    for (std::size_t b = a + 1; b < indicators.size(); ++b) {
      if (indicators[a]->series.slots_per_year != indicators[b]->series.slots_per_year) continue;
      matrix(a, b) = matrix(b, a) = shrunk_correlation(surprises[a], surprises[b]);
    }
  }
  return nearest_correlation(matrix);
}

std::vector<std::vector<std::uint32_t>> joint_orders(const Matrix& correlation,
                                                     std::span<const std::vector<double>> outcomes,
                                                     std::uint64_t seed) {
  const std::size_t size = outcomes.size();
  const std::size_t num_paths = size == 0 ? 0 : outcomes.front().size();
  const Matrix lower = cholesky(correlation);
  const Stream stream(seed);
  std::vector<std::vector<float>> own(size, std::vector<float>(num_paths));
  std::vector<Uniform> uniforms(num_paths);
  for (std::size_t i = 0; i < size; ++i) {
    stream.uniforms(variable_number('j', std::to_string(i)), 0, uniforms);
    scores_of(uniforms, own[i]);
  }
  std::vector<std::vector<std::uint32_t>> orders(size);
  std::vector<double> scores(num_paths);
  std::vector<std::uint32_t> by_score(num_paths);
  std::vector<std::uint32_t> by_outcome(num_paths);
  for (std::size_t i = 0; i < size; ++i) {
    std::fill(scores.begin(), scores.end(), 0);
    for (std::size_t k = 0; k <= i; ++k) {
      for (std::size_t path = 0; path < num_paths; ++path)
        scores[path] += lower(i, k) * own[k][path];
    }
    const auto sort_by = [](std::vector<std::uint32_t>& order, const auto& values) {
      std::iota(order.begin(), order.end(), 0U);
      std::stable_sort(order.begin(), order.end(),
                       [&](std::uint32_t a, std::uint32_t b) { return values[a] < values[b]; });
    };
    sort_by(by_score, scores);
    sort_by(by_outcome, outcomes[i]);
    orders[i].resize(num_paths);
    for (std::size_t rank = 0; rank < num_paths; ++rank)
      orders[i][by_score[rank]] = by_outcome[rank];
  }
  return orders;
}

}  // namespace diaodu::forecast
