#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "diaodu/solve/problem.h"

namespace diaodu::solve {

/// The load of one resource over time, as the sum of parts that come and go.  A step begins wherever a part begins or
/// ends, even if the load stays the same; it lasts until the next, and the last one, of no load, for ever.
///
/// O(log s + steps of the part + steps behind, which are moved) to add or remove a part of s steps.
class Profile {
 public:
  using Time = Problem::Time;

  /// During `[from, to)`, which is not empty.
  void add(Time from, Time to, std::int32_t amount);
  /// What was added.
  void remove(Time from, Time to, std::int32_t amount);

  std::size_t size() const { return steps_.size(); }
  Time from(std::size_t step) const { return steps_[step].from; }
  Time to(std::size_t step) const {
    return step + 1 < steps_.size() ? steps_[step + 1].from : Problem::kNoLimit;
  }
  std::int32_t height(std::size_t step) const { return steps_[step].height; }
  /// Of all steps; 0 if there is none.
  std::int32_t highest() const;
  /// Of those that meet `[from, to)`; 0 if there is none.
  std::int32_t highest_in(Time from, Time to) const;

  /// The first step that ends after `time`.
  std::size_t step_at(Time time) const {
    return std::max<std::size_t>(1, num_before(time + 1)) - 1;
  }

 private:
  struct Step {
    Time from;
    std::int32_t height;
    std::int32_t num_ends;  // of parts that begin or end where it begins
  };

  /// How many steps begin before `time`.
  std::size_t num_before(Time time) const {
    const auto next = std::partition_point(steps_.begin(), steps_.end(),
                                           [time](const Step& step) { return step.from < time; });
    return static_cast<std::size_t>(next - steps_.begin());
  }
  std::size_t begin_step(Time time);
  void end_step(std::size_t step);

  std::vector<Step> steps_;  // in order of time
};

}  // namespace diaodu::solve
