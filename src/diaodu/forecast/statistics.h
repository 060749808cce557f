#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace diaodu::forecast {

/// Of so many ascending values the place of the least that at least the share `p` does not exceed, from 0.
inline std::size_t place_of_quantile(std::size_t size, double p) {
  const auto n = static_cast<double>(size);
  const double rank = std::ceil(p * n - 1e-9);  // 0.8 * 10 is 8
  return static_cast<std::size_t>(std::clamp(rank, 1.0, n)) - 1;
}

/// The least value that at least the share `p` does not exceed; reorders the values.
template <class Value>
Value quantile(std::vector<Value>& values, double p) {
  const auto at = static_cast<std::ptrdiff_t>(place_of_quantile(values.size(), p));
  std::nth_element(values.begin(), values.begin() + at, values.end());
  return values[static_cast<std::size_t>(at)];
}

/// What 0, 1 ... 100 % of the values do not exceed: 101 quantiles, ascending; the first is the least value.
std::vector<std::int32_t> percentiles(std::vector<std::int32_t> values);

/// The rank of each value, from 0; equal values share the middle of their ranks.
std::vector<double> ranks_of(std::span<const std::int32_t> values);

/// Spearman's correlation of two variables, from their ranks; 0 where one of the two does not vary.
double correlation_of(const std::vector<double>& one, const std::vector<double>& other);

}  // namespace diaodu::forecast
