#include "diaodu/report/ical.h"

#include <string_view>

#include "diaodu/plan/tree.h"
#include "diaodu/report/ical_lines.h"
#include "diaodu/report/reason.h"
#include "diaodu/report/staff.h"
#include "diaodu/report/words.h"

namespace diaodu::report {
namespace {

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
  std::string calendar = begun_calendar(title_of(plan, language), language);
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
