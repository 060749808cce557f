#include "diaodu/report/ical.h"

#include <cstdint>
#include <string_view>

#include "diaodu/plan/tree.h"
#include "diaodu/report/letters.h"
#include "diaodu/report/reason.h"
#include "diaodu/report/staff.h"
#include "diaodu/report/words.h"

namespace diaodu::report {
namespace {

constexpr std::size_t kMostOctets = 75;

/// Adds a content line, folded so that no line is longer than 75 octets and no letter is broken.
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

/// `20240412T080000Z`
std::string utc(Instant instant) {
  const LocalTime time{instant.minutes()};
  std::string text = to_string(time.date()) + 'T' + clock_string(time.minute_of_day()) + "00Z";
  std::erase_if(text, [](char letter) { return letter == '-' || letter == ':'; });
  return text;
}

/// Sixteen hexadecimal digits (FNV-1a).
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

std::string description(const Plan& plan, const solve::Answer& answer, const Staff& staff,
                        TaskId task, Language language) {
  std::string text = plan.tasks[task].id.str();
  const auto add = [&text](const std::string& line) {
    if (!line.empty()) text += '\n' + line;
  };
  add(path_name(plan, task, language));
  add(why_line(plan, answer, task, language));
  add(staff.in_words(task, language));
  return text;
}

void add_event(std::string& calendar, const Plan& plan, const solve::Answer& answer,
               const Staff& staff, TaskId task, Language language) {
  const Task& row = plan.tasks[task];
  const Placement& placed = answer.schedule.placements[task];
  const bool has_length = placed.finish > placed.start;
  add_line(calendar, "BEGIN:VEVENT");
  add_line(calendar, "UID:" + digest(plan.name.empty() ? plan.name_zh : plan.name) + '-' +
                         digest(row.id) + "@diaodu");
  add_line(calendar, "DTSTAMP:" + utc(plan.data_date.value_or(plan.start)));
  add_line(calendar, "DTSTART:" + utc(placed.start));
  if (has_length) add_line(calendar, "DTEND:" + utc(placed.finish));
  add_line(calendar, "SUMMARY:" + escaped((has_length ? "" : "◆ ") +
                                          std::string(display_name(row, language))));
  add_line(calendar, "DESCRIPTION:" + escaped(description(plan, answer, staff, task, language)));
  if (row.place) {
    add_line(calendar, "LOCATION:" + escaped(display_name(plan.places[row.place], language)));
  }
  std::string categories = say(has_length ? words::kind_task : words::kind_milestone, language);
  if (answer.dates[task].is_critical) categories += ',' + say(words::legend_critical, language);
  add_line(calendar, "CATEGORIES:" + categories);
  add_line(calendar, has_length ? "TRANSP:OPAQUE" : "TRANSP:TRANSPARENT");
  add_line(calendar, "END:VEVENT");
}

}  // namespace

std::string icalendar(const Plan& plan, const solve::Answer& answer, Language language) {
  std::string calendar;
  add_line(calendar, "BEGIN:VCALENDAR");
  add_line(calendar, "VERSION:2.0");
  add_line(calendar, language == Language::chinese ? "PRODID:-//diaodu//diaodu//ZH"
                                                   : "PRODID:-//diaodu//diaodu//EN");
  add_line(calendar, "CALSCALE:GREGORIAN");
  add_line(calendar, "METHOD:PUBLISH");
  add_line(calendar, "X-WR-CALNAME:" + escaped(title_of(plan, language)));
  if (answer.has_schedule && !plan.is_abstract) {
    const Staff staff(plan, answer.schedule);
    for (const TaskId task : outline(plan)) {
      const bool is_event = plan.tasks[task].kind != TaskKind::summary &&
                            answer.schedule.placements[task].is_scheduled;
      if (is_event) add_event(calendar, plan, answer, staff, task, language);
    }
  }
  add_line(calendar, "END:VCALENDAR");
  return calendar;
}

}  // namespace diaodu::report
