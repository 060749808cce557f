#include "diaodu/forecast/scale.h"

#include <algorithm>
#include <cmath>

namespace diaodu::forecast {

Logged logarithm_of(const Series& series) {
  Logged out{.is_logarithm = std::all_of(series.values.begin(), series.values.end(),
                                         [](double value) { return !(value <= 0); }),
             .values = series.values};
  if (out.is_logarithm) {
    for (double& value : out.values) value = std::log(value);
  }
  return out;
}

}  // namespace diaodu::forecast
