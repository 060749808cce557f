#include "diaodu/formats/tjp_scanner.h"

#include <algorithm>
#include <array>

#include "diaodu/formats/letters.h"

namespace diaodu::formats {
namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// A number of at most `most` digits at the beginning of the text, which it is taken from.
std::optional<int> take_number(std::string_view& text, std::size_t most) {
  std::size_t length = 0;
  int value = 0;
  while (length < text.size() && length < most && is_digit(text[length])) {
    value = value * 10 + (text[length] - '0');
    ++length;
  }
  if (length == 0) return {};
  text.remove_prefix(length);
  return value;
}

bool take_mark(std::string_view& text, char mark) {
  if (text.empty() || text.front() != mark) return false;
  text.remove_prefix(1);
  return true;
}

/// `9:00`, `09:00:00`.
std::optional<int> take_clock(std::string_view& text) {
  std::string_view rest = text;
  const auto hour = take_number(rest, 2);
  if (!hour || !take_mark(rest, ':')) return {};
  const auto minute = take_number(rest, 2);
  if (!minute || *minute > 59 || *hour > 24 || *hour * 60 + *minute > kMinutesPerDay) return {};
  if (rest.starts_with(':') && rest.size() > 2 && is_digit(rest[1])) {
    rest.remove_prefix(1);
    take_number(rest, 2);
  }
  text = rest;
  return *hour * 60 + *minute;
}

}  // namespace

bool TjpScanner::scan_date(std::string_view rest) {
  const std::size_t before = rest.size();
  if (rest.size() < 8 || !std::all_of(rest.begin(), rest.begin() + 4, is_digit)) return false;
  const auto year = take_number(rest, 4);
  if (!take_mark(rest, '-')) return false;
  const auto month = take_number(rest, 2);
  if (!month || !take_mark(rest, '-')) return false;
  const auto day = take_number(rest, 2);
  if (!day) return false;
  const auto date = make_date(*year, *month, *day);
  if (!date) return false;
  int clock = 0;
  if (rest.starts_with('-')) {
    std::string_view behind = rest.substr(1);
    if (const auto read = take_clock(behind)) {
      clock = *read;
      rest = behind;
      if (rest.size() > 5 && (rest.starts_with("-+") || rest.starts_with("--")))
        rest.remove_prefix(1);
      if (rest.size() >= 5 && (rest[0] == '+' || rest[0] == '-') &&
          std::all_of(rest.begin() + 1, rest.begin() + 5, is_digit)) {
        rest.remove_prefix(5);  // a zone of its own
      }
    }
  }
  next_.kind = TjpToken::Kind::date;
  next_.time = LocalTime::at(*date, clock);
  next_.letters = text_.text().substr(at_, before - rest.size());
  return true;
}

TjpToken TjpScanner::take() {
  TjpToken taken = next_;
  advance();
  return taken;
}

void TjpScanner::advance() {
  const std::string_view text = text_.text();
  next_ = {};
  bool is_new_line = at_ == 0;
  while (at_ < text.size() && is_white(text[at_])) {
    is_new_line = is_new_line || text[at_] == '\n';
    ++at_;
  }
  next_.offset = at_;
  next_.end = at_;
  next_.is_first_on_line = is_new_line;
  if (at_ == text.size()) return;
  const std::string_view rest = text.substr(at_);
  const char first = rest.front();
  std::size_t length = 1;
  if (rest.starts_with("-8<-")) {
    const std::size_t end = rest.find("->8-");
    const std::size_t until = end == std::string_view::npos ? rest.size() : end;
    next_.kind = TjpToken::Kind::text;
    next_.letters = rest.substr(4, std::max<std::size_t>(until, 4) - 4);
    length = std::min(rest.size(), until + 4);
  } else if (first == '"' || first == '\'') {
    std::size_t end = 1;
    while (end < rest.size() && rest[end] != first) end += rest[end] == '\\' ? 2 : 1;
    end = std::min(end, rest.size());
    next_.kind = TjpToken::Kind::text;
    next_.letters = rest.substr(1, end - 1);
    length = std::min(end + 1, rest.size());
  } else if (is_letter(first)) {
    while (length < rest.size() && (is_letter(rest[length]) || is_digit(rest[length]))) ++length;
    next_.kind = TjpToken::Kind::name;
    next_.letters = rest.substr(0, length);
  } else if (is_digit(first)) {
    std::string_view behind = rest;
    if (scan_date(rest)) {
      length = next_.letters.size();
    } else if (const auto clock = take_clock(behind)) {
      next_.kind = TjpToken::Kind::clock;
      next_.time = LocalTime{*clock};
      length = rest.size() - behind.size();
      next_.letters = rest.substr(0, length);
    } else {
      bool has_point = false;
      while (length < rest.size()) {
        const bool is_point = rest[length] == '.' && !has_point && length + 1 < rest.size() &&
                              is_digit(rest[length + 1]);
        if (!is_digit(rest[length]) && !is_point) break;
        has_point = has_point || is_point;
        ++length;
      }
      next_.kind = TjpToken::Kind::number;
      next_.letters = rest.substr(0, length);
    }
  } else {
    next_.kind = TjpToken::Kind::mark;
    next_.letters = rest.substr(0, 1);
  }
  at_ += length;
  next_.end = at_;
}

}  // namespace diaodu::formats
