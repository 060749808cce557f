#pragma once

#include <cstddef>
#include <map>
#include <vector>

#include "diaodu/core/civil.h"
#include "diaodu/plan/plan.h"
#include "diaodu/report/page_parts.h"

namespace diaodu::report {

/// The calendars that a page tells of, numbered as they are first asked for: the plan's, those in whose
/// days tasks are told, those of resources.
class PageCalendars {
 public:
  explicit PageCalendars(const Plan& plan);

  /// In whose days the task's durations and floats are told.
  std::size_t of(TaskId task) const { return of_task_[task]; }
  std::size_t of_plan() const { return 0; }

  /// Writes their weeks, and the dates in `range` that differ from them.
  void write(PageWriter& writer, const Interval& range) const;

 private:
  std::size_t number_of(const NamedCalendar& calendar);

  const Plan& plan_;
  std::vector<const NamedCalendar*> calendars_;  // by number
  std::map<const NamedCalendar*, std::size_t> numbers_;
  Table<TaskId, std::size_t> of_task_;
};

/// What the calendar (else the calendar it is based on) calls that date: `Spring Festival`; empty if it
/// has no name for it.
Words name_of_date(const Plan& plan, const CalendarRule& calendar, Date date);

}  // namespace diaodu::report
