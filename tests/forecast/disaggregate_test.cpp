#include "diaodu/forecast/disaggregate.h"

#include <cmath>
#include <numeric>

#include "forecast/swiss_pharma.h"
#include "support/property.h"

namespace diaodu::forecast {
namespace {

const std::vector<double> kIndicator = {98.2,  100.8, 102.2, 100.8, 99.0,  101.6,
                                        102.7, 101.5, 100.5, 103.0, 103.5, 101.5};
const std::vector<double> kTotals = {4000, 4161.4};

double total(const std::vector<double>& values, std::size_t from, std::size_t count) {
  return std::accumulate(values.begin() + static_cast<std::ptrdiff_t>(from),
                         values.begin() + static_cast<std::ptrdiff_t>(from + count), 0.0);
}

TEST(Disaggregate, proportional_denton_of_the_quarterly_accounts_manual) {
  const double expected[] = {969.7929,  998.4190,  1018.3458, 1013.4423, 1007.2033, 1042.8485,
                             1060.3446, 1051.0035, 1040.6488, 1066.5355, 1071.7129, 1051.0035};
  const double ratios[] = {9.8757,  9.9050,  9.9642,  10.0540, 10.1738, 10.2643,
                           10.3247, 10.3547, 10.3547, 10.3547, 10.3547, 10.3547};
  const auto made = denton_proportional(kTotals, kIndicator, 4);
  for (std::size_t i = 0; i < 12; ++i) {
    EXPECT_NEAR(made[i], expected[i], 5.1e-5);
    EXPECT_NEAR(made[i] / kIndicator[i], ratios[i], 5.1e-5);
  }
}

TEST(Disaggregate, every_method_keeps_the_totals) {
  holds(50, [] {
    std::vector<double> indicator;
    for (int i = 0; i < 24; ++i) indicator.push_back(*rc::gen::inRange(50, 200));
    std::vector<double> totals;
    for (int i = 0; i < 5; ++i) totals.push_back(*rc::gen::inRange(100, 900));
    const std::vector<std::vector<double>> made = {
        denton_proportional(totals, indicator, 4), denton_additive(totals, indicator, 4, 1),
        denton_additive(totals, indicator, 4, 2), denton_additive(totals, indicator, 4, 1, false),
        chow_lin(totals, {indicator}, 4).values};
    for (const auto& values : made) {
      RC_ASSERT(values.size() == 24);
      for (std::size_t i = 0; i < 5; ++i)
        RC_ASSERT(std::abs(total(values, 4 * i, 4) - totals[i]) < 1e-8 * 1000);
    }
  });
}

TEST(Disaggregate, an_indicator_that_is_exact_is_kept_but_for_its_size) {
  // Totals are three times the indicator's: so are the quarters, by every proportional method.
  const std::vector<double> totals = {3 * total(kIndicator, 0, 4), 3 * total(kIndicator, 4, 4),
                                      3 * total(kIndicator, 8, 4)};
  const auto denton = denton_proportional(totals, kIndicator, 4);
  const auto regression = chow_lin_at(totals, {kIndicator}, 4, 0.5);
  EXPECT_NEAR(regression.coefficients[0], 3, 1e-10);
  for (std::size_t i = 0; i < 12; ++i) {
    EXPECT_NEAR(denton[i], 3 * kIndicator[i], 1e-8);
    EXPECT_NEAR(regression.values[i], 3 * kIndicator[i], 1e-8);
  }
}

TEST(Disaggregate, dentons_own_start_has_a_transient_and_cholettes_has_none) {
  // Totals of 40 against an indicator of ones: the smooth answer is 10 a quarter.  Denton's own takes the difference
  // before the series for nought, so it has to climb from there.
  const std::vector<double> totals = {40, 40, 40, 40};
  const std::vector<double> ones(16, 1.0);
  for (const double value : denton_additive(totals, ones, 4)) EXPECT_NEAR(value, 10, 1e-9);
  EXPECT_LT(denton_additive(totals, ones, 4, 1, false)[0], 9);
}

TEST(Disaggregate, chow_lin_says_when_it_takes_nought_for_a_negative_correlation) {
  // Annual errors alternate in sign: the likelihood falls from rho = 0 on.
  std::vector<double> indicator;
  std::vector<double> totals;
  for (int year = 0; year < 12; ++year) {
    double sum = 0;
    for (int quarter = 0; quarter < 4; ++quarter) {
      indicator.push_back(100 + 3 * year + 7 * quarter);
      sum += indicator.back();
    }
    totals.push_back(sum + (year % 2 == 0 ? 20 : -20));
  }
  const auto made = chow_lin(totals, {indicator}, 4);
  EXPECT_TRUE(made.is_truncated);
  EXPECT_EQ(made.correlation, 0);
  // At 0 generalised least squares are ordinary ones.
  double cross = 0;
  double squares = 0;
  for (std::size_t year = 0; year < 12; ++year) {
    const double x = total(indicator, 4 * year, 4);
    cross += x * totals[year];
    squares += x * x;
  }
  EXPECT_NEAR(made.coefficients[0], cross / squares, 1e-12);
}

TEST(Disaggregate, chow_lin_stands_where_the_likelihood_is_highest) {
  holds(20, [] {
    std::vector<double> indicator;
    std::vector<double> totals;
    double wandering = 0;
    for (int year = 0; year < 15; ++year) {
      double sum = 0;
      for (int quarter = 0; quarter < 4; ++quarter) {
        indicator.push_back(*rc::gen::inRange(90, 110) + year);
        wandering += *rc::gen::inRange(-5, 6);
        sum += indicator.back() + wandering;
      }
      totals.push_back(sum);
    }
    const auto made = chow_lin(totals, {indicator}, 4);
    for (double rho = 0; rho < 0.9995; rho += 0.037) {
      RC_ASSERT(chow_lin_at(totals, {indicator}, 4, rho).log_likelihood <=
                made.log_likelihood + 1e-9);
    }
  });
}

/// Sales of Swiss pharmaceuticals by year, and exports by quarter, with three years more before and two quarters after.
struct Pharma {
  std::vector<double> sales{kSwissSales.begin(), kSwissSales.end()};
  std::vector<double> exports{kSwissExports.begin(), kSwissExports.end()};
};

TEST(Disaggregate, chow_lin_of_swiss_pharmaceuticals_is_that_of_tempdisagg) {
  const Pharma pharma;
  ASSERT_EQ(pharma.sales.size(), 36);
  const auto made = chow_lin(pharma.sales, {pharma.exports}, 4, 12);
  EXPECT_NEAR(made.correlation, 0.86198613616, 1e-4);
  EXPECT_NEAR(made.coefficients[0], .0141600808236, 1e-7);
  EXPECT_NEAR(made.log_likelihood, -172.430322559, 1e-6);
  EXPECT_NEAR(made.squares, 1083.35857254, 0.05);
  const double first[] = {21.6568778956, 22.2197359685, 20.8554119886, 23.9379147194};
  for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(made.values[i], first[i], 1e-4);
  EXPECT_NEAR(made.values.back(), 247.960376862, 2e-2);
}

TEST(Disaggregate, a_constant_takes_swiss_pharmaceuticals_to_a_correlation_of_nought) {
  const Pharma pharma;
  const std::vector<double> ones(pharma.exports.size(), 1.0);
  const auto made = chow_lin(pharma.sales, {ones, pharma.exports}, 4, 12);
  EXPECT_TRUE(made.is_truncated);
  EXPECT_NEAR(made.coefficients[0], 12.4088761425, 1e-6);
  EXPECT_NEAR(made.coefficients[1], .0133918367657, 1e-10);
}

TEST(Disaggregate, denton_and_cholette_of_swiss_pharmaceuticals_are_those_of_tempdisagg) {
  const Pharma pharma;
  const std::vector<double> within(pharma.exports.begin() + 12, pharma.exports.begin() + 12 + 144);
  const std::vector<double> ones(144, 1.0);
  const double smooth[] = {33.3871778747, 33.7025396373, 34.3332631626, 35.2793484504};
  const auto plain = denton_additive(pharma.sales, ones, 4);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(plain[i], smooth[i], 1e-7);
  const double proportional[] = {27.6966073203, 28.1654610377, 25.9551865593, 29.7604568417};
  const auto made = denton_proportional(pharma.sales, pharma.exports, 4, 12);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(made[i], proportional[i], 1e-7);
  EXPECT_NEAR(made.back(), 238.126287359, 1e-6);
}

}  // namespace
}  // namespace diaodu::forecast
