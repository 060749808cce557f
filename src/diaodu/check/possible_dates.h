#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "diaodu/check/lists.h"
#include "diaodu/check/possible_ways.h"
#include "diaodu/check/visit_order.h"
#include "diaodu/plan/plan.h"
#include "diaodu/plan/progress.h"
#include "diaodu/plan/working_times.h"

namespace diaodu::check {

/// Between which instants each task must lie in every schedule that `judge` calls legal, as far as dates, calendars,
/// progress and links say it; resources and their people are not looked at.
///
/// Straight from the plan's tables, sharing no code with the solver.  Every rule that is applied narrows by no more
/// than `judge` demands, so that dates are safe at every moment: where links form circles, what has not settled after
/// some rounds is merely less narrow than it could be.  Where a task has modes, the weakest of them speaks.  An
/// optional task has the dates that it would have if it were done, and moves no other.
///
/// A round costs O((n + links) log d), d = the dates in a calendar.  Without circles two rounds do.
class PossibleDates {
 public:
  using Way = PossibleWays::Way;

  /// All must outlive it.
  PossibleDates(const Plan& plan, const WorkingTimes& times, const TaskStates& states);

  void find_earliest();
  /// If all must be finished by `finish_by`.
  void find_latest(Instant finish_by);

  /// Of the whole plan: no legal schedule finishes before.
  Instant finish() const;
  /// Where what remains of the task begins; kEver where nothing says so.
  Instant earliest_start(TaskId task) const { return early_[task].start; }
  Instant latest_finish(TaskId task) const { return late_[task].finish; }
  /// Some date lies beyond all time that a calendar knows: nothing should be concluded.
  bool is_beyond_time() const { return is_beyond_time_; }

  /// All in which what remains of the task may be done.
  std::span<const Way> ways(TaskId task) const { return ways_.of(task); }

 private:
  using LagClock = PossibleWays::LagClock;
  struct Dates {
    Instant start;  ///< where what remains begins
    Instant finish;
    friend bool operator==(const Dates&, const Dates&) = default;
  };
  void collect_lists();
  std::size_t most_rounds() const;

  bool is_summary(TaskId task) const { return plan_.tasks[task].kind == TaskKind::summary; }
  bool is_completed(TaskId task) const {
    return states_[task].stage == TaskState::Stage::completed;
  }
  bool has_not_started(TaskId task) const {
    return states_[task].stage == TaskState::Stage::not_started;
  }
  bool is_pinned(TaskId task) const;
  bool counts(const Link& link) const;
  bool waits_for_gate(TaskId task) const;
  bool has_max_lag(const Link& link) const;
  bool takes_links_of(TaskId task) const { return is_certain_[task] != 0; }

  bool raise_task(TaskId task);
  bool raise_gate(TaskId task);
  bool raise_summary(TaskId task);
  void raise_by_links(TaskId task, bool at_start, Dates& dates);
  void raise_by_dates(TaskId task, Dates& dates) const;
  void settle_earliest(TaskId task, Dates& dates);
  Instant earliest_arrival(const Link& link);
  Instant earliest_leave(const Link& link);

  bool lower_task(TaskId task);
  bool lower_gate(TaskId task);
  bool lower_summary(TaskId task);
  void lower_by_links(TaskId task, Dates& dates);
  void lower_by_dates(TaskId task, Dates& dates) const;
  void settle_latest(TaskId task, Dates& dates) const;
  Instant latest_leave(const Link& link);
  Instant latest_arrival(const Link& link);

  const Plan& plan_;
  const TaskStates& states_;
  PossibleWays ways_;
  Lists links_from_;
  Lists links_to_;
  Lists children_;
  std::vector<Visit> order_;  // what comes first, as far as there is such an order
  /// Of a summary: whether something in it must be done.
  Table<TaskId, char> is_certain_;
  Table<TaskId, Dates> early_;
  Table<TaskId, Instant> begin_;  // the earliest start, what has happened included
  Table<TaskId, Instant> gate_;   // of a summary: nothing in it begins before
  Table<TaskId, Dates> late_;
  bool is_beyond_time_ = false;
};

}  // namespace diaodu::check
