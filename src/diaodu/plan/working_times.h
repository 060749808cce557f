#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <span>
#include <vector>

#include "diaodu/plan/calendar.h"
#include "diaodu/plan/plan.h"

namespace diaodu {

/// When each task can be worked on.
///
/// An elapsed task: around the clock.  Otherwise the minutes that lie in the task's own calendar, if it
/// names one, and in the calendars of all the people and machines that its mode demands by name,
/// unless it ignores them; where none of these is set, the plan's calendar.  (MS Project's rule;
/// Primavera's task-dependent activities ignore the resources' calendars.)
///
/// Keeps one calendar for each combination that occurs.  The plan must outlive it.  A copy shares the calendars of
/// its original, which must outlive it too.
class WorkingTimes {
 public:
  /// Combinations that work the same minutes are one, unless only one of them has a part in some of `kept_apart`.
  explicit WorkingTimes(const Plan& plan, std::span<const CalendarId> kept_apart = {});

  /// Calendars are numbered 0 ... size() - 1; number 0 is around the clock.
  std::size_t size() const { return calendars_.size(); }
  const Calendar& calendar(std::size_t number) const { return *calendars_[number]; }

  const WorkPattern& pattern(std::size_t number) const { return patterns_[number]; }

  std::uint32_t number_of(TaskId task) const { return of_task_[task]; }  ///< in its first mode
  std::uint32_t number_of(ModeId mode) const { return of_mode_[mode]; }
  std::uint32_t number_of(CalendarId calendar) const { return alone_[calendar]; }
  std::uint32_t project() const { return project_; }

  const Calendar& of(TaskId task, ModeId mode) const {
    return *calendars_[mode ? of_mode_[mode] : of_task_[task]];
  }
  const Calendar& of_project() const { return *calendars_[project_]; }

  bool keeps_apart() const { return keeps_apart_; }
  /// Which of those that are kept apart the combination holds.
  std::span<const CalendarId> apart(std::size_t number) const { return apart_[number]; }

  /// Lets a combination work as `calendar`, which must outlive this; `pattern` stays.
  void replace(std::size_t number, const Calendar& calendar) { calendars_[number] = &calendar; }
  /// From then on all replaced calendars work as their patterns say.
  Instant replaced_until() const { return replaced_until_; }
  void set_replaced_until(Instant instant) { replaced_until_ = instant; }

  /// Tasks whose calendars have no minute in common, though each has some.
  const std::vector<TaskId>& never_workable() const { return never_workable_; }
  /// The calendars that the task's first mode combines.
  std::vector<CalendarId> combined(TaskId task) const;

 private:
  class Combinations;

  std::shared_ptr<const Combinations> combinations_;
  std::vector<const Calendar*> calendars_;
  std::vector<WorkPattern> patterns_;           // of each, all different
  std::vector<std::vector<CalendarId>> apart_;  // of each
  bool keeps_apart_ = false;
  Instant replaced_until_ = kEver;
  std::deque<Calendar> made_;  // intersections; a deque, so that they stay where they are
  Table<TaskId, std::uint32_t> of_task_;
  Table<ModeId, std::uint32_t> of_mode_;
  Table<CalendarId, std::uint32_t> alone_;
  std::uint32_t project_ = 0;
  std::vector<TaskId> never_workable_;
};

}  // namespace diaodu
