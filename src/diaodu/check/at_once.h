#pragma once

#include <cstdint>
#include <vector>

#include "diaodu/check/possible_dates.h"
#include "diaodu/plan/plan.h"
#include "diaodu/plan/progress.h"

namespace diaodu::check {

/// Which of some tasks can be at work at the same moment in a schedule that `judge` calls legal: those that fit into
/// the most that each resource has in some minutes, and that no links keep apart.  Straight from the plan's tables.
///
/// Links keep a task's finish before another's start if they say so one after the other: finish to start or start to
/// start, no leads, through tasks that have not begun and are sure to be done, and through summaries.
///
/// Costs a knapsack for each resource, O(tasks * units of capacity); where none of these alone is proof enough,
/// O(tasks * links) to tell what is apart, and a search.
class AtOnce {
 public:
  /// The tasks have not begun; each stands there once.  `worked`: the minutes, in order.  Plan and states must outlive it.
  AtOnce(const Plan& plan, const TaskStates& states, const PossibleDates& dates,
         std::vector<TaskId> tasks, std::vector<Interval> worked);

  /// Never do those at work at once weigh more than `limit`: positive weights, of each task.  False too where that
  /// takes more than some millions of steps to find out.
  bool weigh_at_most(const std::vector<std::int64_t>& weights, std::int64_t limit);

 private:
  /// A resource that cannot do all at once, in units that are whole or rounded down.
  struct Scarce {
    std::size_t capacity = 0;
    std::vector<std::size_t> needs;  // of each task
  };
  class Search;

  void find_scarce(const PossibleDates& dates);
  void find_apart();
  static std::int64_t most_by(const Scarce& scarce, const std::vector<std::int64_t>& weights);

  const Plan& plan_;
  const TaskStates& states_;
  std::vector<TaskId> tasks_;
  std::vector<Interval> worked_;
  std::vector<Scarce> scarce_;
  std::vector<std::vector<char>> is_apart_;  // found when it is asked for
};

}  // namespace diaodu::check
