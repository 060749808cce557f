#include <algorithm>
#include <unordered_map>

#include "diaodu/formats/settings.h"
#include "diaodu/plan/finding_kinds.h"

namespace diaodu::formats {
namespace {

constexpr std::int64_t kMostDaysInAll = 2'000'000;  // each calendar repeats those of its bases
constexpr std::size_t kMostBases = 50;
constexpr Words kDaysInAll{"exceptional days in all calendars", "各日历的例外日合计"};

/// Hardly a day has more than three shifts; as many more take as much room as the day itself.
std::int64_t room_of_shifts(std::size_t num_shifts) {
  constexpr std::size_t kLikeADay = 4;
  return static_cast<std::int64_t>(num_shifts / kLikeADay);
}

/// Of the weekday that has most, in the week that the chain (the calendar first, its bases behind it)
/// amounts to.
std::size_t most_shifts(std::span<const CalendarRule* const> chain) {
  std::size_t most = 0;
  for (std::size_t day = 0; day < 7; ++day) {
    const auto declares = [day](const CalendarRule* rule) { return rule->week[day].has_value(); };
    const auto rule = std::find_if(chain.begin(), chain.end(), declares);
    if (rule != chain.end()) most = std::max(most, (*rule)->week[day]->size());
  }
  return most;
}

/// Days that need an entry of their own, roughly: what two exceptions share counts twice.  Beside each
/// lies one of the week, which what passes midnight may change; `room_of_weekday` is what its shifts add.
std::int64_t num_exceptional_days(const CalendarRule& rule, std::int64_t room_of_weekday) {
  constexpr std::int64_t kStatutory = 1'000;
  std::int64_t days = rule.has_statutory_holidays ? kStatutory * (1 + room_of_weekday) : 0;
  for (const CalendarException& exception : rule.exceptions) {
    const std::int64_t length = exception.last.days - exception.first.days + 1;
    const std::int64_t room = room_of_shifts(exception.shifts.size());
    days += length * (1 + room + room_of_weekday);
  }
  return days;
}

/// What a calendar takes, as exceptional days: its own and its bases'; and, where days have many
/// shifts, the week and the days on which clocks change.
std::int64_t room_in_days(std::span<const CalendarRule* const> chain, const Zone& zone) {
  const std::int64_t room_of_weekday = room_of_shifts(most_shifts(chain));
  const auto num_spelled_out = static_cast<std::int64_t>(7 + zone.changes().size());
  std::int64_t days = num_spelled_out * room_of_weekday;
  for (const CalendarRule* rule : chain) days += num_exceptional_days(*rule, room_of_weekday);
  return days;
}

/// Made once: benchmark files, which come by the hundred, have no others and no zone.
const std::vector<NamedCalendar>& built_in_calendars_in_utc() {
  static const std::vector<NamedCalendar> calendars = [] {
    const auto rules = built_in_calendars();
    std::vector<NamedCalendar> made;
    for (const CalendarRule& rule : rules) {
      std::vector<const CalendarRule*> chain = {&rule};
      for (const CalendarRule& base : rules) {  // built-in bases have none of their own
        if (base.id == rule.base) chain.insert(chain.begin(), &base);
      }
      made.push_back(make_calendar(rule, chain, Zone{}));
    }
    return made;
  }();
  return calendars;
}

}  // namespace

bool is_built_in(std::string_view id) {
  const auto rules = built_in_calendars();
  return std::any_of(rules.begin(), rules.end(),
                     [id](const CalendarRule& rule) { return rule.id == id; });
}

const NamedCalendar& calendar_of(const Plan& plan, CalendarId calendar) {
  if (calendar) return plan.calendars[calendar];
  if (plan.calendar) return plan.calendars[plan.calendar];
  const auto& known = built_in_calendars_in_utc();
  return *std::find_if(known.begin(), known.end(),
                       [](const NamedCalendar& each) { return each.rule.id == "standard"; });
}

CalendarId find_calendar(const Plan& plan, std::string_view id) {
  for (CalendarId calendar : plan.calendars.ids()) {
    if (plan.calendars[calendar].rule.id == id) return calendar;
  }
  return {};
}

void add_calendars(std::vector<CalendarRule> rules, std::span<const Where> where, Plan& plan,
                   Findings& findings) {
  std::vector<CalendarRule> all(built_in_calendars().begin(), built_in_calendars().end());
  const std::size_t num_built_in = all.size();
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (is_built_in(rules[i].id)) {
      findings.add(found::built_in_calendar, where[i], {rules[i].id});
    } else {
      all.push_back(std::move(rules[i]));
    }
  }
  std::unordered_map<std::string_view, const CalendarRule*> by_id;
  for (const CalendarRule& rule : all) by_id[rule.id] = &rule;
  std::int64_t days_in_all = 0;
  const bool is_utc = plan.zone.name() == Zone{}.name();
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (is_utc && i < num_built_in) {
      plan.calendars.add(built_in_calendars_in_utc()[i]);
      continue;
    }
    const Where declared =
        i >= num_built_in && i - num_built_in < where.size() ? where[i - num_built_in] : Where{};
    std::vector<const CalendarRule*> chain;
    for (const CalendarRule* rule = &all[i]; rule != nullptr;) {
      if (std::find(chain.begin(), chain.end(), rule) != chain.end()) {
        std::string circle;
        for (const CalendarRule* link : chain) circle += link->id + " → ";
        findings.add(found::circle_of_calendars, declared, {all[i].id, circle + rule->id});
        break;
      }
      if (chain.size() > kMostBases) {
        findings.add(found::calendar_too_deep, declared, {all[i].id, std::to_string(kMostBases)});
        break;
      }
      chain.push_back(rule);
      if (rule->base.empty()) break;
      const auto base = by_id.find(rule->base);
      if (base == by_id.end() && rule == &all[i]) {
        findings.add(found::unknown_calendar, declared, {rule->base, ""});
      }
      rule = base == by_id.end() ? nullptr : base->second;
    }
    std::int64_t days = room_in_days(chain, plan.zone);
    if (days_in_all + days > kMostDaysInAll) {
      findings.add(found::too_many, declared, {std::to_string(kMostDaysInAll), kDaysInAll});
      chain.clear();
      days = 0;
    }
    days_in_all += days;
    std::reverse(chain.begin(), chain.end());
    plan.calendars.add(make_calendar(all[i], chain, plan.zone));
  }
}

}  // namespace diaodu::formats
