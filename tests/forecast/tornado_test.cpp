#include "diaodu/forecast/tornado.h"

#include <gtest/gtest.h>

#include <cmath>

#include "diaodu/solve/solve.h"
#include "support/tables.h"

namespace diaodu::forecast {
namespace {

constexpr std::string_view kClock = "[plan]\nstart = 2024-01-01\ncalendar = \"24h\"\n";

struct Told {
  formats::ReadPlan read;
  Forecast forecast;
};

Told told_of(const std::vector<TableText>& tables, std::int64_t trials = 10'000) {
  Told told{read_tables(tables, kClock), {}};
  EXPECT_EQ(found_in(told.read.findings), std::vector<std::string>{});
  solve::Request request;
  request.limits.steps = 2000;
  const solve::Answer answer = solve::solve(told.read.plan, told.read.sources, request);
  told.forecast = simulate(told.read.plan, answer, {.trials = trials, .seed = 3});
  return told;
}

TEST(Tornado, of_a_chain_of_uniforms_and_a_risk) {
  // A uniform on 0 ... 10000: the mean of its lowest tenth is 500, of its highest 9500, whatever comes after.  B is
  // uniform on 0 ... 2000.  R adds 4000 to B where it strikes.  C runs beside them, never critical.
  const Told told =
      told_of({{"tasks", "id,duration,predecessors\nA,5000min,\nB,1000min,A\nC,1min,\n"},
               {"uncertainty", "task,shape,low,high\n*,uniform,0%,200%\n"},
               {"risks", "id,task,probability,impact\nR,B,0.4,4000min\n"}});
  const std::vector<Mover>& movers = told.forecast.tornado;
  ASSERT_EQ(movers.size(), 3U);
  const Plan& plan = told.read.plan;
  EXPECT_EQ(movers[0].task, task_of(plan, "A"));
  EXPECT_EQ(movers[1].task, task_of(plan, "B"));
  EXPECT_FALSE(movers[2].task);
  EXPECT_EQ(movers[2].risk, 0U);
  // 409 trials in a tenth: four standard errors of what the others add, and a bit.
  EXPECT_NEAR(movers[0].spread(), 9000, 600);
  EXPECT_NEAR(movers[0].low, 500 + 1000 + 1600, 450);
  // B's lowest tenth is the lowest sixth of the 60 % unstruck, mean 2000 / 12; its highest the highest quarter of
  // the 40 % struck, mean 4000 + 1750.
  EXPECT_NEAR(movers[1].spread(), 5750 - 2000.0 / 12, 820);
  EXPECT_NEAR(movers[2].spread(), 4000, 400);
  EXPECT_TRUE(told.forecast.cost_tornado.empty());
}

TEST(Tornado, of_cost_tells_what_is_never_critical) {
  // C costs 60 an hour for as long as it takes: 0 ... 2000 minutes, in tenths 100 and 1900.
  const Told told = told_of({{"tasks", "id,duration\nA,90000min\nC,1000min\n"},
                             {"resources", "id,kind,capacity,rate\ncrew,people,1,60\n"},
                             {"demands", "task,resource\nC,crew\n"},
                             {"uncertainty", "task,shape,low,high\n*,uniform,0%,200%\n"}});
  ASSERT_EQ(told.forecast.cost_tornado.size(), 1U);
  const Mover& mover = told.forecast.cost_tornado.front();
  EXPECT_EQ(mover.task, task_of(told.read.plan, "C"));
  EXPECT_NEAR(mover.low / 100, 100, 20);
  EXPECT_NEAR(mover.high / 100, 1900, 20);
  EXPECT_EQ(told.forecast.tornado.size(), 1U);
}

TEST(Tornado, few_trials_tell_none) {
  const Told told = told_of({{"tasks", "id,duration\nA,1000min\n"},
                             {"uncertainty", "task,shape,low,high\n*,uniform,0%,200%\n"}},
                            99);
  EXPECT_TRUE(told.forecast.has_trials);
  EXPECT_TRUE(told.forecast.tornado.empty());
}

TEST(DateDrivers, are_of_that_date) {
  // M waits for A and B, N for C.  Of M, A (deviation 2 * 6000 / sqrt(12) = 3464 minutes) moves more than B (346).
  const Told told = told_of(
      {{"tasks", "id,duration,predecessors\nA,6000min,\nB,600min,A\nC,3000min,\nM,0d,B\nN,0d,C\n"},
       {"uncertainty", "task,shape,low,high\n*,uniform,0%,200%\n"}});
  const Plan& plan = told.read.plan;
  ASSERT_EQ(told.forecast.dates.size(), 3U);
  const std::vector<DateDriver>& of_m = told.forecast.dates[1].drivers;
  ASSERT_EQ(of_m.size(), 2U);
  EXPECT_EQ(of_m[0].task, task_of(plan, "A"));
  EXPECT_EQ(of_m[1].task, task_of(plan, "B"));
  EXPECT_NEAR(of_m[0].delay, 12000 / std::sqrt(12.0), 150);
  const std::vector<DateDriver>& of_n = told.forecast.dates[2].drivers;
  ASSERT_EQ(of_n.size(), 1U);
  EXPECT_EQ(of_n[0].task, task_of(plan, "C"));
  EXPECT_NEAR(of_n[0].correlation, 1, 1e-9);
  EXPECT_NEAR(of_n[0].delay, 6000 / std::sqrt(12.0), 60);
}

}  // namespace
}  // namespace diaodu::forecast
