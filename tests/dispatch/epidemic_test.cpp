#include "diaodu/dispatch/epidemic.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace diaodu::dispatch {
namespace {

/// Cases of influenza in a school in Pennsylvania, 2009, by day (Cauchemez et al. 2011), and the serial interval of Morgan
/// et al. 2010; what comes of them is EpiEstim's.
const std::vector<std::int64_t> kSchool = {1,  1, 0, 2, 5, 3, 3, 3, 6, 2, 5, 9, 13, 12, 13, 11,
                                           12, 6, 6, 6, 3, 1, 0, 2, 0, 0, 0, 0, 2,  0,  2,  0};
const std::vector<double> kSerial = {0,    .233, .359, .198, .103, .053,
                                     .027, .014, .007, .003, .002, .001};

TEST(Epidemic, the_reproduction_number_of_a_week_is_epiestims) {
  // Days 2 to 8 counted from 1.
  const Estimate first = instantaneous_reproduction(kSchool, kSerial, 1, 8);
  EXPECT_NEAR(first.mean, 1.735608909, 5e-10);
  EXPECT_NEAR(first.deviation, .4090869431, 5e-11);
  EXPECT_NEAR(first.low, 1.0286318, 5e-8);
  EXPECT_NEAR(first.median, 1.7035760, 5e-8);
  EXPECT_NEAR(first.high, 2.6244959, 5e-8);
  EXPECT_NEAR(instantaneous_reproduction(kSchool, kSerial, 2, 9).mean, 1.749049430, 5e-10);
  EXPECT_NEAR(instantaneous_reproduction(kSchool, kSerial, 3, 10).mean, 1.537042730, 5e-10);
  EXPECT_NEAR(instantaneous_reproduction(kSchool, kSerial, 25, 32).mean, 1.004016064, 5e-10);
}

TEST(Epidemic, a_serial_interval_is_cut_into_days_as_by_epiestim) {
  const std::vector<double> serial = serial_interval(2.6, 1.5, 32);
  const double known[] = {0, .2331721254, .3585794003, .1981108285, .1033426554, .0529051752};
  for (std::size_t day = 0; day < std::size(known); ++day)
    EXPECT_NEAR(serial[day], known[day], 5e-11) << day;
  EXPECT_NEAR(std::accumulate(serial.begin(), serial.end(), 0.0), 1, 1e-6);
  EXPECT_NEAR(instantaneous_reproduction(kSchool, serial, 1, 8).mean, 1.7357976637, 5e-9);
  EXPECT_NEAR(instantaneous_reproduction(kSchool, serial, 7, 14).mean, 1.6639844847, 5e-9);
  EXPECT_NEAR(instantaneous_reproduction(kSchool, serial, 21, 28).mean, .2400880228, 5e-9);
}

TEST(Epidemic, how_many_each_case_infected_is_as_wallinga_and_teunis_say) {
  const std::vector<double> daily = case_reproduction(kSchool, kSerial);
  const double known[] = {2.522178, 2.854658, 3.709238, 2.516748, 1.230897};
  for (std::size_t day = 0; day < std::size(known); ++day)
    EXPECT_NEAR(daily[day], known[day], 5e-7) << day;
  const double weeks[] = {1.534692829, 1.456453244, 1.496596740,
                          1.511244231, 1.570672829, 1.468707227};
  for (std::size_t i = 0; i < std::size(weeks); ++i) {
    const Estimate week = case_reproduction(kSchool, kSerial, 1 + i, 8 + i, 2000);
    EXPECT_NEAR(week.mean, weeks[i], 5e-10) << i;
    EXPECT_LT(week.low, week.mean);
    EXPECT_GT(week.high, week.mean);
  }
  // All cases but those of the first day were infected by somebody: 129 infected by 129 but for what comes from nobody.
  const Estimate all = case_reproduction(kSchool, kSerial, 0, 32, 10);
  EXPECT_NEAR(all.mean, 128.0 / 129, 1e-12);
}

TEST(Epidemic, dates_alone_do_not_tell_who_infected_whom) {
  // outbreaker2's made-up outbreak of thirty, and its serial interval.  By dates alone the likeliest infector is a weak
  // guess: the mean support stays below 0.35, and the tool says so by the probability.
  const std::int64_t onsets[] = {0, 2, 4,  4,  6,  6,  6,  7,  7,  8,  8,  8,  8,  9,  9,
                                 9, 9, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 11, 11};
  const double serial[] = {0, .04255, .21277, .42553, .31915};
  const auto all = likely_infectors(onsets, serial);
  EXPECT_TRUE(all[0].empty());
  double support = 0;
  double known = 0;
  for (const auto& infectors : all) {
    if (infectors.empty()) continue;
    double sum = 0;
    for (const LikelyInfector& each : infectors) sum += each.probability;
    EXPECT_NEAR(sum, 1, 1e-12);
    support += infectors.front().probability;
    ++known;
  }
  EXPECT_LT(support / known, 0.35);
  // A known contact stands out.
  const std::pair<std::size_t, std::size_t> contacts[] = {{20, 15}};
  EXPECT_EQ(likely_infectors(onsets, serial, {}, 10)[20].front().infector,
            all[20].front().infector);
  const auto told = likely_infectors(onsets, serial, contacts, 1000);
  EXPECT_EQ(told[20].front().infector, 15U);
}

TEST(Epidemic, doubling_every_day_is_growth_of_ln_two) {
  const std::int64_t doubling[] = {10, 20, 40, 80, 160};
  const Growth fast = growth(doubling);
  ASSERT_TRUE(fast.is_known);
  EXPECT_NEAR(fast.rate.mean, std::log(2), 1e-9);
  EXPECT_NEAR(fast.level, 10, 1e-7);
  EXPECT_LT(fast.rate.low, fast.rate.mean);
  const std::int64_t same[] = {7, 7, 7, 7};
  EXPECT_NEAR(growth(same).rate.mean, 0, 1e-12);
  // Variance of the rate: 1 / (7 × sum of squares about the mean day) = 1 / (7 × 5).
  EXPECT_NEAR(growth(same).rate.deviation, std::sqrt(1.0 / 35), 1e-9);
  const std::int64_t none[] = {0, 0, 0};
  EXPECT_FALSE(growth(none).is_known);
}

TEST(Epidemic, how_many_a_case_infects_is_told_by_the_days_after_the_first_cases) {
  const std::vector<std::int64_t> young = {0, 0, 4, 6, 9};
  EXPECT_EQ(first_telling_day(young, 7), 3U);
  EXPECT_EQ(first_telling_day(young, 2), 3U);
  EXPECT_EQ(first_telling_day(young, 1), 4U);
  const std::vector<std::int64_t> first = {10};
  EXPECT_EQ(first_telling_day(first, 7), 1U);
  const std::vector<std::int64_t> none = {0, 0};
  EXPECT_EQ(first_telling_day(none, 7), 2U);
}

TEST(Epidemic, cases_to_come_follow_the_renewal_of_those_there_are) {
  // Everybody infects on the next day.  A hundred a day for ten days: R is 1 but for the prior, (1 + 700) / (1/5 + 700).
  const std::vector<std::int64_t> steady(10, 100);
  const double next_day[] = {0, 1};
  const auto to_come = cases_to_come(steady, next_day, 7, 3, 20'000);
  ASSERT_EQ(to_come.size(), 3U);
  // Deviation of the first day: Poisson's 10 and the posterior's 100 / sqrt(701), together 10.7.
  EXPECT_NEAR(to_come[0].mean, 100 * 701 / 700.2, 0.3);
  EXPECT_NEAR(static_cast<double>(to_come[0].low), 100.1 - 1.96 * 10.7, 1.5);
  EXPECT_NEAR(static_cast<double>(to_come[0].high), 100.1 + 1.96 * 10.7, 1.5);
  EXPECT_GT(to_come[2].high - to_come[2].low, to_come[0].high - to_come[0].low);
  // Of 4, 6 and 9 the first were infected by nobody known: R is (1 + 15) / (1/5 + 10).
  const std::vector<std::int64_t> young = {0, 0, 4, 6, 9};
  EXPECT_NEAR(cases_to_come(young, next_day, 7, 1, 20'000)[0].mean, 9 * 16 / 10.2, 0.2);
  // Doubling for sixty days would be more people than numbers hold.
  const std::vector<std::int64_t> doubling = {10, 20, 40, 80, 160, 320, 640};
  const auto endless = cases_to_come(doubling, next_day, 7, 60, 100);
  EXPECT_NEAR(static_cast<double>(endless.back().low), 1e12, 1e8);
  EXPECT_NEAR(static_cast<double>(endless.back().high), 1e12, 1e8);
  // Nobody ill, nobody to come.
  const std::vector<std::int64_t> over(10, 0);
  EXPECT_EQ(cases_to_come(over, next_day, 7, 2)[1].high, 0);
}

}  // namespace
}  // namespace diaodu::dispatch
