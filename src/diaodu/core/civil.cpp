#include "diaodu/core/civil.h"

#include <array>
#include <charconv>
#include <cstdio>

namespace diaodu {
namespace {

/// The number that `text` spells in digits only: no sign, no space.
std::optional<int> digits(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || text.front() == '-') return {};
  return value;
}

}  // namespace

std::optional<Date> make_date(int year, int month, int day) {
  if (year < kFirstYear || year > kLastYear || month < 1 || month > 12 || day < 1 || day > 31) {
    return {};
  }
  const Date date = Date::from(year, month, day);
  if (year_month_day(date).day != day) return {};  // 31 April reads back as 1 May
  return date;
}

std::optional<Date> parse_iso_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return {};
  const auto year = digits(text.substr(0, 4));
  const auto month = digits(text.substr(5, 2));
  const auto day = digits(text.substr(8, 2));
  if (!year || !month || !day) return {};
  return make_date(*year, *month, *day);
}

std::optional<int> parse_clock(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon < 1 || colon > 2 || text.size() != colon + 3)
    return {};
  const auto hour = digits(text.substr(0, colon));
  const auto minute = digits(text.substr(colon + 1));
  if (!hour || !minute || *minute > 59 || *hour * 60 + *minute > kMinutesPerDay) return {};
  return *hour * 60 + *minute;
}

std::string to_string(Date date) {
  const YearMonthDay ymd = year_month_day(date);
  std::array<char, 40> buffer{};
  const int length =
      std::snprintf(buffer.data(), buffer.size(), "%04d-%02d-%02d", ymd.year, ymd.month, ymd.day);
  return {buffer.data(), static_cast<std::size_t>(length)};
}

std::string to_string(LocalTime time) {
  return to_string(time.date()) + ' ' + clock_string(time.minute_of_day());
}

std::string clock_string(std::int64_t minutes) {
  std::array<char, 48> buffer{};
  const int length =
      std::snprintf(buffer.data(), buffer.size(), "%02lld:%02lld",
                    static_cast<long long>(minutes / 60), static_cast<long long>(minutes % 60));
  return {buffer.data(), static_cast<std::size_t>(length)};
}

}  // namespace diaodu
