#pragma once

#include <span>
#include <vector>

#include "diaodu/check/link_rules.h"
#include "diaodu/core/id.h"
#include "diaodu/plan/plan.h"
#include "diaodu/plan/progress.h"
#include "diaodu/plan/working_times.h"
#include "diaodu/track/status.h"

namespace diaodu::track {

/// By how much each task slipped from the baseline, and why.
///
/// On the task's own calendar let W be working time.  The finish slips by as much as the start, and by what the task
/// takes longer from start to finish; so causes add up exactly:
///
///   W(baseline finish, finish) = W(baseline start, start) + [W(start, finish) - W(baseline start, baseline finish)]
///
/// From the baseline's start on, the latest of the links explains what lies before it (all of it: any other alone would
/// have let the task start no earlier); then a date of its own, or of a summary above it; then, of a task that has
/// started, that it began later than it could; of one that has not, the resource it waits for, or else that the status
/// date passed without its start.  What is left is another reason.  What moved a predecessor is told at the
/// predecessor; `Slip::root` leads there.
///
/// What is not in the baseline, or left out, has no slip.  A summary slips, on the plan's calendar, with the child that
/// ends last.
class Slippage {
 public:
  /// `tasks` holds baseline, dates and stages.  All must outlive it.  Costs O((n + links) log d).
  Slippage(const Plan& plan, const WorkingTimes& times, const Course& course, Instant as_of,
           const Table<TaskId, TaskStatus>& tasks);

  Table<TaskId, Slip> slips() const;
  /// Of the plan's finish, with the task that ends last.
  Slip slip_of_plan(Instant baseline, const Table<TaskId, Slip>& slips) const;

 private:
  Slip slip_of_task(TaskId task) const;
  Slip slip_of_summary(TaskId task, std::span<const TaskId> children) const;
  void explain_start(TaskId task, Slip& slip) const;
  void explain_duration(TaskId task, Slip& slip) const;
  void find_roots(Table<TaskId, Slip>& slips) const;
  /// The one of them that ends last now; where several do, the first by name.
  TaskId last_of(std::span<const TaskId> tasks) const;
  /// How far a limit lies behind the task's baseline start; `arrives_at_start` false: a limit of its finish.
  WorkTime behind(TaskId task, Instant limit, bool arrives_at_start) const;

  const Plan& plan_;
  const WorkingTimes& times_;
  const Course& course_;
  Instant as_of_;
  const Table<TaskId, TaskStatus>& tasks_;
  TaskStates states_;
  check::LinkRules rules_;
  Schedule dates_;  // the course's, with actual dates
  std::vector<std::vector<LinkId>> links_to_;
  std::vector<std::vector<TaskId>> children_;
};

}  // namespace diaodu::track
