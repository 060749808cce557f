#include "diaodu/forecast/moving_average.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

namespace diaodu::forecast {
namespace {

/// Numbers that wander and wave: a series that somebody might have.
std::vector<double> any_walk(std::size_t size) {
  std::vector<double> out;
  double level = 5;
  for (std::size_t t = 0; t < size; ++t) {
    level += 0.001 * static_cast<double>(*rc::gen::inRange(-100, 130));
    out.push_back(level + 0.3 * std::sin(static_cast<double>(t) * 0.5) +
                  0.001 * static_cast<double>(*rc::gen::inRange(-300, 300)));
  }
  return out;
}

double any_ratio() { return std::exp(*rc::gen::inRange(-80, 40) / 10.0); }

/// None, or one that no trend and no season can stand in for.
Regressors any_regressors(std::size_t size) {
  if (*rc::gen::arbitrary<bool>()) return {};
  std::vector<double> column(size);
  const double turn = 1 + *rc::gen::inRange(0, 100) / 100.0;
  for (std::size_t t = 0; t < size; ++t) column[t] = std::sin(turn * static_cast<double>(t * t));
  return {column};
}

void expect_equal(const Filtered& quickly, const Filtered& slowly) {
  const Scale scale = *rc::gen::element(Scale::given, Scale::concentrated);
  const Coefficients coefficients =
      *rc::gen::element(Coefficients::diffuse, Coefficients::profiled);
  const Likelihood quick = likelihood(quickly, scale, coefficients);
  const Likelihood slow = likelihood(slowly, scale, coefficients);
  RC_ASSERT(quick.num_diffuse == slow.num_diffuse);
  const auto is_near = [](double left, double right) {
    return left == right || std::abs(left - right) <= 1e-7 * (1 + std::abs(right));
  };
  RC_ASSERT(is_near(quick.log_likelihood, slow.log_likelihood));
  RC_ASSERT(is_near(quick.scale, slow.scale));
  for (std::size_t i = 0; i < slow.coefficients.size(); ++i)
    RC_ASSERT(is_near(quick.coefficients[i], slow.coefficients[i]));
}

RC_GTEST_PROP(MovingAverage, of_a_structural_model_is_as_likely_as_the_filter_says, ()) {
  StructuralForm form{
      .trend = *rc::gen::element(Trend::level, Trend::slope),
      .season = *rc::gen::element(Season::none, Season::dummies, Season::trigonometric),
      .slots_per_year = *rc::gen::element(2, 4, 11, 12, 24)};
  if (form.trend == Trend::slope && *rc::gen::arbitrary<bool>())
    form.damping = *rc::gen::inRange(50, 100) / 100.0;
  const std::vector<double> series =
      any_walk(static_cast<std::size_t>(form.slots_per_year * *rc::gen::inRange(2, 8) + 3));
  const StructuralVariances variances{
      .irregular = any_ratio(), .level = any_ratio(), .slope = any_ratio(), .season = any_ratio()};
  const Regressors regressors = any_regressors(series.size());
  const StructuralDifferences differences(form, series, regressors);
  RC_ASSERT(differences.is_possible());
  expect_equal(differences.at(form.damping, variances),
               filter(structural_model(form, variances), series, regressors));
}

RC_GTEST_PROP(MovingAverage, of_differences_is_as_likely_as_the_filter_says, ()) {
  const ArimaOrder order{.slots_per_year = *rc::gen::element(4, 11, 12),
                         .differences = *rc::gen::inRange(0, 3),
                         .moving_average = *rc::gen::inRange(0, 3),
                         .seasonal_differences = *rc::gen::inRange(0, 2),
                         .seasonal_moving_average = *rc::gen::inRange(0, 2)};
  std::vector<double> parameters;
  for (std::size_t i = 0; i < order.num_parameters(); ++i)
    parameters.push_back(*rc::gen::inRange(-250, 250) / 100.0);
  const ArimaCoefficients coefficients = arima_at(order, parameters);
  const std::vector<double> series = any_walk(60);
  const Regressors regressors = any_regressors(series.size());
  const ArimaDifferences differences(order, series, regressors);
  RC_ASSERT(differences.is_possible());
  expect_equal(differences.at(coefficients, 1),
               filter(arima_model(order, coefficients), series, regressors));
}

// Two numbers, variance 2 and covariance 1: determinant 3, and (1 2) its inverse (1 2)' = (2 - 4 + 8) / 3 = 2.
TEST(MovingAverage, of_two_numbers_is_worked_out_by_hand) {
  const std::vector<double> covariances = {2, 1};
  const std::vector<double> series = {1, 2};
  Innovations made;
  ASSERT_TRUE(find_innovations(covariances, series, made));
  EXPECT_NEAR(made.log_determinant, std::log(3), 1e-15);
  double squares = 0;
  for (std::size_t t = 0; t < 2; ++t)
    squares += made.values[t] * made.values[t] / made.variances[t];
  EXPECT_NEAR(squares, 2, 1e-15);
}

TEST(MovingAverage, says_nothing_of_what_are_no_autocovariances) {
  const std::vector<double> impossible = {1, 0.9};
  Innovations made;
  EXPECT_FALSE(find_innovations(impossible, std::vector<double>(9, 1.0), made));
}

TEST(MovingAverage, leaves_series_with_gaps_and_short_ones_to_the_filter) {
  std::vector<double> series(40, 1.0);
  EXPECT_TRUE(StructuralDifferences({}, series).is_possible());
  EXPECT_TRUE(ArimaDifferences({}, series).is_possible());
  EXPECT_FALSE(ArimaDifferences({.autoregressive = 1}, series).is_possible());
  series[3] = std::nan("");
  EXPECT_FALSE(StructuralDifferences({}, series).is_possible());
  EXPECT_FALSE(ArimaDifferences({}, series).is_possible());
  EXPECT_FALSE(StructuralDifferences({}, std::vector<double>(13, 1.0)).is_possible());
  EXPECT_FALSE(ArimaDifferences({}, std::vector<double>(13, 1.0)).is_possible());
}

}  // namespace
}  // namespace diaodu::forecast
