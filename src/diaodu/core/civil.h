#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "diaodu/core/time.h"

namespace diaodu {

enum class Weekday { monday, tuesday, wednesday, thursday, friday, saturday, sunday };

/// A day of the Gregorian calendar: whole days since 1970-01-01.
struct Date {
  std::int32_t days = 0;

  static constexpr Date from(int year, int month, int day);
  friend constexpr auto operator<=>(const Date&, const Date&) = default;
  constexpr Date operator+(int more) const { return Date{days + more}; }
  constexpr Date operator-(int fewer) const { return Date{days - fewer}; }
};

struct YearMonthDay {
  int year = 1970;
  int month = 1;
  int day = 1;
};

/// A reading of a clock and calendar on the wall of some place: minutes since 1970-01-01 00:00 there.
/// Not an `Instant`: the same reading is another instant in another zone.
struct LocalTime {
  std::int64_t minutes = 0;

  static constexpr LocalTime at(Date date, std::int64_t minute_of_day) {
    return LocalTime{date.days * kMinutesPerDay + minute_of_day};
  }
  constexpr Date date() const {
    const std::int64_t days = minutes / kMinutesPerDay;
    return Date{static_cast<std::int32_t>(minutes % kMinutesPerDay < 0 ? days - 1 : days)};
  }
  constexpr std::int64_t minute_of_day() const { return minutes - date().days * kMinutesPerDay; }
  friend constexpr auto operator<=>(const LocalTime&, const LocalTime&) = default;
};

/// Days since 1970-01-01 of a proleptic Gregorian date, counting years from March so that the leap
/// day comes last (the classical algorithm; Howard Hinnant, "chrono-compatible low-level date
/// algorithms").
constexpr Date Date::from(int year, int month, int day) {
  const int shifted_year = month <= 2 ? year - 1 : year;
  const int era = (shifted_year >= 0 ? shifted_year : shifted_year - 399) / 400;
  const int year_of_era = shifted_year - era * 400;
  const int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return Date{era * 146097 + day_of_era - 719468};
}

constexpr YearMonthDay year_month_day(Date date) {
  const int shifted = date.days + 719468;
  const int era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  const int day_of_era = shifted - era * 146097;
  const int year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int month_from_march = (5 * day_of_year + 2) / 153;
  const int month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
  return YearMonthDay{.year = year_of_era + era * 400 + (month <= 2 ? 1 : 0),
                      .month = month,
                      .day = day_of_year - (153 * month_from_march + 2) / 5 + 1};
}

constexpr Weekday weekday(Date date) {
  const int since_thursday = date.days % 7;  // 1970-01-01 was a Thursday
  return static_cast<Weekday>(((since_thursday + 3) % 7 + 7) % 7);
}

/// Dates outside these years are findings, so that sums of dates never come near an overflow.
inline constexpr int kFirstYear = 1900;
inline constexpr int kLastYear = 2199;

/// A date that exists in the Gregorian calendar and lies in the years a plan may use.
std::optional<Date> make_date(int year, int month, int day);

/// `2024-04-12`, and nothing else.
std::optional<Date> parse_iso_date(std::string_view text);

/// `16:00` or `24:00` as minutes of the day; nothing else.
std::optional<int> parse_clock(std::string_view text);

std::string to_string(Date date);                ///< `2024-04-12`
std::string to_string(LocalTime time);           ///< `2024-04-12 16:00`
std::string clock_string(std::int64_t minutes);  ///< `16:00`, `24:00`

}  // namespace diaodu
