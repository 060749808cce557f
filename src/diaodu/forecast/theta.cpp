#include "diaodu/forecast/theta.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "diaodu/forecast/normals.h"
#include "diaodu/forecast/smoothing.h"

namespace diaodu::forecast {

namespace {

bool is_seasonal(const std::vector<double>& values, std::size_t year) {
  const std::size_t size = values.size();
  if (year < 2 || size <= 2 * year) return false;
  const double mean =
      std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(size);
  const auto product = [&](std::size_t lag) {
    double sum = 0;
    for (std::size_t at = lag; at < size; ++at)
      sum += (values[at] - mean) * (values[at - lag] - mean);
    return sum;
  };
  const double variance = product(0);
  if (!(variance > 0)) return false;
  double squares = 0;
  for (std::size_t lag = 1; lag < year; ++lag) squares += std::pow(product(lag) / variance, 2);
  constexpr double kScoreOf95 = 1.6448536269514722;
  return std::abs(product(year) / variance) >
         kScoreOf95 * std::sqrt((1 + 2 * squares) / static_cast<double>(size));
}

// Mean ratios to the moving average of one year, centred; mean 1.
std::vector<double> seasonal_factors(const Series& series) {
  const auto year = static_cast<std::size_t>(series.slots_per_year);
  std::vector<double> sum(year, 0.0);
  std::vector<double> times(year, 0.0);
  const std::size_t half = year / 2;
  for (std::size_t at = half; at + half < series.size(); ++at) {
    double mean = 0;
    for (std::size_t i = at - half; i <= at + half; ++i) {
      const bool is_end = year % 2 == 0 && (i == at - half || i == at + half);
      mean += (is_end ? 0.5 : 1.0) * series.values[i];
    }
    const auto slot = static_cast<std::size_t>(series.slot(at));
    sum[slot] += series.values[at] / (mean / static_cast<double>(year));
    ++times[slot];
  }
  std::vector<double> factors(year, 1.0);
  double total = 0;
  for (std::size_t slot = 0; slot < year; ++slot) {
    if (times[slot] > 0) factors[slot] = sum[slot] / times[slot];
    total += factors[slot];
  }
  for (double& factor : factors) factor *= static_cast<double>(year) / total;
  const bool is_usable = std::all_of(factors.begin(), factors.end(), [](double factor) {
    return std::isfinite(factor) && factor > 1e-10;
  });
  return is_usable ? factors : std::vector<double>(year, 1.0);
}

}  // namespace

Series without_gaps(const Series& series) {
  Series filled = series;
  std::size_t first = 0;
  while (first < series.size() && !std::isfinite(series.values[first])) ++first;
  filled.first_slot = first < series.size() ? series.slot(first) : series.first_slot;
  filled.first_year = first < series.size() ? series.year(first) : series.first_year;
  filled.values.assign(series.values.begin() + static_cast<std::ptrdiff_t>(first),
                       series.values.end());
  const std::vector<double> known = filled.values;
  const auto year = static_cast<std::size_t>(series.slots_per_year);
  std::size_t before = 0;
  for (std::size_t at = 0; at < known.size(); ++at) {
    if (std::isfinite(known[at])) {
      before = at;
      continue;
    }
    std::size_t after = at;
    while (after < known.size() && !std::isfinite(known[after])) ++after;
    if (after == known.size()) break;
    const bool has_years = at >= year && at + year < known.size() &&
                           std::isfinite(known[at - year]) && std::isfinite(known[at + year]);
    const double share = static_cast<double>(at - before) / static_cast<double>(after - before);
    filled.values[at] = has_years ? (known[at - year] + known[at + year]) / 2
                                  : known[before] + share * (known[after] - known[before]);
  }
  return filled;
}

ThetaFit fit_theta(const Series& series) {
  const auto year = static_cast<std::size_t>(series.slots_per_year);
  ThetaFit fit{.size = series.size(), .seasons = std::vector<double>(year, 1.0)};
  if (is_seasonal(series.values, year)) fit.seasons = seasonal_factors(series);
  Series adjusted = series;
  double sum_x = 0, sum_y = 0, sum_xx = 0, sum_xy = 0;
  for (std::size_t at = 0; at < series.size(); ++at) {
    adjusted.values[at] /= fit.seasons[static_cast<std::size_t>(series.slot(at))];
    const auto x = static_cast<double>(at);
    sum_x += x;
    sum_y += adjusted.values[at];
    sum_xx += x * x;
    sum_xy += x * adjusted.values[at];
  }
  const auto size = static_cast<double>(series.size());
  fit.drift = (size * sum_xy - sum_x * sum_y) / (size * sum_xx - sum_x * sum_x) / 2;
  const auto simple = fit_smoothing(adjusted, SmoothingForm{});
  fit.alpha = simple ? simple->parameters.alpha : 0.5;
  fit.level = simple ? simple->last.level : adjusted.values.back();
  if (simple) {
    fit.deviation = simple->deviation;
  } else {
    double squares = 0;
    for (std::size_t at = 1; at < series.size(); ++at)
      squares += std::pow(adjusted.values[at] - adjusted.values[at - 1], 2);
    fit.deviation = std::sqrt(squares / std::max(1.0, size - 1));
  }
  fit.first_drift = (1 - std::pow(1 - fit.alpha, size)) / fit.alpha;
  return fit;
}

std::vector<double> theta_points(const Series& series, const ThetaFit& fit, std::size_t horizon) {
  std::vector<double> points;
  for (std::size_t ahead = 0; ahead < horizon; ++ahead) {
    const auto slot = static_cast<std::size_t>(series.slot(series.size() + ahead));
    points.push_back(fit.seasons[slot] *
                     (fit.level + fit.drift * (static_cast<double>(ahead) + fit.first_drift)));
  }
  return points;
}

Futures theta_paths(const Series& series, const PathRequest& request) {
  const Series filled = without_gaps(series);
  if (filled.size() < 3)
    return CannotForecast{"the Theta method needs at least three slots",
                          "Theta 法至少需要三期数据"};
  if (!std::isfinite(filled.values.back()))
    return CannotForecast{"the last slot is not known", "最后一期数据未知"};
  const ThetaFit fit = fit_theta(filled);
  const std::vector<double> points = theta_points(filled, fit, request.horizon);
  Paths paths{request.horizon, request.count, {}};
  paths.values.resize(request.horizon * request.count);
  const std::vector<float> drift = normals(request, Draw::theta, request.horizon + 1);
  const double drift_deviation =
      fit.alpha * fit.deviation / std::sqrt(static_cast<double>(fit.size));
  std::vector<double> level(request.count, 0.0);
  for (std::size_t ahead = 0; ahead < request.horizon; ++ahead) {
    const auto slot = static_cast<std::size_t>(filled.slot(filled.size() + ahead));
    const std::vector<float> noise = normals(request, Draw::theta, ahead);
    for (std::size_t path = 0; path < request.count; ++path) {
      const double error = fit.deviation * double{noise[path]};
      const double drifted =
          drift_deviation * double{drift[path]} * (static_cast<double>(ahead) + 1);
      paths.at(path, ahead) = points[ahead] + fit.seasons[slot] * (level[path] + drifted + error);
      level[path] += fit.alpha * error;
    }
  }
  return paths;
}

}  // namespace diaodu::forecast
