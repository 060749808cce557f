#include "diaodu/report/page_calendars.h"

#include <algorithm>

#include "diaodu/formats/settings.h"
#include "diaodu/plan/holidays_cn.h"
#include "diaodu/report/words.h"

namespace diaodu::report {
namespace {

const NamedCalendar& around_the_clock_of(const Plan& plan) {
  const CalendarId calendar = formats::find_calendar(plan, "24h");
  return formats::calendar_of(plan, calendar);
}

const CalendarRule* find_rule(const Plan& plan, std::string_view id) {
  const CalendarId calendar = formats::find_calendar(plan, id);
  if (calendar) return &plan.calendars[calendar].rule;
  const auto built_in = built_in_calendars();
  const auto found = std::find_if(built_in.begin(), built_in.end(),
                                  [&](const CalendarRule& rule) { return rule.id == id; });
  return found == built_in.end() ? nullptr : &*found;
}

Words statutory_name(Date date) {
  for (const StatutoryDays& days : statutory_days_cn()) {
    if (days.first <= date && date <= days.last) return days.name;
  }
  return {};
}

void write_shifts(JsonWriter& json, const DayShifts& shifts) {
  json.begin_array();
  for (const Shift& shift : shifts) {
    json.begin_array().number(shift.begin).number(shift.end).end_array();
  }
  json.end_array();
}

void write_calendar(PageWriter& writer, const Plan& plan, const NamedCalendar& calendar, Date first,
                    Date last) {
  JsonWriter& json = writer.json();
  json.begin_object();
  json.key("id").text(calendar.rule.id);
  writer.pair("name", [&](Language language) -> std::string_view {
    const bool is_chinese = language == Language::chinese;
    const std::string& wanted = is_chinese ? calendar.rule.name_zh : calendar.rule.name;
    const std::string& other = is_chinese ? calendar.rule.name : calendar.rule.name_zh;
    if (!wanted.empty()) return wanted;
    return other.empty() ? calendar.rule.id : other;
  });
  json.key("day").number(calendar.day.count());
  writer.list("week", calendar.pattern.week,
              [&](const DayShifts& shifts) { write_shifts(json, shifts); });
  json.key("dated").begin_array();
  const auto& dated = calendar.pattern.dated;
  for (auto at = dated.lower_bound(first); at != dated.end() && at->first <= last; ++at) {
    json.begin_object().key("day").number(at->first.days);
    json.key("shifts");
    write_shifts(json, at->second);
    const Words name = name_of_date(plan, calendar.rule, at->first);
    writer.pair("name", [&](Language language) { return name.in(language); });
    json.end_object();
  }
  json.end_array().end_object();
}

}  // namespace

Words name_of_date(const Plan& plan, const CalendarRule& calendar, Date date) {
  const CalendarRule* rule = &calendar;
  // As deep as calendars are based on one another; a circle, which is an error, ends too.
  for (std::size_t depth = 0; rule != nullptr && depth <= plan.calendars.size(); ++depth) {
    for (auto each = rule->exceptions.rbegin(); each != rule->exceptions.rend(); ++each) {
      if (each->first <= date && date <= each->last) return {each->name, each->name};
    }
    if (rule->has_statutory_holidays) {
      if (const Words name = statutory_name(date); !name.en.empty()) return name;
    }
    rule = rule->base.empty() ? nullptr : find_rule(plan, rule->base);
  }
  return {};
}

PageCalendars::PageCalendars(const Plan& plan) : plan_(plan), of_task_(plan.tasks.size(), 0) {
  number_of(formats::calendar_of(plan, {}));
  const NamedCalendar& always = around_the_clock_of(plan);
  for (const TaskId task : plan.tasks.ids()) {
    of_task_[task] = number_of(plan.tasks[task].is_elapsed ? always : terms_of(plan, task));
  }
  for (const Resource& resource : plan.resources) {
    if (resource.calendar) number_of(plan.calendars[resource.calendar]);
  }
}

std::size_t PageCalendars::number_of(const NamedCalendar& calendar) {
  const auto [found, is_new] = numbers_.try_emplace(&calendar, calendars_.size());
  if (is_new) calendars_.push_back(&calendar);
  return found->second;
}

void PageCalendars::write(PageWriter& writer, const Interval& range) const {
  const Date first = plan_.zone.to_local(range.from).date();
  const Date last = plan_.zone.to_local(range.to).date();
  writer.list("calendars", calendars_, [&](const NamedCalendar* calendar) {
    write_calendar(writer, plan_, *calendar, first, last);
  });
}

}  // namespace diaodu::report
