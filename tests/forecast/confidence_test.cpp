#include "diaodu/forecast/confidence.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "diaodu/forecast/simulation.h"
#include "diaodu/solve/solve.h"
#include "support/property.h"
#include "support/random_network.h"
#include "support/tables.h"

namespace diaodu::forecast {
namespace {

double share_of(const std::vector<std::int32_t>& minutes, const std::vector<double>& costs,
                std::int32_t date, double cost) {
  std::size_t both = 0;
  for (std::size_t i = 0; i < minutes.size(); ++i)
    both += minutes[i] != kUndated && minutes[i] <= date && costs[i] <= cost ? 1 : 0;
  return static_cast<double>(both) / static_cast<double>(minutes.size());
}

TEST(JointConfidence, is_the_least_pair_of_equal_rank) {
  // The slow twin tries every rank.  Few different values, so that many are equal.
  int num_none = 0;
  holds(10'000, [&] {
    const int n = number(1, 30);
    std::vector<std::int32_t> minutes;
    std::vector<double> costs;
    for (int i = 0; i < n; ++i) {
      minutes.push_back(one_in(10) ? kUndated : number(0, 12));
      costs.push_back(number(0, 12));
    }
    const double confidence = number(1, 99) / 100.0;
    const Instant start{1000};
    const JointConfidence told = joint_confidence(start, minutes, costs, confidence);
    std::vector<std::int32_t> dates = minutes;
    std::vector<double> prices = costs;
    std::sort(dates.begin(), dates.end());
    std::sort(prices.begin(), prices.end());
    std::size_t k = 0;
    while (k < dates.size() && share_of(minutes, costs, dates[k], prices[k]) < confidence - 1e-9)
      ++k;
    if (k == dates.size()) {
      ++num_none;
      RC_ASSERT(told.marginal == 0);
      RC_ASSERT(told.finish == kNever);
    } else {
      RC_ASSERT(told.marginal == static_cast<double>(k + 1) / n);
      std::int32_t date = dates[k];
      for (std::size_t i = k; date == kUndated; --i) date = dates[i];
      RC_ASSERT(told.finish == start + Elapsed{date});
      RC_ASSERT(told.cost == prices[k]);
    }
    const auto half = static_cast<std::size_t>(std::ceil(0.5 * n)) - 1;
    RC_ASSERT(told.shares[1][1] == share_of(minutes, costs, dates[half], prices[half]));
  });
  EXPECT_GT(num_none, 100);
}

TEST(Convergence, ends_with_all_trials) {
  std::vector<std::int32_t> minutes;
  for (int i = 0; i < 8000; ++i) minutes.push_back(i * 7919 % 8000);
  const auto told = convergence_of(Instant{0}, minutes);
  ASSERT_EQ(told.size(), 4U);
  EXPECT_EQ(told[0].num_trials, 1000);
  EXPECT_EQ(told[3].num_trials, 8000);
  EXPECT_EQ(told[3].p80, Instant{6399});
  EXPECT_EQ(told[3].error, p80_error_of(minutes, 8000));
  EXPECT_EQ(p80_error_of(minutes, 199), 0);
  EXPECT_TRUE(convergence_of(Instant{0}, {5}).size() == 1);
}

TEST(Until, stops_after_the_first_round_that_is_sure) {
  // Uniform on 0 ... 100000: the P80 of n trials has a standard error of 100000 sqrt(0.16 / n), 1250 of 1024.
  formats::ReadPlan read =
      read_tables({{"tasks", "id,duration\nA,50000min\n"},
                   {"uncertainty", "task,shape,low,high\n*,uniform,0%,200%\n"}},
                  "[plan]\nstart = 2024-01-01\ncalendar = \"24h\"\n");
  solve::Request request;
  request.limits.steps = 100;
  const solve::Answer answer = solve::solve(read.plan, read.sources, request);
  std::int64_t before = 0;
  for (const std::int64_t until : {100'000, 1000, 500, 250, 1}) {
    std::int64_t num = 0;
    for (const int threads : {1, 2, 3}) {
      const Forecast told = simulate(
          read.plan, answer, {.trials = 100'000, .threads = threads, .until = Elapsed{until}});
      EXPECT_FALSE(told.was_cancelled);
      if (threads == 1) num = told.num_trials;
      EXPECT_EQ(told.num_trials, num);
      const auto asked = static_cast<double>(until);
      const bool is_last = told.num_trials == 100'000;
      EXPECT_TRUE(is_last || 1.96 * told.p80_error <= asked);
      // No earlier round would have done.
      if (num > 1024 && !is_last) {
        EXPECT_GT(1.96 * told.convergence[2].error, asked);
      }
      // As if that many had been asked for.
      const Forecast plain = simulate(read.plan, answer, {.trials = num});
      EXPECT_EQ(told.finish().dates.p80, plain.finish().dates.p80);
      EXPECT_EQ(told.p80_error, plain.p80_error);
      EXPECT_EQ(told.drivers[0].mean, plain.drivers[0].mean);
    }
    EXPECT_GE(num, before);
    before = num;
  }
  EXPECT_EQ(before, 100'000);
  EXPECT_EQ(simulate(read.plan, answer, {.trials = 100'000, .until = Elapsed{100'000}}).num_trials,
            1024);
}

TEST(Mitigations, are_worth_what_they_spare) {
  // R costs 1000 minutes and 300.00 where it strikes: with 0.5; mitigated to 0.1 it spares 0.4 of that on average.
  // Q strikes what is never critical; nothing can be done about N.
  formats::ReadPlan read =
      read_tables({{"tasks", "id,duration\nA,10000min\nB,10min\n"},
                   {"risks",
                    "id,task,probability,impact,cost_impact,mitigated_probability,mitigation_cost\n"
                    "R,A,0.5,1000min,300,0.1,50\nQ,B,0.5,10min,,0,20\nN,A,0.1,10min,,,\n"}},
                  "[plan]\nstart = 2024-01-01\ncalendar = \"24h\"\n");
  ASSERT_EQ(found_in(read.findings), std::vector<std::string>{});
  solve::Request request;
  request.limits.steps = 100;
  const solve::Answer answer = solve::solve(read.plan, read.sources, request);
  for (const int threads : {1, 2}) {
    const Forecast told =
        simulate(read.plan, answer, {.trials = 10'000, .seed = 2, .threads = threads});
    ASSERT_EQ(told.mitigations.size(), 2U);
    const Mitigation& first = told.mitigations[0];
    EXPECT_EQ(first.risk, 0U);
    // The number of trials spared is binomial: four deviations of 0.4 are 0.02.
    EXPECT_NEAR(first.gain, 400, 20);
    // Exactly the same trials are spared in time and in money.
    EXPECT_NEAR(first.saving, first.gain * 30, 1e-3);
    EXPECT_EQ(first.price, 5000);
    EXPECT_EQ(first.net(), first.saving - 5000);
    EXPECT_EQ(first.p80_gain, Elapsed{1000});
    // The twin: the plan in which it is mitigated, with the same numbers.
    Plan mitigated = read.plan;
    mitigated.risks[0].probability = 0.1;
    const Forecast twin = simulate(mitigated, answer, {.trials = 10'000, .seed = 2});
    const auto earlier = (told.finish().dates.mean - twin.finish().dates.mean).count();
    EXPECT_NEAR(first.gain, static_cast<double>(earlier), 1);
    EXPECT_NEAR(first.saving, told.cost->costs.mean - twin.cost->costs.mean, 1e-3);
    EXPECT_EQ(told.mitigations[1].risk, 1U);
    EXPECT_EQ(told.mitigations[1].gain, 0);
    EXPECT_EQ(told.mitigations[1].net(), -2000);
    // Of the plan itself: what the plan's P80 lies after the planned date.
    ASSERT_TRUE(told.time_contingency());
    EXPECT_GE(*told.time_contingency(), Elapsed{1000});
    EXPECT_EQ(told.cost->contingency(), 30000);
  }
}

}  // namespace
}  // namespace diaodu::forecast
