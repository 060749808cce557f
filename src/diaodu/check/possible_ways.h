#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "diaodu/plan/plan.h"
#include "diaodu/plan/progress.h"
#include "diaodu/plan/working_times.h"

namespace diaodu::check {

/// In which ways what remains of each task may be done, and what a lag between two tasks may then be.
class PossibleWays {
 public:
  struct Way {
    ModeId mode;
    const Calendar* calendar;
    WorkTime work;
    WorkTime duration;
  };
  /// What a lag comes to: so many minutes by a calendar's clock; negative: a lead.
  struct LagClock {
    const Calendar* calendar;
    std::int64_t minutes;
  };

  /// All must outlive it.
  PossibleWays(const Plan& plan, const WorkingTimes& times, const TaskStates& states);

  /// All modes but those that can never be done.
  std::span<const Way> of(TaskId task) const {
    return std::span(ways_).subspan(first_way_[task.index()],
                                    first_way_[task.index() + 1] - first_way_[task.index()]);
  }
  /// The lag in every way in which its tasks may be done; until the next call.
  std::span<const LagClock> clocks(const Link& link, const Lag& lag);

 private:
  void drop_hopeless_ways(std::size_t first);

  const Plan& plan_;
  const WorkingTimes& times_;
  Calendar around_the_clock_;
  std::vector<Way> ways_;
  std::vector<std::size_t> first_way_;
  std::vector<LagClock> clocks_;
};

}  // namespace diaodu::check
