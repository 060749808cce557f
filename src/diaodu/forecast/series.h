#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <variant>
#include <vector>

namespace diaodu::forecast {

/// Numbers by slot of a regular year: 12 months; 11, where January and February are published together;
/// 4 quarters; 1.  `values[0]` is slot `first_slot` (0 is the year's first) of `first_year`.
/// What is not known is NaN.
struct Series {
  int slots_per_year = 12;
  int first_year = 0;
  int first_slot = 0;
  std::vector<double> values;

  std::size_t size() const { return values.size(); }
  int slot(std::size_t at) const {
    return static_cast<int>((static_cast<std::size_t>(first_slot) + at) %
                            static_cast<std::size_t>(slots_per_year));
  }
  int year(std::size_t at) const {
    return first_year + static_cast<int>((static_cast<std::size_t>(first_slot) + at) /
                                         static_cast<std::size_t>(slots_per_year));
  }
};

/// Equally likely futures of the slots after a series' last.
struct Paths {
  std::size_t horizon = 0;
  std::size_t count = 0;
  std::vector<double> values;  ///< path by path: `values[path * horizon + step]`

  double& at(std::size_t path, std::size_t step) { return values[path * horizon + step]; }
  double at(std::size_t path, std::size_t step) const { return values[path * horizon + step]; }
};

/// How many paths are wanted, how far they go, and where their random numbers come from: path p of a
/// `variable` is the same whatever else is asked.
struct PathRequest {
  std::size_t horizon = 12;
  std::size_t count = 2000;
  std::uint64_t seed = 1;
  std::uint64_t variable = 0;  ///< `variable_number('i', target's id)`
};

/// Why a method cannot say anything about a series, in English and Chinese.
struct CannotForecast {
  std::string why;
  std::string why_zh;
};

using Futures = std::variant<Paths, CannotForecast>;

/// Makes futures of a series: a combination, or one method alone.
using Forecaster = std::function<Futures(const Series&, const PathRequest&)>;

}  // namespace diaodu::forecast
