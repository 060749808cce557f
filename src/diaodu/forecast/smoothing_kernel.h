#pragma once

#include <span>
#include <vector>

#include "diaodu/forecast/smoothing.h"

namespace diaodu::forecast {

/// The likelihood of one form on one series, with slopes: the equations forwards, then the chain rule backwards
/// over what was kept.  Values are divided by their mean size, so that parameters are of the order of one.
///
/// A place is alpha, beta, gamma, phi as far as the form has them, in a logistic scale; then level, slope, and
/// all seasons but the last, whose value follows from their sum (0, or their number if multiplicative).
class SmoothingKernel {
 public:
  SmoothingKernel(const Series& series, const SmoothingForm& form);

  std::size_t num_parameters() const { return num_smoothing() + num_states(); }
  std::size_t num_known() const { return num_known_; }
  /// Seasons, trend and level of the first years tell where to begin.
  std::vector<double> start(double alpha, double beta, double gamma) const;

  /// Twice the negative log-likelihood; infinite where there is none.
  double cost(std::span<const double> place, std::span<double> slope);

  SmoothingParameters parameters(std::span<const double> place) const;
  /// The states after the last slot, and the sum of squared errors.  False where the equations break down.
  bool run(const SmoothingParameters& parameters, SmoothingStates& last, double& squares,
           double& log_sum) const;
  double scale() const { return scale_; }

 private:
  struct Step {
    double slope, season, q, value_to_q, f, error;
  };
  std::size_t num_smoothing() const;
  std::size_t num_states() const;

  SmoothingForm form_;
  std::vector<double> values_;
  std::vector<std::size_t> slots_;
  std::size_t year_ = 1;
  std::size_t num_known_ = 0;
  double scale_ = 1;
  std::vector<Step> kept_;
};

}  // namespace diaodu::forecast
