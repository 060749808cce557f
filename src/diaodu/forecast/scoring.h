#pragma once

#include <span>
#include <vector>

namespace diaodu::forecast {

/// Scores of a forecast once the truth is known.  All take the forecast as equally likely values.

/// The continuous ranked probability score, the integral of (F(x) - [x >= truth])^2 (Matheson & Winkler 1976), in
/// the unit of the values; 0 is perfect, and of a single value it is the absolute error.
///
///     E|X - truth| - E|X - X'| / 2
double crps(std::vector<double> values, double truth);
/// The same of a normal distribution (Gneiting & Raftery 2007), and of a log-normal whose logarithm has this mean and
/// deviation (Baran & Lerch 2015).
double crps_of_normal(double mean, double deviation, double truth);
double crps_of_lognormal(double mean, double deviation, double truth);

/// (probability - [it happened])^2 (Brier 1950).
double brier(double probability, bool happened);

/// The share of values below the truth, ties half: uniform over many forecasts if these are calibrated.
double probability_transform(std::span<const double> values, double truth);

/// The quantile of sorted values, linear between neighbours (type 7 of Hyndman & Fan 1996).
double quantile_of(std::span<const double> sorted, double probability);

/// Whether the truth lies in the central interval that holds this share of the values.
bool covers(std::vector<double> values, double share, double truth);

/// 100 * mean of 2 |truth - forecast| / (|truth| + |forecast|), as the M3 competition counts (Makridakis & Hibon 2000).
double symmetric_error(std::span<const double> truth, std::span<const double> forecast);

/// The mean absolute error of a forecast that repeats the year before, within `history`: what MASE and scaled
/// CRPS divide by (Hyndman & Koehler 2006).  0 if there is no more than a year.
double seasonal_error(std::span<const double> history, int slots_per_year);

}  // namespace diaodu::forecast
