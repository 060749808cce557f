#include "diaodu/forecast/year_end.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

#include "diaodu/forecast/scoring.h"

namespace diaodu::forecast {

namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

// The sum of slots [from, from + count); NaN where one is not known or lies outside.
double sum_of(const Series& series, std::ptrdiff_t from, std::size_t count) {
  double sum = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const std::ptrdiff_t at = from + static_cast<std::ptrdiff_t>(i);
    if (at < 0 || at >= static_cast<std::ptrdiff_t>(series.size())) return kUnknown;
    sum += series.values[static_cast<std::size_t>(at)];
  }
  return sum;
}

double growth_of(double now, double before) {
  return before > 0 ? 100 * (now / before - 1) : kUnknown;
}

}  // namespace

std::optional<YearSoFar> year_so_far(const Series& series) {
  YearSoFar year{.slots_per_year = static_cast<std::size_t>(series.slots_per_year)};
  year.known = static_cast<std::size_t>(series.slot(series.size()));
  year.total = sum_of(
      series, static_cast<std::ptrdiff_t>(series.size()) - static_cast<std::ptrdiff_t>(year.known),
      year.known);
  if (!std::isfinite(year.total)) return std::nullopt;
  return year;
}

std::vector<double> year_totals(const YearSoFar& year, const Paths& paths) {
  const std::size_t rest = year.slots_per_year - year.known;
  assert(paths.horizon >= rest);
  std::vector<double> totals(paths.count, year.total);
  for (std::size_t path = 0; path < paths.count; ++path)
    for (std::size_t step = 0; step < rest; ++step) totals[path] += paths.at(path, step);
  return totals;
}

std::vector<double> year_growths(std::span<const double> totals, double base) {
  std::vector<double> growths;
  for (const double total : totals) growths.push_back(growth_of(total, base));
  return growths;
}

double probability_of_reaching(std::span<const double> totals, double goal, bool less_is_better) {
  const auto reached = std::count_if(totals.begin(), totals.end(), [&](double total) {
    return less_is_better ? total <= goal : total >= goal;
  });
  return static_cast<double>(reached) / static_cast<double>(totals.size());
}

std::optional<RequiredRate> required_rate(const Series& series, double goal) {
  const auto year = year_so_far(series);
  if (!year) return std::nullopt;
  const std::size_t rest = year->slots_per_year - year->known;
  const auto year_length = static_cast<std::ptrdiff_t>(year->slots_per_year);
  const auto next = static_cast<std::ptrdiff_t>(series.size());
  RequiredRate rate;
  rate.rest = goal - year->total;
  rate.per_slot = rate.rest / static_cast<double>(rest);
  rate.growth = growth_of(rate.rest, sum_of(series, next - year_length, rest));
  double below = 0;
  for (std::ptrdiff_t from = next - year_length; from >= year_length; from -= year_length) {
    const double growth =
        growth_of(sum_of(series, from, rest), sum_of(series, from - year_length, rest));
    if (!std::isfinite(growth) || !std::isfinite(rate.growth)) continue;
    below += growth < rate.growth ? 1 : growth == rate.growth ? 0.5 : 0;
    ++rate.num_years;
  }
  rate.percentile = rate.num_years > 0 ? below / static_cast<double>(rate.num_years) : kUnknown;
  return rate;
}

std::vector<FanLine> fan_of(const Paths& paths, std::span<const double> probabilities) {
  std::vector<FanLine> fan;
  for (const double probability : probabilities) fan.push_back({.probability = probability});
  std::vector<double> values(paths.count);
  for (std::size_t step = 0; step < paths.horizon; ++step) {
    for (std::size_t path = 0; path < paths.count; ++path) values[path] = paths.at(path, step);
    std::sort(values.begin(), values.end());
    for (FanLine& line : fan) line.values.push_back(quantile_of(values, line.probability));
  }
  return fan;
}

std::vector<FanLine> fan_to_date(const YearSoFar& year, const Paths& paths,
                                 std::span<const double> probabilities) {
  const std::size_t rest = std::min(paths.horizon, year.slots_per_year - year.known);
  Paths sums{rest, paths.count, {}};
  for (std::size_t path = 0; path < paths.count; ++path) {
    double sum = year.total;
    for (std::size_t step = 0; step < rest; ++step) {
      sum += paths.at(path, step);
      sums.values.push_back(sum);
    }
  }
  return fan_of(sums, probabilities);
}

}  // namespace diaodu::forecast
