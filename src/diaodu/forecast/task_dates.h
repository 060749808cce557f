#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "diaodu/forecast/risk.h"
#include "diaodu/forecast/side.h"

namespace diaodu::forecast {

/// The dates of every task in the first trials: of as many as fit into some 32 MiB, but 4,096 at most.
class TaskSample {
 public:
  TaskSample(const Plan& plan, std::int64_t num_trials);

  /// Takes what it wants of a block whose first lane is trial `first`.  Blocks may come from several threads.
  void take(const Side& side, const FlowEngine::Block& block, std::uint64_t first,
            std::size_t lanes);

  /// How many of the first `num_trials` are sampled.
  std::int64_t num_of(std::int64_t num_trials) const {
    return std::min(static_cast<std::int64_t>(size_), num_trials);
  }

  /// Quantiles over the sampled ones of the first `num_trials`; summaries span what lies below them, and what
  /// is completed or not scheduled stays as the schedule says.  Criticality is left to the caller.
  Table<TaskId, TaskDates> tell(const Plan& plan, const Schedule& schedule,
                                const TaskStates& states, std::int64_t num_trials);

 private:
  Instant start_;     // of the plan
  std::size_t size_;  // trials
  // Minutes since the plan's start: of task t in trial i entry t * size_ + i.
  std::vector<std::int32_t> starts_;
  std::vector<std::int32_t> finishes_;
};

}  // namespace diaodu::forecast
