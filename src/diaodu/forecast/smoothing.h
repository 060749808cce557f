#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "diaodu/forecast/series.h"

namespace diaodu::forecast {

/// Exponential smoothing with one source of error (Hyndman, Koehler, Ord & Snyder, "Forecasting with Exponential
/// Smoothing", 2008).  With q = level + phi slope, and the expected value f = q, q + season or q season:
///
///     y      = f + e   (additive)  or  f (1 + e)   (multiplicative)
///     level' = q + alpha (p - q)                   p = y, y - season or y / season
///     slope' = phi slope + beta (p - q)
///     season' = season + gamma (t - season)        t = y - q or y / q
///
/// What is not known (NaN) moves the states as expected and counts for nothing.
struct SmoothingForm {
  enum class Trend : std::uint8_t { none, additive, damped };
  enum class Season : std::uint8_t { none, additive, multiplicative };

  bool is_multiplicative = false;  ///< the error
  Trend trend = Trend::none;
  Season season = Season::none;

  bool operator==(const SmoothingForm&) const = default;
};

/// `ETS(M,Ad,M)`.
std::string show(const SmoothingForm& form);

/// The states before the first slot; `seasons` by slot of the year, empty without.
struct SmoothingStates {
  double level = 0;
  double slope = 0;
  std::vector<double> seasons;
};

/// 0 < alpha < 1, 0 < beta < alpha, 0 < gamma < 1 - alpha, 0.8 <= phi <= 0.98 (1 if not damped), the usual region;
/// smoothing parameters stay 1e-4 from its borders.
struct SmoothingParameters {
  double alpha = 0;
  double beta = 0;
  double gamma = 0;
  double phi = 1;
  SmoothingStates first;
};

struct SmoothingFit {
  SmoothingForm form;
  SmoothingParameters parameters;
  /// As R's `forecast::ets` tells it: -(n log(sum of e^2) + 2 sum of log |f| if multiplicative) / 2.
  double log_likelihood = 0;
  double aicc = 0;
  double deviation = 0;       ///< of e, with degrees of freedom taken off
  SmoothingStates last;       ///< after the last slot
  std::vector<double> place;  ///< the parameters as they were sought (`SmoothingKernel`)
};

/// The likelihood at given parameters, by the equations above; -infinity where an f is not positive with
/// multiplicative errors or seasons.
double smoothing_likelihood(const Series& series, const SmoothingForm& form,
                            const SmoothingParameters& parameters);

/// Maximum likelihood over smoothing parameters and first states, by exact slopes; nothing where there are too few
/// slots, values are not positive for a form that multiplies, or the search fails.  The search begins at `near`'s
/// smoothing parameters if given, else from two places.
std::optional<SmoothingFit> fit_smoothing(const Series& series, const SmoothingForm& form,
                                          const SmoothingParameters* near = nullptr);

/// The futures of a fit.  Smoothing parameters and first states are drawn anew for each group of paths from their
/// normal approximation; errors are normal.
Paths smoothing_paths(const Series& series, const SmoothingFit& fit, const PathRequest& request);
/// The futures if every error to come is zero.
std::vector<double> smoothing_points(const Series& series, const SmoothingFit& fit,
                                     std::size_t horizon);

using SmoothingTrends = std::initializer_list<SmoothingForm::Trend>;
inline constexpr SmoothingTrends kAllTrends{
    SmoothingForm::Trend::none, SmoothingForm::Trend::additive, SmoothingForm::Trend::damped};

/// The best form by AICc of those with additive errors and these trends, on the logarithm where every number is
/// positive; a slope that is not damped must gain 8.  (In the bench's pilot, the fifteen forms that R chooses among did
/// worse on the numbers themselves: sMAPE 15.6 against 13.9.)
Futures smoothing_paths(const Series& series, const PathRequest& request,
                        SmoothingTrends trends = kAllTrends);

/// The same, its form chosen once: the forecaster may be asked of the series or of its beginnings, where parameters
/// are sought anew.
Forecaster smoothing_forecaster(const Series& series, SmoothingTrends trends = kAllTrends);

}  // namespace diaodu::forecast
