#include "diaodu/forecast/comparison.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "diaodu/solve/solve.h"
#include "support/tables.h"

namespace diaodu::forecast {
namespace {

struct Solved {
  formats::ReadPlan read;
  solve::Answer answer;
};

Solved solved(const std::string& tasks, const std::string& uncertainty,
              const std::string& start = "2024-01-01") {
  const std::string toml = "[plan]\nstart = " + start + "\ncalendar = \"24h\"\n";
  Solved all{read_tables({{"tasks", tasks}, {"uncertainty", uncertainty}}, toml), {}};
  EXPECT_EQ(found_in(all.read.findings), std::vector<std::string>{});
  solve::Request request;
  request.limits.steps = 100;
  all.answer = solve::solve(all.read.plan, all.read.sources, request);
  return all;
}

Comparison compared(const Solved& one, const Solved& two, int threads = 1) {
  return compare(one.read.plan, one.answer, two.read.plan, two.answer,
                 {.trials = 2000, .seed = 3, .threads = threads});
}

constexpr const char* kUniform = "task,shape,low,high\nA,uniform,50%,150%\nB,uniform,50%,150%\n";

TEST(Comparison, a_plan_does_not_differ_from_itself) {
  const Solved of =
      solved("id,duration,predecessors,cost\nA,1000min,,10\nB,1000min,A,\n", kUniform);
  const Comparison told = compared(of, of);
  EXPECT_EQ(told.num_trials, 2000);
  EXPECT_EQ(told.finish->p10, 0);
  EXPECT_EQ(told.finish->p90, 0);
  EXPECT_EQ(told.finish->error, 0);
  EXPECT_EQ(told.finish->same_share, 1);
  EXPECT_EQ(told.cost->same_share, 1);
}

TEST(Comparison, a_certain_task_more_is_later_by_its_duration_in_every_trial) {
  // As widely as both plans scatter, their difference does not: trials pair up, whatever the order of the rows.
  const Solved one =
      solved("id,duration,predecessors,cost\nA,1000min,,10\nB,1000min,A,\n", kUniform);
  const Solved two =
      solved("id,duration,predecessors,cost\nC,77min,B,5\nB,1000min,A,\nA,1000min,,10\n", kUniform,
             "2024-01-02");
  for (const int threads : {1, 2}) {
    const Comparison told = compared(one, two, threads);
    EXPECT_EQ(told.finish->p10, 1440 + 77);
    EXPECT_EQ(told.finish->p90, 1440 + 77);
    EXPECT_EQ(told.finish->error, 0);
    EXPECT_EQ(told.finish->less_share, 0);
    EXPECT_EQ(told.cost->mean, 500);
    const Comparison back = compared(two, one, threads);
    EXPECT_EQ(back.finish->p50, -1440 - 77);
    EXPECT_EQ(back.finish->less_share, 1);
    EXPECT_EQ(back.cost->less_share, 1);
  }
}

TEST(Comparison, side_by_side_saves_the_shorter_of_two_uniforms) {
  // One after the other, A + B; at once, the longer: the difference is the shorter, uniform in 5000 ... 15000 each.
  // Its mean is 5000 + 10000 / 3; its p-quantile 5000 + 10000 (1 - sqrt(1 - p)).
  const Solved one = solved("id,duration,predecessors\nA,10000min,\nB,10000min,A\n", kUniform);
  const Solved two = solved("id,duration,predecessors\nA,10000min,\nB,10000min,\n", kUniform);
  const Comparison told = compared(two, one);
  EXPECT_FALSE(told.cost.has_value());
  const double n = 2000;
  const double deviation = 10000 / std::sqrt(18.0);
  EXPECT_NEAR(told.finish->error, deviation / std::sqrt(n), 0.1 * deviation / std::sqrt(n));
  EXPECT_NEAR(told.finish->mean, 5000 + 10000.0 / 3, 4 * deviation / std::sqrt(n));
  for (const auto& [p, value] : {std::pair{0.1, told.finish->p10},
                                 {0.5, told.finish->p50},
                                 {0.8, told.finish->p80},
                                 {0.9, told.finish->p90}}) {
    const double share =
        1 - std::pow(1 - (value - 5000) / 10000, 2);  // no more than the value told
    EXPECT_NEAR(share, p, 4 * std::sqrt(p * (1 - p) / n));
  }
}

}  // namespace
}  // namespace diaodu::forecast
