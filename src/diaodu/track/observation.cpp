#include "diaodu/track/observation.h"

#include <charconv>
#include <system_error>

namespace diaodu::track {
namespace {

/// The whole text as digits, exactly so many.
std::optional<int> digits(std::string_view text, std::size_t how_many) {
  int number = 0;
  if (text.size() != how_many) return std::nullopt;
  for (const char letter : text) {
    if (letter < '0' || letter > '9') return std::nullopt;
  }
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc{}) return std::nullopt;
  return number;
}

std::string two(int number) {
  return {static_cast<char>('0' + number / 10), static_cast<char>('0' + number % 10)};
}

}  // namespace

std::string show(const Period& period) {
  std::string text = two(period.year / 100) + two(period.year % 100);
  if (period.first == period.last) return text + '-' + two(period.first);
  const int months = period.months();
  if (months == 12) return text;
  if (months == 6 && period.first % 6 == 1) return text + "-H" + (period.first == 1 ? '1' : '2');
  if (months == 3 && period.first % 3 == 1) {
    return text + "-Q" + static_cast<char>('0' + (period.last / 3));
  }
  return text + '-' + two(period.first) + ".." + two(period.last);
}

std::optional<Period> parse_period(std::string_view text) {
  const auto year = digits(text.substr(0, 4), 4);
  if (!year) return std::nullopt;
  if (text.size() == 4) return Period{*year, 1, 12};
  if (text[4] != '-') return std::nullopt;
  const std::string_view rest = text.substr(5);
  if (rest.size() == 2 && (rest[0] == 'Q' || rest[0] == 'H')) {
    const int parts = rest[0] == 'Q' ? 4 : 2;
    const int part = rest[1] - '0';
    if (part < 1 || part > parts) return std::nullopt;
    const int months = 12 / parts;
    return Period{*year, (part - 1) * months + 1, part * months};
  }
  const auto first = digits(rest.substr(0, 2), 2);
  auto last = first;
  if (rest.size() > 2) {
    if (rest.substr(2, 2) != "..") return std::nullopt;
    last = digits(rest.substr(4), 2);
  }
  if (!first || !last || *first < 1 || *first > *last || *last > 12) return std::nullopt;
  return Period{*year, *first, *last};
}

}  // namespace diaodu::track
