#include "diaodu/core/budget.h"

#include "support/property.h"

namespace diaodu {
namespace {

TEST(Budget, without_limits_is_never_spent) {
  Budget budget;
  for (int i = 0; i < 10'000; ++i) budget.spend(1'000'000);
  EXPECT_FALSE(budget.is_spent());
  EXPECT_EQ(budget.steps(), 10'000'000'000);
  EXPECT_GE(budget.seconds(), 0);
}

TEST(Budget, of_a_hundred_steps_is_spent_with_the_hundredth) {
  Budget budget({.steps = 100});
  for (int i = 0; i < 99; ++i) budget.spend(1);
  EXPECT_FALSE(budget.is_spent());
  budget.spend(1);
  EXPECT_TRUE(budget.is_spent());
  budget.spend(1);  // and stays spent
  EXPECT_TRUE(budget.is_spent());
  EXPECT_EQ(budget.steps(), 101);
}

TEST(Budget, of_nothing_is_spent_from_the_start) {
  EXPECT_TRUE(Budget({.steps = 0}).is_spent());
  EXPECT_TRUE(Budget({.seconds = 0}).is_spent());
}

TEST(Budget, runs_out_of_seconds_however_few_steps_are_booked) {
  Budget budget({.seconds = 1e-9});
  budget.spend(1);
  EXPECT_TRUE(budget.is_spent());
}

TEST(Budget, listens_to_the_cancel_flag) {
  std::atomic<bool> cancel = false;
  Budget budget({.cancel = &cancel});
  budget.spend(1);
  EXPECT_FALSE(budget.is_spent());
  cancel = true;
  // It looks about every millisecond; a step here takes far less, so a few million are plenty.
  for (int i = 0; i < 50'000'000 && !budget.is_spent(); ++i) budget.spend(1);
  EXPECT_TRUE(budget.is_spent());
}

}  // namespace
}  // namespace diaodu
