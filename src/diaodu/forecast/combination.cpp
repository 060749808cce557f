#include "diaodu/forecast/combination.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <span>

#include "diaodu/forecast/arima.h"
#include "diaodu/forecast/hand_rule.h"
#include "diaodu/forecast/normal.h"
#include "diaodu/forecast/scoring.h"
#include "diaodu/forecast/smoothing.h"
#include "diaodu/forecast/structural.h"
#include "diaodu/forecast/theta.h"

namespace diaodu::forecast {

namespace {

Series beginning(const Series& series, std::size_t size) {
  Series cut = series;
  cut.values.resize(size);
  return cut;
}

bool is_usable(const Futures& forecast) {
  const auto* paths = std::get_if<Paths>(&forecast);
  return paths && std::all_of(paths->values.begin(), paths->values.end(),
                              [](double value) { return std::isfinite(value); });
}

CannotForecast reason(const Futures& forecast) {
  if (const auto* cannot = std::get_if<CannotForecast>(&forecast)) return *cannot;
  return {"its futures leave what numbers can hold", "其预测路径超出数值范围"};
}

std::vector<double> step_values(const Paths& paths, std::size_t step) {
  std::vector<double> values(paths.count);
  for (std::size_t path = 0; path < paths.count; ++path) values[path] = paths.at(path, step);
  return values;
}

std::vector<double> sums(const Paths& paths, std::size_t horizon) {
  std::vector<double> values(paths.count);
  for (std::size_t path = 0; path < paths.count; ++path)
    for (std::size_t step = 0; step < horizon; ++step) values[path] += paths.at(path, step);
  return values;
}

// Single slots and their sum count half each.
double score_of(const Paths& paths, std::span<const double> truth) {
  double single = 0;
  for (std::size_t step = 0; step < truth.size(); ++step)
    single += crps(step_values(paths, step), truth[step]);
  const double sum = std::accumulate(truth.begin(), truth.end(), 0.0);
  return (single + crps(sums(paths, truth.size()), sum)) / (2 * static_cast<double>(truth.size()));
}

// Path p comes from the method in whose stretch of the weights the fractional part of p times the golden ratio lies:
// any beginning of the paths is mixed as the whole is.
Paths pool(const std::vector<const Paths*>& members, const std::vector<double>& weights,
           std::size_t count) {
  Paths mixed{members.front()->horizon, count, {}};
  mixed.values.reserve(count * mixed.horizon);
  for (std::size_t path = 0; path < count; ++path) {
    constexpr double kGolden = 0.6180339887498949;
    double place = std::fmod((static_cast<double>(path) + 0.5) * kGolden, 1.0);
    std::size_t chosen = 0;
    for (std::size_t i = 0; i < members.size(); ++i) {
      if (weights[i] <= 0) continue;
      chosen = i;
      if (place < weights[i]) break;
      place -= weights[i];
    }
    const double* const from = members[chosen]->values.data() + path * mixed.horizon;
    mixed.values.insert(mixed.values.end(), from, from + mixed.horizon);
  }
  return mixed;
}

void widen(Paths& paths, double factor) {
  for (std::size_t step = 0; step < paths.horizon; ++step) {
    std::vector<double> sorted = step_values(paths, step);
    const bool was_positive = *std::min_element(sorted.begin(), sorted.end()) > 0;
    std::sort(sorted.begin(), sorted.end());
    const double middle = quantile_of(sorted, 0.5);
    for (std::size_t path = 0; path < paths.count; ++path) {
      double& value = paths.at(path, step);
      const double moved = middle + factor * (value - middle);
      // What is positive stays so: its ratio to the median widens instead.
      value = was_positive && moved <= 0 ? middle * std::pow(value / middle, factor) : moved;
    }
  }
}

struct Past {
  std::vector<double> score;  // of each method, relative to the origin's mean; summed over origins
  double squared_scores = 0;  // of the truth's place in the equal pool, as normal scores
  double places = 0;
  std::size_t origins = 0;
};

Past look_back(const Series& series, const PathRequest& request,
               const std::vector<Forecaster>& methods, const std::vector<bool>& counts,
               const CombinationOptions& options) {
  Past past{.score = std::vector<double>(methods.size(), 0.0)};
  const auto year = static_cast<std::size_t>(series.slots_per_year);
  for (std::size_t back = 1; back <= options.max_origins; ++back) {
    if (series.size() < back * year + std::max<std::size_t>(2 * year, 8)) break;
    const std::size_t origin = series.size() - back * year;
    const std::size_t steps = std::min(request.horizon, series.size() - origin);
    const std::span truth(series.values.data() + origin, steps);
    if (std::any_of(truth.begin(), truth.end(), [](double value) { return !std::isfinite(value); }))
      continue;
    PathRequest trial = request;
    trial.horizon = steps;
    trial.count = options.trial_count;
    std::vector<Futures> made(methods.size());
    std::vector<double> scores(methods.size(), 0.0);
    std::vector<const Paths*> members;
    double sum = 0;
    for (std::size_t i = 0; i < methods.size(); ++i) {
      if (!counts[i]) continue;
      made[i] = methods[i](beginning(series, origin), trial);
      if (!is_usable(made[i])) continue;
      members.push_back(&std::get<Paths>(made[i]));
      scores[i] = score_of(*members.back(), truth);
      sum += scores[i];
    }
    if (members.empty() || !(sum > 0)) continue;
    const double mean = sum / static_cast<double>(members.size());
    ++past.origins;
    for (std::size_t i = 0; i < methods.size(); ++i) {
      // A method that could not then is taken as middling.
      past.score[i] += counts[i] && is_usable(made[i]) ? scores[i] / mean : 1;
    }
    const std::vector<double> equal(members.size(), 1 / static_cast<double>(members.size()));
    const Paths mixed = pool(members, equal, options.trial_count);
    for (std::size_t step = 0; step < steps; ++step) {
      const double place = probability_transform(step_values(mixed, step), truth[step]);
      const double score = normal_quantile(std::clamp(place, 0.005, 0.995));
      past.squared_scores += score * score;
      ++past.places;
    }
  }
  return past;
}

std::vector<double> weights_of(const Past& past, const std::vector<bool>& counts,
                               const CombinationOptions& options) {
  std::vector<double> weights(counts.size(), 0.0);
  const auto num_counting = static_cast<double>(std::count(counts.begin(), counts.end(), true));
  double sum = 0;
  for (std::size_t i = 0; i < counts.size() && past.origins > 0; ++i) {
    if (!counts[i]) continue;
    const double score = past.score[i] / static_cast<double>(past.origins);
    weights[i] = std::pow(std::max(score, 0.05), -options.sharpness);
    sum += weights[i];
  }
  const auto origins = static_cast<double>(past.origins);
  const double trust = sum > 0 ? origins / (origins + options.prior_origins) : 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (!counts[i]) continue;
    const double own = sum > 0 ? weights[i] / sum : 0;
    weights[i] = trust * own + (1 - trust) / num_counting;
  }
  return weights;
}

// The least that is left of the pooled factor and of what the past asks for.
double widening_of(const Past& past, const CombinationOptions& options) {
  if (!(past.places > 0)) return options.pooled_widening;
  constexpr double kPriorOrigins = 6;
  const auto origins = static_cast<double>(past.origins);
  const double asked =
      std::clamp(std::sqrt(past.squared_scores / past.places), 0.5, 2.0) * options.pooled_widening;
  const double trust = origins / (origins + kPriorOrigins);
  return std::exp(trust * std::log(asked) + (1 - trust) * std::log(options.pooled_widening));
}

}  // namespace

std::vector<std::size_t> find_outliers(const Series& series) {
  std::vector<std::size_t> found;
  const auto year = static_cast<std::size_t>(series.slots_per_year);
  const std::size_t size = series.size();
  if (size < 3 * year + 4) return found;
  // The change on the year before is free of season; its distance from the changes around it of trend.
  std::vector<double> change(size, 0.0);
  for (std::size_t at = year; at < size; ++at)
    change[at] = series.values[at] - series.values[at - year];
  std::vector<double> gap(size, 0.0);
  std::vector<double> sizes;
  for (std::size_t at = year + 2; at + 2 < size; ++at) {
    double around[] = {change[at - 2], change[at - 1], change[at + 1], change[at + 2]};
    std::sort(std::begin(around), std::end(around));
    const double size_here = std::abs(change[at] - (around[1] + around[2]) / 2);
    if (std::isfinite(size_here)) sizes.push_back(size_here);
    // Beside a new level one of the neighbours is as far away: no gap.
    gap[at] = change[at] - std::clamp(change[at], around[0], around[3]);
  }
  if (sizes.size() < year) return found;
  std::nth_element(sizes.begin(), sizes.begin() + static_cast<std::ptrdiff_t>(sizes.size() / 2),
                   sizes.end());
  const double usual = 1.4826 * sizes[sizes.size() / 2];
  constexpr double kFar = 8;
  for (std::size_t at = year + 2; at + year < size && usual > 0; ++at) {
    // A single point leaves twice, the second time the other way round a year later; a new level leaves once.
    const bool leaves = std::abs(gap[at]) > kFar * usual;
    const bool comes_back = at + year + 2 < size && gap[at] * gap[at + year] < 0 &&
                            std::abs(gap[at + year]) > kFar / 2 * usual;
    if (leaves && comes_back) found.push_back(at);
  }
  return found;
}

std::vector<Method> standard_methods(const AirlineOptions& airline) {
  constexpr auto kDamped = SmoothingForm::Trend::damped;
  const auto learnt = [](const char* name, const std::function<Forecaster(const Series&)>& learn) {
    return Method{
        .name = name,
        .paths = [learn](const Series& s, const PathRequest& r) { return learn(s)(s, r); },
        .learn = learn};
  };
  return {learnt("reverting",
                 [](const Series& s) { return structural_forecaster(s, Growth::reverting); }),
          learnt("airline", [airline](const Series& s) { return airline_forecaster(s, airline); }),
          learnt("damped", [](const Series& s) { return smoothing_forecaster(s, {kDamped}); }),
          {"theta", theta_paths, {}},
          {"hand_rule", hand_rule_paths, {}}};
}

Combination combine(const Series& given, const PathRequest& request,
                    const std::vector<Method>& methods, const CombinationOptions& options) {
  Combination combination;
  Series series = given;
  while (!series.values.empty() && !std::isfinite(series.values.back())) series.values.pop_back();
  const std::size_t unknown = given.size() - series.size();
  PathRequest wanted = request;
  wanted.horizon += unknown;
  if (series.values.empty()) {
    combination.forecast =
        CannotForecast{"no slot of the series is known", "该序列没有任何已知数据"};
    for (const Method& method : methods)
      combination.shares.push_back(
          {.name = method.name, .why_not = std::get<CannotForecast>(combination.forecast)});
    return combination;
  }
  if (options.replaces_outliers) combination.outliers = find_outliers(series);
  for (const std::size_t at : combination.outliers)
    series.values[at] = std::numeric_limits<double>::quiet_NaN();
  if (!combination.outliers.empty()) series = without_gaps(series);
  std::vector<Futures> made;
  std::vector<bool> counts;
  std::vector<Forecaster> forecasters;
  for (const Method& method : methods) {
    forecasters.push_back(method.learn ? method.learn(series) : method.paths);
    made.push_back(forecasters.back()(series, wanted));
    counts.push_back(is_usable(made.back()));
    combination.shares.push_back({.name = method.name});
    if (!counts.back()) combination.shares.back().why_not = reason(made.back());
  }
  const auto num_counting = std::count(counts.begin(), counts.end(), true);
  if (num_counting == 0) {
    combination.forecast = methods.empty()
                               ? CannotForecast{"no method was given", "未指定任何预测方法"}
                               : combination.shares.front().why_not;
    return combination;
  }
  Past past{.score = std::vector<double>(methods.size(), 0.0)};
  if (num_counting > 1) past = look_back(series, wanted, forecasters, counts, options);
  const std::vector<double> weights = weights_of(past, counts, options);
  std::vector<const Paths*> members;
  std::vector<double> member_weights;
  for (std::size_t i = 0; i < methods.size(); ++i) {
    MethodShare& share = combination.shares[i];
    share.weight = weights[i];
    if (past.origins > 0 && counts[i])
      share.score = past.score[i] / static_cast<double>(past.origins);
    if (!counts[i]) continue;
    members.push_back(&std::get<Paths>(made[i]));
    member_weights.push_back(weights[i]);
  }
  combination.num_origins = past.origins;
  Paths mixed = pool(members, member_weights, request.count);
  if (num_counting > 1) {
    combination.widening = widening_of(past, options);
    widen(mixed, combination.widening);
  }
  if (unknown > 0) {
    Paths later{request.horizon, request.count, {}};
    for (std::size_t path = 0; path < request.count; ++path)
      for (std::size_t step = unknown; step < mixed.horizon; ++step)
        later.values.push_back(mixed.at(path, step));
    mixed = std::move(later);
  }
  combination.forecast = std::move(mixed);
  return combination;
}

Forecaster combination_of(std::vector<Method> methods) {
  return [methods = std::move(methods)](const Series& series, const PathRequest& request) {
    return combine(series, request, methods).forecast;
  };
}

}  // namespace diaodu::forecast
