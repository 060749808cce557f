#pragma once

#include <cstdint>
#include <vector>

#include "diaodu/plan/movement.h"
#include "diaodu/plan/plan.h"

namespace diaodu::report {

/// What all people are doing at an instant; the four sum to all of them.
struct Doing {
  std::int64_t at_start = 0;    ///< where they began, or not ready there yet
  std::int64_t on_the_way = 0;  ///< in a place between, or not ready yet where they are needed
  std::int64_t moving = 0;
  std::int64_t ready = 0;  ///< where they are needed
  std::int64_t all = 0;
};

/// Costs O(parties × legs).
Doing doing_at(const Plan& plan, const Movement& movement, Instant when);

/// The instants at which anything changes, ascending: somebody becomes ready, leaves or arrives.  Of more than
/// `most` only every so many, the first and the last always.
std::vector<Instant> moments_of(const Movement& movement, std::size_t most);

/// How many are needed from an instant on, in all places and roles together.
struct NeedStep {
  Instant from;
  std::int64_t count = 0;
};

/// Steps of what is needed by a time, ascending; needs without one are in `open`, as far as they exceed the rest.
struct NeedSteps {
  std::vector<NeedStep> steps;
  std::int64_t open = 0;
};
NeedSteps need_steps(const Plan& plan);

}  // namespace diaodu::report
