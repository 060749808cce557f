#include "diaodu/forecast/smoothing.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "diaodu/forecast/descent.h"
#include "diaodu/forecast/scale.h"
#include "diaodu/forecast/smoothing_kernel.h"

namespace diaodu::forecast {

namespace {

using Trend = SmoothingForm::Trend;
using FormSeason = SmoothingForm::Season;

void scale_states(SmoothingStates& states, const SmoothingForm& form, double scale) {
  states.level *= scale;
  states.slope *= scale;
  if (form.season == FormSeason::additive)
    for (double& season : states.seasons) season *= scale;
}

bool is_positive(const Series& series) {
  return std::none_of(series.values.begin(), series.values.end(),
                      [](double value) { return value <= 0; });
}

bool is_constant(const Series& series) {
  double known = std::numeric_limits<double>::quiet_NaN();
  for (const double value : series.values) {
    if (!std::isfinite(value)) continue;
    if (value != known && std::isfinite(known)) return false;
    known = value;
  }
  return true;
}

}  // namespace

std::string show(const SmoothingForm& form) {
  constexpr const char* kTrend[] = {"N", "A", "Ad"};
  constexpr const char* kSeason[] = {"N", "A", "M"};
  std::string text = "ETS(";
  text.append(form.is_multiplicative ? "M" : "A").append(",");
  text.append(kTrend[static_cast<std::size_t>(form.trend)]).append(",");
  return text.append(kSeason[static_cast<std::size_t>(form.season)]).append(")");
}

double smoothing_likelihood(const Series& series, const SmoothingForm& form,
                            const SmoothingParameters& parameters) {
  const SmoothingKernel kernel(series, form);
  SmoothingParameters scaled = parameters;
  scale_states(scaled.first, form, 1 / kernel.scale());
  SmoothingStates last;
  double squares = 0;
  double log_sum = 0;
  if (!kernel.run(scaled, last, squares, log_sum)) return -std::numeric_limits<double>::infinity();
  const auto known = static_cast<double>(kernel.num_known());
  return -(known * std::log(squares) + 2 * log_sum) / 2 - known * std::log(kernel.scale());
}

std::optional<SmoothingFit> fit_smoothing(const Series& series, const SmoothingForm& form,
                                          const SmoothingParameters* near) {
  SmoothingKernel kernel(series, form);
  const std::size_t num_parameters = kernel.num_parameters() + 1;  // and the error's deviation
  if (kernel.num_known() < num_parameters + 2) return std::nullopt;
  if (form.season != FormSeason::none && series.slots_per_year < 2) return std::nullopt;
  if ((form.is_multiplicative || form.season == FormSeason::multiplicative) && !is_positive(series))
    return std::nullopt;
  if (is_constant(series)) return std::nullopt;
  // Two beginnings, since the likelihood of a slow and of a quick level may both have a top.
  std::vector<std::vector<double>> starts;
  if (near) {
    const double alpha = std::clamp(near->alpha, 0.02, 0.95);
    starts.push_back(kernel.start(alpha, std::clamp(near->beta, 0.02 * alpha, 0.9 * alpha),
                                  std::clamp(near->gamma, 0.02 * (1 - alpha), 0.9 * (1 - alpha))));
  } else {
    starts = {kernel.start(0.2, 0.02, 0.05), kernel.start(0.7, 0.05, 0.02)};
  }
  std::optional<Descent> best;
  for (const auto& start : starts) {
    Descent found =
        descend([&](auto at, auto slope) { return kernel.cost(at, slope); }, start, 250);
    if (!std::isfinite(found.value)) continue;
    if (!best || found.value < best->value) best = std::move(found);
  }
  if (!best) return std::nullopt;
  SmoothingFit fit{.form = form, .parameters = kernel.parameters(best->at), .place = best->at};
  double squares = 0;
  double log_sum = 0;
  if (!kernel.run(fit.parameters, fit.last, squares, log_sum)) return std::nullopt;
  const auto known = static_cast<double>(kernel.num_known());
  const auto count = static_cast<double>(num_parameters);
  fit.log_likelihood = -best->value / 2 - known * std::log(kernel.scale());
  fit.aicc = -2 * fit.log_likelihood + 2 * count + 2 * count * (count + 1) / (known - count - 1);
  const double deviation = std::sqrt(squares / std::max(known - count, known / 2));
  fit.deviation = form.is_multiplicative ? deviation : deviation * kernel.scale();
  scale_states(fit.parameters.first, form, kernel.scale());
  scale_states(fit.last, form, kernel.scale());
  return fit;
}

namespace {

/// As the forms are fitted: the logarithm if asked, less its middle.
Series prepared(const Series& series, bool is_logarithm, double middle) {
  Series made = series;
  for (double& value : made.values) value = (is_logarithm ? std::log(value) : value) - middle;
  return made;
}

double middle_of(const std::vector<double>& values) {
  double sum = 0;
  double count = 0;
  for (const double value : values) {
    if (!std::isfinite(value)) continue;
    sum += value;
    ++count;
  }
  return sum / std::max(1.0, count);
}

std::optional<SmoothingFit> best_fit(const Series& series, SmoothingTrends trends) {
  // What a slope that goes on for ever must gain in AICc.
  constexpr double kPriceOfSlope = 8;
  std::optional<SmoothingFit> best;
  double least = std::numeric_limits<double>::infinity();
  for (const Trend trend : trends) {
    for (const FormSeason season : {FormSeason::none, FormSeason::additive}) {
      auto fit = fit_smoothing(series, {.trend = trend, .season = season});
      if (!fit) continue;
      const double price = fit->aicc + (trend == Trend::additive ? kPriceOfSlope : 0);
      if (!(price < least)) continue;
      least = price;
      best = std::move(fit);
    }
  }
  return best;
}

Paths constant_paths(const Series& series, const PathRequest& request) {
  const double value = *std::find_if(series.values.begin(), series.values.end(),
                                     [](double each) { return std::isfinite(each); });
  return {request.horizon, request.count,
          std::vector<double>(request.horizon * request.count, value)};
}

}  // namespace

Forecaster smoothing_forecaster(const Series& series, SmoothingTrends trends) {
  const CannotForecast too_few{"exponential smoothing needs more known slots than these",
                               "指数平滑法所需的已知数据多于现有数据"};
  const bool has_any = std::any_of(series.values.begin(), series.values.end(),
                                   [](double value) { return std::isfinite(value); });
  if (has_any && is_constant(series)) return constant_paths;
  const bool is_logarithm = is_positive(series);
  const double middle = middle_of(logarithm_of(series).values);
  const auto best = best_fit(prepared(series, is_logarithm, middle), trends);
  if (!best) return [too_few](const Series&, const PathRequest&) -> Futures { return too_few; };
  return [=, size = series.size()](const Series& given, const PathRequest& request) -> Futures {
    const Series values = prepared(given, is_logarithm, middle);
    auto fit = best;
    if (given.size() < size) fit = fit_smoothing(values, best->form, &best->parameters);
    if (!fit) return too_few;
    Paths paths = smoothing_paths(values, *fit, request);
    for (double& value : paths.values)
      value = is_logarithm ? std::exp(value + middle) : value + middle;
    return paths;
  };
}

Futures smoothing_paths(const Series& series, const PathRequest& request, SmoothingTrends trends) {
  return smoothing_forecaster(series, trends)(series, request);
}

}  // namespace diaodu::forecast
