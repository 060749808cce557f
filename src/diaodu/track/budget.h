#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "diaodu/core/finding.h"
#include "diaodu/core/id.h"
#include "diaodu/plan/plan.h"
#include "diaodu/plan/schedule.h"
#include "diaodu/plan/working_times.h"
#include "diaodu/track/record.h"
#include "diaodu/track/status.h"

namespace diaodu::track {

/// No sum of budgets, or of what was spent, goes beyond: far enough from the end of the integer for all that is worked
/// out of them.
inline constexpr Money kMostMoney{1'000'000'000'000'000'000};

/// `cost x share`, to the cent, half away from zero.
Money part_of(Money cost, const Share& share);

/// A part of a task's cost: what one resource costs, or (no resource) what is fixed.
struct CostLine {
  ResourceId resource;
  Money cost;
};

/// What a task costs in a schedule: its fixed cost and that of its mode; of people and machines rate x amount x
/// the task's duration; of what is used up rate x amount.  Who fills demands for skills, the schedule says.
/// Not of what is left out.  No line is 0.
class TaskCosts {
 public:
  TaskCosts(const Plan& plan, const Schedule& schedule);

  std::span<const CostLine> of(TaskId task) const {
    return std::span(lines_).subspan(first_[task.index()],
                                     first_[task.index() + 1] - first_[task.index()]);
  }
  Money total(TaskId task) const;

 private:
  std::vector<CostLine> lines_;
  std::vector<std::size_t> first_;
};

/// The schedule as a baseline, every task that is in it with what it costs; a summary with its own fixed cost.
Baseline take_baseline(const Plan& plan, const Schedule& schedule, std::string name, Instant taken);

/// A baseline by the plan's ids: when each task was to be done, and for how much of which resource.
///
/// A task's budget is the one in the baseline.  Where that differs from what the plan would make of it now, it is
/// divided among resources as the plan's is, to the cent.  Money is spent evenly over the working time from start to
/// finish, that of a milestone at its date; a summary's own on the plan's calendar.
class Budget {
 public:
  /// `costs` are the plan's of now.  All but `baseline` must outlive it.  Rows that cannot be are findings.
  Budget(const Plan& plan, const WorkingTimes& times, const Schedule& schedule,
         const TaskCosts& costs, const Baseline& baseline, Findings& findings);

  bool has(TaskId task) const { return !during_[task].is_empty() || is_point_[task] != 0; }
  const Interval& during(TaskId task) const { return during_[task]; }
  std::span<const CostLine> of(TaskId task) const {
    return std::span(lines_).subspan(first_[task.index()],
                                     first_[task.index() + 1] - first_[task.index()]);
  }
  /// How much of it should be done at `when`.
  Share share(TaskId task, Instant when) const;
  /// Of the whole plan, planned up to `when`; costs O(tasks).
  Money planned(Instant when) const;
  Money total() const { return total_; }
  /// From the first start to the last finish; empty where nothing is in the baseline.
  const Interval& dates() const { return dates_; }
  const Calendar& calendar(TaskId task) const { return *calendars_[task]; }

 private:
  void add(Money budget, std::span<const CostLine> now);

  const Plan& plan_;
  Table<TaskId, Interval> during_;
  Table<TaskId, char> is_point_;
  Table<TaskId, const Calendar*> calendars_;
  std::vector<CostLine> lines_;
  std::vector<std::size_t> first_;
  Interval dates_{kNever, kEver};
  Money total_;
};

}  // namespace diaodu::track
