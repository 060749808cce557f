#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "diaodu/forecast/series.h"
#include "diaodu/forecast/state_space.h"

namespace diaodu::forecast {

/// A root of the inverse of `information` (n x n, symmetric).  In directions where the likelihood is flatter than a
/// normal of deviation 1.5, or not curved upwards, it is taken for that: a parameter at its boundary does not wander
/// off.
std::vector<double> spread_of(const std::vector<double>& information, std::size_t size);

/// Sets of parameters that are drawn for a series: a pass over it costs as much as some fifty paths.
inline constexpr std::size_t kNumDraws = 32;
/// And for its beginnings, where past skill is looked at.
inline constexpr std::size_t kNumPastDraws = 4;

/// A model whose parameters are known up to a spread, and what it is of.
struct UncertainModel {
  std::vector<double> parameters;
  std::vector<double> spread;
  std::function<StateSpace(std::span<const double>)> model_at;  ///< variances up to the scale
  std::span<const double> series;
  const Regressors* regressors = nullptr;  ///< as long as the series and the horizon
  bool is_logarithm = false;               ///< the paths are of its exponential
  std::size_t num_draws = kNumDraws;       ///< sets of parameters
};

/// Paths with parameters drawn from their spread, the scale from its inverse chi-square, coefficients from their
/// normal; path p has set p % num_draws.
Futures draw_paths(const UncertainModel& uncertain, const PathRequest& request,
                   std::uint64_t method);

}  // namespace diaodu::forecast
