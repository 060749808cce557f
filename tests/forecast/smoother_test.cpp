#include "diaodu/forecast/smoother.h"

#include <cmath>

#include "diaodu/forecast/structural.h"
#include "forecast/indicator_data.h"
#include "support/property.h"

namespace diaodu::forecast {
namespace {

const StructuralForm kLocalLevel{.trend = Trend::level, .season = Season::none};

TEST(Smoother, nile_as_durbin_and_koopman_have_it) {
  NEEDS_INDICATORS();
  const auto nile = indicator_column("nile.csv", 1);
  const auto model = structural_model(kLocalLevel, {.irregular = 15099, .level = 1469.1});
  const Smoothed smoothed = smooth(model, nile);
  EXPECT_NEAR(smoothed.log_likelihood, -632.545625116, 1e-8);
  EXPECT_NEAR(smoothed.states[0], 1111.66831913, 1e-7);
  EXPECT_NEAR(smoothed.state_variance[0], 4032.15794181, 1e-7);
}

TEST(Smoother, nile_with_forty_years_missing) {
  NEEDS_INDICATORS();
  auto nile = indicator_column("nile.csv", 1);
  for (std::size_t year = 20; year < 40; ++year) nile[year] = nile[year + 40] = kMissing;
  const auto model = structural_model(kLocalLevel, {.irregular = 15099, .level = 1469.1});
  const Smoothed smoothed = smooth(model, nile);
  // The 30th and the 70th year.
  EXPECT_NEAR(smoothed.states[29], 903.4211029581, 1e-8);
  EXPECT_NEAR(smoothed.states[69], 837.1773237098, 1e-8);
  EXPECT_NEAR(smoothed.state_variance[29], 9715.0059024619, 1e-7);
}

TEST(Smoother, air_passengers_at_fixed_variances) {
  NEEDS_INDICATORS();
  auto passengers = indicator_column("air_passengers.csv", 1);
  for (double& value : passengers) value = std::log(value);
  const auto model =
      structural_model({.season = Season::dummies},
                       {.irregular = 1.3e-4, .level = 7e-4, .slope = 0, .season = 6.4e-5});
  const Smoothed smoothed = smooth(model, passengers);
  EXPECT_NEAR(smoothed.log_likelihood, 229.36657744, 1e-7);
  // Places go round: January's effect and that of the December before it.
  EXPECT_NEAR(smoothed.states[0], 4.84088149929, 1e-10);
  EXPECT_NEAR(smoothed.states[1], .00937080146391, 1e-12);
  EXPECT_NEAR(smoothed.states[2], -.122155367885, 1e-10);
  EXPECT_NEAR(smoothed.states[2 + 10], -.0942992135405, 1e-10);
  // December 1960 is slot 143 = 13 * 11 + 0.
  const double* last = &smoothed.states[143 * 13];
  EXPECT_NEAR(last[0], 6.18090610862, 1e-10);
  EXPECT_NEAR(last[1], .00937080146391, 1e-12);
  EXPECT_NEAR(last[2], -.11016397901, 1e-10);
  EXPECT_NEAR(last[2 + 10], -.215675192855, 1e-10);
  EXPECT_NEAR(smoothed.state_variance[143 * 13], 2.88735495723e-4, 1e-12);
}

}  // namespace
}  // namespace diaodu::forecast
