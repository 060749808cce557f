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

void append_quoted(std::string& json, std::string_view value) {
  json += '"';
  for (const char letter : valid_utf8(value)) append_escaped(json, letter);
  json += '"';
}

}  // namespace

void JsonWriter::new_line() {
  json_ += '\n';
  json_.append(levels_.size() * 2, ' ');
}

void JsonWriter::separate(bool is_container) {
  if (std::exchange(is_after_key_, false) || levels_.empty()) return;
  Level& level = levels_.back();
  if (level.is_empty) level.is_line = level.closing == ']' && !is_container;
  if (!level.is_empty) json_ += level.is_line ? ", " : ",";
  level.is_empty = false;
  if (!level.is_line) new_line();
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
  if (!level.is_empty && !level.is_line) new_line();
  json_ += bracket;
  return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  separate(false);
  append_quoted(json_, name);
  json_ += ": ";
  is_after_key_ = true;
  return *this;
}

JsonWriter& JsonWriter::text(std::string_view value) {
  separate(false);
  append_quoted(json_, value);
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
  json_ += '\n';
  return std::exchange(json_, {});
}

}  // namespace diaodu::report
