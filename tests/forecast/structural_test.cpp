#include "diaodu/forecast/structural.h"

#include <cmath>

#include "forecast/indicator_data.h"
#include "support/property.h"

namespace diaodu::forecast {
namespace {

const StructuralForm kLocalLevel{.trend = Trend::level, .season = Season::none};

std::vector<double> logarithms(std::vector<double> values) {
  for (double& value : values) value = std::log(value);
  return values;
}

Likelihood judged(const StateSpace& model, const std::vector<double>& series) {
  return likelihood(filter(model, series), Scale::given, Coefficients::diffuse);
}

TEST(Structural, nile_at_the_variances_of_durbin_and_koopman) {
  NEEDS_INDICATORS();
  const auto nile = indicator_column("nile.csv", 1);
  const auto model = structural_model(kLocalLevel, {.irregular = 15099, .level = 1469.1});
  const Filtered filtered = filter(model, nile);
  EXPECT_NEAR(filtered.mean[0], 798.370292608, 1e-8);
  EXPECT_NEAR(filtered.variance[0], 5501.25794181, 1e-7);
  const Likelihood found = judged(model, nile);
  // KFAS leaves 1/2 log 2 pi = 0.9189385 of the one diffuse step out, statsmodels does not.
  EXPECT_EQ(found.num_diffuse, 1);
  EXPECT_NEAR(found.log_likelihood, -632.545625116, 1e-8);
  EXPECT_NEAR(found.with_constants(), -633.4645636488787, 1e-9);
}

TEST(Structural, nile_at_its_maximum) {
  NEEDS_INDICATORS();
  const auto nile = indicator_column("nile.csv", 1);
  const auto model =
      structural_model(kLocalLevel, {.irregular = 15098.6543348, .level = 1469.16325134});
  EXPECT_NEAR(judged(model, nile).log_likelihood, -632.545625104, 1e-8);
  const auto fit = std::get<StructuralFit>(fit_structural(kLocalLevel, nile));
  EXPECT_NEAR(fit.log_likelihood, -632.545625104, 1e-7);
  EXPECT_NEAR(fit.variances.irregular, 15098.6543348, 2);
  EXPECT_NEAR(fit.variances.level, 1469.16325134, 1);
}

TEST(Structural, nile_with_forty_years_missing) {
  NEEDS_INDICATORS();
  auto nile = indicator_column("nile.csv", 1);
  for (std::size_t year = 20; year < 40; ++year) nile[year] = nile[year + 40] = kMissing;
  const auto model = structural_model(kLocalLevel, {.irregular = 15099, .level = 1469.1});
  EXPECT_NEAR(judged(model, nile).with_constants(), -381.5060013085083, 1e-9);
}

TEST(Structural, air_passengers_at_fixed_variances) {
  NEEDS_INDICATORS();
  const auto passengers = logarithms(indicator_column("air_passengers.csv", 1));
  const auto model =
      structural_model({.season = Season::dummies},
                       {.irregular = 1.3e-4, .level = 7e-4, .slope = 0, .season = 6.4e-5});
  const Filtered filtered = filter(model, passengers);
  const Likelihood found = likelihood(filtered, Scale::given, Coefficients::diffuse);
  EXPECT_EQ(found.num_diffuse, 13);
  EXPECT_NEAR(found.log_likelihood, 229.36657744, 1e-7);
  // 80 % of a normal lies within 1.2815515655446 of its deviation.
  const Future ahead = future(model, filtered, 12);
  const auto deviation = [&](std::size_t step) {
    double sum = 0;
    for (std::size_t past = 0; past <= step; ++past)
      sum += ahead.root[step * 12 + past] * ahead.root[step * 12 + past];
    return std::sqrt(sum);
  };
  EXPECT_NEAR(ahead.mean[0], 6.12525651936, 1e-10);
  EXPECT_NEAR(ahead.mean[0] - 1.2815515655446 * deviation(0), 6.07501075150, 1e-10);
  EXPECT_NEAR(ahead.mean[11], 6.18319174718, 1e-10);
  EXPECT_NEAR(ahead.mean[11] + 1.2815515655446 * deviation(11), 6.30810817632, 1e-10);
}

TEST(Structural, air_passengers_at_their_maximum) {
  NEEDS_INDICATORS();
  const auto passengers = logarithms(indicator_column("air_passengers.csv", 1));
  const StructuralForm form{.season = Season::dummies};
  const auto fit = std::get<StructuralFit>(fit_structural(form, passengers));
  // statsmodels' exact diffuse likelihood at its own maximum is 217.4203437.
  EXPECT_NEAR(fit.likelihood.with_constants(), 217.4203437, 1e-4);
  EXPECT_NEAR(fit.variances.irregular, 1.29425606e-4, 2e-6);
  EXPECT_NEAR(fit.variances.level, 6.99220887e-4, 4e-6);
  EXPECT_NEAR(fit.variances.slope, 0, 1e-9);
  EXPECT_NEAR(fit.variances.season, 6.42548946e-5, 1e-6);
}

TEST(Structural, seatbelts_with_a_law_and_the_price_of_petrol) {
  NEEDS_INDICATORS();
  const auto drivers = logarithms(indicator_column("seatbelts.csv", 1));
  const Regressors regressors = {indicator_column("seatbelts.csv", 3),
                                 logarithms(indicator_column("seatbelts.csv", 2))};
  const StructuralForm form{.trend = Trend::level};
  const auto model = structural_model(form, {.irregular = 0.00403398979744, .level = 0.00026807738177});
  const Likelihood found = likelihood(filter(model, drivers, regressors), Scale::given,
                                      Coefficients::diffuse);
  EXPECT_NEAR(found.log_likelihood, 188.134085018, 1e-7);
  EXPECT_NEAR(found.coefficients[0], -0.237586975749, 1e-9);
  EXPECT_NEAR(found.coefficients[1], -0.27674115213, 1e-9);
}

TEST(Structural, without_any_january_there_is_no_forecast_and_words_say_so) {
  NEEDS_INDICATORS();
  Series series{.first_year = 1949, .values = indicator_column("air_passengers.csv", 1)};
  for (std::size_t slot = 0; slot < series.size(); slot += 12) series.values[slot] = kMissing;
  const Forecast made = structural_paths(series, {});
  ASSERT_TRUE(std::holds_alternative<CannotForecast>(made));
  EXPECT_NE(std::get<CannotForecast>(made).why.find("never published"), std::string::npos);
  EXPECT_FALSE(std::get<CannotForecast>(made).why_zh.empty());
}

}  // namespace
}  // namespace diaodu::forecast
