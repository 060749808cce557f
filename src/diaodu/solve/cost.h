#pragma once

#include <array>
#include <cstdint>
#include <limits>

#include "diaodu/plan/objective.h"

namespace diaodu::solve {

/// How good a schedule is: first what it breaks, then the values of the objectives in their order
/// (`Wanted::order`), a finish in minutes on the model's axis.
struct Cost {
  using Values = std::array<std::int64_t, kNumObjectives>;
  static constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

  /// More than any sum of minutes: nothing fits, so nothing else counts.
  static constexpr std::int64_t kNothingFits = std::int64_t{1} << 50;

  std::int64_t broken =
      kMost;  ///< minutes beyond hard limits; `kNothingFits` or more where nothing fits
  Values values = {kMost, kMost, kMost};
  Instant finish = kNever;  ///< also one of the values

  /// False where no schedule was found at all, not even one that breaks limits.
  bool is_of_schedule() const { return broken < kNothingFits; }

  friend auto operator<=>(const Cost&, const Cost&) = default;
};

/// Nothing broken, and none of the values more than that: what ends a search where these are lower bounds.
inline bool meets(const Cost& cost, const Cost::Values& bounds) {
  if (cost.broken != 0) return false;
  for (std::size_t i = 0; i < bounds.size(); ++i) {
    if (cost.values[i] > bounds[i]) return false;
  }
  return true;
}

/// Bounds that no schedule meets.
inline constexpr Cost::Values kNothing = {-Cost::kMost, -Cost::kMost, -Cost::kMost};

}  // namespace diaodu::solve
