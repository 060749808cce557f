#include <gtest/gtest.h>

#include <cstdlib>
#include <set>

#include "diaodu/dispatch/muster.h"
#include "dispatch/muster_cases.h"
#include "dispatch/random_muster.h"
#include "dispatch/slow_muster.h"

namespace diaodu::dispatch {
namespace {

/// `DIAODU_CASES` asks for more than what every run of the tests tries.
int num_cases(int usual) {
  const char* wanted = std::getenv("DIAODU_CASES");
  return wanted == nullptr ? usual : std::atoi(wanted);
}

TEST(MusterProperty, a_muster_is_as_good_as_the_best_of_all_ways_and_legal) {
  int num_optimal = 0;
  int num_short = 0;
  int num_late = 0;
  const int cases = num_cases(200);
  for (int seed = 1; seed <= cases; ++seed) {
    const Plan plan = RandomMuster(static_cast<std::uint64_t>(seed)).make();
    const MusterAnswer answer = muster(plan, {.has_bottlenecks = false});
    expect_legal(plan, answer);
    SlowMuster slow(plan);
    const auto best = slow.solve();
    ASSERT_TRUE(best) << "seed " << seed;
    EXPECT_EQ(answer.value.unmet, best->unmet) << "seed " << seed;
    EXPECT_EQ(answer.value.missing, best->missing) << "seed " << seed;
    EXPECT_EQ(answer.value.full_strength, best->full_strength) << "seed " << seed;
    EXPECT_EQ(answer.value.cost, best->cost) << "seed " << seed;
    num_optimal += answer.is_optimal ? 1 : 0;
    num_short += answer.value.unmet > 0 ? 1 : 0;
    num_late += answer.value.missing > 0 ? 1 : 0;
    if (HasFailure()) break;
  }
  // The proof gives up where there are more ways within the gap than it may list.
  EXPECT_GE(num_optimal, cases - cases / 100);
  EXPECT_GT(num_short, cases / 10);
  EXPECT_GT(num_late, cases / 10);
}

}  // namespace
}  // namespace diaodu::dispatch
