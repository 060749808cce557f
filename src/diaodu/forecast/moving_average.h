#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "diaodu/forecast/arima.h"
#include "diaodu/forecast/state_space.h"
#include "diaodu/forecast/structural.h"

namespace diaodu::forecast {

/// Innovations of a moving average of order q with these autocovariances (0 ... q), exact from the first number on:
/// variances, and numbers whose squares over them add up to the exponent of the series' density.  In O(size q):
/// Schur's algorithm for Toeplitz matrices (Schur 1917; Kailath, Vieira & Morf 1978) makes the columns of the Cholesky
/// factor one from the other, so no state need be followed.  False, and no more, where they are no autocovariances.
struct Innovations {
  std::vector<double> values;
  std::vector<double> variances;
  double log_determinant =
      0;  ///< of the series' covariance: the sum of logarithms of the variances
};
bool find_innovations(std::span<const double> autocovariances, std::span<const double> series,
                      Innovations& out);

/// A series and its regressors, differenced until nothing diffuse is left of the start.
struct Differenced {
  bool is_possible = false;  ///< all numbers are there, and more of them than unknowns of the start
  std::size_t num_lost = 0;
  std::vector<std::vector<double>> columns;
};

/// The likelihood of a structural model by its reduced form: the series, differenced until nothing diffuse is left, is
/// a moving average (Harvey 1989, 2.4).  Some ten times quicker than the filter, its slow twin.
class StructuralDifferences {
 public:
  StructuralDifferences(const StructuralForm& form, std::span<const double> series,
                        const Regressors& regressors = {});

  /// Whether all numbers are there and they outnumber the start's unknowns; where not, only the filter can judge.
  bool is_possible() const { return differenced_.is_possible; }
  /// What `filter` leaves, but for states and innovations.  `damping` may differ from the form's; where there is no slope,
  /// it does not matter.
  Filtered at(double damping, const StructuralVariances& variances) const;

 private:
  bool has_slope_ = false;
  std::size_t span_ = 1;     // of the seasonal difference, or of the plain one
  double log_season_ = 0;    // by how much season and level span the first numbers
  Differenced differenced_;  // once, by `span_`
  // Autocovariances of what each shock becomes by these differences, but for those by the damping.
  std::vector<double> irregular_;
  std::vector<double> level_;
  std::vector<double> season_;
};

/// The same of an order without autoregression; others only the filter can judge.
class ArimaDifferences {
 public:
  ArimaDifferences(const ArimaOrder& order, std::span<const double> series,
                   const Regressors& regressors = {});

  bool is_possible() const { return differenced_.is_possible; }
  /// `variance` is the innovation's.
  Filtered at(const ArimaCoefficients& coefficients, double variance) const;

 private:
  std::size_t slots_per_year_ = 12;
  Differenced differenced_;
};

}  // namespace diaodu::forecast
