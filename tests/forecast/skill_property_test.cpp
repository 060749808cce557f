#include <algorithm>
#include <cmath>
#include <limits>
#include <thread>
#include <variant>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "diaodu/forecast/combination.h"
#include "diaodu/forecast/scoring.h"
#include "diaodu/forecast/smoothing.h"
#include "support/property.h"

namespace diaodu::forecast {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

using Forms = SmoothingForm;

double between(int least, int most, double unit) { return *rc::gen::inRange(least, most) * unit; }

/// Positive numbers with a level, a slope, a season and noise, `years` long and a bit.
Series any_series(int least_years = 3) {
  Series series{.slots_per_year = *rc::gen::element(4, 11, 12), .first_year = 2010};
  series.first_slot = *rc::gen::inRange(0, series.slots_per_year);
  const auto size = static_cast<std::size_t>(
      series.slots_per_year * *rc::gen::inRange(least_years, 7) + *rc::gen::inRange(0, 5));
  const double slope = between(-30, 60, 0.01);
  const double swing = between(0, 30, 1);
  const auto noise = *rc::gen::container<std::vector<int>>(size, rc::gen::inRange(-50, 50));
  for (std::size_t at = 0; at < size; ++at) {
    const double turn = 6.283185307179586 * series.slot(at) / series.slots_per_year;
    series.values.push_back(100 + slope * static_cast<double>(at) + swing * std::sin(turn) +
                            0.1 * noise[at]);
  }
  return series;
}

Forms any_form() {
  return {
      .is_multiplicative = *rc::gen::arbitrary<bool>(),
      .trend = *rc::gen::element(Forms::Trend::none, Forms::Trend::additive, Forms::Trend::damped),
      .season = *rc::gen::element(Forms::Season::none, Forms::Season::additive,
                                  Forms::Season::multiplicative)};
}

SmoothingParameters any_parameters(const Forms& form, int slots) {
  SmoothingParameters at{.alpha = between(1, 90, 0.01)};
  if (form.trend != Forms::Trend::none) at.beta = at.alpha * between(1, 90, 0.01);
  if (form.season != Forms::Season::none) at.gamma = (1 - at.alpha) * between(1, 90, 0.01);
  if (form.trend == Forms::Trend::damped) at.phi = between(80, 99, 0.01);
  at.first.level = between(90, 120, 1);
  if (form.trend != Forms::Trend::none) at.first.slope = between(-20, 20, 0.02);
  for (int slot = 0; slot < slots && form.season != Forms::Season::none; ++slot) {
    const double effect = between(-20, 20, 1);
    at.first.seasons.push_back(form.season == Forms::Season::additive ? effect : 1 + effect / 100);
  }
  return at;
}

/// The header's equations one after the other, with nothing scaled; what is not known moves states as expected.
double slow_likelihood_of(const Series& series, const Forms& form,
                          const SmoothingParameters& given) {
  double level = given.first.level;
  double slope = given.first.slope;
  std::vector<double> seasons = given.first.seasons;
  double squares = 0;
  double logs = 0;
  double known = 0;
  for (std::size_t at = 0; at < series.size(); ++at) {
    const double y = series.values[at];
    const auto slot = static_cast<std::size_t>(series.slot(at));
    const double q = level + given.phi * slope;
    const bool multiplies = form.season == Forms::Season::multiplicative;
    const double season = seasons.empty() ? 0 : seasons[slot];
    const double f = multiplies ? q * season : q + season;
    level = q;
    slope *= given.phi;
    if (!std::isfinite(y)) continue;
    if ((form.is_multiplicative || multiplies) && !(f > 0 && (!multiplies || season > 0)))
      return -std::numeric_limits<double>::infinity();
    const double p = multiplies ? y / season : y - season;
    const double t = multiplies ? y / q : y - q;
    level += given.alpha * (p - q);
    slope += given.beta * (p - q);
    if (!seasons.empty()) seasons[slot] += given.gamma * (t - season);
    const double error = form.is_multiplicative ? (y - f) / f : y - f;
    squares += error * error;
    if (form.is_multiplicative) logs += std::log(f);
    ++known;
  }
  return -(known * std::log(squares) + 2 * logs) / 2;
}

TEST(SmoothingProperty, its_likelihood_is_that_of_the_equations_one_after_the_other) {
  holds(200, [] {
    Series series = any_series();
    const auto holes = *rc::gen::container<std::vector<std::size_t>>(
        3, rc::gen::inRange<std::size_t>(0, series.size()));
    for (const std::size_t at : holes) series.values[at] = kUnknown;
    const Forms form = any_form();
    const SmoothingParameters at = any_parameters(form, series.slots_per_year);
    const double fast = smoothing_likelihood(series, form, at);
    const double slow = slow_likelihood_of(series, form, at);
    if (std::isfinite(slow))
      RC_ASSERT(std::abs(fast - slow) <= 1e-8 * (1 + std::abs(slow)));
    else
      RC_ASSERT(fast == slow);
  });
}

TEST(SmoothingProperty, what_it_found_is_likelier_than_anything_tried) {
  holds(60, [] {
    const Series series = any_series();
    const Forms form{.trend = *rc::gen::element(Forms::Trend::none, Forms::Trend::damped),
                     .season = *rc::gen::element(Forms::Season::none, Forms::Season::additive)};
    const auto fit = fit_smoothing(series, form);
    RC_PRE(fit.has_value());
    const SmoothingParameters tried = any_parameters(form, series.slots_per_year);
    RC_ASSERT(fit->log_likelihood >= smoothing_likelihood(series, form, tried));
    RC_ASSERT(std::abs(fit->log_likelihood - smoothing_likelihood(series, form, fit->parameters)) <=
              1e-6 * (1 + std::abs(fit->log_likelihood)));
  });
}

TEST(CombinationProperty, one_method_alone_comes_back_as_it_is) {
  holds(30, [] {
    const Series series = any_series();
    const std::vector<Method> all = standard_methods();
    const Method& method = all[*rc::gen::inRange<std::size_t>(0, all.size())];
    const PathRequest request{.horizon = *rc::gen::inRange<std::size_t>(1, 14), .count = 50};
    const CombinationOptions options{.replaces_outliers = false};
    const Combination alone = combine(series, request, {method}, options);
    const Futures itself = method.paths(series, request);
    const auto* paths = std::get_if<Paths>(&itself);
    RC_ASSERT((paths != nullptr) == std::holds_alternative<Paths>(alone.forecast));
    if (paths) RC_ASSERT(std::get<Paths>(alone.forecast).values == paths->values);
  });
}

TEST(CombinationProperty, other_units_give_the_same_forecast_in_other_units) {
  holds(20, [] {
    const Series series = any_series();
    const double unit = *rc::gen::element(1.0 / 1024, 0.5, 1024.0);
    Series other = series;
    for (double& value : other.values) value *= unit;
    const PathRequest request{.horizon = 5, .count = 200};
    const auto methods = standard_methods();
    const Combination here = combine(series, request, methods);
    const Combination there = combine(other, request, methods);
    RC_ASSERT(here.outliers == there.outliers);
    const auto* paths = std::get_if<Paths>(&here.forecast);
    RC_ASSERT((paths != nullptr) == std::holds_alternative<Paths>(there.forecast));
    if (!paths) return;
    // Searches end elsewhere by a little, since the logarithms round otherwise; medians tell no more than that.
    for (std::size_t step = 0; step < 5; ++step) {
      std::vector<double> one;
      std::vector<double> two;
      for (std::size_t path = 0; path < paths->count; ++path) {
        one.push_back(paths->at(path, step));
        two.push_back(std::get<Paths>(there.forecast).at(path, step) / unit);
      }
      std::sort(one.begin(), one.end());
      std::sort(two.begin(), two.end());
      const double spread = quantile_of(one, 0.9) - quantile_of(one, 0.1);
      RC_ASSERT(std::abs(quantile_of(one, 0.5) - quantile_of(two, 0.5)) <=
                0.1 * spread + 1e-6 * std::abs(quantile_of(one, 0.5)));
    }
  });
}

TEST(CombinationProperty, is_the_same_on_another_thread) {
  holds(12, [] {
    const Series series = any_series(2);
    const PathRequest request{
        .horizon = 6, .count = 100, .seed = *rc::gen::arbitrary<std::uint64_t>()};
    const auto methods = standard_methods();
    Combination there;
    std::thread thread([&] { there = combine(series, request, methods); });
    const Combination here = combine(series, request, methods);
    thread.join();
    const auto* paths = std::get_if<Paths>(&here.forecast);
    RC_ASSERT((paths != nullptr) == std::holds_alternative<Paths>(there.forecast));
    if (paths) RC_ASSERT(std::get<Paths>(there.forecast).values == paths->values);
  });
}

/// Numbers of any size and sign, unknown ones, runs of the same.
Series hostile_series() {
  Series series{.slots_per_year = *rc::gen::element(1, 4, 11, 12), .first_year = 2000};
  series.first_slot = *rc::gen::inRange(0, series.slots_per_year);
  const int scale = *rc::gen::inRange(-12, 13);
  const auto kinds = *rc::gen::container<std::vector<int>>(*rc::gen::inRange<std::size_t>(0, 90),
                                                           rc::gen::inRange(0, 12));
  const bool is_positive = *rc::gen::arbitrary<bool>();
  for (const int kind : kinds) {
    double value = *rc::gen::inRange(is_positive ? 1 : -1000, 1000) * std::pow(10.0, scale);
    if (kind == 0) value = kUnknown;
    if (kind == 1 && !is_positive) value = 0;
    if (kind == 2) value *= 1e6;
    if (kind >= 8 && !series.values.empty()) value = series.values.back();
    series.values.push_back(value);
  }
  return series;
}

TEST(CombinationProperty, hostile_series_are_forecast_in_numbers_or_refused_in_words) {
  holds(150, [] {
    const Series series = hostile_series();
    const PathRequest request{.horizon = *rc::gen::inRange<std::size_t>(1, 15), .count = 64};
    const Combination combination = combine(series, request, standard_methods());
    double sum = 0;
    for (const MethodShare& share : combination.shares) {
      RC_ASSERT(share.weight >= 0);
      sum += share.weight;
    }
    if (const auto* paths = std::get_if<Paths>(&combination.forecast)) {
      RC_ASSERT(paths->values.size() == request.horizon * request.count);
      for (const double value : paths->values) RC_ASSERT(std::isfinite(value));
      RC_ASSERT(std::abs(sum - 1) <= 1e-9);
    } else {
      RC_ASSERT(!std::get<CannotForecast>(combination.forecast).why.empty());
      RC_ASSERT(!std::get<CannotForecast>(combination.forecast).why_zh.empty());
    }
  });
}

}  // namespace
}  // namespace diaodu::forecast
