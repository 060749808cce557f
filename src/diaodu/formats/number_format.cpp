#include "diaodu/formats/number_format.h"

#include <array>
#include <charconv>
#include <cmath>
#include <optional>

#include "diaodu/core/civil.h"
#include "diaodu/formats/cells.h"

namespace diaodu::formats {
namespace {

/// The shortest digits of the number, without an exponent unless it would have very many zeros.
std::string digits_of(double value) {
  std::array<char, 64> digits{};
  const bool is_ordinary = value == 0 || (std::abs(value) >= 1e-9 && std::abs(value) < 1e15);
  const auto [end, error] =
      std::to_chars(digits.data(), digits.data() + digits.size(), value,
                    is_ordinary ? std::chars_format::fixed : std::chars_format::general);
  return {digits.data(), end};
}

/// The first section of a format (that of positive numbers) without quoted letters, colours and
/// conditions; `[h]` and its like become `E`, for elapsed.
std::string bare_format(std::string_view code) {
  std::string bare;
  for (std::size_t i = 0; i < code.size() && code[i] != ';'; ++i) {
    if (code[i] == '"') {
      i = std::min(code.find('"', i + 1), code.size());
    } else if (code[i] == '\\' || code[i] == '_' || code[i] == '*') {
      ++i;
    } else if (code[i] == '[') {
      const std::size_t end = std::min(code.find(']', i), code.size());
      const std::string inside = folded(code.substr(i + 1, end - i - 1));
      if (!inside.empty() && inside.find_first_not_of("hms") == std::string::npos) bare += 'E';
      i = end;
    } else {
      bare += code[i] == 'E' ? 'e' : code[i];
    }
  }
  return bare;
}

}  // namespace

NumberKind kind_of_format(std::string_view code) {
  const std::string bare = bare_format(code);
  if (bare.find('E') != std::string::npos) return NumberKind::elapsed;
  const std::string letters = folded(bare);
  if (letters.starts_with("general")) return NumberKind::plain;
  const bool has_day = letters.find_first_of("yd") != std::string::npos;
  const bool has_clock = letters.find_first_of("hs") != std::string::npos;
  if (has_day && has_clock) return NumberKind::date_time;
  if (has_day) return NumberKind::date;
  if (has_clock) return NumberKind::clock;
  if (letters.find('m') != std::string::npos) return NumberKind::date;  // a month alone
  return letters.find('%') != std::string::npos ? NumberKind::percent : NumberKind::plain;
}

NumberKind kind_of_built_in(int number) {
  if (number == 9 || number == 10) return NumberKind::percent;
  if (number == 22) return NumberKind::date_time;
  if (number == 46) return NumberKind::elapsed;
  if ((number >= 18 && number <= 21) || number == 45 || number == 47) return NumberKind::clock;
  if ((number >= 32 && number <= 35) || number == 55 || number == 56) return NumberKind::clock;
  if ((number >= 14 && number <= 17) || (number >= 27 && number <= 36) ||
      (number >= 50 && number <= 58)) {
    return NumberKind::date;  // 27 ... 58: as Excel in China, Japan and Korea counts them
  }
  return NumberKind::plain;
}

std::string number_text(std::string_view number, NumberKind kind, bool is_1904) {
  constexpr std::size_t kAlwaysExact = 15;  // digits
  if (kind == NumberKind::plain && number.size() <= kAlwaysExact &&
      number.find_first_of("eE") == std::string_view::npos) {
    return std::string(number);
  }
  double value = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
  if (error != std::errc{} || end != number.data() + number.size() || !std::isfinite(value)) {
    return std::string(number);
  }
  constexpr double kMostDays = 200'000;  // beyond, it is no date, whatever the format says
  const bool is_time = kind != NumberKind::plain && kind != NumberKind::percent;
  if (is_time && std::abs(value) > kMostDays) return digits_of(value);
  switch (kind) {
    case NumberKind::plain:
      return digits_of(value);
    case NumberKind::percent:
      return digits_of(std::round(value * 1e12) / 1e10) + '%';
    case NumberKind::elapsed:
      return std::to_string(std::llround(value * static_cast<double>(kMinutesPerDay))) + "min";
    case NumberKind::clock:
      if (value >= 0 && value < 1) {
        return clock_string(std::llround(value * static_cast<double>(kMinutesPerDay)));
      }
      break;
    case NumberKind::date:
    case NumberKind::date_time:
      break;
  }
  const auto date = date_of_serial(value, is_1904);
  if (!date) return digits_of(value);
  const bool shows_clock = date->has_clock || kind == NumberKind::date_time;
  return shows_clock ? to_string(date->time) : to_string(date->time.date());
}

}  // namespace diaodu::formats
