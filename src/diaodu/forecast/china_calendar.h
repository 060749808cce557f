#pragma once

#include <vector>

#include "diaodu/core/civil.h"
#include "diaodu/forecast/series.h"
#include "diaodu/forecast/state_space.h"

namespace diaodu::forecast {

/// The first day of the Chinese year that begins in `year`, 1929 ... 2100, in China Standard Time: the new moon
/// that opens the second month after the one with the winter solstice, or the third where a month without a
/// principal term comes between (GB/T 33661-2017).  New moons by Meeus, "Astronomical Algorithms" (1998), chapter
/// 49, good to half a minute; solar terms by chapter 25, good to a quarter of an hour.
Date spring_festival(int year);

/// Each slot's share of the days `first` to `last` after each year's Spring Festival (both included; negative is
/// before), less that slot's mean over 1930 ... 2030, so that the season keeps what is usual (X-13's genhol).
/// For 12 slots, 11 slots and 4.  NaN never; zero where the festival always falls into the same slot.
std::vector<double> festival_shares(const Series& like, std::size_t size, int first, int last);

/// Working days of each slot, those worked in exchange for a holiday included, less the slot's mean over the years
/// that are published; a year that is not counts as such a mean corrected by its weekdays.
std::vector<double> working_days(const Series& like, std::size_t size);

/// 0.75 in a leap February (or the slot that has it), -0.25 in the others.
std::vector<double> leap_days(const Series& like, std::size_t size);

/// Groups of regressors that may earn their place in a Chinese series of `series.size() + horizon` slots, in the order
/// in which to try them.
std::vector<Regressors> china_regressors(const Series& series, std::size_t horizon);

}  // namespace diaodu::forecast
