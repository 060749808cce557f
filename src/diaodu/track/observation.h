#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "diaodu/core/time.h"

namespace diaodu::track {

/// Whole months of one year, `first` to `last`, 1 ... 12: a month, January–February together, a quarter, half
/// a year, a year.  Written `2026-03`, `2026-01..02`, `2026-Q2`, `2026-H1`, `2026`.
struct Period {
  int year = 0;
  int first = 1;
  int last = 1;

  int months() const { return last - first + 1; }
  friend constexpr auto operator<=>(const Period&, const Period&) = default;
};

/// As written above, the shortest form.
std::string show(const Period& period);

/// Nothing where the text is none of these forms, or a month is not of the year.
std::optional<Period> parse_period(std::string_view text);

/// What a number says about its period.  None is derived from another in silence: growth is published on a
/// comparable base, which is not last year's published level.
enum class Measure : std::uint8_t {
  level,           ///< of the period
  level_to_date,   ///< of January to the period's last month
  growth,          ///< of the period on the same of the year before, in percent
  growth_to_date,  ///< of January to the period's last month, in percent
  base,            ///< last year's level of the same period, as revised
  base_to_date,    ///< last year's January to the period's last month, as revised
};

/// One published number.  A later one for the same target, period and measure is a revision; both stay.
struct Observation {
  std::string target;  ///< its id in the plan's targets
  Period period;
  Measure measure = Measure::level;
  double value = 0;
  Instant published;  ///< the vintage: not known before
  std::string source;
};

}  // namespace diaodu::track
