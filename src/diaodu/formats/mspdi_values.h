#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "diaodu/core/civil.h"
#include "diaodu/core/time.h"

namespace diaodu::formats {

// Values as MSPDI writes them.  Each returns nothing when the text is no such value.

/// `2024-03-04T08:00:00`, perhaps with a zone that does not count.  Seconds round to the nearest minute, and
/// `is_rounded` becomes true where there are some.
std::optional<Instant> parse_mspdi_date(std::string_view text, bool& is_rounded);

/// `PT40H30M0S` in minutes, rounded likewise; the letters may be missing one by one.
std::optional<std::int64_t> parse_mspdi_duration(std::string_view text, bool& is_rounded);

/// `08:00:00` in minutes of the day; a minute before midnight is midnight.
std::optional<int> parse_mspdi_clock(std::string_view text);

/// Project's own first and last day.
inline Instant mspdi_first_day() {
  return Instant{LocalTime::at(Date::from(1984, 1, 1), 0).minutes};
}
inline Instant mspdi_last_day() {
  return Instant{LocalTime::at(Date::from(2049, 12, 31), 0).minutes};
}

std::string mspdi_date(LocalTime time);
std::string mspdi_duration(std::int64_t minutes);

}  // namespace diaodu::formats
