#include <algorithm>
#include <cmath>

#include "diaodu/forecast/scale.h"
#include "diaodu/forecast/spread.h"
#include "diaodu/forecast/structural.h"

namespace diaodu::forecast {

namespace {

// A log-likelihood to a ten-thousandth is more than enough: parameters are drawn from their spread.
const StructuralOptions kPathOptions{.is_damped = true, .prior_weight = 1, .least_gain = 1e-6};

}  // namespace

Forecaster structural_forecaster(const Series& series) {
  const Logged logged = logarithm_of(series);
  const StructuralForm form{.slots_per_year = series.slots_per_year};
  auto found = fit_structural(form, logged.values, {}, kPathOptions);
  if (const auto* cannot = std::get_if<CannotForecast>(&found))
    return [why = *cannot](const Series&, const PathRequest&) -> Futures { return why; };
  return [form, fit = std::get<StructuralFit>(std::move(found)), size = series.size(),
          is_logarithm = logged.is_logarithm](const Series& given, const PathRequest& request) {
    const std::vector<double> values = is_logarithm ? logarithm_of(given).values : given.values;
    const UncertainModel uncertain{.parameters = fit.parameters,
                                   .spread = fit.spread,
                                   .model_at =
                                       [&](std::span<const double> parameters) {
                                         const StructuralPoint point =
                                             structural_at(form, true, parameters);
                                         return structural_model(point.form, point.variances);
                                       },
                                   .series = values,
                                   .is_logarithm = is_logarithm,
                                   .num_draws = given.size() < size ? kNumPastDraws : kNumDraws};
    return draw_paths(uncertain, request, 'S');
  };
}

Futures structural_paths(const Series& series, const PathRequest& request) {
  return structural_forecaster(series)(series, request);
}

}  // namespace diaodu::forecast
