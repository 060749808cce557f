#pragma once

#include <array>
#include <utility>
#include <vector>

#include "diaodu/plan/plan.h"

namespace diaodu::forecast {

/// The row of `uncertainty` that counts for a quantity of a task done in `mode`, the most particular one;
/// or the estimate of its duration in `tasks`; or neither.  For rates, `resource` is whose rate it is.
class Particular {
 public:
  struct Found {
    const Uncertainty* row = nullptr;
    const Estimate* estimate = nullptr;
  };

  explicit Particular(const Plan& plan);
  Found duration(TaskId task, ModeId mode) const {
    return find(Uncertainty::Of::duration, task, mode);
  }
  Found cost(TaskId task, ModeId mode) const { return find(Uncertainty::Of::cost, task, mode); }
  Found rate(TaskId task, ModeId mode, ResourceId resource) const;

 private:
  using Resources = std::vector<ResourceId>;
  Found find(Uncertainty::Of of, TaskId task, ModeId mode) const;
  Found among(Uncertainty::Of of, TaskId task, ModeId mode, const Resources& resources) const;
  const Uncertainty* at(TaskId task, ModeId mode, ResourceId resource, Uncertainty::Of of) const;

  using Key = std::array<std::size_t, 4>;
  static Key key(TaskId task, ModeId mode, ResourceId resource, Uncertainty::Of of);

  const Plan& plan_;
  std::vector<std::pair<Key, const Uncertainty*>> rows_;  // by key
  Table<TaskId, const Estimate*> estimates_;
  Table<TaskId, std::vector<const Demand*>> demands_;
};

}  // namespace diaodu::forecast
