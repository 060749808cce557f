#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

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
  /// One way to do what remains of a task.
  struct Way {
    ModeId mode;
    const Calendar* calendar;
    WorkTime work;
    WorkTime duration;
  };

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

  /// All modes but those that can never be done.
  std::span<const Way> ways(TaskId task) const {
    return std::span(ways_).subspan(first_way_[task.index()],
                                    first_way_[task.index() + 1] - first_way_[task.index()]);
  }

 private:
  struct Dates {
    Instant start;  ///< where what remains begins
    Instant finish;
    friend bool operator==(const Dates&, const Dates&) = default;
  };
  /// A list for each row of some table, one after the other.
  struct Lists {
    std::vector<std::uint32_t> first;
    std::vector<std::uint32_t> items;
    std::span<const std::uint32_t> of(std::size_t row) const {
      return std::span(items).subspan(first[row], first[row + 1] - first[row]);
    }
  };
  /// A place in the order of visits: a task or the end of a summary by its row, then the gates of summaries.
  using Visit = std::uint32_t;
  struct LagClock {
    const Calendar* calendar;
    std::int64_t minutes;
  };

  static Lists lists(std::size_t rows,
                     const std::vector<std::pair<std::uint32_t, std::uint32_t>>& pairs);
  void collect_ways();
  void drop_hopeless_ways(std::size_t first);
  void collect_lists();
  void find_order();
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
  bool has_max_lag(const Link& link) const;
  bool takes_links_of(TaskId task) const { return is_certain_[task] != 0; }

  void clocks(const Link& link, const Lag& lag, std::vector<LagClock>& into) const;

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
  const WorkingTimes& times_;
  const TaskStates& states_;
  Calendar around_the_clock_;
  std::vector<Way> ways_;
  std::vector<std::size_t> first_way_;
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
  std::vector<LagClock> clocks_;  // of the link that is looked at
  bool is_beyond_time_ = false;
};

}  // namespace diaodu::check
