#include "diaodu/forecast/spread.h"

#include <Eigen/Dense>
#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <cmath>

#include "diaodu/forecast/normal.h"
#include "diaodu/forecast/stream.h"

namespace diaodu::forecast {

namespace {

constexpr double kWidest = 1.5;

/// Variables of one method: a block of numbers for each target, far from those of other methods.
std::uint64_t variable_of(const PathRequest& request, std::uint64_t method, std::uint64_t part) {
  std::uint64_t mixed = request.variable ^ (method * 0x9E37'79B9'7F4A'7C15ULL);
  mixed ^= part * 0xBF58'476D'1CE4'E5B9ULL;
  mixed ^= mixed >> 29;
  return mixed * 0x94D0'49BB'1331'11EBULL + part;
}

std::vector<double> scores(const PathRequest& request, std::uint64_t variable, std::size_t count) {
  std::vector<Uniform> uniforms(count);
  Stream(request.seed).uniforms(variable, 0, uniforms);
  std::vector<float> made(count);
  scores_of(uniforms, made);
  return {made.begin(), made.end()};
}

/// What one set of parameters says of the future.
struct Draw {
  std::vector<double> mean;  // horizon
  std::vector<double> root;  // horizon x horizon
};

}  // namespace

std::vector<double> spread_of(const std::vector<double>& information, std::size_t size) {
  const auto n = static_cast<Eigen::Index>(size);
  Eigen::MatrixXd matrix(n, n);
  bool is_finite = true;
  for (Eigen::Index i = 0; i < n; ++i) {
    for (Eigen::Index j = 0; j < n; ++j) {
      matrix(i, j) = information[static_cast<std::size_t>(i * n + j)];
      is_finite = is_finite && std::isfinite(matrix(i, j));
    }
  }
  std::vector<double> out(size * size, 0);
  if (!is_finite || size == 0) return out;
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> parts(matrix);
  for (Eigen::Index j = 0; j < n; ++j) {
    const double curved = std::max(parts.eigenvalues()(j), 1 / (kWidest * kWidest));
    for (Eigen::Index i = 0; i < n; ++i)
      out[static_cast<std::size_t>(i * n + j)] = parts.eigenvectors()(i, j) / std::sqrt(curved);
  }
  return out;
}

Futures draw_paths(const UncertainModel& uncertain, const PathRequest& request,
                   std::uint64_t method) {
  const std::size_t horizon = request.horizon;
  const std::size_t size = uncertain.parameters.size();
  const Regressors none;
  const Regressors& regressors = uncertain.regressors ? *uncertain.regressors : none;
  const std::size_t columns = regressors.size();

  // Parts of the stream: parameters, scale, coefficients, then the steps.
  std::vector<std::vector<double>> parameter_scores;
  for (std::size_t i = 0; i < size; ++i)
    parameter_scores.push_back(
        scores(request, variable_of(request, method, 1 + i), uncertain.num_draws));
  std::vector<std::vector<double>> coefficient_scores;
  for (std::size_t i = 0; i < columns; ++i)
    coefficient_scores.push_back(
        scores(request, variable_of(request, method, 100 + i), uncertain.num_draws));
  std::vector<Uniform> scale_uniforms(uncertain.num_draws);
  Stream(request.seed).uniforms(variable_of(request, method, 99), 0, scale_uniforms);

  std::vector<Draw> draws(std::min(uncertain.num_draws, request.count));
  for (std::size_t number = 0; number < draws.size(); ++number) {
    std::vector<double> parameters = uncertain.parameters;
    for (std::size_t i = 0; i < size; ++i) {
      for (std::size_t j = 0; j < size; ++j)
        parameters[i] += uncertain.spread[i * size + j] * parameter_scores[j][number];
    }
    const StateSpace model = uncertain.model_at(parameters);
    const Filtered filtered = filter(model, uncertain.series, regressors);
    const Likelihood found = likelihood(filtered, Scale::concentrated, Coefficients::diffuse);
    if (!std::isfinite(found.log_likelihood)) return not_identified(filtered);
    const auto freedom = static_cast<double>(filtered.num_observed - found.num_diffuse);
    const boost::math::chi_squared squares(freedom);
    const double scale =
        found.scale * freedom / boost::math::quantile(squares, unit_of(scale_uniforms[number]));
    const double deviation = std::sqrt(scale);

    std::vector<double> coefficients = found.coefficients;
    if (columns > 0) {
      const auto k = static_cast<Eigen::Index>(columns);
      const Eigen::MatrixXd variance =
          Eigen::Map<const Eigen::MatrixXd>(found.coefficient_variance.data(), k, k);
      const Eigen::MatrixXd root = variance.llt().matrixL();
      for (Eigen::Index i = 0; i < k; ++i) {
        for (Eigen::Index j = 0; j <= i; ++j) {
          coefficients[static_cast<std::size_t>(i)] +=
              deviation * root(i, j) * coefficient_scores[static_cast<std::size_t>(j)][number];
        }
      }
    }
    const Future ahead = future(model, filtered, horizon);
    Draw& draw = draws[number];
    draw.mean.assign(ahead.mean.begin(), ahead.mean.begin() + static_cast<std::ptrdiff_t>(horizon));
    for (std::size_t column = 0; column < columns; ++column) {
      for (std::size_t step = 0; step < horizon; ++step) {
        draw.mean[step] +=
            coefficients[column] * (regressors[column][uncertain.series.size() + step] -
                                    ahead.mean[(column + 1) * horizon + step]);
      }
    }
    draw.root = ahead.root;
    for (double& number_of_root : draw.root) number_of_root *= deviation;
  }

  std::vector<std::vector<double>> step_scores;
  for (std::size_t step = 0; step < horizon; ++step) {
    step_scores.push_back(
        scores(request, variable_of(request, method, 1000 + step), request.count));
  }
  Paths paths{.horizon = horizon, .count = request.count};
  paths.values.resize(horizon * request.count);
  std::vector<double> path_scores(horizon);
  for (std::size_t path = 0; path < request.count; ++path) {
    for (std::size_t step = 0; step < horizon; ++step) path_scores[step] = step_scores[step][path];
    const Draw& draw = draws[path % draws.size()];
    for (std::size_t step = 0; step < horizon; ++step) {
      double value = draw.mean[step];
      const double* root = &draw.root[step * horizon];
      for (std::size_t past = 0; past <= step; ++past) value += root[past] * path_scores[past];
      paths.at(path, step) = uncertain.is_logarithm ? std::exp(value) : value;
    }
  }
  return paths;
}

}  // namespace diaodu::forecast
