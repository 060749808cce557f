#include "diaodu/forecast/arima.h"

#include <cmath>

#include "diaodu/forecast/china_calendar.h"
#include "forecast/indicator_data.h"
#include "support/property.h"

namespace diaodu::forecast {
namespace {

std::vector<double> logarithms(std::vector<double> values) {
  for (double& value : values) value = std::log(value);
  return values;
}

TEST(Arima, airline_of_the_air_passengers_is_that_of_x13) {
  NEEDS_INDICATORS();
  const auto levels = indicator_column("air_passengers.csv", 1);
  const auto passengers = logarithms(levels);
  const auto fit = std::get<ArimaFit>(fit_arima({}, passengers));
  EXPECT_NEAR(fit.coefficients.moving_average[0], .4018079488, 2e-5);
  EXPECT_NEAR(fit.coefficients.seasonal_moving_average[0], .5569456434, 2e-5);
  EXPECT_NEAR(fit.likelihood.scale, .0013480348, 1e-7);  // R's arima
  // X-13 judges the levels: their likelihood is lower by the sum of the logarithms of the 131 that are judged.
  EXPECT_NEAR(fit.likelihood.log_likelihood, 244.6965, 1e-4);
  // statsmodels stops at 244.6964844; at our maximum it says 244.6964868.
  EXPECT_NEAR(fit.likelihood.log_likelihood, 244.69648681, 2e-7);
  double jacobian = 0;
  for (std::size_t slot = 13; slot < passengers.size(); ++slot) jacobian += passengers[slot];
  EXPECT_NEAR(fit.aicc + 2 * jacobian, 987.3845, 1e-3);
}

TEST(Arima, airline_forecasts_are_those_of_x13) {
  NEEDS_INDICATORS();
  const auto passengers = logarithms(indicator_column("air_passengers.csv", 1));
  const auto fit = std::get<ArimaFit>(fit_arima({}, passengers));
  const StateSpace model = arima_model({}, fit.coefficients);
  const Future ahead = future(model, filter(model, passengers), 12);
  EXPECT_NEAR(std::exp(ahead.mean[0]), 450.422139904084, 2e-3);
  EXPECT_NEAR(std::exp(ahead.mean[1]), 425.716990838471, 2e-3);
  EXPECT_NEAR(std::exp(ahead.mean[2]), 479.006626109271, 2e-3);
  // 95 % lie within 1.959963984540054 deviations.
  const double deviation = std::sqrt(fit.likelihood.scale) * ahead.root[0];
  EXPECT_NEAR(std::exp(ahead.mean[0] - 1.959963984540054 * deviation), 419.147263416744, 5e-3);
  EXPECT_NEAR(std::exp(ahead.mean[0] + 1.959963984540054 * deviation), 484.030606479369, 5e-3);
}

Series imports_since_2000() {
  const auto all = indicator_column("china_imports.csv", 1);
  // The file begins in July 1983: January 2000 is its slot 198.
  return {.first_year = 2000, .values = logarithms({all.begin() + 198, all.end()})};
}

TEST(Arima, imports_of_china_without_the_spring_festival) {
  NEEDS_INDICATORS();
  const Series imports = imports_since_2000();
  ASSERT_EQ(imports.size(), 168);
  EXPECT_NEAR(std::exp(imports.values[0]), 152.58, 1e-9);
  const auto fit = std::get<ArimaFit>(fit_arima({}, imports.values));
  EXPECT_NEAR(fit.coefficients.moving_average[0], .4392263580, 1e-3);
  EXPECT_NEAR(fit.likelihood.log_likelihood, 156.1157, 1e-3);
  const StateSpace model = arima_model({}, fit.coefficients);
  const Future ahead = future(model, filter(model, imports.values), 2);
  EXPECT_NEAR(std::exp(ahead.mean[0]), 1566.145936, 0.5);
  EXPECT_NEAR(std::exp(ahead.mean[1]), 1450.212332, 0.5);
}

TEST(Arima, imports_of_china_with_the_spring_festival) {
  NEEDS_INDICATORS();
  const Series imports = imports_since_2000();
  const Regressors festival = {festival_shares(imports, 170, -6, -1),
                               festival_shares(imports, 170, 0, 6)};
  const auto fit = std::get<ArimaFit>(fit_arima({}, imports.values, festival));
  EXPECT_NEAR(fit.likelihood.log_likelihood, 194.2483, 1e-4);
  EXPECT_NEAR(fit.likelihood.coefficients[0], .07309208589, 1e-5);
  EXPECT_NEAR(fit.likelihood.coefficients[1], -.2456927439, 1e-5);
  EXPECT_NEAR(fit.coefficients.moving_average[0], .2376402482, 1e-4);
  EXPECT_NEAR(fit.coefficients.seasonal_moving_average[0], .7944935412, 1e-4);
  double jacobian = 0;
  for (std::size_t slot = 13; slot < imports.size(); ++slot) jacobian += imports.values[slot];
  EXPECT_NEAR(fit.aicc + 2 * jacobian, 1647.4104, 1e-3);
  const StateSpace model = arima_model({}, fit.coefficients);
  const Future ahead = future(model, filter(model, imports.values, festival), 2);
  const auto forecast = [&](std::size_t step) {
    double mean = ahead.mean[step];
    for (std::size_t i = 0; i < 2; ++i) {
      mean += fit.likelihood.coefficients[i] *
              (festival[i][imports.size() + step] - ahead.mean[(i + 1) * 2 + step]);
    }
    return std::exp(mean);
  };
  EXPECT_NEAR(forecast(0), 1722.445576, 0.05);
  EXPECT_NEAR(forecast(1), 1343.100129, 0.05);
}

/// Nine years of months that grow by half a percent, with a little noise; the weeks before the Spring Festival have `lift` more.
Series festive(double lift) {
  Series series{.first_year = 2012};
  const std::size_t size = 9 * 12;
  series.values.resize(size);
  const std::vector<double> before = china_regressors(series, 0).front().front();
  for (std::size_t t = 0; t < size; ++t) {
    const double noise = 0.01 * std::sin(static_cast<double>(t * t));
    series.values[t] = 100 * std::exp(0.005 * static_cast<double>(t) + lift * before[t] + noise);
  }
  return series;
}

double mean_of_february(const Series& series, bool knows_calendar) {
  const auto made =
      airline_paths(series, {.horizon = 2, .count = 400}, {.has_china_calendar = knows_calendar});
  const Paths& paths = std::get<Paths>(made);
  double sum = 0;
  for (std::size_t path = 0; path < paths.count; ++path) sum += paths.at(path, 1);
  return sum / static_cast<double>(paths.count);
}

TEST(Airline, takes_the_spring_festival_where_it_shows_and_not_where_it_does_not) {
  // 2021's festival is on 12 February: all six days before it lie in February.
  Series longer = festive(0.6);
  longer.values.resize(longer.values.size() + 2);
  const std::vector<double> before = china_regressors(longer, 0).front().front();
  const double truth = 100 * std::exp(0.005 * 109 + 0.6 * before[109]);
  const Series lively = festive(0.6);
  EXPECT_LT(std::abs(mean_of_february(lively, true) - truth),
            0.3 * std::abs(mean_of_february(lively, false) - truth));
  const Series plain = festive(0);
  EXPECT_EQ(mean_of_february(plain, true), mean_of_february(plain, false));
}

// Differences take five of nine quarters: four numbers are too few to judge a regressor by.
TEST(Airline, takes_no_regressor_where_too_little_is_known) {
  Series quarters{.slots_per_year = 4, .first_year = 2022};
  for (int t = 0; t < 9; ++t) {
    quarters.values.push_back(100 *
                              std::exp(0.02 * t + 0.01 * std::sin(static_cast<double>(t * t))));
  }
  const auto values = [&](bool knows_calendar) {
    const auto made = airline_paths(quarters, {.horizon = 4, .count = 50},
                                    {.has_china_calendar = knows_calendar});
    return std::get<Paths>(made).values;
  };
  EXPECT_EQ(values(true), values(false));
}

}  // namespace
}  // namespace diaodu::forecast
