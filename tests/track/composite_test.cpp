#include "diaodu/track/composite.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

namespace diaodu::track {
namespace {

// Tzeng & Huang 2011, four units by three criteria.
TEST(Composite, topsis_of_a_textbook_example) {
  const DecisionMatrix matrix{3, {5, 8, 4, 7, 6, 8, 8, 8, 6, 7, 4, 6}};
  const auto nearness = topsis(matrix, std::array{0.3, 0.4, 0.3});
  const std::array expected = {0.5037, 0.6581, 0.7482, 0.3340};
  for (std::size_t i = 0; i < expected.size(); ++i) EXPECT_NEAR(nearness[i], expected[i], 5e-5);
}

// The best is (1, 5, 6), the worst (0, 0, 3).  The first unit is sqrt(0 + 25 + 9) from the one and 1 from the other:
// 1 / (1 + 5.830952) = 0.14639248.
TEST(Composite, nearness_of_two_units_sums_to_one) {
  const DecisionMatrix matrix{3, {1, 0, 3, 0, 5, 6}};
  const auto nearness = nearness_to_best(matrix, std::array{1.0, 1.0, 1.0});
  EXPECT_NEAR(nearness[0], 0.14639248, 1e-8);
  EXPECT_NEAR(nearness[1], 0.85360752, 1e-8);
}

TEST(Composite, topsis_turns_round_with_the_direction) {
  const DecisionMatrix matrix{1, {1, 2, 4}};
  const bool less = false;
  const auto up = topsis(matrix, std::array{1.0});
  const auto down = topsis(matrix, std::array{1.0}, std::span(&less, 1));
  for (std::size_t i = 0; i < up.size(); ++i) EXPECT_NEAR(up[i] + down[i], 1, 1e-12);
}

// Shares of the first criterion are 1/5 and 4/5, of the second 1/9 and 8/9.  With two units the greatest entropy is ln 2:
//   1 + (0.2 ln 0.2 + 0.8 ln 0.8) / ln 2 = 1 - 0.721928 = 0.278072
//   1 + (1/9 ln 1/9 + 8/9 ln 8/9) / ln 2 = 1 - 0.503258 = 0.496742; together 0.774814.
TEST(Composite, entropy_weighs_what_tells_units_apart) {
  const auto weights = entropy_weights({2, {1, 2, 4, 16}});
  EXPECT_NEAR(weights[0], 0.358889, 5e-7);
  EXPECT_NEAR(weights[1], 0.641111, 5e-7);
}

// Two criteria that go against each other, one that goes with the first: scaled to 0 ... 1 they are
//   a = 0 0.5 1, b = 1 0.5 0, c = 0 0.5 1; all deviate by 0.5.
//   conflict of a: (1 - 1) + (1 + 1) + (1 - 1) = 2; of b: 2 + 0 + 2 = 4; of c: 2.
TEST(Composite, critic_weighs_conflict) {
  const auto weights = critic_weights({3, {1, 30, 10, 2, 20, 20, 3, 10, 30}});
  EXPECT_NEAR(weights[0], 0.25, 1e-12);
  EXPECT_NEAR(weights[1], 0.5, 1e-12);
  EXPECT_NEAR(weights[2], 0.25, 1e-12);
}

}  // namespace
}  // namespace diaodu::track
