#pragma once

#include <cstdint>
#include <vector>

#include "diaodu/forecast/risk.h"

namespace diaodu::forecast {

/// Of trials that end after so many minutes and cost so many cents: how sure date and cost are together.  The pair
/// told is that of the k-th finish and the k-th cost with the least k for which at least the share `confidence` of the
/// trials keep both.  Undated trials (`kUndated`) keep no date.  Both of one size, not empty.
///
/// For trial i let k(i) = 1 + the larger of how many finishes are earlier, and how many costs are lower, than its
/// own: it keeps the pair of k exactly if k(i) <= k.
JointConfidence joint_confidence(Instant start, const std::vector<std::int32_t>& minutes,
                                 const std::vector<double>& costs, double confidence);

/// The standard error of the finish's P80, in minutes, from the P80s of 20 batches of the first `num_trials`
/// trials; 0 if those are less than 200.
double p80_error_of(const std::vector<std::int32_t>& minutes, std::int64_t num_trials);

/// The P80 and its error after an eighth, a quarter, half of the trials and all of them.
std::vector<Convergence> convergence_of(Instant start, const std::vector<std::int32_t>& minutes);

}  // namespace diaodu::forecast
