#pragma once

#include <cstdint>
#include <vector>

#include "diaodu/forecast/series.h"

namespace diaodu::forecast {

/// What a method draws normal numbers for: paths of different methods do not share theirs.
enum class Draw : std::uint8_t {
  smoothing_error,
  smoothing_parameter,
  theta,
  hand_rule,
  naive,
  pool
};

/// Standard normal number `step` of each path.  Path p's is the same however many are asked for.
std::vector<float> normals(const PathRequest& request, Draw draw, std::size_t step);

/// One of them, of any trial.
double normal(const PathRequest& request, Draw draw, std::size_t step, std::uint64_t trial);

}  // namespace diaodu::forecast
