#include "diaodu/forecast/outlook_year.h"

#include <algorithm>
#include <cmath>

namespace diaodu::forecast {
namespace {

using track::kUnknown;
using track::Period;

constexpr int kJune = 6;

/// The fan, the goal's path through the year, and the gap beside it.
void tell_plan(const Target& target, TargetOutlook& outlook) {
  const TargetYear& year = *outlook.year;
  const bool is_level = year.measure == Target::Measure::level;
  const bool adds = year.accrual == Target::Accrual::sum;
  double base = 0;
  for (const double each : year.bases) base += each;
  double base_so_far = 0;
  double so_far = 0;
  for (std::size_t slot = 0; slot < year.num_slots(); ++slot) {
    FanPoint point;
    point.period = {year.year, 1, year.calendar.slots[slot].last};
    const std::vector<double> values = values_at(year, slot);
    for (std::size_t i = 0; i < FanPoint::kShares.size(); ++i) {
      point.quantiles[i] = quantile_among(values, FanPoint::kShares[i]);
    }
    if (slot < year.num_known) point.actual = year.known[slot];
    base_so_far += year.bases[slot];
    if (slot < year.num_known) so_far = base_so_far;
    if (target.goal) {
      const bool grows = is_level && adds && base > 0 && !std::isnan(base);
      point.planned = grows ? *target.goal * base_so_far / base : *target.goal;
    }
    outlook.fan.push_back(point);
  }
  if (!target.goal) return;
  const double gap = mean_of(outlook.values) - *target.goal;
  if (year.num_known == 0) {
    outlook.gap = Gap{0, gap};
    return;
  }
  double of_known = 0;
  if (year.num_known == year.num_slots()) {
    of_known = gap;
  } else if (year.accrual == Target::Accrual::mean) {
    const int months = year.calendar.slots[year.num_known - 1].last;
    of_known = (*outlook.now - *target.goal) * months / year.calendar.slots.back().last;
  } else if (adds && is_level && base > 0) {
    of_known = *outlook.now - *target.goal * so_far / base;
  } else if (adds && base > 0) {
    of_known = (*outlook.now - *target.goal) * so_far / base;
  }
  outlook.gap = Gap{of_known, gap - of_known};
}

void tell_run_rate(const Target& target, TargetOutlook& outlook) {
  const TargetYear& year = *outlook.year;
  if (!target.goal || year.accrual != Target::Accrual::sum || year.num_known == 0 ||
      year.num_known == year.num_slots()) {
    return;
  }
  double base = 0;
  double base_to_come = 0;
  for (std::size_t slot = 0; slot < year.num_slots(); ++slot) {
    base += year.bases[slot];
    if (slot >= year.num_known) base_to_come += year.bases[slot];
  }
  if (std::isnan(base) || base_to_come <= 0 || base <= base_to_come) return;
  const bool is_level = year.measure == Target::Measure::level;
  const double base_so_far = base - base_to_come;
  const double now = is_level ? *outlook.now : base_so_far * (1 + *outlook.now / 100);
  const double goal = is_level ? *target.goal : base * (1 + *target.goal / 100);
  RunRate rate;
  rate.needed = 100 * ((goal - now) / base_to_come - 1);
  rate.so_far = 100 * (now / base_so_far - 1);
  // The same part of earlier years, on the year before each.
  const Levels& levels = outlook.levels;
  for (int before = levels.series.first_year; before < year.year; ++before) {
    double sum = 0;
    double sum_before = 0;
    for (std::size_t slot = year.num_known; slot < year.num_slots(); ++slot) {
      sum += levels.value(before, slot);
      sum_before += levels.value(before - 1, slot);
    }
    if (std::isnan(sum) || std::isnan(sum_before) || sum_before <= 0) continue;
    ++rate.num_years;
    if (track::reaches(100 * (sum / sum_before - 1), rate.needed, target.direction))
      ++rate.num_reached;
  }
  outlook.run_rate = rate;
}

}  // namespace

double quantile_among(std::vector<double> values, double share) {
  if (values.empty()) return kUnknown;
  const auto at = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1) + 0.5);
  std::nth_element(values.begin(), values.begin() + at, values.end());
  return values[static_cast<std::size_t>(at)];
}

double mean_of(std::span<const double> values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return values.empty() ? kUnknown : sum / static_cast<double>(values.size());
}

double share_reaching(std::span<const double> values, double goal, Target::Direction direction) {
  std::size_t count = 0;
  for (const double value : values) count += track::reaches(value, goal, direction) ? 1 : 0;
  return static_cast<double>(count) / static_cast<double>(values.size());
}

std::vector<double> values_at(const TargetYear& year, std::size_t slot) {
  std::vector<double> values(year.num_paths);
  for (std::size_t path = 0; path < values.size(); ++path) {
    values[path] = year.value_to_date(path, slot);
  }
  return values;
}

std::vector<double> half_of(const TargetYear& year) {
  const auto june = year.calendar.ending_with(kJune);
  if (!june) return {};
  std::vector<double> values = values_at(year, *june);
  for (double& value : values) value = by_hand(year, *june, value);
  if (std::any_of(values.begin(), values.end(), [](double value) { return std::isnan(value); }))
    return {};
  return values;
}

double by_hand(const TargetYear& year, std::size_t slot, double to_date) {
  if (year.measure == Target::Measure::growth || year.accrual != Target::Accrual::sum)
    return to_date;
  double base_so_far = 0;
  double base = 0;
  for (std::size_t each = 0; each < year.num_slots(); ++each) {
    base += year.bases[each];
    if (each <= slot) base_so_far += year.bases[each];
  }
  return base_so_far > 0 ? to_date / base_so_far * base : kUnknown;
}

void tell_year(const Target& target, TargetOutlook& outlook) {
  const TargetYear& year = *outlook.year;
  outlook.values = values_at(year, year.num_slots() - 1);
  outlook.half_values = half_of(year);
  if (year.num_known > 0) {
    const std::size_t last = year.num_known - 1;
    outlook.now = year.known[last];
    outlook.known_to = Period{year.year, 1, year.calendar.slots[last].last};
    const double by_hand_rule = by_hand(year, last, *outlook.now);
    if (!std::isnan(by_hand_rule)) outlook.hand_rule = by_hand_rule;
  }
  tell_plan(target, outlook);
  tell_run_rate(target, outlook);
}

}  // namespace diaodu::forecast
