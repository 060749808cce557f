#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "diaodu/core/civil.h"
#include "diaodu/core/quantity.h"
#include "diaodu/plan/calendar.h"
#include "diaodu/plan/work_pattern.h"

namespace diaodu {

/// Dates `first` to `last`, both included, that differ from the weekly pattern.
struct CalendarException {
  Date first;
  Date last;
  /// Worked like any working day (调休): with the weekday's own shifts where it has some, else with
  /// those of the first working weekday.  Otherwise `shifts` holds, and empty means a day off.
  bool is_like_a_working_day = false;
  DayShifts shifts;
  std::string name;
};

/// A calendar as people declare it: what it adds to the calendar it is based on.
struct CalendarRule {
  std::string id;
  std::string name;
  std::string name_zh;
  std::string base;                              ///< id of another calendar; empty: never works
  std::array<std::optional<DayShifts>, 7> week;  ///< unset: as in the base
  std::vector<CalendarException> exceptions;     ///< later ones win, and all win over the base's
  bool has_statutory_holidays = false;           ///< China's holidays and make-up days apply
  std::optional<WorkTime> day;                   ///< what `1d` means; unset: see `usual_day`
};

/// `24h` (around the clock), `standard` (Monday to Friday 08:00-12:00 13:00-17:00) and `cn` (standard,
/// with the Chinese statutory holidays and make-up days).
std::span<const CalendarRule> built_in_calendars();

/// The working minutes that `chain` (the calendar's base's base ... first, the calendar itself last)
/// amounts to.
WorkPattern resolve(std::span<const CalendarRule* const> chain);

/// What a planner means by "a day" on this calendar: the most frequent length of a working weekday,
/// the longer one on a tie.
WorkTime usual_day(const WorkPattern& pattern);

/// The work of an ordinary week.
WorkTime usual_week(const WorkPattern& pattern);

/// A declared calendar with all that follows from it.
struct NamedCalendar {
  CalendarRule rule;
  WorkPattern pattern;
  Calendar calendar;
  WorkTime day;    ///< what `1d` means on it
  WorkTime week;   ///< `1w`
  WorkTime month;  ///< `1mo`: 20 days
};

NamedCalendar make_calendar(CalendarRule rule, std::span<const CalendarRule* const> chain,
                            const Zone& zone);

}  // namespace diaodu
