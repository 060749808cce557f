#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <variant>
#include <vector>

#include "diaodu/forecast/figures.h"
#include "diaodu/forecast/series.h"
#include "diaodu/plan/target.h"

namespace diaodu::forecast {

/// How an indicator's year is to be told.
struct YearQuestion {
  int year = 0;
  Target::Accrual accrual = Target::Accrual::sum;
  Target::Measure measure = Target::Measure::level;
  std::size_t num_paths = 2000;
  std::uint64_t seed = 1;
  std::uint64_t variable = 0;
};

/// What is added to the levels of slots that are still to come, path by path: `path * slots + slot`.
using Additions = std::vector<double>;

/// One indicator's year in many futures.
///
/// With A the year's sum (or mean, or end) and B the same of the year before on a comparable base, the value
/// is A, or 100 (A / B - 1).  `to_date` says it as of the end of each slot; where a growth to date was
/// published, it is that.
struct TargetYear {
  int year = 0;
  Target::Accrual accrual = Target::Accrual::sum;
  Target::Measure measure = Target::Measure::level;
  SlotCalendar calendar;
  std::size_t num_known = 0;  ///< slots of the year whose figures are out
  std::size_t num_paths = 0;
  bool is_chained = false;     ///< from growths alone; levels are relative
  std::size_t num_filled = 0;  ///< slots without figures between others
  double base_revision = 1;    ///< last year's base as revised, over what was published last year
  std::size_t num_revisions =
      0;  ///< from which the spread of revisions to come was taken; 0: none assumed

  std::vector<double> levels;  ///< of the known slots
  std::vector<double> known;   ///< the value as of the end of each of them, as published
  std::vector<double>
      bases;  ///< of all slots, last year, as revised; the mean where last year is not over
  std::vector<double> to_date;  ///< `path * slots + slot`
  // What each path's year is made of.
  std::vector<double> total;        ///< A
  std::vector<double> base_total;   ///< B
  std::vector<double> future;       ///< the part of A still to come
  std::vector<double> future_base;  ///< the part of B that it compares with

  std::size_t num_slots() const { return calendar.size(); }
  double value(std::size_t path) const { return to_date[path * num_slots() + num_slots() - 1]; }
  double value_to_date(std::size_t path, std::size_t slot) const {
    return to_date[path * num_slots() + slot];
  }
  double value_of(double sum, double base) const {
    return measure == Target::Measure::level ? sum : 100 * (sum / base - 1);
  }
  /// How the value changes when what is still to come grows by `gain`: percent of a level, points of a growth.
  double pushed(std::size_t path, double gain) const;

  /// Puts the paths in another order: path p becomes what `order[p]` was.
  void reorder(std::span<const std::uint32_t> order);
};

/// The year as the figures and the forecaster tell it; `additions` may be empty.  Cannot, if there are too few
/// figures, or if a level is asked of growths.
std::variant<TargetYear, CannotForecast> year_of(const Figures& figures,
                                                 const YearQuestion& question,
                                                 const Forecaster& forecaster,
                                                 const Additions& additions = {});

/// How many steps a forecaster must go from the end of the levels to the end of the year; 0 if it is over.
std::size_t horizon_of(const Levels& levels, const SlotCalendar& calendar, int year);

}  // namespace diaodu::forecast
