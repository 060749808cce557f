#pragma once

#include <span>
#include <vector>

#include "diaodu/forecast/outlook.h"

namespace diaodu::forecast {

// What the paths of one year say.

/// kUnknown of nothing.
double quantile_among(std::vector<double> values, double share);
double mean_of(std::span<const double> values);
double share_reaching(std::span<const double> values, double goal, Target::Direction direction);

/// To the end of that slot, on each path.
std::vector<double> values_at(const TargetYear& year, std::size_t slot);

/// Half a year told as a year, so that it compares with the goal; empty where no slot ends with June.
std::vector<double> half_of(const TargetYear& year);

/// The year, if its rest goes as it went to the end of that slot.
double by_hand(const TargetYear& year, std::size_t slot, double to_date);

/// Fills in what the year of `outlook` says by itself: values, what is known so far, the fan, the gap, the run rate.
void tell_year(const Target& target, TargetOutlook& outlook);

}  // namespace diaodu::forecast
