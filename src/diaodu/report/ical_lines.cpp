#include "diaodu/report/ical_lines.h"

#include <cstdint>

#include "diaodu/core/civil.h"
#include "diaodu/report/letters.h"

namespace diaodu::report {
namespace {

constexpr std::size_t kMostOctets = 75;

}  // namespace

void add_line(std::string& calendar, std::string_view content) {
  std::size_t room = kMostOctets;
  for (std::size_t at = 0; at < content.size();) {
    const Letter letter = letter_at(content, at);
    if (letter.bytes > room) {
      calendar += "\r\n ";
      room = kMostOctets - 1;
    }
    calendar += content.substr(at, letter.bytes);
    room -= letter.bytes;
    at += letter.bytes;
  }
  calendar += "\r\n";
}

std::string begun_calendar(std::string_view title, Language language) {
  std::string calendar;
  add_line(calendar, "BEGIN:VCALENDAR");
  add_line(calendar, "VERSION:2.0");
  add_line(calendar, language == Language::chinese ? "PRODID:-//diaodu//diaodu//ZH"
                                                   : "PRODID:-//diaodu//diaodu//EN");
  add_line(calendar, "CALSCALE:GREGORIAN");
  add_line(calendar, "METHOD:PUBLISH");
  add_line(calendar, "X-WR-CALNAME:" + escaped(title));
  return calendar;
}

std::string escaped(std::string_view text) {
  std::string escaped;
  for (const char letter : valid_utf8(text)) {
    if (letter == '\n') {
      escaped += "\\n";
      continue;
    }
    if (static_cast<unsigned char>(letter) < 0x20 && letter != '\t') continue;
    if (letter == '\\' || letter == ';' || letter == ',') escaped += '\\';
    escaped += letter;
  }
  return escaped;
}

std::string utc(Instant instant) {
  const LocalTime time{instant.minutes()};
  std::string text = to_string(time.date()) + 'T' + clock_string(time.minute_of_day()) + "00Z";
  std::erase_if(text, [](char letter) { return letter == '-' || letter == ':'; });
  return text;
}

std::string digest(std::string_view text) {
  std::uint64_t hash = 0xCBF29CE484222325U;
  for (const char letter : text) {
    hash ^= static_cast<unsigned char>(letter);
    hash *= 0x100000001B3U;
  }
  std::string digits(16, '0');
  for (std::size_t i = 16; i-- > 0; hash >>= 4) digits[i] = "0123456789abcdef"[hash & 0xF];
  return digits;
}

}  // namespace diaodu::report
