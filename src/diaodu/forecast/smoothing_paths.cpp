#include <algorithm>
#include <cmath>
#include <limits>

#include "diaodu/forecast/normals.h"
#include "diaodu/forecast/rotations.h"
#include "diaodu/forecast/smoothing.h"
#include "diaodu/forecast/smoothing_kernel.h"

namespace diaodu::forecast {

namespace {

using FormSeason = SmoothingForm::Season;

constexpr std::size_t kNumSets = 32;  // of parameters: each costs a pass over the series

// C with C C' = the inverse of the curvature of half the cost, row by row; empty where this tells nothing.
std::vector<double> spread_at(SmoothingKernel& kernel, const std::vector<double>& place) {
  const std::size_t size = place.size();
  std::vector<double> curvature(size * size);
  std::vector<double> upper(size);
  std::vector<double> lower(size);
  for (std::size_t i = 0; i < size; ++i) {
    constexpr double kStep = 1e-5;
    std::vector<double> moved = place;
    moved[i] += kStep;
    if (!std::isfinite(kernel.cost(moved, upper))) return {};
    moved[i] -= 2 * kStep;
    if (!std::isfinite(kernel.cost(moved, lower))) return {};
    for (std::size_t j = 0; j < size; ++j) {
      const double curved =
          (upper[j] - lower[j]) / (8 * kStep);  // half here, half from the mirrored
      if (!std::isfinite(curved)) return {};
      curvature[i * size + j] += curved;
      curvature[j * size + i] += curved;
    }
  }
  Parts parts = parts_of(std::move(curvature), size);
  // Where the likelihood is flat (at a border of the region) a normal approximation is none: half a unit then.
  constexpr double kWidest = 0.5;
  for (std::size_t j = 0; j < size; ++j) {
    const double length = 1 / std::sqrt(std::max(parts.values[j], 1 / (kWidest * kWidest)));
    for (std::size_t i = 0; i < size; ++i) parts.vectors[i * size + j] *= length;
  }
  return parts.vectors;
}

double cost_of(const SmoothingKernel& kernel, const std::vector<double>& place) {
  SmoothingStates last;
  double squares = 0;
  double log_sum = 0;
  if (!kernel.run(kernel.parameters(place), last, squares, log_sum))
    return std::numeric_limits<double>::infinity();
  return static_cast<double>(kernel.num_known()) * std::log(squares) + 2 * log_sum;
}

struct Beginning {
  SmoothingParameters parameters;
  SmoothingStates last;
};

double expected(const SmoothingForm& form, const SmoothingStates& states, double q,
                std::size_t slot) {
  if (form.season == FormSeason::none) return q;
  return form.season == FormSeason::additive ? q + states.seasons[slot] : q * states.seasons[slot];
}

// The value of a slot whose expected value f has met the error `noise`; moves the states.
double step(const SmoothingForm& form, const SmoothingParameters& parameters,
            SmoothingStates& states, std::size_t slot, double noise) {
  const double q = states.level + parameters.phi * states.slope;
  const double f = expected(form, states, q, slot);
  const double value = form.is_multiplicative ? f * (1 + std::max(noise, -0.99)) : f + noise;
  const bool multiplies = form.season == FormSeason::multiplicative;
  double gap = value - f;
  double season_gap = gap;
  if (multiplies) {
    gap = states.seasons[slot] != 0 ? gap / states.seasons[slot] : 0;
    season_gap = q != 0 ? season_gap / q : 0;
  }
  states.level = q + parameters.alpha * gap;
  states.slope = parameters.phi * states.slope + parameters.beta * gap;
  if (form.season != FormSeason::none) states.seasons[slot] += parameters.gamma * season_gap;
  return value;
}

}  // namespace

std::vector<double> smoothing_points(const Series& series, const SmoothingFit& fit,
                                     std::size_t horizon) {
  SmoothingStates states = fit.last;
  std::vector<double> points;
  for (std::size_t ahead = 0; ahead < horizon; ++ahead) {
    const auto slot = static_cast<std::size_t>(series.slot(series.size() + ahead));
    points.push_back(step(fit.form, fit.parameters, states, slot, 0));
  }
  return points;
}

Paths smoothing_paths(const Series& series, const SmoothingFit& fit, const PathRequest& request) {
  SmoothingKernel kernel(series, fit.form);
  const std::vector<double> spread = spread_at(kernel, fit.place);
  const double scale = kernel.scale();
  std::vector<Beginning> beginnings;
  const double least = cost_of(kernel, fit.place);
  // Twice a log-likelihood falls by a chi-square of as many degrees as there are parameters: a draw that falls far
  // beyond it has left where the likelihood is normal, and is drawn back.
  const auto degrees = static_cast<double>(fit.place.size());
  const double most = least + degrees + 4 * std::sqrt(2 * degrees);
  for (std::size_t draw = 0; draw < std::min(kNumSets, request.count); ++draw) {
    std::vector<double> away(fit.place.size(), 0.0);
    for (std::size_t i = 0; i < away.size() && !spread.empty(); ++i) {
      const double score = normal(request, Draw::smoothing_parameter, i, draw);
      for (std::size_t j = 0; j < away.size(); ++j) away[j] += spread[j * away.size() + i] * score;
    }
    std::vector<double> place = fit.place;
    constexpr int kTimesHalved = 4;
    for (int times = 0; times <= kTimesHalved; ++times) {
      for (std::size_t j = 0; j < away.size(); ++j) place[j] = fit.place[j] + away[j];
      if (cost_of(kernel, place) <= most) break;
      for (double& part : away) part = times + 1 < kTimesHalved ? part / 2 : 0;
    }
    Beginning begin{.parameters = kernel.parameters(place), .last = {}};
    double squares = 0;
    double log_sum = 0;
    kernel.run(begin.parameters, begin.last, squares, log_sum);
    beginnings.push_back(std::move(begin));
  }
  const double deviation = fit.form.is_multiplicative ? fit.deviation : fit.deviation / scale;
  std::vector<SmoothingStates> states;
  for (std::size_t path = 0; path < request.count; ++path)
    states.push_back(beginnings[path % beginnings.size()].last);
  Paths paths{request.horizon, request.count, {}};
  paths.values.resize(request.horizon * request.count);
  for (std::size_t ahead = 0; ahead < request.horizon; ++ahead) {
    const auto slot = static_cast<std::size_t>(series.slot(series.size() + ahead));
    const std::vector<float> noise = normals(request, Draw::smoothing_error, ahead);
    for (std::size_t path = 0; path < request.count; ++path) {
      paths.at(path, ahead) =
          scale * step(fit.form, beginnings[path % beginnings.size()].parameters, states[path],
                       slot, deviation * double{noise[path]});
    }
  }
  return paths;
}

}  // namespace diaodu::forecast
