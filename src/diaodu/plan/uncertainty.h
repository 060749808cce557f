#pragma once

#include <cstdint>
#include <vector>

namespace diaodu {

/// What a quantity may turn out to be.  A value is a share of what is planned (`is_relative`; 1 = as
/// planned) or an amount in minutes or cents.  `forecast::problem_of` says what is wrong with one,
/// `forecast::Law` what it amounts to.
struct Distribution {
  enum class Shape : std::uint8_t {
    fixed,       ///< always `likely`
    triangular,  ///< low, likely, high
    pert,        ///< low, likely, high: a beta whose mean is (low + 4 likely + high) / 6
    uniform,     ///< low, high
    normal,      ///< low, high: mean in the middle
    lognormal,   ///< low, high and, unless it is 0, likely: its logarithm is normal
    discrete,    ///< one of `points`
    empirical,   ///< between `points`, which were observed
  };
  struct Point {
    double value = 0;
    double weight = 1;  ///< in any unit; only their ratios count
  };

  Shape shape = Shape::fixed;
  double low = 0;
  double likely = 0;  ///< the mode
  double high = 0;
  bool is_relative = false;
  /// `low` and `high` are P10 and P90.  Otherwise they are the least and the greatest value; of a normal
  /// or a log-normal, which have none, the values three standard deviations from the middle.
  bool ends_are_percentiles = false;
  std::vector<Point> points;  ///< in any order
};

}  // namespace diaodu
