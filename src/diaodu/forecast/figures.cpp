#include "diaodu/forecast/figures.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace diaodu::forecast {
namespace {

using track::Measure;
using track::Period;

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

constexpr bool is_to_date(Measure measure) {
  return measure == Measure::level_to_date || measure == Measure::growth_to_date ||
         measure == Measure::base_to_date;
}

Period to_date(int year, int last) { return {year, 1, last}; }

}  // namespace

void Figures::add(const track::Observation& observation) {
  Period period = observation.period;
  if (is_to_date(observation.measure)) period.first = 1;
  Entry& entry = entries_[{observation.measure, period}];
  if (entry.num_published++ == 0) entry.first = observation.value;
  entry.latest = observation.value;
  entry.published = observation.published;
}

std::optional<double> Figures::find(Measure measure, const Period& period) const {
  const auto found = entries_.find({measure, period});
  if (found == entries_.end()) return std::nullopt;
  return found->second.latest;
}

Figures figures_of(std::span<const track::Observation> observations, std::string_view target,
                   Instant as_of) {
  Figures figures;
  for (const track::Observation& observation : observations) {
    if (observation.target == target && observation.published <= as_of) figures.add(observation);
  }
  return figures;
}

std::optional<std::size_t> SlotCalendar::ending_with(int month) const {
  for (std::size_t i = 0; i < slots.size(); ++i) {
    if (slots[i].last == month) return i;
  }
  return std::nullopt;
}

SlotCalendar slots_of(const Figures& figures) {
  std::set<int> ends;  // the months with which some period ends
  bool has_january = false;
  for (const auto& [key, entry] : figures.entries()) {
    ends.insert(key.second.last);
    if (key.second.last == 1) has_january = true;
  }
  const auto every = [](int months) {
    SlotCalendar calendar;
    for (int first = 1; first <= 12; first += months)
      calendar.slots.push_back({first, first + months - 1});
    return calendar;
  };
  for (const int months : {12, 6, 3}) {
    if (std::all_of(ends.begin(), ends.end(), [=](int end) { return end % months == 0; })) {
      return every(months);
    }
  }
  SlotCalendar calendar = every(1);
  if (!has_january) {
    calendar.slots.erase(calendar.slots.begin());
    calendar.slots.front().first = 1;
  }
  return calendar;
}

double Levels::value(int year, std::size_t slot) const {
  const std::ptrdiff_t index = at(year, slot);
  if (index < 0 || index >= static_cast<std::ptrdiff_t>(series.size())) return kUnknown;
  return series.values[static_cast<std::size_t>(index)];
}

namespace {

/// What a slot adds to what is to date: its level, weighted so that sums of slots are what is to date.
double weight_of(const SlotCalendar::Slot& slot, Target::Accrual accrual) {
  return accrual == Target::Accrual::mean ? slot.months() : 1;
}

class LevelMaker {
 public:
  LevelMaker(const Figures& figures, const SlotCalendar& calendar, Target::Accrual accrual)
      : figures_(figures), calendar_(calendar), accrual_(accrual) {
    first_year_ = std::numeric_limits<int>::max();
    last_year_ = std::numeric_limits<int>::min();
    for (const auto& [key, entry] : figures.entries()) {
      first_year_ = std::min(first_year_, key.second.year);
      last_year_ = std::max(last_year_, key.second.year);
    }
  }

  Levels make() {
    if (figures_.is_empty()) return {};
    Levels levels = trimmed(published());
    // Two years are the least from which a season can be told, a few figures more than one year of growths.
    if (num_known(levels.series) >= 2 * calendar_.size()) return levels;
    Levels chained = trimmed(chain());
    chained.is_chained = true;
    // The year that the chain starts from is made up, and no figure.
    return num_known(chained.series) > num_known(levels.series) + calendar_.size() ? chained
                                                                                   : levels;
  }

 private:
  static std::size_t num_known(const Series& series) {
    return static_cast<std::size_t>(std::count_if(series.values.begin(), series.values.end(),
                                                  [](double value) { return !std::isnan(value); }));
  }

  Levels blank(int first_year) const {
    Levels levels;
    levels.series.slots_per_year = static_cast<int>(calendar_.size());
    levels.series.first_year = first_year;
    levels.series.values.assign(
        static_cast<std::size_t>(last_year_ - first_year + 1) * calendar_.size(), kUnknown);
    return levels;
  }

  /// Without what is not known at both ends.
  Levels trimmed(Levels levels) const {
    std::vector<double>& values = levels.series.values;
    while (!values.empty() && std::isnan(values.back())) values.pop_back();
    std::size_t skipped = 0;
    while (skipped < values.size() && std::isnan(values[skipped])) ++skipped;
    values.erase(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(skipped));
    const std::size_t before = static_cast<std::size_t>(levels.series.first_slot) + skipped;
    levels.series.first_year += static_cast<int>(before / calendar_.size());
    levels.series.first_slot = static_cast<int>(before % calendar_.size());
    return levels;
  }

  /// Of the slot itself; of what stands at its end, that of its last month.
  std::optional<double> alone(Measure measure, int year, std::size_t slot) const {
    const auto& [first, last] = calendar_.slots[slot];
    const auto whole = figures_.find(measure, {year, first, last});
    if (whole || accrual_ != Target::Accrual::last) return whole;
    return figures_.find(measure, {year, last, last});
  }

  double published(int year, std::size_t slot) const {
    const auto& [first, last] = calendar_.slots[slot];
    if (const auto level = alone(Measure::level, year, slot)) return *level;
    const auto sum = figures_.find(Measure::level_to_date, to_date(year, last));
    if (!sum) return kUnknown;
    if (slot == 0 || accrual_ == Target::Accrual::last) return *sum;
    const auto before =
        figures_.find(Measure::level_to_date, to_date(year, calendar_.slots[slot - 1].last));
    if (!before) return kUnknown;
    if (accrual_ == Target::Accrual::sum) return *sum - *before;
    return (*sum * last - *before * (first - 1)) / (last - first + 1);
  }

  Levels published() const {
    Levels levels = blank(first_year_);
    std::size_t at = 0;
    for (int year = first_year_; year <= last_year_; ++year) {
      for (std::size_t slot = 0; slot < calendar_.size(); ++slot) {
        levels.series.values[at++] = published(year, slot);
      }
    }
    return levels;
  }

  /// One year before the first with growths is made up of shares by months, which the chain starts from.
  Levels chain() const {
    Levels levels = blank(first_year_ - 1);
    std::vector<double> before;  // last year's levels, all known
    for (const SlotCalendar::Slot& slot : calendar_.slots) {
      before.push_back(accrual_ == Target::Accrual::sum ? slot.months() : 1);
    }
    std::copy(before.begin(), before.end(), levels.series.values.begin());
    for (int year = first_year_; year <= last_year_; ++year) {
      const std::vector<double> known = grown(year, before);
      const double growth = middle_growth(known, before);
      for (std::size_t slot = 0; slot < calendar_.size(); ++slot) {
        levels.series.values[static_cast<std::size_t>(levels.at(year, slot))] = known[slot];
        const bool is_gap = std::isnan(known[slot]) && year < last_year_;
        if (is_gap) ++levels.num_filled;
        before[slot] = std::isnan(known[slot]) ? before[slot] * growth : known[slot];
      }
    }
    return levels;
  }

  /// This year's levels, as far as growths tell.
  std::vector<double> grown(int year, const std::vector<double>& before) const {
    std::vector<double> levels(calendar_.size(), kUnknown);
    double base_to_date = 0;
    double level_to_date = 0;  // NaN once a slot is not known
    for (std::size_t slot = 0; slot < calendar_.size(); ++slot) {
      const double weight = weight_of(calendar_.slots[slot], accrual_);
      base_to_date += weight * before[slot];
      const auto own = alone(Measure::growth, year, slot);
      const auto sum =
          figures_.find(Measure::growth_to_date, to_date(year, calendar_.slots[slot].last));
      if (own) {
        levels[slot] = before[slot] * (1 + *own / 100);
        level_to_date += weight * levels[slot];
      } else if (sum && accrual_ == Target::Accrual::last) {
        levels[slot] = before[slot] * (1 + *sum / 100);
      } else if (sum) {
        const double grown_to_date = base_to_date * (1 + *sum / 100);
        levels[slot] = (grown_to_date - level_to_date) / weight;
        level_to_date = grown_to_date;
      } else {
        level_to_date = kUnknown;
      }
    }
    return levels;
  }

  /// The median ratio of a year's known slots to the year before; 1 if none is known.
  static double middle_growth(const std::vector<double>& known, const std::vector<double>& before) {
    std::vector<double> ratios;
    for (std::size_t i = 0; i < known.size(); ++i) {
      if (!std::isnan(known[i])) ratios.push_back(known[i] / before[i]);
    }
    if (ratios.empty()) return 1;
    const auto middle = ratios.begin() + static_cast<std::ptrdiff_t>(ratios.size() / 2);
    std::nth_element(ratios.begin(), middle, ratios.end());
    return *middle;
  }

  const Figures& figures_;
  const SlotCalendar& calendar_;
  Target::Accrual accrual_;
  int first_year_ = 0;
  int last_year_ = 0;
};

}  // namespace

Levels levels_of(const Figures& figures, const SlotCalendar& calendar, Target::Accrual accrual) {
  return LevelMaker(figures, calendar, accrual).make();
}

}  // namespace diaodu::forecast
