#include "diaodu/formats/benchmark_scanner.h"

#include <algorithm>
#include <string>

#include "diaodu/formats/letters.h"

namespace diaodu::formats {
namespace {

constexpr Words kColon{"a colon", "冒号"};
constexpr Words kEnd{"the end of the file", "文件结尾"};

bool is_any_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\v' || c == '\f';
}
bool is_sign(char c) { return c == '-' || c == '+'; }
char in_small(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// `the number of jobs (1 to 400)`.
Argument in_range(const Words& what, std::int64_t least, std::int64_t most) {
  const std::string low = std::to_string(least);
  const std::string high = std::to_string(most);
  if (least >= most)
    return {std::string(what.en) + " (" + low + ")", std::string(what.zh) + "（" + low + "）"};
  return {std::string(what.en) + " (" + low + " to " + high + ")",
          std::string(what.zh) + "（" + low + " 至 " + high + "）"};
}

}  // namespace

std::int64_t Scanner::number(const Words& what, std::int64_t least, std::int64_t most) {
  skip_blanks();
  const std::size_t begin = at_;
  std::size_t end = begin;
  const bool is_negative = end < text_.size() && text_[end] == '-';
  if (end < text_.size() && is_sign(text_[end])) ++end;
  const std::size_t first_digit = end;
  constexpr std::int64_t kTooLarge = 1'000'000'000'000'000;
  std::int64_t value = 0;
  while (end < text_.size() && is_digit(text_[end])) {
    value = std::min(kTooLarge, value * 10 + (text_[end++] - '0'));
  }
  if (is_negative) value = -value;
  const bool ends_well =
      end == text_.size() || is_any_blank(text_[end]) || text_[end] == ']' || text_[end] == ':';
  if (end == first_digit || !ends_well || value < least || value > most) {
    fail(begin, in_range(what, least, most));
  }
  at_ = end;
  return value;
}

std::size_t Scanner::count(const Words& what, std::int64_t least, std::int64_t most,
                           std::size_t numbers_each) {
  // A number and what parts it from the next are two bytes at least.
  const std::size_t room = (text_.size() - at_) / (2 * numbers_each);
  const std::int64_t most_with_room = std::min(most, static_cast<std::int64_t>(room));
  return static_cast<std::size_t>(number(what, least, std::max(least, most_with_room)));
}

void Scanner::expect(char letter) {
  skip_blanks();
  if (is_at_end() || text_[at_] != letter) fail(at_, std::string{'\'', letter, '\''});
  ++at_;
}

void Scanner::find_line(std::string_view key, const Words& what) {
  if (at_ != line_begin_) skip_line();
  while (!is_at_end() && !line_begins_with(key)) skip_line();
  if (is_at_end()) fail(at_, what);
}

void Scanner::skip_colon() {
  while (!is_at_end() && text_[at_] != ':' && text_[at_] != '\n') ++at_;
  if (is_at_end() || text_[at_] != ':') fail(at_, kColon);
  ++at_;
}

void Scanner::skip_to_numbers() {
  skip_line();
  while (!is_at_end() && !has_number_in_line()) skip_line();
}

void Scanner::expect_end() {
  skip_blanks();
  if (!is_at_end()) fail(at_, kEnd);
}

void Scanner::skip_blanks() {
  while (!is_at_end() && is_any_blank(text_[at_])) {
    if (text_[at_++] != '\n') continue;
    ++line_;
    line_begin_ = at_;
  }
}

void Scanner::skip_line() {
  while (!is_at_end() && text_[at_] != '\n') ++at_;
  if (is_at_end()) return;
  line_begin_ = ++at_;
  ++line_;
}

bool Scanner::has_number_in_line() const {
  std::size_t at = at_;
  while (at < text_.size() && text_[at] != '\n' && is_any_blank(text_[at])) ++at;
  if (at < text_.size() && is_sign(text_[at])) ++at;
  return at < text_.size() && is_digit(text_[at]);
}

bool Scanner::line_begins_with(std::string_view key) const {
  std::size_t at = at_;
  for (const char letter : key) {
    while (at < text_.size() && text_[at] != '\n' && (is_any_blank(text_[at]) || text_[at] == '-'))
      ++at;
    if (at >= text_.size() || in_small(text_[at]) != letter) return false;
    ++at;
  }
  return true;
}

void Scanner::fail(std::size_t at, Argument expected) const {
  const std::string_view before = text_.substr(line_begin_, at - line_begin_);
  const auto letters = std::count_if(before.begin(), before.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  });
  throw Unexpected{line_, static_cast<int>(letters) + 1, std::move(expected)};
}

}  // namespace diaodu::formats
