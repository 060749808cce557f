#pragma once

#include <array>
#include <string>
#include <utility>

#include "diaodu/plan/plan.h"
#include "support/property.h"

// Small plans that have everything a network can hold, drawn at random.
namespace diaodu {

/// What a random plan may hold.
struct Ingredients {
  bool has_calendars = true;
  bool has_leads = true;
  bool has_max_lags = true;
  bool has_constraints = true;
  bool has_upper_windows = false;
  bool has_summaries = false;
};

/// Works some minutes, rests some, and again, all day long.
inline CalendarRule short_shifts(const char* id) {
  CalendarRule rule;
  rule.id = id;
  DayShifts shifts;
  const int on = number(1, 7);
  const int period = on + number(1, 7);
  for (int begin = number(0, period); begin + on <= kMinutesPerDay; begin += period) {
    shifts.push_back({begin, begin + on});
  }
  rule.week.fill(shifts);
  return rule;
}

inline Lag some_lag(int low, int high) {
  Lag lag;
  lag.unit = static_cast<Lag::Unit>(number(0, 4));
  const bool is_share = lag.unit == Lag::Unit::percent || lag.unit == Lag::Unit::elapsed_percent;
  lag.amount = number(low, high) * (is_share ? 5000 : 1);
  return lag;
}

inline Constraint some_constraint(const Ingredients& with, Instant start) {
  using enum ConstraintKind;
  static constexpr std::array kLower = {start_on_or_after, finish_on_or_after, mandatory_start,
                                        mandatory_finish};
  static constexpr std::array kUpper = {start_on_or_before, finish_on_or_before, start_on,
                                        finish_on};
  const auto pick = static_cast<std::size_t>(number(0, 4));
  const ConstraintKind kind = with.has_upper_windows && one_in(2) ? kUpper[pick] : kLower[pick];
  return {kind, start + Elapsed{number(with.has_summaries ? 0 : -5, 25)}};
}

inline Plan random_plan(const Ingredients& with) {
  Plan plan;
  plan.start = Instant{600 + number(0, 10)};
  for (const char* id : {"a", "b"}) {
    CalendarRule rule = short_shifts(id);
    if (!with.has_calendars || one_in(4)) rule.week.fill(DayShifts{{0, kMinutesPerDay}});
    const CalendarRule* chain[] = {&rule};
    plan.calendars.add(make_calendar(rule, chain, plan.zone));
  }
  plan.calendar = CalendarId{0};
  plan.options.lag_calendar = static_cast<Options::LagCalendar>(number(0, 4));

  const int num_summaries = with.has_summaries ? number(1, 3) : 0;
  const int num_tasks = 2 * num_summaries + number(1, 6 - num_summaries);
  for (int i = 0; i < num_tasks; ++i) {
    Task task;
    task.id = plan.text(std::string(1, static_cast<char>('A' + i)));
    if (i < num_summaries) {
      task.kind = TaskKind::summary;
      if (i > 0 && one_in(2)) task.parent = TaskId{0};
      if (one_in(4)) {
        task.constraint = {ConstraintKind::start_on_or_after, plan.start + Elapsed{number(0, 25)}};
      }
      if (with.has_upper_windows && one_in(4)) {
        task.second_constraint = {ConstraintKind::finish_on_or_before,
                                  plan.start + Elapsed{number(0, 40)}};
      }
      if (with.has_upper_windows && one_in(4)) task.deadline = plan.start + Elapsed{number(0, 40)};
      plan.tasks.add(task);
      continue;
    }
    task.kind = one_in(5) ? (one_in(2) ? TaskKind::start_milestone : TaskKind::finish_milestone)
                          : TaskKind::task;
    task.duration = WorkTime{task.is_milestone() ? 0 : number(1, 7)};
    task.calendar = one_in(2) ? CalendarId{1} : CalendarId{};
    task.is_elapsed = one_in(6);
    // Every summary has a child: its own number of the tasks, and perhaps others.
    if (i < 2 * num_summaries) {
      task.parent = TaskId{static_cast<std::size_t>(i - num_summaries)};
    } else if (num_summaries > 0 && one_in(2)) {
      task.parent = TaskId{0};
    }
    if (with.has_constraints && one_in(4)) task.constraint = some_constraint(with, plan.start);
    if (with.has_constraints && one_in(10)) {
      const Constraint second = some_constraint(with, plan.start);
      const bool is_mandatory = second.kind == ConstraintKind::mandatory_start ||
                                second.kind == ConstraintKind::mandatory_finish;
      if (!is_mandatory) task.second_constraint = second;
    }
    if (with.has_upper_windows && one_in(5)) task.deadline = plan.start + Elapsed{number(0, 30)};
    plan.tasks.add(task);
  }
  for (int i = num_tasks < 2 ? 0 : number(0, 8); i > 0; --i) {
    Link link;
    int from = number(0, num_tasks - 1);
    int to = number(from + 1, num_tasks);
    if (with.has_max_lags && one_in(6)) std::swap(from, to);  // and round we go
    link.from = TaskId{static_cast<std::size_t>(from)};
    link.to = TaskId{static_cast<std::size_t>(to)};
    link.type = static_cast<LinkType>(number(0, 4));
    if (one_in(2)) link.lag = some_lag(with.has_leads ? -4 : 0, 5);
    const bool has_summary = plan.tasks[link.from].kind == TaskKind::summary ||
                             plan.tasks[link.to].kind == TaskKind::summary;
    if (has_summary) {
      const auto is_above = [&](TaskId above, TaskId task) {
        for (; task; task = plan.tasks[task].parent) {
          if (task == above) return true;
        }
        return false;
      };
      if (is_above(link.from, link.to) || is_above(link.to, link.from)) continue;
      link.type = LinkType::finish_to_start;
      link.lag.unit = Lag::Unit::work;
      link.lag.amount = link.lag.amount % 7;
    } else if (with.has_max_lags && one_in(4)) {
      link.has_max_lag = true;
      link.max_lag =
          one_in(3) ? some_lag(-2, 9) : Lag{link.lag.amount + number(0, 6) * 1000, link.lag.unit};
      if (link.max_lag.unit == Lag::Unit::work || link.max_lag.unit == Lag::Unit::elapsed) {
        link.max_lag.amount %= 50;
      }
    }
    plan.links.add(link);
  }
  return plan;
}

}  // namespace diaodu
