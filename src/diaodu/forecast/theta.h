#pragma once

#include <vector>

#include "diaodu/forecast/series.h"

namespace diaodu::forecast {

/// The Theta method (Assimakopoulos & Nikolopoulos 2000), which is simple exponential smoothing with half the slope
/// of the line through the data as drift (Hyndman & Billah 2003).  Where the autocorrelation at one year is
/// significant at 90 %, the data are first divided by seasonal factors (classical decomposition, ratios to the
/// moving average of a year).
struct ThetaFit {
  double alpha = 0;
  double level = 0;  ///< after the last slot, without season
  double drift = 0;  ///< a slot
  double first_drift =
      0;  ///< what the first step has of the drift beside one: (1 - (1 - alpha)^n) / alpha
  double deviation = 0;  ///< of one step's error, without season
  std::size_t size = 0;
  std::vector<double> seasons;  ///< by slot of the year; all 1 without season
};

/// `series` has no gaps and at least 3 slots, not all of them equal.
ThetaFit fit_theta(const Series& series);
std::vector<double> theta_points(const Series& series, const ThetaFit& fit, std::size_t horizon);

/// Futures with normal errors; the drift's own error has the deviation alpha deviation / sqrt(n).  Gaps are filled
/// by lines between seasonal neighbours.
Futures theta_paths(const Series& series, const PathRequest& request);

/// NaNs before the first known slot are taken off, those between replaced: by the mean of the slot a year before and a year
/// after where both are known, else on the line between neighbours.  NaNs at the end stay.
Series without_gaps(const Series& series);

}  // namespace diaodu::forecast
