#include "diaodu/core/decimal.h"

namespace diaodu {

std::optional<std::int64_t> parse_decimal(std::string_view text, int places) {
  constexpr std::int64_t kLargest = 1'000'000'000'000'000;
  bool is_negative = false;
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
    is_negative = text.front() == '-';
    text.remove_prefix(1);
  }
  std::int64_t value = 0;
  int digits = 0;
  int places_left = places;
  bool has_point = false;
  bool rounds_up = false;
  for (const char c : text) {
    if (c == '.' && !has_point) {
      has_point = true;
      continue;
    }
    if (c < '0' || c > '9') return {};
    ++digits;
    if (has_point && places_left == 0) {
      rounds_up = c >= '5';
      places_left = -1;  // later digits do not decide
    }
    if (has_point && places_left < 0) continue;
    value = value * 10 + (c - '0');
    if (value > kLargest) return {};
    if (has_point) --places_left;
  }
  if (digits == 0) return {};
  for (; places_left > 0; --places_left) {
    value *= 10;
    if (value > kLargest) return {};
  }
  if (rounds_up && ++value > kLargest) return {};
  return is_negative ? -value : value;
}

std::string decimal_string(std::int64_t value, int places) {
  const auto bits = static_cast<std::uint64_t>(value);
  std::string digits =
      std::to_string(value < 0 ? 0 - bits : bits);  // the least number has no negative
  const auto wanted = static_cast<std::size_t>(places) + 1;
  if (digits.size() < wanted) digits.insert(0, wanted - digits.size(), '0');
  std::string text = digits.substr(0, digits.size() - static_cast<std::size_t>(places));
  std::string fraction = digits.substr(text.size());
  while (!fraction.empty() && fraction.back() == '0') fraction.pop_back();
  if (!fraction.empty()) text += '.' + fraction;
  return value < 0 ? '-' + text : text;
}

std::string to_string(Amount amount) { return decimal_string(amount.count(), 3); }

std::string to_string(Money money) { return decimal_string(money.count(), 2); }

}  // namespace diaodu
