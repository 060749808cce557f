#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace diaodu::report {

/// One letter of a UTF-8 text.  Bytes that are no UTF-8 are U+FFFD, one each.
struct Letter {
  char32_t code = 0;
  std::size_t bytes = 1;
};

/// The letter that begins at `text[at]`.
Letter letter_at(std::string_view text, std::size_t at);

/// How many columns it takes in a terminal: 0, 1 or 2.
int width_of(char32_t letter);

/// Chinese, Japanese and Korean letters, between which a line may break.
bool is_ideographic(char32_t letter);

/// Punctuation that must not begin a line: 。，、）」...
bool closes(char32_t letter);

/// Punctuation that must not end a line: （「“...
bool opens(char32_t letter);

/// The text with bytes that are no UTF-8 replaced by U+FFFD.
std::string valid_utf8(std::string_view text);

}  // namespace diaodu::report
