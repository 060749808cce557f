#include "diaodu/forecast/structural.h"

#include <cmath>

#include "forecast/indicator_data.h"
#include "support/property.h"

namespace diaodu::forecast {
namespace {

const StructuralForm kLevelAlone{.trend = Trend::level, .season = Season::none};

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
  const auto model = structural_model(kLevelAlone, {.irregular = 15099, .level = 1469.1});
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
      structural_model(kLevelAlone, {.irregular = 15098.6543348, .level = 1469.16325134});
  EXPECT_NEAR(judged(model, nile).log_likelihood, -632.545625104, 1e-8);
  const auto fit = std::get<StructuralFit>(fit_structural(kLevelAlone, nile));
  EXPECT_NEAR(fit.log_likelihood, -632.545625104, 1e-7);
  EXPECT_NEAR(fit.variances.irregular, 15098.6543348, 2);
  EXPECT_NEAR(fit.variances.level, 1469.16325134, 1);
}

TEST(Structural, nile_with_forty_years_missing) {
  NEEDS_INDICATORS();
  auto nile = indicator_column("nile.csv", 1);
  for (std::size_t year = 20; year < 40; ++year) nile[year] = nile[year + 40] = kMissing;
  const auto model = structural_model(kLevelAlone, {.irregular = 15099, .level = 1469.1});
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
  const auto model =
      structural_model(form, {.irregular = 0.00403398979744, .level = 0.00026807738177});
  const Likelihood found =
      likelihood(filter(model, drivers, regressors), Scale::given, Coefficients::diffuse);
  EXPECT_NEAR(found.log_likelihood, 188.134085018, 1e-7);
  EXPECT_NEAR(found.coefficients[0], -0.237586975749, 1e-9);
  EXPECT_NEAR(found.coefficients[1], -0.27674115213, 1e-9);
}

TEST(Structural, without_any_january_there_is_no_forecast_and_words_say_so) {
  NEEDS_INDICATORS();
  Series series{.first_year = 1949, .values = indicator_column("air_passengers.csv", 1)};
  for (std::size_t slot = 0; slot < series.size(); slot += 12) series.values[slot] = kMissing;
  const Futures made = structural_paths(series, {});
  ASSERT_TRUE(std::holds_alternative<CannotForecast>(made));
  EXPECT_NE(std::get<CannotForecast>(made).why.find("never published"), std::string::npos);
  EXPECT_FALSE(std::get<CannotForecast>(made).why_zh.empty());
}

/// Eight years of months with a trend, a season and noise that repeats.
Series made_series(std::uint64_t seed) {
  Series series{.first_year = 2017};
  std::uint64_t state = seed;
  double level = 100;
  for (int month = 0; month < 96; ++month) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    level += 0.4 + (static_cast<double>(state >> 40) / 16777216.0 - 0.5) * 2;
    series.values.push_back(level * (1 + 0.1 * std::sin(month * 0.5235987755982988)));
  }
  return series;
}

TEST(Structural, a_path_is_the_same_however_many_are_asked_for_and_however_far) {
  const Series series = made_series(1);
  const auto few = std::get<Paths>(
      structural_paths(series, {.horizon = 6, .count = 70, .seed = 3, .variable = 9}));
  const auto many = std::get<Paths>(
      structural_paths(series, {.horizon = 12, .count = 500, .seed = 3, .variable = 9}));
  for (std::size_t path = 0; path < few.count; ++path) {
    for (std::size_t step = 0; step < few.horizon; ++step)
      ASSERT_DOUBLE_EQ(few.at(path, step), many.at(path, step));
  }
  const auto other = std::get<Paths>(
      structural_paths(series, {.horizon = 6, .count = 70, .seed = 3, .variable = 10}));
  EXPECT_NE(few.at(0, 0), other.at(0, 0));
}

TEST(Structural, a_larger_unit_makes_larger_paths_and_nothing_else) {
  const Series series = made_series(2);
  Series thousands = series;
  for (double& value : thousands.values) value /= 1000;
  const auto paths = std::get<Paths>(structural_paths(series, {.count = 100}));
  const auto small = std::get<Paths>(structural_paths(thousands, {.count = 100}));
  for (std::size_t i = 0; i < paths.values.size(); ++i)
    ASSERT_NEAR(small.values[i] * 1000 / paths.values[i], 1, 1e-3);
}

TEST(Structural, a_number_that_is_off_and_a_level_that_shifts_are_found) {
  Series series = made_series(3);
  series.values[40] += 40;
  for (std::size_t month = 70; month < 96; ++month) series.values[month] += 40;
  const auto found = find_outliers({}, series.values, {.prior_weight = 1});
  ASSERT_EQ(found.size(), 2);
  for (const Outlier& outlier : found) {
    const bool is_shift = outlier.kind == Outlier::Kind::level_shift;
    EXPECT_EQ(outlier.slot, is_shift ? 70 : 40);
    EXPECT_NEAR(outlier.size, 40, 8);
    EXPECT_GT(outlier.t, 4);
  }
  EXPECT_TRUE(find_outliers({}, made_series(3).values, {.prior_weight = 1}).empty());
}

/// Sums that begin anew every `slots`.
Cumulator to_date(std::size_t size, std::size_t slots) {
  Cumulator made;
  for (std::size_t slot = 0; slot < size; ++slot) {
    made.weights.push_back(1);
    made.begins.push_back(slot % slots == 0);
    made.is_to_date.push_back(true);
  }
  return made;
}

TEST(Structural, sums_to_date_say_as_much_as_their_differences) {
  // All months are published to date: the map to flows has determinant 1, so likelihoods are the same.
  holds(30, [] {
    std::vector<double> flows;
    for (int i = 0; i < 20; ++i) flows.push_back(*rc::gen::inRange(0, 100));
    const StructuralForm form{.season = Season::dummies, .slots_per_year = 4};
    const StructuralVariances variances{.irregular = 2, .level = 0.5, .slope = 0.1, .season = 0.3};
    const Cumulator cumulator = to_date(20, 4);
    const auto direct = judged(structural_model(form, variances), flows);
    const auto summed =
        judged(cumulated_model(form, variances, cumulator), cumulated(flows, cumulator));
    RC_ASSERT(std::abs(direct.log_likelihood - summed.log_likelihood) < 1e-6);
  });
}

TEST(Structural, a_january_that_is_only_in_the_sum_to_february_needs_no_number_of_its_own) {
  // Twelve months, January never published, February to date, the rest as flows.  With a season of twelve, January and
  // February have only their sum: one direction stays open, and is said to.
  Series series = made_series(4);
  Cumulator cumulator = to_date(96, 12);
  for (std::size_t slot = 0; slot < 96; ++slot) cumulator.is_to_date[slot] = slot % 12 == 1;
  auto published = cumulated(series.values, cumulator);
  for (std::size_t slot = 0; slot < 96; slot += 12) published[slot] = kMissing;
  const auto season =
      fit_structural({}, published, {}, {.prior_weight = 1, .cumulator = cumulator});
  EXPECT_TRUE(std::holds_alternative<CannotForecast>(season));
  // Without a season all is known: as many unknowns as level and slope.
  const auto plain = fit_structural({.season = Season::none}, published, {},
                                    {.prior_weight = 1, .cumulator = cumulator});
  ASSERT_TRUE(std::holds_alternative<StructuralFit>(plain));
  EXPECT_EQ(std::get<StructuralFit>(plain).likelihood.num_diffuse, 2);
}

}  // namespace
}  // namespace diaodu::forecast
