#include <algorithm>
#include <cmath>

#include "diaodu/forecast/scale.h"
#include "diaodu/forecast/spread.h"
#include "diaodu/forecast/structural.h"

namespace diaodu::forecast {

namespace {

// A log-likelihood to a ten-thousandth is more than enough: parameters are drawn from their spread.
const StructuralOptions kPathOptions{.is_damped = true, .prior_weight = 1, .least_gain = 1e-6};

/// The growth that is returned to, as a regressor.
Regressors line(Growth growth, std::size_t size) {
  if (growth == Growth::fading) return {};
  std::vector<double> column(size);
  for (std::size_t t = 0; t < size; ++t) column[t] = 0.01 * static_cast<double>(t);
  return {column};
}

}  // namespace

Forecaster structural_forecaster(const Series& series, Growth growth) {
  const Logged logged = logarithm_of(series);
  const StructuralForm form{.slots_per_year = series.slots_per_year};
  auto found = fit_structural(form, logged.values, line(growth, series.size()), kPathOptions);
  if (const auto* cannot = std::get_if<CannotForecast>(&found))
    return [why = *cannot](const Series&, const PathRequest&) -> Futures { return why; };
  return [form, growth, fit = std::get<StructuralFit>(std::move(found)), size = series.size(),
          is_logarithm = logged.is_logarithm](const Series& given, const PathRequest& request) {
    const std::vector<double> values = is_logarithm ? logarithm_of(given).values : given.values;
    const Regressors regressors = line(growth, given.size() + request.horizon);
    const UncertainModel uncertain{.parameters = fit.parameters,
                                   .spread = fit.spread,
                                   .model_at =
                                       [&](std::span<const double> parameters) {
                                         const StructuralPoint point =
                                             structural_at(form, true, parameters);
                                         return structural_model(point.form, point.variances);
                                       },
                                   .series = values,
                                   .regressors = &regressors,
                                   .is_logarithm = is_logarithm,
                                   .num_draws = given.size() < size ? kNumPastDraws : kNumDraws};
    return draw_paths(uncertain, request, growth == Growth::fading ? 'S' : 'R');
  };
}

Futures structural_paths(const Series& series, const PathRequest& request) {
  return structural_forecaster(series)(series, request);
}

}  // namespace diaodu::forecast
