#include "diaodu/report/ical.h"

#include <algorithm>
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

bool is_in(const CalendarScope& scope, const Plan& plan, const solve::Answer& answer,
           const Staff& staff, TaskId task) {
  const Task& row = plan.tasks[task];
  const Placement& placed = answer.schedule.placements[task];
  if (row.kind == TaskKind::summary || !placed.is_scheduled) return false;
  if (scope.has_milestones_only && placed.finish > placed.start) return false;
  if (!scope.owner.empty() && row.owner != scope.owner) return false;
  const auto uses = staff.of(task);
  return !scope.resource || std::any_of(uses.begin(), uses.end(), [&](const Share& share) {
    return share.resource == scope.resource;
  });
}

std::string title_in(const CalendarScope& scope, const Plan& plan, Language language) {
  std::string title{title_of(plan, language)};
  const auto add = [&title](std::string_view part) {
    if (!title.empty()) title += " · ";
    title += part;
  };
  if (scope.resource) add(display_name(plan.resources[scope.resource], language));
  if (!scope.owner.empty()) add(scope.owner.view());
  if (scope.has_milestones_only) add(say(words::milestones, language));
  return title;
}

}  // namespace

std::optional<CalendarScope> find_calendar_scope(const Plan& plan, std::string_view whose) {
  ResourceId named;
  for (const ResourceId id : plan.resources.ids()) {
    const Resource& resource = plan.resources[id];
    if (resource.id == whose) return CalendarScope{.resource = id};
    if (!named && (resource.name == whose || resource.name_zh == whose)) named = id;
  }
  if (named) return CalendarScope{.resource = named};
  for (const Task& task : plan.tasks) {
    if (task.owner == whose) return CalendarScope{.owner = task.owner};
  }
  return {};
}

std::string icalendar(const Plan& plan, const solve::Answer& answer, Language language,
                      const CalendarScope& scope) {
  std::string calendar = begun_calendar(title_in(scope, plan, language), language);
  if (answer.has_schedule && !plan.is_abstract) {
    const Staff staff(plan, answer.schedule);
    for (const TaskId task : outline(plan)) {
      if (is_in(scope, plan, answer, staff, task))
        add_event(calendar, plan, answer, staff, task, language);
    }
  }
  add_line(calendar, "END:VCALENDAR");
  return calendar;
}

}  // namespace diaodu::report
