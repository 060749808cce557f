#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "diaodu/core/time.h"
#include "diaodu/forecast/series.h"
#include "diaodu/plan/target.h"
#include "diaodu/track/observation.h"

namespace diaodu::forecast {

/// What was known of one indicator at an instant: of each period and measure the latest number published by
/// then, and the first.
class Figures {
 public:
  struct Entry {
    double first = 0;   ///< as first published
    double latest = 0;  ///< as revised
    int num_published = 0;
    Instant published;  ///< the latest
  };
  using Key = std::pair<track::Measure, track::Period>;

  /// Later publications after earlier ones.  What is to date counts from January, however it was written.
  void add(const track::Observation& observation);

  /// The latest, or nothing.
  std::optional<double> find(track::Measure measure, const track::Period& period) const;

  const std::map<Key, Entry>& entries() const { return entries_; }
  bool is_empty() const { return entries_.empty(); }

 private:
  std::map<Key, Entry> entries_;
};

/// Of the target of that id, published by `as_of` (that instant included).
Figures figures_of(std::span<const track::Observation> observations, std::string_view target,
                   Instant as_of);

/// The periods into which an indicator's year is cut: 12 months; 11, where January is never published alone;
/// 4 quarters; 2; 1.
struct SlotCalendar {
  struct Slot {
    int first = 1;  ///< months, 1 ... 12
    int last = 1;
    int months() const { return last - first + 1; }
  };
  std::vector<Slot> slots;

  std::size_t size() const { return slots.size(); }
  /// The number of the slot that ends with that month; nothing if none does.
  std::optional<std::size_t> ending_with(int month) const;
};

/// The finest that the figures show.
SlotCalendar slots_of(const Figures& figures);

/// A level for each slot from the first to the last known.
struct Levels {
  Series series;
  /// No level was published: the levels are chained from growths, and stand for shares of the first year.
  bool is_chained = false;
  std::size_t num_filled = 0;  ///< gaps inside that had to be bridged to chain over them

  /// Number of the slot in `series`; may lie outside it.
  std::ptrdiff_t at(int year, std::size_t slot) const {
    return (year - series.first_year) * static_cast<std::ptrdiff_t>(series.slots_per_year) +
           static_cast<std::ptrdiff_t>(slot) - series.first_slot;
  }
  /// NaN where it is not known.
  double value(int year, std::size_t slot) const;
};

/// Levels as published, or the differences of what is to date; where there are too few for a year, levels
/// chained from growths.  A year without a published January keeps its first two months together: nothing is
/// ever split.  Empty if neither is possible.
///
/// Chaining: level(y, s) = level(y - 1, s) * (1 + growth(y, s) / 100); the first year's slots are as long as
/// their months.  From growths to date the sums of slots are chained, and slots are their differences.
Levels levels_of(const Figures& figures, const SlotCalendar& calendar, Target::Accrual accrual);

}  // namespace diaodu::forecast
