#pragma once

#include <optional>
#include <span>
#include <vector>

#include "diaodu/forecast/series.h"

namespace diaodu::forecast {

/// A year of which the first slots are known.
struct YearSoFar {
  double total = 0;       ///< of the known slots
  std::size_t known = 0;  ///< how many they are
  std::size_t slots_per_year = 12;
};

/// The year that a series' last slot lies in; where that slot is the year's last, the next one, of which nothing is
/// known.  Nothing where a slot of the year so far is missing: a total cannot be told then.
std::optional<YearSoFar> year_so_far(const Series& series);

/// The year's total on each path.  Paths reach the year's end at least.
std::vector<double> year_totals(const YearSoFar& year, const Paths& paths);

/// Growth in percent of each total on a base (the year before, on the comparable base): 100 (total / base - 1).
std::vector<double> year_growths(std::span<const double> totals, double base);

/// The share of totals that are at least the goal (at most, where less is better).
double probability_of_reaching(std::span<const double> totals, double goal,
                               bool less_is_better = false);

/// What the rest of the year must bring.
struct RequiredRate {
  double rest = 0;      ///< goal - total so far
  double per_slot = 0;  ///< rest / slots that remain
  /// Growth in percent of the rest on the same slots of the year before; NaN where these are not known or not positive.
  double growth = 0;
  /// The share of past years whose rest grew by less on their own year before, ties half; NaN where there is none.
  double percentile = 0;
  std::size_t num_years = 0;  ///< that the percentile knows
};

/// Nothing where no slot of the year remains, or the year so far is not known.
std::optional<RequiredRate> required_rate(const Series& series, double goal);

/// One band of a fan chart: at each step the quantile of a probability, of single slots or of the year to date.
struct FanLine {
  double probability = 0;
  std::vector<double> values;
};
std::vector<FanLine> fan_of(const Paths& paths, std::span<const double> probabilities);
/// Of the sums from the year's first slot on, to the year's end.
std::vector<FanLine> fan_to_date(const YearSoFar& year, const Paths& paths,
                                 std::span<const double> probabilities);

}  // namespace diaodu::forecast
