#include "diaodu/plan/calendar_rule.h"

#include <algorithm>
#include <map>
#include <utility>

#include "diaodu/plan/holidays_cn.h"

namespace diaodu {
namespace {

constexpr int kDay = static_cast<int>(kMinutesPerDay);

/// As declared, shifts may pass midnight.
struct Declared {
  /// What a date's exception says, in the rule that has it: one may hold for a hundred years.
  struct Day {
    bool is_like_a_working_day = false;
    const DayShifts* shifts = nullptr;
  };
  std::array<DayShifts, 7> week;
  std::map<Date, Day> dated;

  const DayShifts& on_weekday(Date date) const {
    return week[static_cast<std::size_t>(weekday(date))];
  }
  const DayShifts& like_a_working_day(Date date) const {
    if (!on_weekday(date).empty()) return on_weekday(date);
    const auto working = std::find_if(week.begin(), week.end(),
                                      [](const DayShifts& shifts) { return !shifts.empty(); });
    return working != week.end() ? *working : on_weekday(date);
  }
  const DayShifts& on(Date date) const {
    const auto found = dated.find(date);
    if (found == dated.end()) return on_weekday(date);
    return found->second.is_like_a_working_day ? like_a_working_day(date) : *found->second.shifts;
  }
};

/// The part of a day's work that falls on the day itself, and what the evening before left over.
DayShifts split_at_midnight(const DayShifts& before, const DayShifts& today) {
  DayShifts within;
  for (const Shift& shift : before) {
    if (shift.end > kDay) within.push_back({std::max(0, shift.begin - kDay), shift.end - kDay});
  }
  for (const Shift& shift : today) {
    if (shift.begin < kDay) within.push_back({shift.begin, std::min(shift.end, kDay)});
  }
  return normalised(std::move(within));
}

CalendarRule standard() {
  CalendarRule rule;
  rule.id = "standard";
  rule.name = "Standard";
  rule.name_zh = "标准";
  for (std::size_t day = 0; day < 7; ++day) {
    rule.week[day] = day < 5 ? DayShifts{{8 * 60, 12 * 60}, {13 * 60, 17 * 60}} : DayShifts{};
  }
  return rule;
}

CalendarRule around_the_clock_rule() {
  CalendarRule rule;
  rule.id = "24h";
  rule.name = "Around the clock";
  rule.name_zh = "全天候";
  rule.week.fill(DayShifts{{0, kDay}});
  return rule;
}

CalendarRule chinese() {
  CalendarRule rule;
  rule.id = "cn";
  rule.name = "Chinese working days";
  rule.name_zh = "法定工作日";
  rule.base = "standard";
  rule.has_statutory_holidays = true;
  return rule;
}

void add_statutory_holidays(Declared& declared) {
  static const DayShifts none;
  for (const StatutoryDays& days : statutory_days_cn()) {
    for (Date date = days.first; date <= days.last; date = date + 1) {
      declared.dated[date] = {days.is_worked, &none};
    }
  }
}

}  // namespace

std::span<const CalendarRule> built_in_calendars() {
  static const std::array rules = {around_the_clock_rule(), standard(), chinese()};
  return rules;
}

WorkPattern resolve(std::span<const CalendarRule* const> chain) {
  Declared declared;
  for (const CalendarRule* rule : chain) {
    for (std::size_t day = 0; day < 7; ++day) {
      if (rule->week[day]) declared.week[day] = *rule->week[day];
    }
    if (rule->has_statutory_holidays) add_statutory_holidays(declared);
    for (const CalendarException& exception : rule->exceptions) {
      for (Date date = exception.first; date <= exception.last; date = date + 1) {
        declared.dated[date] = {exception.is_like_a_working_day, &exception.shifts};
      }
    }
  }

  WorkPattern pattern;
  for (std::size_t day = 0; day < 7; ++day) {
    pattern.week[day] = split_at_midnight(declared.week[(day + 6) % 7], declared.week[day]);
  }
  for (const auto& [date, exception] : declared.dated) {
    for (const Date affected : {date, date + 1}) {
      pattern.dated[affected] = split_at_midnight(declared.on(affected - 1), declared.on(affected));
    }
  }
  std::erase_if(pattern.dated, [&pattern](const auto& entry) {
    return entry.second == pattern.week[static_cast<std::size_t>(weekday(entry.first))];
  });
  return pattern;
}

WorkTime usual_day(const WorkPattern& pattern) {
  std::map<WorkTime, int> frequency;
  for (const DayShifts& shifts : pattern.week) {
    if (!shifts.empty()) ++frequency[total(shifts)];
  }
  if (frequency.empty()) return WorkTime{8 * 60};
  const auto usual =
      std::max_element(frequency.begin(), frequency.end(), [](const auto& a, const auto& b) {
        return std::pair{a.second, a.first} < std::pair{b.second, b.first};
      });
  return usual->first;
}

WorkTime usual_week(const WorkPattern& pattern) {
  WorkTime sum;
  for (const DayShifts& shifts : pattern.week) sum += total(shifts);
  return sum;
}

NamedCalendar make_calendar(CalendarRule rule, std::span<const CalendarRule* const> chain,
                            const Zone& zone) {
  NamedCalendar named;
  named.pattern = resolve(chain);
  const bool is_always = named.pattern == around_the_clock();
  if (!is_always) named.calendar = Calendar(named.pattern, zone);
  named.day = rule.day.value_or(usual_day(named.pattern));
  const auto num_working_weekdays =
      std::count_if(named.pattern.week.begin(), named.pattern.week.end(),
                    [](const DayShifts& shifts) { return !shifts.empty(); });
  named.week = rule.day ? named.day * num_working_weekdays : usual_week(named.pattern);
  named.month = named.day * 20;
  named.rule = std::move(rule);
  return named;
}

}  // namespace diaodu
