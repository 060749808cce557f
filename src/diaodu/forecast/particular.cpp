#include "diaodu/forecast/particular.h"

#include <algorithm>

namespace diaodu::forecast {

namespace {

using Of = Uncertainty::Of;

}  // namespace

Particular::Key Particular::key(TaskId task, ModeId mode, ResourceId resource, Of of) {
  constexpr std::size_t kAny = static_cast<std::size_t>(-1);
  return {task ? task.index() : kAny, mode ? mode.index() : kAny,
          resource ? resource.index() : kAny, static_cast<std::size_t>(of)};
}

Particular::Particular(const Plan& plan)
    : plan_(plan), estimates_(plan.tasks.size(), nullptr), demands_(plan.tasks.size()) {
  for (const Uncertainty& row : plan.uncertainties)
    rows_.emplace_back(key(row.task, row.mode, row.resource, row.of), &row);
  std::stable_sort(rows_.begin(), rows_.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  for (const Estimate& estimate : plan.estimates) estimates_[estimate.task] = &estimate;
  for (const Demand& demand : plan.demands) demands_[demand.task].push_back(&demand);
}

const Uncertainty* Particular::at(TaskId task, ModeId mode, ResourceId resource, Of of) const {
  const Key wanted = key(task, mode, resource, of);
  const auto found =
      std::lower_bound(rows_.begin(), rows_.end(), wanted,
                       [](const auto& row, const Key& than) { return row.first < than; });
  return found == rows_.end() || found->first != wanted ? nullptr : found->second;
}

/// `resources` in the order in which they go before each other.
Particular::Found Particular::among(Of of, TaskId task, ModeId mode,
                                    const Resources& resources) const {
  const bool is_rate = of == Of::rate;  // always of a resource
  const auto here = [&](TaskId at_task, ModeId at_mode) -> const Uncertainty* {
    for (const ResourceId resource : resources) {
      if (const Uncertainty* row = at(at_task, at_mode, resource, of)) return row;
    }
    return is_rate ? nullptr : at(at_task, at_mode, {}, of);
  };
  if (mode) {
    if (const Uncertainty* row = here(task, mode)) return {.row = row};
  }
  if (const Uncertainty* row = here(task, {})) return {.row = row};
  if (of == Of::duration && estimates_[task] != nullptr) return {.estimate = estimates_[task]};
  for (TaskId above = plan_.tasks[task].parent; above; above = plan_.tasks[above].parent) {
    if (const Uncertainty* row = here(above, {})) return {.row = row};
  }
  return {.row = here({}, {})};
}

Particular::Found Particular::find(Of of, TaskId task, ModeId mode) const {
  Resources resources;
  for (const Demand* demand : demands_[task]) {
    if (demand->resource && (!demand->mode || demand->mode == mode))
      resources.push_back(demand->resource);
  }
  return among(of, task, mode, resources);
}

Particular::Found Particular::rate(TaskId task, ModeId mode, ResourceId resource) const {
  return among(Of::rate, task, mode, {resource});
}

}  // namespace diaodu::forecast
