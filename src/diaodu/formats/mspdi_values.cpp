#include "diaodu/formats/mspdi_values.h"

#include "diaodu/core/civil.h"

namespace diaodu::formats {
namespace {

constexpr std::int64_t kMostMinutes = std::int64_t{300} * 366 * kMinutesPerDay;

/// The digits at the beginning of `text`, which go with them; nothing where there are none or too many.
std::optional<std::int64_t> take_number(std::string_view& text) {
  constexpr std::size_t kMostDigits = 12;
  std::size_t size = 0;
  std::int64_t number = 0;
  while (size < text.size() && size <= kMostDigits && text[size] >= '0' && text[size] <= '9') {
    number = number * 10 + (text[size] - '0');
    ++size;
  }
  if (size == 0 || size > kMostDigits) return {};
  text.remove_prefix(size);
  return number;
}

bool take(std::string_view& text, char wanted) {
  if (!text.starts_with(wanted)) return false;
  text.remove_prefix(1);
  return true;
}

/// `08:00:00` in seconds of the day, with or without seconds and parts of them.
std::optional<std::int64_t> take_seconds(std::string_view& text) {
  const auto hour = take_number(text);
  if (!hour || *hour > 24 || !take(text, ':')) return {};
  const auto minute = take_number(text);
  if (!minute || *minute > 59) return {};
  std::int64_t seconds = (*hour * 60 + *minute) * 60;
  if (take(text, ':')) {
    const auto second = take_number(text);
    if (!second || *second > 60) return {};
    seconds += *second;
    if (take(text, '.') && !take_number(text)) return {};
  }
  if (seconds > kMinutesPerDay * 60) return {};
  return seconds;
}

std::string two_digits(std::int64_t number) {
  return {static_cast<char>('0' + number / 10), static_cast<char>('0' + number % 10)};
}

}  // namespace

std::optional<Instant> parse_mspdi_date(std::string_view text, bool& is_rounded) {
  const auto date = parse_iso_date(text.substr(0, 10));
  if (!date) return {};
  std::int64_t seconds = 0;
  if (text.size() > 10) {
    text.remove_prefix(10);
    if (!take(text, 'T') && !take(text, ' ')) return {};
    const auto read = take_seconds(text);
    const bool has_zone =
        !text.empty() && std::string_view("Z+-").find(text.front()) != std::string_view::npos;
    if (!read || (!text.empty() && !has_zone)) return {};
    seconds = *read;
  }
  is_rounded = is_rounded || seconds % 60 != 0;
  return Instant{LocalTime::at(*date, (seconds + 30) / 60).minutes};
}

std::optional<std::int64_t> parse_mspdi_duration(std::string_view text, bool& is_rounded) {
  const bool is_negative = take(text, '-');
  if (!take(text, 'P')) return {};
  std::int64_t seconds = 0;
  bool is_any = false;
  bool is_time = false;
  while (!text.empty()) {
    if (!is_time && take(text, 'T')) {
      is_time = true;
      continue;
    }
    const auto number = take_number(text);
    if (!number || *number > kMostMinutes * 60 || text.empty()) return {};
    bool has_part = false;
    if (take(text, '.')) {
      if (!take_number(text)) return {};
      has_part = true;
    }
    if (!is_time && take(text, 'D')) {
      seconds += *number * kMinutesPerDay * 60;
    } else if (is_time && take(text, 'H')) {
      seconds += *number * 60 * 60;
    } else if (is_time && take(text, 'M')) {
      seconds += *number * 60;
    } else if (is_time && take(text, 'S')) {
      seconds += *number;
    } else {
      return {};
    }
    is_rounded = is_rounded || has_part;
    is_any = true;
    if (seconds > kMostMinutes * 60) return {};
  }
  if (!is_any) return {};
  is_rounded = is_rounded || seconds % 60 != 0;
  const std::int64_t minutes = (seconds + 30) / 60;
  return is_negative ? -minutes : minutes;
}

std::optional<int> parse_mspdi_clock(std::string_view text) {
  const auto seconds = take_seconds(text);
  if (!seconds || !text.empty()) return {};
  const auto minutes = static_cast<int>(*seconds / 60);
  return minutes == kMinutesPerDay - 1 ? static_cast<int>(kMinutesPerDay) : minutes;
}

std::string mspdi_date(LocalTime time) {
  return to_string(time.date()) + "T" + two_digits(time.minute_of_day() / 60) + ":" +
         two_digits(time.minute_of_day() % 60) + ":00";
}

std::string mspdi_duration(std::int64_t minutes) {
  const std::string sign = minutes < 0 ? "-" : "";
  const std::int64_t size = minutes < 0 ? -minutes : minutes;
  return sign + "PT" + std::to_string(size / 60) + "H" + std::to_string(size % 60) + "M0S";
}

}  // namespace diaodu::formats
