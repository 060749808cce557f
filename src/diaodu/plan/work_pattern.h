#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diaodu/core/civil.h"
#include "diaodu/core/quantity.h"

namespace diaodu {

/// `[begin, end)` in minutes of the day on which it begins.  `end` may pass midnight: 22:00-06:00 is
/// {1320, 1800} and belongs to the evening's day.
struct Shift {
  int begin = 0;
  int end = 0;

  friend constexpr auto operator<=>(const Shift&, const Shift&) = default;
};

/// The shifts that begin on one day, ascending and apart.
using DayShifts = std::vector<Shift>;

/// Sorts, joins what touches or overlaps and drops what is empty.
DayShifts normalised(DayShifts shifts);

WorkTime total(const DayShifts& shifts);

/// `08:00-12:00 13:00-17:00`; `22:00-06:00` passes midnight; empty text is a day off; nothing when the
/// text cannot be read.
std::optional<DayShifts> parse_shifts(std::string_view text);
std::string to_string(const DayShifts& shifts);

/// When work is done, told day by day as clocks on the wall show it: what a week looks like, and the
/// dates that differ.  No shift passes midnight here (what does is split between two days), so two
/// patterns can be compared and intersected day by day.
struct WorkPattern {
  std::array<DayShifts, 7> week;    ///< Monday first
  std::map<Date, DayShifts> dated;  ///< replaces the weekday's shifts on that date

  const DayShifts& on(Date date) const;
  friend bool operator==(const WorkPattern&, const WorkPattern&) = default;
};

/// The same for equal patterns.
std::size_t hash_of(const WorkPattern& pattern);

WorkPattern around_the_clock();

/// The minutes that lie in both.
WorkPattern intersection(const WorkPattern& a, const WorkPattern& b);

/// The minutes that lie in either.
WorkPattern union_of(const WorkPattern& a, const WorkPattern& b);

/// The minutes that lie in `a` and not in `b`.
WorkPattern difference(const WorkPattern& a, const WorkPattern& b);

/// No minute at all.
bool is_never(const WorkPattern& pattern);

}  // namespace diaodu
