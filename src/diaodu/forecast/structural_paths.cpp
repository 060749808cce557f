#include <algorithm>
#include <cmath>

#include "diaodu/forecast/scale.h"
#include "diaodu/forecast/spread.h"
#include "diaodu/forecast/structural.h"

namespace diaodu::forecast {

Forecast structural_paths(const Series& series, const PathRequest& request) {
  const Logged logged = logarithm_of(series);
  StructuralForm form{.slots_per_year = series.slots_per_year};
  const StructuralOptions options{.is_damped = true, .prior_weight = 1};
  auto found = fit_structural(form, logged.values, {}, options);
  if (const auto* cannot = std::get_if<CannotForecast>(&found)) return *cannot;
  const auto& fit = std::get<StructuralFit>(found);
  const UncertainModel uncertain{
      .parameters = fit.parameters,
      .spread = fit.spread,
      .model_at =
          [&](std::span<const double> parameters) {
            const StructuralPoint point = structural_at(form, true, parameters);
            return structural_model(point.form, point.variances);
          },
      .series = logged.values,
      .is_logarithm = logged.is_logarithm};
  return draw_paths(uncertain, request, 'S');
}

}  // namespace diaodu::forecast
