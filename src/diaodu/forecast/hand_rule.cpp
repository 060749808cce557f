#include "diaodu/forecast/hand_rule.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "diaodu/forecast/normals.h"
#include "diaodu/forecast/theta.h"

namespace diaodu::forecast {

namespace {

// What a rule says: with ratios, last year's slot times `change` for every year ahead; else plus it.
struct Rule {
  bool has_ratios = true;
  bool is_naive = false;
  std::size_t year = 12;

  std::optional<double> change(const Series& series, std::size_t size) const {
    if (size < year) return std::nullopt;
    if (is_naive) return has_ratios ? 1.0 : 0.0;
    std::size_t so_far = static_cast<std::size_t>(series.slot(size));
    if (so_far == 0) so_far = year;
    if (size < so_far + year) return std::nullopt;
    double now = 0;
    double before = 0;
    for (std::size_t at = size - so_far; at < size; ++at) {
      now += series.values[at];
      before += series.values[at - year];
    }
    return has_ratios ? now / before : (now - before) / static_cast<double>(so_far);
  }

  double say(const Series& series, std::size_t size, double change, std::size_t ahead) const {
    const std::size_t years = ahead / year + 1;
    const double base = series.values[size + ahead - years * year];
    const auto times = static_cast<double>(years);
    return has_ratios ? base * std::pow(change, times) : base + times * change;
  }

  double gap(double truth, double said) const {
    return has_ratios ? std::log(truth / said) : truth - said;
  }
};

struct Errors {
  double squares = 0;
  double single_squares = 0;
  double times = 0;
  double singles = 0;
};

void add_errors(const Rule& rule, const Series& series, std::size_t origin, double weight,
                Errors& errors) {
  const auto change = rule.change(series, origin);
  if (!change) return;
  const std::size_t rest =
      std::min(series.size() - origin, rule.year - static_cast<std::size_t>(series.slot(origin)));
  double truth = 0;
  double said = 0;
  for (std::size_t ahead = 0; ahead < rest; ++ahead) {
    truth += series.values[origin + ahead];
    said += rule.say(series, origin, *change, ahead);
  }
  if (!rule.has_ratios) {
    truth /= static_cast<double>(rest);
    said /= static_cast<double>(rest);
  }
  const double common = rule.gap(truth, said);
  errors.squares += weight * common * common;
  errors.times += weight;
  for (std::size_t ahead = 0; ahead < rest; ++ahead) {
    const double single =
        rule.gap(series.values[origin + ahead], rule.say(series, origin, *change, ahead)) - common;
    errors.single_squares += weight * single * single;
    errors.singles += weight;
  }
}

Futures paths_of(const Series& given, const PathRequest& request, bool is_naive) {
  const Series series = without_gaps(given);
  Rule rule{.is_naive = is_naive, .year = static_cast<std::size_t>(series.slots_per_year)};
  if (series.values.empty() || !std::isfinite(series.values.back()))
    return CannotForecast{"the last slot is not known", "最后一期数据未知"};
  rule.has_ratios = std::all_of(series.values.begin(), series.values.end(),
                                [](double value) { return value > 0; });
  const auto change = rule.change(series, series.size());
  if (!change)
    return CannotForecast{"there is no year before to compare with", "没有可对比的上一年数据"};
  const auto slot = series.slot(series.size());
  Errors errors;
  std::size_t past_years = 0;
  for (std::size_t origin = rule.year; origin < series.size(); ++origin) {
    if (series.slot(origin) != slot) continue;
    add_errors(rule, series, origin, 1, errors);
    ++past_years;
  }
  constexpr std::size_t kEnough = 5;
  if (past_years < kEnough) {
    const double weight = 1 / static_cast<double>(rule.year);
    for (std::size_t origin = rule.year; origin < series.size(); ++origin)
      if (series.slot(origin) != slot) add_errors(rule, series, origin, weight, errors);
  }
  if (!(errors.times > 0))
    return CannotForecast{"there is no past year whose error could be told",
                          "没有可用来衡量误差的历史年份"};
  const double common_deviation = std::sqrt(errors.squares / errors.times);
  const double single_deviation = std::sqrt(errors.single_squares / std::max(1e-9, errors.singles));
  const Draw draw = is_naive ? Draw::naive : Draw::hand_rule;
  const std::vector<float> common = normals(request, draw, request.horizon);
  const std::size_t rest = rule.year - static_cast<std::size_t>(slot);
  Paths paths{request.horizon, request.count, {}};
  paths.values.resize(request.horizon * request.count);
  for (std::size_t ahead = 0; ahead < request.horizon; ++ahead) {
    const double said = rule.say(series, series.size(), *change, ahead);
    const std::vector<float> single = normals(request, draw, ahead);
    // Beyond the year's end the common error grows as that of a walk does.
    const double reach =
        std::sqrt(std::max(1.0, static_cast<double>(ahead + 1) / static_cast<double>(rest)));
    for (std::size_t path = 0; path < request.count; ++path) {
      const double error =
          reach * common_deviation * double{common[path]} + single_deviation * double{single[path]};
      paths.at(path, ahead) = rule.has_ratios ? said * std::exp(error) : said + error;
    }
  }
  return paths;
}

}  // namespace

Futures hand_rule_paths(const Series& series, const PathRequest& request) {
  return paths_of(series, request, false);
}

Futures seasonal_naive_paths(const Series& series, const PathRequest& request) {
  return paths_of(series, request, true);
}

}  // namespace diaodu::forecast
