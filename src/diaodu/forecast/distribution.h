#pragma once

#include <cstdint>
#include <vector>

#include "diaodu/plan/uncertainty.h"

namespace diaodu::forecast {

/// Why a `Distribution` is none.
enum class DistributionProblem : std::uint8_t {
  none,
  not_finite,  ///< a number is NaN or infinite
  too_large,   ///< a number beyond +-1e15
  low_above_high,
  no_spread,        ///< P10 and P90 are equal, or the ends of a normal or log-normal
  likely_outside,   ///< below low or above high
  likely_too_high,  ///< a log-normal's likely lies above the middle: it leans the other way
  not_positive,     ///< a log-normal without likely, with low <= 0
  too_wide,         ///< a log-normal whose high is more than 1e6 times its low
  no_points,
  negative_weight,
  no_weight,  ///< all weights are 0
};

/// The first problem found; `none` means that `Law` takes it.
DistributionProblem problem_of(const Distribution& distribution);

/// It has but one value, or is none that `Law` takes.
bool is_certain(const Distribution& distribution);
/// Of one that is certain.
double certain_value(const Distribution& distribution);

/// A distribution with its parameters fitted, in the units it was given in: exact, and slow.
///
///     cdf(quantile(u)) = u where there are no masses;  quantile(u) = least x with cdf(x) >= u.
///
/// How shapes are read:
/// * ends that are percentiles are fitted to the ends of the shape; `likely` remains the mode;
/// * PERT is the beta with a = 1 + 4 (likely - low) / (high - low), b = 6 - a (Malcolm et al. 1959);
/// * a normal's or log-normal's ends lie three standard deviations from the middle, or are P10 and P90;
/// * a log-normal with `likely` is shifted so that this is its mode;
/// * an empirical one is linear between neighbouring points, each stretch having the mean of the weights
///   of its ends; with equal weights this is PERCENTILE.INC of spreadsheets and type 7 of Hyndman & Fan
///   (1996).  Equal points make a mass.
class Law {
 public:
  /// The distribution has no problem.
  explicit Law(const Distribution& distribution);

  double cdf(double value) const;
  /// 0 < probability < 1.
  double quantile(double probability) const;
  double mean() const;
  double variance() const;

  enum class Form : std::uint8_t {
    constant,
    uniform,
    triangular,
    pert,
    normal,
    lognormal,
    steps,
    stretches
  };
  Form form() const { return form_; }

  // The parameters of the forms, for those who evaluate them faster.
  double low() const { return low_; }    ///< uniform, triangular, pert; of a constant, the value
  double high() const { return high_; }  ///< uniform, triangular, pert
  double mode() const {
    return mode_;
  }  ///< triangular, pert: as a share of the way from low to high
  double median() const { return median_; }        ///< normal, lognormal
  double deviation() const { return deviation_; }  ///< normal; lognormal: of the logarithm
  /// Lognormal: quantile(u) = median + scale (e^(deviation score(u)) - 1).
  double scale() const { return scale_; }
  /// Steps: `value` from `probability` of the one before up to its own.  Stretches: `value` is reached at
  /// `probability`, linear between.
  struct Knot {
    double value = 0;
    double probability = 0;
  };
  const std::vector<Knot>& knots() const { return knots_; }

 private:
  void fit_ends(const Distribution& distribution);
  void fit_normal(const Distribution& distribution);
  void fit_lognormal(const Distribution& distribution);
  void fit_points(const Distribution& distribution);

  Form form_ = Form::constant;
  double low_ = 0;
  double high_ = 0;
  double mode_ = 0;
  double median_ = 0;
  double deviation_ = 0;
  double scale_ = 0;
  std::vector<Knot> knots_;
};

/// The beta distribution of PERT on [0, 1] with the given mode in [0, 1].
struct PertShape {
  double alpha, beta;
  explicit PertShape(double mode) : alpha(1 + 4 * mode), beta(5 - 4 * mode) {}
  double cdf(double value) const;
  double density(double value) const;
  double quantile(double probability) const;
};

}  // namespace diaodu::forecast
