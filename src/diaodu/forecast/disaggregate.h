#pragma once

#include <span>
#include <vector>

namespace diaodu::forecast {

/// A finer series whose sums over `ratio` slots are the totals given (conversion "sum").  The first total is of the
/// slots from `begin` on.  All functions need an indicator of at least `begin + ratio * totals.size()` numbers; what lies
/// before and beyond the totals is extrapolated.

/// Denton (1971), proportional, with Cholette's start (1984): of all series with these sums the one whose ratio to
/// the indicator moves least, min sum (x[t]/z[t] - x[t-1]/z[t-1])^2.  Beyond the last total the ratio stays.  The
/// indicator is nowhere nought.
std::vector<double> denton_proportional(std::span<const double> totals,
                                        std::span<const double> indicator, int ratio, int begin = 0);

/// Denton–Cholette, additive: the difference to the indicator, or its `order`-th differences, move least.
/// An indicator of ones gives the smoothest series with these sums.  `order` 1 or 2.  `keeps_start` false is Denton's own
/// first condition, which takes the difference before the series for nought and so begins with a transient.
std::vector<double> denton_additive(std::span<const double> totals,
                                    std::span<const double> indicator, int ratio, int order = 1,
                                    bool keeps_start = true, int begin = 0);

/// What a regression disaggregates by.
struct Disaggregated {
  std::vector<double> values;
  std::vector<double> coefficients;  ///< of the indicators, in order
  double correlation = 0;            ///< rho of one slot's error to the next
  bool is_truncated = false;  ///< the likelihood falls from rho = 0 on: it would be negative, and 0 was taken
  double log_likelihood = 0;
  double squares = 0;  ///< generalised residual sum of squares
};

/// Chow & Lin (1971) with rho by maximum likelihood within [0, 0.999].  A constant is an indicator of ones.
Disaggregated chow_lin(std::span<const double> totals,
                       const std::vector<std::vector<double>>& indicators, int ratio, int begin = 0);

/// The same at a given rho.
Disaggregated chow_lin_at(std::span<const double> totals,
                          const std::vector<std::vector<double>>& indicators, int ratio,
                          double correlation, int begin = 0);

}  // namespace diaodu::forecast
