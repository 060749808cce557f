#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include "diaodu/plan/plan.h"

namespace diaodu {

/// The slow twin of critical-path arithmetic: tries one minute after the other for each task until
/// all rules of the plan hold, straight from the tables (Bellman & Ford, with minutes for steps).
/// Shares no code with `solve` or `Calendar`.  For plans without resources and progress that fit
/// into their first days.
class SlowPath {
 public:
  struct Dates {
    Instant start;
    Instant finish;
  };

  explicit SlowPath(const Plan& plan) : plan_(plan) {
    for (CalendarId id : plan.calendars.ids()) {
      std::vector<char>& worked = worked_.emplace_back(kMinutes, 0);
      for (int day = 0; day * kMinutesPerDay < kMinutes; ++day) {
        for (const Shift& shift : plan.calendars[id].pattern.on(Date{day})) {
          std::fill_n(worked.begin() + day * kMinutesPerDay + shift.begin, shift.end - shift.begin,
                      1);
        }
      }
    }
    worked_.emplace_back(kMinutes, 1);  // around the clock
  }

  /// The least dates that keep all links and lower windows; nothing if there are none.
  bool find_early() {
    early.assign(plan_.tasks.size(), {});
    for (TaskId task : leaves()) move_to(early, task, first_try(task));
    return settle(early, +1, [this](TaskId task, Dates dates) { return may_be(task, dates); });
  }

  /// The greatest dates that keep all links and upper windows and end by `horizon`.
  bool find_late(Instant horizon) {
    horizon_ = horizon;
    late.assign(plan_.tasks.size(), {});
    for (TaskId task : leaves()) {
      if (is_pinned(task)) {
        at(late, task) = at(early, task);
      } else {
        move_to(late, task, horizon);
      }
    }
    return settle(late, -1, [this](TaskId task, Dates dates) { return may_still_be(task, dates); });
  }

  std::vector<TaskId> leaves() const {
    std::vector<TaskId> tasks;
    for (TaskId task : plan_.tasks.ids()) {
      if (plan_.tasks[task].kind != TaskKind::summary) tasks.push_back(task);
    }
    return tasks;
  }
  bool is_pinned(TaskId task) const {
    return has(task, ConstraintKind::mandatory_start) ||
           has(task, ConstraintKind::mandatory_finish);
  }
  bool is_any_pinned_in(TaskId summary) const {
    const std::vector<TaskId> all = leaves();
    return std::any_of(all.begin(), all.end(),
                       [&](TaskId task) { return is_pinned(task) && is_within(task, summary); });
  }
  Instant finish() const {
    Instant latest = plan_.start;
    for (TaskId task : leaves()) latest = std::max(latest, early[task.index()].finish);
    return latest;
  }

  std::vector<Dates> early;
  std::vector<Dates> late;

 private:
  using AllDates = std::vector<Dates>;
  static constexpr int kMinutes = 3 * kMinutesPerDay;

  Dates& at(AllDates& all, TaskId task) { return all[task.index()]; }

  // --- calendars, minute by minute; number plan_.calendars.size() is around the clock

  bool is_working(std::size_t calendar, Instant minute) const {
    return worked_[calendar][static_cast<std::size_t>(minute.minutes())] != 0;
  }
  Instant moved(std::size_t calendar, Instant from, std::int64_t work) const {
    for (; work > 0; from = from + Elapsed{1}) work -= is_working(calendar, from) ? 1 : 0;
    for (; work < 0; from = from - Elapsed{1}) {
      work += is_working(calendar, from - Elapsed{1}) ? 1 : 0;
    }
    return from;
  }
  Instant next_working(std::size_t calendar, Instant from) const {
    while (!is_working(calendar, from)) from = from + Elapsed{1};
    return from;
  }
  Instant previous_working(std::size_t calendar, Instant from) const {
    while (!is_working(calendar, from - Elapsed{1})) from = from - Elapsed{1};
    return from;
  }
  std::int64_t work_between(std::size_t calendar, Instant from, Instant to) const {
    if (to < from) return -work_between(calendar, to, from);
    std::int64_t work = 0;
    for (; from < to; from = from + Elapsed{1}) work += is_working(calendar, from) ? 1 : 0;
    return work;
  }

  std::size_t calendar_of(TaskId task) const {
    const Task& row = plan_.tasks[task];
    if (row.is_elapsed) return plan_.calendars.size();
    return (row.calendar && row.kind != TaskKind::summary ? row.calendar : plan_.calendar).index();
  }
  std::int64_t work_of(TaskId task) const { return plan_.tasks[task].duration.count(); }

  // --- what a task demands of its own dates

  bool has(TaskId task, ConstraintKind kind) const {
    return plan_.tasks[task].constraint.kind == kind ||
           plan_.tasks[task].second_constraint.kind == kind;
  }
  /// True when every date of that kind on the task or on a summary above it is fine.
  template <class Holds>
  bool all_dates(TaskId task, std::initializer_list<ConstraintKind> kinds, Holds holds) const {
    const Task& row = plan_.tasks[task];
    for (const Constraint& constraint : {row.constraint, row.second_constraint}) {
      const bool is_meant = std::find(kinds.begin(), kinds.end(), constraint.kind) != kinds.end();
      if (is_meant && !holds(constraint.date)) return false;
    }
    return true;
  }
  template <class Holds>
  bool all_dates_above(TaskId task, ConstraintKind kind, Holds holds) const {
    for (TaskId above = plan_.tasks[task].parent; above; above = plan_.tasks[above].parent) {
      if (!all_dates(above, {kind}, holds)) return false;
    }
    return true;
  }

  Instant first_try(TaskId task) const {
    if (!is_pinned(task)) return plan_.start;
    const Task& row = plan_.tasks[task];
    const bool is_first = row.constraint.kind == ConstraintKind::mandatory_start ||
                          row.constraint.kind == ConstraintKind::mandatory_finish;
    const Constraint& pin = is_first ? row.constraint : row.second_constraint;
    const std::size_t calendar = calendar_of(task);
    if (work_of(task) == 0) return pin.date;
    if (pin.kind == ConstraintKind::mandatory_start) return next_working(calendar, pin.date);
    return moved(calendar, previous_working(calendar, pin.date), -work_of(task));
  }

  void move_to(AllDates& all, TaskId task, Instant start) {
    at(all, task) = {start, moved(calendar_of(task), start, work_of(task))};
  }

  bool stands_at_work(TaskId task, Instant start) const {
    return work_of(task) == 0 || is_working(calendar_of(task), start);
  }

  /// Early dates: everything that says "not before".
  bool may_be(TaskId task, Dates dates) const {
    const std::size_t calendar = calendar_of(task);
    if (!stands_at_work(task, dates.start)) return false;
    const bool is_in_the_morning =
        plan_.tasks[task].kind == TaskKind::start_milestone ||
        (work_of(task) == 0 && is_first(task) && !is_held_by_its_date(task, dates.finish));
    if (is_in_the_morning && !is_working(calendar, dates.start)) return false;
    const auto starts_after = [&](Instant date) { return dates.start >= date; };
    const auto finishes_after = [&](Instant date) { return arrives_after(task, dates, date); };
    if (!all_dates(task, {ConstraintKind::start_on_or_after, ConstraintKind::start_on},
                   starts_after) ||
        !all_dates(task, {ConstraintKind::finish_on_or_after, ConstraintKind::finish_on},
                   finishes_after) ||
        !all_dates_above(task, ConstraintKind::start_on_or_after, starts_after)) {
      return false;
    }
    for (const Link& link : plan_.links) {
      if (is_within(task, link.to)) {
        const Instant bound = after_lag(link, link.lag, leaving(early, link));
        const bool holds =
            arrives_at_start(link.type) ? dates.start >= bound : finishes_after(bound);
        if (!holds) return false;
      }
      if (link.from == task && link.has_max_lag && !is_pinned(link.to)) {
        const Instant leaves = leaves_from_start(link.type) ? dates.start : dates.finish;
        if (!is_close_enough(link, leaves, arriving(early, link))) return false;
      }
    }
    return true;
  }

  /// A late start says how much work may be done before it.  So it counts like the moment at which
  /// work stopped before it: Monday 08:00 like Friday 17:00.
  Instant latest_rest(TaskId task, Instant start) const {
    return work_of(task) > 0 ? previous_working(calendar_of(task), start) : start;
  }

  /// Late dates: everything that says "not after".
  bool may_still_be(TaskId task, Dates dates) const {
    if (!stands_at_work(task, dates.start)) return false;
    const Task& row = plan_.tasks[task];
    const auto starts_before = [&](Instant date) {
      return dates.start <= next_working(calendar_of(task), date);
    };
    const auto finishes_before = [&](Instant date) { return dates.finish <= date; };
    if (dates.finish > horizon_ || dates.finish > row.deadline ||
        !all_dates(task, {ConstraintKind::start_on_or_before, ConstraintKind::start_on},
                   starts_before) ||
        !all_dates(task, {ConstraintKind::finish_on_or_before, ConstraintKind::finish_on},
                   finishes_before) ||
        !all_dates_above(task, ConstraintKind::finish_on_or_before, finishes_before)) {
      return false;
    }
    for (TaskId above = row.parent; above; above = plan_.tasks[above].parent) {
      if (dates.finish > plan_.tasks[above].deadline) return false;
    }
    for (const Link& link : plan_.links) {
      if (is_within(task, link.from)) {
        const Instant leaves =
            leaves_from_start(link.type) ? latest_rest(task, dates.start) : dates.finish;
        const Instant bound = after_lag(link, link.lag, leaves);
        if (bound > latest_arrival(link)) return false;
      }
      if (link.to == task && link.has_max_lag) {
        const Instant arrives =
            arrives_at_start(link.type) ? latest_rest(task, dates.start) : dates.finish;
        if (!is_close_enough(link, leaving(late, link), arrives)) return false;
      }
    }
    return true;
  }

  /// A finish in the last working minute before `date` is as good as one at `date`.
  bool arrives_after(TaskId task, Dates dates, Instant date) const {
    return dates.finish >= (work_of(task) > 0 ? previous_working(calendar_of(task), date) : date);
  }

  // --- links

  bool is_within(TaskId task, TaskId summary_or_itself) const {
    for (TaskId at = task; at; at = plan_.tasks[at].parent) {
      if (at == summary_or_itself) return true;
    }
    return false;
  }
  bool is_first(TaskId task) const {
    return std::none_of(plan_.links.begin(), plan_.links.end(),
                        [&](const Link& link) {
                          return is_within(task, link.to) ||
                                 (link.from == task && link.has_max_lag && !is_pinned(link.to));
                        }) &&
           !is_gated(task);
  }
  /// Below a summary that has a date to start from, a task waits for that.
  bool is_gated(TaskId task) const {
    for (TaskId above = plan_.tasks[task].parent; above; above = plan_.tasks[above].parent) {
      if (has(above, ConstraintKind::start_on_or_after)) return true;
    }
    return false;
  }
  /// A milestone that must not finish before an instant may stay there.
  bool is_held_by_its_date(TaskId task, Instant finish) const {
    return !all_dates(task, {ConstraintKind::finish_on_or_after, ConstraintKind::finish_on},
                      [&](Instant date) { return date != finish; });
  }

  /// Where a successor's late finish is met at its closing time, all until it opens again is met
  /// too.
  Instant latest_arrival(const Link& link) const {
    Instant latest = kNever;
    for (TaskId leaf : leaves()) {
      if (!is_within(leaf, link.to)) continue;
      const Dates dates = late[leaf.index()];
      const Instant finish =
          work_of(leaf) > 0 ? next_working(calendar_of(leaf), dates.finish) : dates.finish;
      latest = std::min(latest, arrives_at_start(link.type) ? dates.start : finish);
    }
    return latest;
  }

  template <class Pick>
  Instant over(TaskId task, Instant none, Pick pick) const {
    Instant result = none;
    for (TaskId leaf : leaves()) {
      if (is_within(leaf, task)) result = pick(result, leaf.index());
    }
    return result;
  }
  Instant leaving(const AllDates& all, const Link& link) const {
    return over(link.from, kEver, [&](Instant so_far, std::size_t leaf) {
      return std::max(so_far, leaves_from_start(link.type) ? all[leaf].start : all[leaf].finish);
    });
  }
  Instant arriving(const AllDates& all, const Link& link) const {
    return over(link.to, kNever, [&](Instant so_far, std::size_t leaf) {
      return std::min(so_far, arrives_at_start(link.type) ? all[leaf].start : all[leaf].finish);
    });
  }

  struct Counted {
    std::size_t calendar;
    std::int64_t minutes;
  };
  Counted counted(const Link& link, const Lag& lag) const {
    const std::size_t clock = plan_.calendars.size();
    std::size_t work = clock;
    switch (plan_.options.lag_calendar) {
      case Options::LagCalendar::predecessor:
        work = calendar_of(link.from);
        break;
      case Options::LagCalendar::successor:
        work = calendar_of(link.to);
        break;
      case Options::LagCalendar::project:
        work = plan_.calendar.index();
        break;
      case Options::LagCalendar::around_the_clock:
        break;
    }
    const std::int64_t share = work_of(link.from) * lag.amount / 10'000;
    switch (lag.unit) {
      case Lag::Unit::work:
        return {work, lag.amount};
      case Lag::Unit::elapsed:
        return {clock, lag.amount};
      case Lag::Unit::percent:
        return {work, share};
      case Lag::Unit::elapsed_percent:
        return {clock, share};
    }
    return {clock, 0};
  }
  Instant after_lag(const Link& link, const Lag& lag, Instant leaves) const {
    const Counted distance = counted(link, lag);
    return moved(distance.calendar, leaves, distance.minutes);
  }
  bool is_close_enough(const Link& link, Instant leaves, Instant arrives) const {
    const Counted most = counted(link, link.max_lag);
    return work_between(most.calendar, leaves, arrives) <= most.minutes;
  }

  /// Moves each task on, a minute at a time, until its rules hold, and all again until none moves.
  template <class Rule>
  bool settle(AllDates& all, int step, Rule rule) {
    constexpr std::int64_t kFarthest = kMinutesPerDay / 2;
    for (bool moved = true; moved;) {
      moved = false;
      for (TaskId task : leaves()) {
        if (is_pinned(task)) continue;
        while (!rule(task, at(all, task))) {
          move_to(all, task, at(all, task).start + Elapsed{step});
          const std::int64_t distance = (at(all, task).start - plan_.start).count();
          if (distance > kFarthest || distance < -kFarthest / 2) return false;
          moved = true;
        }
      }
    }
    return true;
  }

  const Plan& plan_;
  std::vector<std::vector<char>> worked_;
  Instant horizon_;
};

}  // namespace diaodu
