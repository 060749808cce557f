#pragma once

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "diaodu/plan/plan.h"

namespace diaodu {

/// Primavera's rules, one after the other, from the tables: the slow twin of critical-path arithmetic for plans that
/// are read from Primavera.  Walks calendars minute by minute and shares no code with `solve` or `Calendar`.
/// For plans without summaries, modes and resources, whose links run from lower rows to higher ones, and
/// that fit into their first days.
class SlowPrimavera {
 public:
  struct Row {
    Instant early_start;
    Instant early_finish;
    Instant late_start;
    Instant late_finish;
    std::int64_t total_float = 0;
    std::int64_t free_float = 0;
    bool is_completed = false;
  };

  explicit SlowPrimavera(const Plan& plan)
      : plan_(plan), now_(std::max(plan.start, plan.data_date.value_or(plan.start))) {
    for (CalendarId id : plan.calendars.ids()) {
      std::vector<char>& worked = worked_.emplace_back(kMinutes, 0);
      for (int day = 0; day * kMinutesPerDay < kMinutes; ++day) {
        for (const Shift& shift : plan.calendars[id].pattern.on(Date{day}))
          std::fill_n(worked.begin() + day * kMinutesPerDay + shift.begin, shift.end - shift.begin,
                      1);
      }
    }
    worked_.emplace_back(kMinutes, 1);
    rows.resize(plan.tasks.size());
    progress_.resize(plan.tasks.size(), nullptr);
    handed_back_.resize(plan.tasks.size());
    for (const Progress& progress : plan.progress) progress_[progress.task.index()] = &progress;
    for (std::size_t task = 0; task < rows.size(); ++task) go_forward(task);
    finish = now_;
    for (std::size_t task = 0; task < rows.size(); ++task) {
      finish = std::max(
          finish, is_completed(task) ? *progress_[task]->actual_finish : rows[task].early_finish);
    }
    horizon_ = plan.must_finish.value_or(finish);
    for (std::size_t task = rows.size(); task-- > 0;) go_back(task);
    for (std::size_t task = rows.size(); task-- > 0;) delay(task);
    for (std::size_t task = 0; task < rows.size(); ++task) count_float(task);
  }

  std::vector<Row> rows;
  Instant finish;

 private:
  static constexpr int kMinutes = 8 * kMinutesPerDay;

  // --- calendars

  bool works(std::size_t calendar, Instant minute) const {
    return worked_[calendar][static_cast<std::size_t>(minute.minutes())] != 0;
  }
  Instant moved(std::size_t calendar, Instant at, std::int64_t work) const {
    for (; work > 0; at = at + Elapsed{1}) work -= works(calendar, at) ? 1 : 0;
    for (; work < 0; at = at - Elapsed{1}) work += works(calendar, at - Elapsed{1}) ? 1 : 0;
    return at;
  }
  Instant opened(std::size_t calendar, Instant at) const {
    while (!works(calendar, at)) at = at + Elapsed{1};
    return at;
  }
  Instant closed(std::size_t calendar, Instant at) const {
    while (!works(calendar, at - Elapsed{1})) at = at - Elapsed{1};
    return at;
  }
  std::int64_t between(std::size_t calendar, Instant from, Instant to) const {
    if (to < from) return -between(calendar, to, from);
    std::int64_t work = 0;
    for (; from < to; from = from + Elapsed{1}) work += works(calendar, from) ? 1 : 0;
    return work;
  }

  // --- tasks

  const Task& task_of(std::size_t task) const { return plan_.tasks[TaskId{task}]; }
  std::size_t calendar_of(std::size_t task) const {
    const Task& row = task_of(task);
    if (row.is_elapsed) return plan_.calendars.size();
    return (row.calendar ? row.calendar : plan_.calendar).index();
  }
  bool is_completed(std::size_t task) const {
    return progress_[task] != nullptr && progress_[task]->actual_finish.has_value();
  }
  bool is_started(std::size_t task) const {
    return progress_[task] != nullptr && !is_completed(task);
  }
  std::int64_t work_of(std::size_t task) const {
    if (is_completed(task)) return 0;
    return is_started(task) ? progress_[task]->remaining->count() : task_of(task).duration.count();
  }
  /// The date of a constraint of one of these kinds, the latest (`is_last`) or the earliest.
  std::optional<Instant> date_of(std::size_t task, std::initializer_list<ConstraintKind> kinds,
                                 bool is_last) const {
    std::optional<Instant> date;
    for (const Constraint& constraint :
         {task_of(task).constraint, task_of(task).second_constraint}) {
      if (std::find(kinds.begin(), kinds.end(), constraint.kind) == kinds.end()) continue;
      if (!date || (is_last ? constraint.date > *date : constraint.date < *date))
        date = constraint.date;
    }
    return date;
  }
  bool has(std::size_t task, ConstraintKind kind) const {
    return task_of(task).constraint.kind == kind || task_of(task).second_constraint.kind == kind;
  }
  std::optional<Instant> pinned_start(std::size_t task) const {
    if (is_started(task)) return {};
    return date_of(task, {ConstraintKind::mandatory_start}, true);
  }
  std::optional<Instant> pinned_finish(std::size_t task) const {
    if (is_started(task)) return {};
    return date_of(task, {ConstraintKind::mandatory_finish}, true);
  }

  // --- links

  std::size_t lag_calendar(const Link& link) const {
    if (link.lag.unit == Lag::Unit::elapsed || link.lag.amount == 0) return plan_.calendars.size();
    switch (plan_.options.lag_calendar) {
      case Options::LagCalendar::predecessor:
        return calendar_of(link.from.index());
      case Options::LagCalendar::successor:
        return calendar_of(link.to.index());
      case Options::LagCalendar::project:
        return plan_.calendar.index();
      case Options::LagCalendar::around_the_clock:
        break;
    }
    return plan_.calendars.size();
  }
  Instant with_lag(const Link& link, Instant at) const {
    return moved(lag_calendar(link), at, link.lag.amount);
  }
  /// What is left of a lag after an end that has happened.
  std::int64_t left_of_lag(const Link& link) const {
    const Progress& was = *progress_[link.from.index()];
    const Instant since = leaves_from_start(link.type) ? *was.actual_start : *was.actual_finish;
    const std::int64_t passed = since < now_ ? between(lag_calendar(link), since, now_) : 0;
    return std::max<std::int64_t>(0, link.lag.amount - passed);
  }
  bool counts_from_what_remains(const Link& link) const {
    return leaves_from_start(link.type) && is_started(link.from.index());
  }
  bool retains() const {
    return plan_.options.progress_rule == Options::ProgressRule::retained_logic;
  }

  /// What the link allows its head; nothing: it says nothing.
  std::optional<Instant> allows(const Link& link) const {
    const std::size_t from = link.from.index();
    const Row& tail = rows[from];
    const bool at_start = leaves_from_start(link.type);
    if (is_completed(from)) {
      const Instant stamp = retains() ? std::max(now_, tail.early_finish) : now_;
      return moved(lag_calendar(link), stamp, left_of_lag(link));
    }
    if (at_start && is_started(from)) {
      const bool from_now = link.type == LinkType::start_to_start &&
                            plan_.options.start_lag == Options::StartLag::actual_start;
      const Instant since = from_now ? now_ : tail.early_start;
      return is_completed(link.to.index()) ? since
                                           : moved(lag_calendar(link), since, left_of_lag(link));
    }
    return with_lag(link, at_start ? tail.early_start : tail.early_finish);
  }

  // --- early dates

  void go_forward(std::size_t task) {
    Row& row = rows[task];
    row.is_completed = is_completed(task);
    Instant start = row.is_completed ? kEver : now_;
    Instant ends = kEver;
    bool is_first = true;
    for (const Link& link : plan_.links) {
      if (link.to.index() != task) continue;
      is_first = false;
      if (row.is_completed) {  // hands on what unfinished work before it demands
        const std::size_t from = link.from.index();
        start = std::max(start, is_completed(from) ? rows[from].early_finish : *allows(link));
        continue;
      }
      if (is_started(task) && arrives_at_start(link.type) && !retains()) continue;
      Instant& bound = arrives_at_start(link.type) ? start : ends;
      bound = std::max(bound, *allows(link));
    }
    if (row.is_completed) {
      row.early_start = row.early_finish = start;
      return;
    }
    if (is_started(task)) {
      start = std::max(start, progress_[task]->resumes.value_or(kEver));
    } else if (const auto date = date_of(
                   task, {ConstraintKind::start_on_or_after, ConstraintKind::start_on}, true)) {
      start = std::max(start, *date);
    }
    if (const auto date =
            date_of(task, {ConstraintKind::finish_on_or_after, ConstraintKind::finish_on}, true);
        date && !is_started(task)) {
      ends = std::max(ends, *date);
    }
    const std::size_t calendar = calendar_of(task);
    const std::int64_t work = work_of(task);
    if (work == 0) {
      const Instant at = std::max(start, ends);
      const bool is_of_morning =
          task_of(task).kind == TaskKind::start_milestone || (is_first && ends < at);
      row.early_start = is_of_morning ? opened(calendar, at) : at;
    } else {
      row.early_start = opened(calendar, start);
      if (ends > kEver)
        row.early_start = std::max(row.early_start, opened(calendar, moved(calendar, ends, -work)));
    }
    if (const auto date = pinned_start(task)) {
      row.early_start = work > 0 ? opened(calendar, *date) : *date;
    } else if (const auto end = pinned_finish(task)) {
      row.early_start = work > 0 ? moved(calendar, closed(calendar, *end), -work) : *end;
    }
    row.early_finish = moved(calendar, row.early_start, work);
  }

  // --- late dates: the same arithmetic, reversed

  /// The latest that a link lets its tail be; nothing: it says nothing.
  std::optional<Instant> wants(const Link& link) const {
    const std::size_t from = link.from.index();
    const std::size_t to = link.to.index();
    Instant head = arrives_at_start(link.type) ? rows[to].late_start : rows[to].late_finish;
    if (is_completed(to)) {  // hands back what waits for it
      if (!retains() || !handed_back_[to]) return {};
      head = *handed_back_[to];
      if (is_completed(from)) return head;
    }
    if (is_started(to) && arrives_at_start(link.type)) {
      if (plan_.options.progress_rule == Options::ProgressRule::progress_override) return {};
      if (plan_.options.progress_rule == Options::ProgressRule::actual_dates)
        head = *progress_[to]->actual_start;
    }
    const bool has_left = is_completed(from) || counts_from_what_remains(link);
    return moved(lag_calendar(link), head, -(has_left ? left_of_lag(link) : link.lag.amount));
  }

  void go_back(std::size_t task) {
    Row& row = rows[task];
    if (row.is_completed) {
      for (const Link& link : plan_.links) {
        if (link.from.index() != task || !retains()) continue;
        const auto by = wants(link);
        if (by) handed_back_[task] = std::min(*by, handed_back_[task].value_or(*by));
      }
      return;
    }
    const std::size_t calendar = calendar_of(task);
    const std::int64_t work = work_of(task);
    std::optional<Instant> starts;
    std::optional<Instant> ends;
    const auto no_later = [](std::optional<Instant>& bound, Instant date) {
      bound = bound ? std::min(*bound, date) : date;
    };
    bool is_last = true;
    for (const Link& link : plan_.links) {
      if (link.from.index() != task) continue;
      is_last = false;
      if (const auto by = wants(link)) no_later(leaves_from_start(link.type) ? starts : ends, *by);
    }
    const Instant deadline = task_of(task).deadline;
    if (!is_last || deadline == kNever) no_later(ends, horizon_);
    if (deadline != kNever) no_later(ends, deadline);
    if (plan_.options.open_ends_are_critical && is_last) no_later(ends, row.early_finish);
    if (!is_started(task)) {
      if (const auto date =
              date_of(task, {ConstraintKind::start_on_or_before, ConstraintKind::start_on}, false))
        no_later(starts, *date);
    }
    if (const auto date =
            date_of(task, {ConstraintKind::finish_on_or_before, ConstraintKind::finish_on}, false))
      no_later(ends, *date);
    if (pinned_start(task) || pinned_finish(task)) {
      row.late_start = row.early_start;
      row.late_finish = row.early_finish;
    } else if (work == 0) {
      row.late_start = row.late_finish = starts ? std::min(*starts, *ends) : *ends;
    } else {
      row.late_finish = closed(calendar, *ends);
      if (starts)
        row.late_finish =
            std::min(row.late_finish, moved(calendar, opened(calendar, *starts), work));
      row.late_start = moved(calendar, row.late_finish, -work);
    }
  }

  /// As late as possible: into the free float, no further.
  void delay(std::size_t task) {
    Row& row = rows[task];
    if (row.is_completed || !has(task, ConstraintKind::as_late_as_possible)) return;
    const std::size_t calendar = calendar_of(task);
    const std::int64_t work = work_of(task);
    std::optional<Instant> latest;
    const auto no_later = [&latest](Instant start) {
      latest = latest ? std::min(*latest, start) : start;
    };
    const auto start_for = [&](Instant finish_by) {
      return work > 0 ? moved(calendar, closed(calendar, finish_by), -work) : finish_by;
    };
    for (const Link& link : plan_.links) {
      const std::size_t to = link.to.index();
      if (link.from.index() != task || (is_completed(to) && !retains())) continue;
      const Instant head =
          arrives_at_start(link.type) ? rows[to].early_start : rows[to].early_finish;
      const std::int64_t lag = counts_from_what_remains(link) ? left_of_lag(link) : link.lag.amount;
      const Instant tail = moved(lag_calendar(link), head, -lag);
      no_later(leaves_from_start(link.type) ? tail : start_for(tail));
    }
    if (!latest) no_later(start_for(row.late_finish));
    if (work > 0) latest = opened(calendar, *latest);
    if (*latest <= row.early_start) return;
    row.early_start = *latest;
    row.early_finish = moved(calendar, *latest, work);
  }

  // --- floats

  void count_float(std::size_t task) {
    Row& row = rows[task];
    if (row.is_completed) return;
    const std::size_t calendar = calendar_of(task);
    const std::int64_t at_start = between(calendar, row.early_start, row.late_start);
    const std::int64_t at_finish = between(calendar, row.early_finish, row.late_finish);
    switch (plan_.options.total_float) {
      case Options::TotalFloat::finish:
        row.total_float = at_finish;
        break;
      case Options::TotalFloat::start:
        row.total_float = at_start;
        break;
      case Options::TotalFloat::smaller:
        row.total_float = is_started(task) ? at_finish : std::min(at_start, at_finish);
        break;
    }
    row.free_float = std::max<std::int64_t>(0, free_float(task));
  }

  std::int64_t free_float(std::size_t task) const {
    if (pinned_finish(task)) return 0;
    const std::size_t calendar = calendar_of(task);
    std::optional<std::int64_t> least;
    for (std::size_t to = 0; to < rows.size(); ++to) {
      std::optional<std::int64_t> low;
      std::optional<std::int64_t> high;
      for (const Link& link : plan_.links) {
        if (link.from.index() != task || link.to.index() != to) continue;
        Instant allowed = *allows(link);
        if (link.lag.amount < 0) allowed = std::max(allowed, now_);
        const Instant early =
            arrives_at_start(link.type) ? rows[to].early_start : rows[to].early_finish;
        const Instant head = is_completed(to) && !retains() ? now_ : std::max(now_, early);
        const std::int64_t slack = between(calendar, allowed, head);
        low = low ? std::min(*low, slack) : slack;
        high = high ? std::max(*high, slack) : slack;
      }
      if (!low) continue;
      const std::int64_t slack = *low < 0 ? *high : *low;
      least = least ? std::min(*least, slack) : slack;
    }
    if (least) return *least;
    return pinned_start(task) ? 0 : between(calendar, rows[task].early_finish, finish);
  }

  const Plan& plan_;
  Instant now_;
  Instant horizon_;
  std::vector<std::vector<char>> worked_;
  std::vector<const Progress*> progress_;
  std::vector<std::optional<Instant>> handed_back_;  ///< by completed tasks
};

}  // namespace diaodu
