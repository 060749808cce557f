#pragma once

#include <charconv>
#include <optional>
#include <string_view>
#include <system_error>

namespace diaodu::formats {

/// Of ASCII alone, whatever the process' locale.
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
/// Between words of a line.
constexpr bool is_blank(char c) { return c == ' ' || c == '\t'; }
/// Between words of a text.
constexpr bool is_white(char c) { return is_blank(c) || c == '\n' || c == '\r'; }

/// The text is a whole number and nothing else.
inline std::optional<int> whole_number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return {};
  return value;
}

}  // namespace diaodu::formats
