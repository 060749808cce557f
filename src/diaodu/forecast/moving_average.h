#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "diaodu/forecast/arima.h"
#include "diaodu/forecast/state_space.h"
#include "diaodu/forecast/structural.h"

namespace diaodu::forecast {

/// The factorised normal density of a series: log f(w) = -1/2 (size log 2 pi + log_determinant + squares).
struct Innovations {
  std::size_t size = 0;
  double log_determinant = 0;
  double squares = 0;  ///< of the innovations, scaled to variance 1
};

/// Innovations of a moving average of order q with these autocovariances (0 ... q), exact from the first number on,
/// in O(size q): Schur's algorithm for Toeplitz matrices (Schur 1917; Kailath, Vieira & Morf 1978) makes the columns of
/// the Cholesky factor one from the other, so no state need be followed.  NaN where they are no autocovariances.
Innovations innovations_of(std::span<const double> autocovariances, std::span<const double> series);

/// The exact diffuse likelihood of a model whose `num_diffuse` first numbers settle the start, and whose differences
/// are what `innovations` were made of; `log_start` is the logarithm of the size by which the start's directions span
/// the first numbers.  Equals that of `filter`.
Likelihood likelihood_of_differences(const Innovations& innovations, std::size_t num_diffuse,
                                     double log_start, Scale scale);

/// The likelihood of a structural model by its reduced form: the series, differenced until nothing diffuse is left, is
/// a moving average (Harvey 1989, 2.4).  Some ten times quicker than the filter, its slow twin.
class StructuralDifferences {
 public:
  StructuralDifferences(const StructuralForm& form, std::span<const double> series);

  /// Whether all numbers are there and they outnumber the start's unknowns; where not, only the filter can judge.
  bool is_possible() const { return is_possible_; }
  /// `damping` may differ from the form's; where there is no slope, it does not matter.
  Likelihood at(double damping, const StructuralVariances& variances, Scale scale) const;

 private:
  bool has_slope_ = false;
  bool is_possible_ = false;
  std::size_t span_ = 1;             // of the seasonal difference, or of the plain one
  double log_season_ = 0;            // by how much season and level span the first numbers
  std::vector<double> differenced_;  // once, by `span_`
  // Autocovariances of what each shock becomes by these differences, but for those by the damping.
  std::vector<double> irregular_;
  std::vector<double> level_;
  std::vector<double> season_;
};

/// The same of an order without autoregression; others only the filter can judge.
class ArimaDifferences {
 public:
  ArimaDifferences(const ArimaOrder& order, std::span<const double> series);

  bool is_possible() const { return is_possible_; }
  /// `variance` is the innovation's.
  Likelihood at(const ArimaCoefficients& coefficients, double variance, Scale scale) const;

 private:
  std::size_t slots_per_year_ = 12;
  bool is_possible_ = false;
  std::size_t num_lost_ = 0;
  std::vector<double> differenced_;
};

}  // namespace diaodu::forecast
