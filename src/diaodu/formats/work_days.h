#pragma once

#include "diaodu/plan/calendar.h"

namespace diaodu::formats {

// A bare date of something that happened means that day's work: from its first working minute to its last.

/// The first working minute of the day that begins at `day`; `day` where nothing is worked on it.
inline Instant opening(const Calendar& calendar, Instant day) {
  const Instant opens = calendar.next_working(day);
  return opens - day < Elapsed{kMinutesPerDay} ? opens : day;
}

/// The end of the last working minute of the day that ends at `day`; `day` where nothing is worked on it.
inline Instant closing(const Calendar& calendar, Instant day) {
  const Instant closes = calendar.previous_working(day);
  return day - closes < Elapsed{kMinutesPerDay} ? closes : day;
}

}  // namespace diaodu::formats
