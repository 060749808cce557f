#pragma once

#include <optional>
#include <vector>

#include "diaodu/solve/model.h"

namespace diaodu::solve {

/// How much of one resource is free over time: a step function, kept as its steps in one flat array.
///
/// Below some ten thousand steps moving the tail of a flat array costs less than walking a tree.
/// `conflict` costs O(log n + steps inside), `take` O(log n + steps behind).
class Timeline {
 public:
  void reset(const std::vector<CapacityStep>& capacity) { steps_ = capacity; }

  /// The last, or the first, stretch inside `[from, to)` where less than `amount` is free.
  std::optional<Interval> last_conflict(Instant from, Instant to, Amount amount) const;
  std::optional<Interval> first_conflict(Instant from, Instant to, Amount amount) const;

  /// The least that is free inside `[from, to)`.
  Amount least_free(Instant from, Instant to) const;

  /// May leave less than nothing, where a date is forced.  A negative amount gives back.
  void take(Instant from, Instant to, Amount amount);

  const std::vector<CapacityStep>& steps() const { return steps_; }

 private:
  std::size_t step_at(Instant instant) const;  // the step that `instant` lies in
  std::size_t split(Instant instant);          // makes a step begin there; its number
  Instant end_of(std::size_t step) const {
    return step + 1 < steps_.size() ? steps_[step + 1].from : kNever;
  }

  std::vector<CapacityStep> steps_;
};

}  // namespace diaodu::solve
