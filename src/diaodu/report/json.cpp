#include "diaodu/report/json.h"

#include <array>
#include <cassert>
#include <charconv>
#include <cmath>
#include <utility>

#include "diaodu/report/letters.h"

namespace diaodu::report {
namespace {

void append_escaped(std::string& json, char letter) {
  static constexpr std::string_view kHex = "0123456789abcdef";
  switch (letter) {
    case '"':
      json += "\\\"";
      return;
    case '\\':
      json += "\\\\";
      return;
    case '\n':
      json += "\\n";
      return;
    case '\r':
      json += "\\r";
      return;
    case '\t':
      json += "\\t";
      return;
    default:
      break;
  }
  const auto code = static_cast<unsigned char>(letter);
  if (code >= 0x20) {
    json += letter;
    return;
  }
  json += "\\u00";
  json += kHex[code >> 4];
  json += kHex[code & 0xF];
}

/// U+2028 and U+2029 end a line of a script where JSON is read as one.
constexpr std::string_view kSeparators = "\xE2\x80";
constexpr std::string_view kLineSeparator = "\xE2\x80\xA8";
constexpr std::string_view kParagraphSeparator = "\xE2\x80\xA9";

/// How many letters of `rest` are to be escaped as one, and how; none: as any letter.
std::pair<std::size_t, std::string_view> escaped_in_pages(std::string_view rest) {
  if (rest.front() == '<') return {1, "\\u003c"};
  if (!rest.starts_with(kSeparators)) return {0, {}};
  if (rest.starts_with(kLineSeparator)) return {kLineSeparator.size(), "\\u2028"};
  if (rest.starts_with(kParagraphSeparator)) return {kParagraphSeparator.size(), "\\u2029"};
  return {0, {}};
}

}  // namespace

void JsonWriter::quoted(std::string_view value) {
  json_ += '"';
  const std::string text = valid_utf8(value);
  for (std::size_t at = 0; at < text.size();) {
    const auto [bytes, escape] = is_compact_ ? escaped_in_pages(std::string_view(text).substr(at))
                                             : std::pair<std::size_t, std::string_view>();
    if (bytes > 0) {
      json_ += escape;
      at += bytes;
    } else {
      append_escaped(json_, text[at++]);
    }
  }
  json_ += '"';
}

void JsonWriter::new_line() {
  json_ += '\n';
  json_.append(levels_.size() * 2, ' ');
}

void JsonWriter::separate(bool is_container) {
  if (std::exchange(is_after_key_, false) || levels_.empty()) return;
  Level& level = levels_.back();
  if (is_compact_) {
    if (!std::exchange(level.is_empty, false)) json_ += ',';
    return;
  }
  if (level.is_empty) level.is_line = level.closing == ']' && !is_container;
  if (!level.is_empty) json_ += level.is_line ? ", " : ",";
  level.is_empty = false;
  if (!level.is_line) new_line();
}

void JsonWriter::watch_entries() { watch_ = {.begin = json_.size()}; }

void JsonWriter::note_entry() {
  std::string_view entry = std::string_view(json_).substr(watch_.begin);
  if (entry.starts_with(',')) entry.remove_prefix(1);
  if (watch_.end_of_first == 0) {
    watch_.first = entry;
    watch_.end_of_first = json_.size();
  }
  watch_.is_uniform = watch_.is_uniform && entry == watch_.first;
  watch_.begin = json_.size();
}

void JsonWriter::fold_entries() {
  if (watch_.is_uniform && watch_.end_of_first > 0) json_.resize(watch_.end_of_first);
}

JsonWriter& JsonWriter::open(char bracket) {
  separate(true);
  json_ += bracket;
  levels_.push_back({bracket == '{' ? '}' : ']'});
  return *this;
}

JsonWriter& JsonWriter::close(char bracket) {
  assert(!levels_.empty() && levels_.back().closing == bracket);
  const Level level = levels_.back();
  levels_.pop_back();
  if (!level.is_empty && !level.is_line && !is_compact_) new_line();
  json_ += bracket;
  return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  separate(false);
  quoted(name);
  json_ += is_compact_ ? ":" : ": ";
  is_after_key_ = true;
  return *this;
}

JsonWriter& JsonWriter::text(std::string_view value) {
  separate(false);
  quoted(value);
  return *this;
}

JsonWriter& JsonWriter::plain(std::string_view value) {
  separate(false);
  json_ += value;
  return *this;
}

JsonWriter& JsonWriter::number(double value) {
  if (!std::isfinite(value)) return null();
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  return plain({digits.data(), end.ptr});
}

JsonWriter& JsonWriter::boolean(bool value) { return plain(value ? "true" : "false"); }

JsonWriter& JsonWriter::null() { return plain("null"); }

std::string JsonWriter::take() {
  assert(levels_.empty());
  if (!is_compact_) json_ += '\n';
  return std::exchange(json_, {});
}

}  // namespace diaodu::report
