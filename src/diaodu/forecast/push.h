#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "diaodu/forecast/outlook.h"
#include "diaodu/plan/plan.h"

namespace diaodu::forecast {

/// What a unit of effort on one target is expected to add.
struct Push {
  TargetId target;
  double points = 0;          ///< of all, expected
  double standard_error = 0;  ///< of these points, by common random numbers
  double own_points = 0;      ///< of the target itself
  double probability =
      0;  ///< of the target's goal then; its own in the outlook is without the push
  /// How often this push stays the first, and among the first three, when every weight is moved by up to 20 %
  /// up or down, independently.
  double first_share = 0;
  double first_three_share = 0;
};

/// All targets that have an `effort_gain` and something still to come, the best first: what a unit adds to the
/// expected points, in the same futures with and without it.  A push moves the target itself, what is rolled up
/// from it, and what scores either.  Deterministic; `num_weightings` draws for the stability of the order.
std::vector<Push> rank_pushes(const Plan& plan, const Outlook& outlook, std::uint64_t seed,
                              std::size_t num_weightings = 200);

}  // namespace diaodu::forecast
