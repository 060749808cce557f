#pragma once

#include <vector>

#include "diaodu/forecast/series.h"

namespace diaodu::forecast {

/// A series, or its logarithm where every number is positive.
struct Logged {
  bool is_logarithm = false;
  std::vector<double> values;
};

Logged logarithm_of(const Series& series);

}  // namespace diaodu::forecast
