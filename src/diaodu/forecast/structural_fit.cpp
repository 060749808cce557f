#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "diaodu/forecast/minimise.h"
#include "diaodu/forecast/moving_average.h"
#include "diaodu/forecast/spread.h"
#include "diaodu/forecast/structural.h"

namespace diaodu::forecast {

namespace {

// Log ratios to the irregular's variance beyond these are boundaries; a wall of squares keeps the search inside.
constexpr double kLowest = -16;
constexpr double kHighest = 14;
constexpr double kLeastDamping = 0.5;
constexpr double kMostDamping = 0.998;

/// What is believed of a parameter: a normal with this mean and deviation.
struct Belief {
  double mean = 0;
  double deviation = 1;
};
constexpr Belief kLevelBelief{-1.5, 2};
constexpr Belief kSlopeBelief{-7, 2.5};
constexpr Belief kSeasonBelief{-5, 2};
constexpr Belief kDampingBelief{2, 1.2};

double squared(double x) { return x * x; }

double beyond(double parameter, double lowest, double highest) {
  return squared(std::max(0.0, lowest - parameter)) + squared(std::max(0.0, parameter - highest));
}

double damping_of(double parameter) {
  return kLeastDamping + (kMostDamping - kLeastDamping) / (1 + std::exp(-parameter));
}

std::vector<Belief> beliefs(const StructuralForm& form, bool is_damped) {
  std::vector<Belief> out = {kLevelBelief};
  if (form.trend == Trend::slope) out.push_back(kSlopeBelief);
  if (form.has_season()) out.push_back(kSeasonBelief);
  if (is_damped) out.push_back(kDampingBelief);
  return out;
}

}  // namespace

StructuralPoint structural_at(const StructuralForm& form, bool is_damped,
                              std::span<const double> parameters) {
  StructuralPoint point{.form = form, .variances = {.irregular = 1}};
  std::size_t next = 0;
  const auto ratio = [&] {
    return std::exp(std::clamp(parameters[next++], kLowest - 4, kHighest + 4));
  };
  point.variances.level = ratio();
  if (form.trend == Trend::slope) point.variances.slope = ratio();
  if (form.has_season()) point.variances.season = ratio();
  if (is_damped) point.form.damping = damping_of(parameters[next]);
  return point;
}

std::variant<StructuralFit, CannotForecast> fit_structural(const StructuralForm& form,
                                                           std::span<const double> series,
                                                           const Regressors& regressors,
                                                           const StructuralOptions& options) {
  const bool is_damped = options.is_damped && form.trend == Trend::slope;
  const std::vector<Belief> prior = beliefs(form, is_damped);
  const std::size_t size = prior.size();
  Regressors columns = regressors;
  if (options.cumulator) {
    for (auto& column : columns) column = cumulated(column, *options.cumulator);
  }
  StateSpace model;
  const auto model_at = [&](std::span<const double> parameters) -> const StateSpace& {
    const StructuralPoint point = structural_at(form, is_damped, parameters);
    if (options.cumulator) {
      model = cumulated_model(point.form, point.variances, *options.cumulator);
    } else if (model.phases.empty() || is_damped) {
      model = structural_model(point.form, point.variances);
    } else {
      const StructuralVariances& made = point.variances;
      model.variances = {made.level, made.slope, made.season, made.irregular};
    }
    return model;
  };
  const auto at = [&](std::span<const double> parameters) {
    return filter(model_at(parameters), series, columns);
  };
  const StructuralDifferences differences(form, series, columns);
  const bool is_reduced = differences.is_possible() && !options.cumulator;
  const auto passed = [&](std::span<const double> parameters) {
    if (!is_reduced) return at(parameters);
    const StructuralPoint point = structural_at(form, is_damped, parameters);
    return differences.at(point.form.damping, point.variances);
  };
  const Objective penalised = [&](std::span<const double> parameters) {
    double value =
        -likelihood(passed(parameters), Scale::concentrated, options.coefficients).log_likelihood;
    for (std::size_t i = 0; i < size; ++i) {
      value += 0.5 * options.prior_weight *
               squared((parameters[i] - prior[i].mean) / prior[i].deviation);
      const bool is_damping = is_damped && i + 1 == size;
      value += is_damping ? beyond(parameters[i], -6, 6) : beyond(parameters[i], kLowest, kHighest);
    }
    return value;
  };

  // Where the series says nothing of the start, no parameter will help.
  std::vector<double> typical(size);
  for (std::size_t i = 0; i < size; ++i) typical[i] = prior[i].mean;
  const Filtered first = at(typical);
  if (first.num_unsettled > 0 || first.num_observed < first.num_diffuse + regressors.size() + 3)
    return not_identified(first);

  StructuralFit fit;
  Minimum best{.value = std::numeric_limits<double>::infinity()};
  std::vector<std::vector<double>> starts = {typical};
  if (options.prior_weight == 0) {
    std::vector<double> lively = typical;  // all is movement
    lively[0] = 4;
    starts.push_back(lively);
    std::vector<double> steady = typical;  // all is noise
    steady[0] = -6;
    if (form.has_season()) steady[form.trend == Trend::slope ? 2 : 1] = -9;
    starts.push_back(steady);
  }
  // All starts roughly, to see whose hill is the highest; that one to its top.
  constexpr double kRough = 1e-3;
  for (const auto& start : starts) {
    if (starts.size() == 1) {
      best.at = start;
      break;
    }
    Minimum found = minimise(penalised, start, kRough);
    fit.num_evaluations += found.num_evaluations;
    if (found.value < best.value) best = std::move(found);
  }
  best = minimise(penalised, best.at.empty() ? typical : best.at, options.least_gain);
  fit.num_evaluations += best.num_evaluations;
  if (!std::isfinite(best.value)) return not_identified(first);
  fit.parameters = best.at;
  const StructuralPoint point = structural_at(form, is_damped, fit.parameters);
  fit.form = point.form;
  fit.likelihood = likelihood(at(fit.parameters), Scale::concentrated, options.coefficients);
  fit.log_likelihood = fit.likelihood.log_likelihood;
  const double scale = fit.likelihood.scale;
  fit.variances = {.irregular = scale,
                   .level = scale * point.variances.level,
                   .slope = scale * point.variances.slope,
                   .season = scale * point.variances.season};
  fit.spread = spread_of(curvature(penalised, fit.parameters), size);
  return fit;
}

}  // namespace diaodu::forecast
