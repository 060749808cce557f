#pragma once

#include <vector>

#include "diaodu/core/id.h"
#include "diaodu/plan/plan.h"
#include "diaodu/plan/schedule.h"
#include "diaodu/plan/working_times.h"
#include "diaodu/track/facts.h"
#include "diaodu/track/status.h"

namespace diaodu::track {

/// How far tasks were at any time up to the status date, each by its own `EarningRule`.
///
///   0 <= share(task, t) <= 1;  1 from its actual finish on;  0 before its actual start
///
/// Shares are known exactly at the times of reports.  Between two of them, and between the actual start and the first
/// one, as much was earned in each working minute; `0/100` and `50/50` earn at the actual dates alone.  The rule for
/// a task without a start is: nothing.
class Earnings {
 public:
  /// All but `schedule` must outlive it; from that, which mode a task is done in.
  Earnings(const Plan& plan, const WorkingTimes& times, const Schedule& schedule,
           const Facts& facts, Instant as_of);

  Share share(TaskId task, Instant when) const;
  Share now(TaskId task) const { return share(task, as_of_); }
  Stage stage(TaskId task) const;
  /// As recorded; of what finished without a start, in time for its duration.  Nothing: not started.
  std::optional<Instant> start(TaskId task) const;

 private:
  struct Point {
    Instant when;
    Share share;
    bool is_step = false;  ///< nothing is earned on the way to it
  };
  std::vector<Point> points_of(TaskId task, WorkTime duration, const Calendar& calendar) const;
  Share by_rule(TaskId task, const TaskFacts::Report& report, WorkTime duration,
                const Calendar& calendar) const;

  const Plan& plan_;
  const Facts& facts_;
  Instant as_of_;
  Table<TaskId, std::int64_t> weights_;  ///< of all its steps
  Table<TaskId, const Calendar*> calendars_;
  Table<TaskId, std::vector<Point>> points_;  ///< ascending; empty: not started
};

}  // namespace diaodu::track
