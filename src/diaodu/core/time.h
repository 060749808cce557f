#pragma once

#include <cassert>
#include <compare>
#include <cstdint>

#include "diaodu/core/quantity.h"

namespace diaodu {

/// A point in time: whole minutes since 1970-01-01 00:00 UTC.  There is no zone in it; a `Zone` turns
/// it into what a clock on the wall shows.
class Instant {
 public:
  constexpr Instant() = default;
  explicit constexpr Instant(WholeNumber auto minutes)
      : minutes_(static_cast<std::int64_t>(minutes)) {}

  constexpr std::int64_t minutes() const { return minutes_; }

  friend constexpr auto operator<=>(Instant, Instant) = default;
  friend constexpr Instant operator+(Instant a, Elapsed b) {
    return Instant{(Elapsed{a.minutes_} + b).count()};
  }
  friend constexpr Instant operator-(Instant a, Elapsed b) { return a + -b; }
  friend constexpr Elapsed operator-(Instant a, Instant b) {
    return Elapsed{a.minutes_} - Elapsed{b.minutes_};
  }

 private:
  std::int64_t minutes_ = 0;
};

/// Later than any date a plan can hold, and earlier than any: "never" and "since ever".
/// Far enough from the ends of the integer for sums of plan quantities.
inline constexpr Instant kNever{std::int64_t{1} << 60};
inline constexpr Instant kEver{-(std::int64_t{1} << 60)};

inline constexpr std::int64_t kMinutesPerDay = 24 * 60;
inline constexpr std::int64_t kMinutesPerWeek = 7 * kMinutesPerDay;

/// `[from, to)`: `to` is the first instant outside.
struct Interval {
  Instant from;
  Instant to;

  constexpr bool contains(Instant instant) const { return from <= instant && instant < to; }
  constexpr bool is_empty() const { return to <= from; }
  constexpr Elapsed length() const { return to - from; }
  friend constexpr bool operator==(const Interval&, const Interval&) = default;
};

/// True when the two have a minute in common.
constexpr bool overlap(const Interval& a, const Interval& b) {
  return a.from < b.to && b.from < a.to;
}

}  // namespace diaodu
