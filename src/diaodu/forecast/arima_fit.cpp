#include <algorithm>
#include <cmath>
#include <limits>

#include "diaodu/forecast/arima.h"
#include "diaodu/forecast/china_calendar.h"
#include "diaodu/forecast/minimise.h"
#include "diaodu/forecast/moving_average.h"
#include "diaodu/forecast/scale.h"
#include "diaodu/forecast/spread.h"

namespace diaodu::forecast {

namespace {

// tanh of it is 1 - 1.2e-5: as good as the unit circle.
constexpr double kFurthest = 6;
// Moving averages of usual monthly series lie around tanh(0.6) and tanh(0.8).
constexpr double kUsualAverage = 0.6;
constexpr double kUsualSeasonalAverage = 0.8;

double squared(double x) { return x * x; }

std::vector<double> usual_parameters(const ArimaOrder& order) {
  std::vector<double> out(order.num_parameters(), 0);
  const auto average = static_cast<std::size_t>(order.autoregressive);
  for (int i = 0; i < std::min(1, order.moving_average); ++i) out[average] = kUsualAverage;
  const std::size_t seasonal = out.size() - static_cast<std::size_t>(order.seasonal_moving_average);
  for (int i = 0; i < std::min(1, order.seasonal_moving_average); ++i)
    out[seasonal] = kUsualSeasonalAverage;
  return out;
}

}  // namespace

std::variant<ArimaFit, CannotForecast> fit_arima(const ArimaOrder& order,
                                                 std::span<const double> series,
                                                 const Regressors& regressors,
                                                 const ArimaOptions& options) {
  const std::vector<double> usual = usual_parameters(order);
  const auto at = [&](std::span<const double> parameters) {
    return filter(arima_model(order, arima_at(order, parameters)), series, regressors);
  };
  const ArimaDifferences differences(order, series, regressors);
  const auto passed = [&](std::span<const double> parameters) {
    return differences.is_possible() ? differences.at(arima_at(order, parameters), 1)
                                     : at(parameters);
  };
  const Objective penalised = [&](std::span<const double> parameters) {
    double value =
        -likelihood(passed(parameters), Scale::concentrated, options.coefficients).log_likelihood;
    for (std::size_t i = 0; i < usual.size(); ++i) {
      value += 0.5 * options.prior_weight * squared(parameters[i] - usual[i]);
      value += squared(std::max(0.0, std::abs(parameters[i]) - kFurthest));
    }
    return value;
  };
  const Filtered first = at(usual);
  if (first.num_unsettled > 0 || first.num_observed < first.num_diffuse + regressors.size() + 3)
    return not_identified(first);

  ArimaFit fit{.order = order};
  Minimum best{.value = std::numeric_limits<double>::infinity()};
  std::vector<std::vector<double>> starts = {usual};
  if (options.prior_weight == 0) starts.emplace_back(usual.size(), 0.0);
  for (const auto& start : starts) {
    Minimum found = minimise(penalised, start, options.least_gain);
    fit.num_evaluations += found.num_evaluations;
    if (found.value < best.value) best = std::move(found);
  }
  if (!std::isfinite(best.value)) return not_identified(first);
  fit.parameters = best.at;
  fit.coefficients = arima_at(order, fit.parameters);
  fit.likelihood = likelihood(at(fit.parameters), Scale::concentrated, options.coefficients);
  fit.spread = spread_of(curvature(penalised, fit.parameters), usual.size());
  const auto size = static_cast<double>(first.num_observed - first.num_diffuse);
  const auto counted = static_cast<double>(usual.size() + regressors.size() + 1);
  // With so few numbers the correction has no value, and whatever is fitted more would look better.
  const double freedom = size - counted - 1;
  fit.aicc = freedom > 0 ? -2 * fit.likelihood.log_likelihood + 2 * counted * size / freedom
                         : std::numeric_limits<double>::infinity();
  return fit;
}

namespace {

ArimaOrder airline_order(const Series& series) {
  ArimaOrder order{.slots_per_year = series.slots_per_year};
  if (series.slots_per_year == 1) {
    order.seasonal_differences = 0;
    order.seasonal_moving_average = 0;
  }
  return order;
}

// A log-likelihood to a ten-thousandth is more than enough: parameters are drawn from their spread.
const ArimaOptions kPathOptions{.prior_weight = 1, .least_gain = 1e-6};

Futures paths_of(const ArimaFit& fit, const Logged& logged, const Regressors& regressors,
                 const PathRequest& request, std::size_t num_draws) {
  const UncertainModel uncertain{.parameters = fit.parameters,
                                 .spread = fit.spread,
                                 .model_at =
                                     [&](std::span<const double> parameters) {
                                       return arima_model(fit.order,
                                                          arima_at(fit.order, parameters));
                                     },
                                 .series = logged.values,
                                 .regressors = &regressors,
                                 .is_logarithm = logged.is_logarithm,
                                 .num_draws = num_draws};
  return draw_paths(uncertain, request, 'A');
}

}  // namespace

Forecaster airline_forecaster(const Series& series, const AirlineOptions& options) {
  const Logged logged = logarithm_of(series);
  const ArimaOrder order = airline_order(series);
  auto found = fit_arima(order, logged.values, {}, kPathOptions);
  if (const auto* cannot = std::get_if<CannotForecast>(&found))
    return [why = *cannot](const Series&, const PathRequest&) -> Futures { return why; };
  ArimaFit fit = std::get<ArimaFit>(std::move(found));
  std::vector<std::size_t> chosen;  // of the groups that China's calendar offers
  const std::vector<Regressors> offered =
      options.has_china_calendar ? china_regressors(series, 0) : std::vector<Regressors>();
  Regressors regressors;
  // A regressor that hardly helps costs more in the forecast than it gives: AICC must fall by 2 at least.
  for (std::size_t group = 0; group < offered.size(); ++group) {
    Regressors more = regressors;
    more.insert(more.end(), offered[group].begin(), offered[group].end());
    auto tried = fit_arima(order, logged.values, more, kPathOptions);
    auto* better = std::get_if<ArimaFit>(&tried);
    if (!better || !(better->aicc < fit.aicc - 2)) continue;
    fit = std::move(*better);
    regressors = std::move(more);
    chosen.push_back(group);
  }
  return [fit, chosen, size = series.size(), is_logarithm = logged.is_logarithm](
             const Series& given, const PathRequest& request) -> Futures {
    const Logged values = is_logarithm ? logarithm_of(given) : Logged{false, given.values};
    Regressors columns;
    if (!chosen.empty()) {
      const std::vector<Regressors> groups = china_regressors(given, request.horizon);
      if (groups.size() <= chosen.back())
        return CannotForecast{"no calendar is known so far ahead", "日历资料未及预测期末"};
      for (const std::size_t group : chosen)
        columns.insert(columns.end(), groups[group].begin(), groups[group].end());
    }
    return paths_of(fit, values, columns, request, given.size() < size ? kNumPastDraws : kNumDraws);
  };
}

Futures airline_paths(const Series& series, const PathRequest& request,
                      const AirlineOptions& options) {
  return airline_forecaster(series, options)(series, request);
}

}  // namespace diaodu::forecast
