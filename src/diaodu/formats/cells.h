#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "diaodu/core/civil.h"
#include "diaodu/core/quantity.h"
#include "diaodu/plan/calendar_rule.h"
#include "diaodu/plan/task.h"

namespace diaodu::formats {

/// Without the blanks and tabs around it.
std::string_view trimmed(std::string_view text);

/// The part of `text` before the first of `separators`, trimmed; both are taken from `text`.  Costs no
/// more than the part is long, however many parts the text has.
std::string_view take_part(std::string_view& text, std::span<const std::string_view> separators);

// What people write in cells.  Each reader returns nothing when the text is not of its kind.

/// `3d`, `2.5 days`, `16h`, `90min`, `2w`, `1mo`, `3ed` (elapsed), `3天`, `16小时`, `5 days?`,
/// `-2d`.
struct DurationText {
  enum class Unit : std::uint8_t { none, minute, hour, day, week, month };
  std::int64_t thousandths = 0;  ///< of the unit
  Unit unit = Unit::none;
  bool is_elapsed = false;
};
std::optional<DurationText> parse_duration(std::string_view text);

/// In minutes, days and longer counted on `calendar` (elapsed ones on the clock: a month is 30
/// days), rounded to the nearest; nothing when beyond 300 years.  A bare number counts days.
std::optional<std::int64_t> minutes(const DurationText& duration, const NamedCalendar& calendar);

/// `3d` as `to_string` would write it back: the largest unit that divides it.
std::string duration_string(std::int64_t minutes, const NamedCalendar& calendar, bool is_elapsed);

/// A duration with a sign, or a share of the predecessor's duration: `2d`, `-16h`, `+1ew`, `50%`,
/// `25e%`.
std::optional<Lag> parse_lag(std::string_view text, const NamedCalendar& calendar);
std::string lag_string(const Lag& lag, const NamedCalendar& calendar);

/// `2024-04-12`, `2024-04-12 16:00`, `2024/4/12`, `2024.4.12`, `2024年4月12日`, `12.04.2024`,
/// `20240412`, `4/15/2024` (one of the two above 12), spreadsheet serials; a time with seconds or
/// AM/PM.
struct DateText {
  LocalTime time;
  bool has_clock = false;
};
std::optional<DateText> parse_date(std::string_view text);

/// As `parse_date` reads it back: `2024-04-12 16:00`, or `2024-04-12` where that means the same,
/// which with `is_end_of_day` is the midnight after that day.
std::string date_string(LocalTime time, bool is_end_of_day);

/// True for `3/4/2024`: a date, but nobody knows which.
bool is_unclear_date(std::string_view text);

/// The reading of a spreadsheet's day number (1900 system with its leap-year bug, or 1904).
std::optional<DateText> date_of_serial(double serial, bool is_1904);

/// Digits, one sign, one point; groups of thousands; `万` and `亿`; a trailing `%` divides by 100.
/// With `has_decimal_comma` a comma is the point.  In 10^-`places`.
std::optional<std::int64_t> parse_number(std::string_view text, int places, bool has_decimal_comma);

std::optional<bool> parse_yes_no(std::string_view text);

/// Letters without case (ASCII), blanks and dashes as underscores: how headers and choices compare.
std::string folded(std::string_view text);

}  // namespace diaodu::formats
