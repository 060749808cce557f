#include "diaodu/forecast/normal.h"

#include <cmath>

#include "forecast/statistics.h"
#include "support/property.h"

namespace diaodu::forecast {
namespace {

std::vector<Uniform> in_both_tails(int seed) {
  std::vector<Uniform> made = {0, 1, (1U << 31) - 1, 1U << 31, ~0U - 1, ~0U};
  std::vector<Uniform> drawn(20'000);
  Stream(seed).uniforms(1, 0, drawn);
  for (std::size_t i = 0; i < drawn.size(); ++i) {
    const Uniform number = drawn[i] >> (i % 24);
    made.push_back(i % 2 == 0 ? number : ~number);
  }
  return made;
}

TEST(Normal, known_values) {
  EXPECT_NEAR(normal_cdf(1.959963984540054), 0.975, 1e-15);
  EXPECT_NEAR(normal_quantile(0.975), 1.959963984540054, 1e-14);
  EXPECT_NEAR(normal_cdf(-6) / 9.865876450376946e-10, 1, 1e-13);
}

TEST(Normal, scores_are_within_their_error) {
  const auto uniforms = in_both_tails(1);
  std::vector<float> scores(uniforms.size());
  scores_of(uniforms, scores);
  for (std::size_t i = 0; i < scores.size(); ++i)
    ASSERT_NEAR(scores[i], normal_quantile(unit_of(uniforms[i])), 2e-6) << uniforms[i];
}

TEST(Normal, uniforms_are_within_their_error) {
  std::vector<float> scores = {0, -0.0F, 6.5F, -6.5F, 100, -100, HUGE_VALF, -HUGE_VALF};
  for (const Uniform number : in_both_tails(2))
    scores.push_back(static_cast<float>((unit_of(number) - 0.5) * 13));
  std::vector<Uniform> uniforms(scores.size());
  uniforms_of(scores, uniforms);
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const double score = std::min(6.5, std::abs(static_cast<double>(scores[i])));
    const double tail = normal_cdf(-score);
    const double got = scores[i] < 0 ? unit_of(uniforms[i]) : unit_of(~uniforms[i]);
    ASSERT_NEAR(got, tail, 1e-6 * tail + 0x1p-31) << scores[i];
  }
}

TEST(Normal, there_and_back) {
  const auto uniforms = in_both_tails(3);
  std::vector<float> scores(uniforms.size());
  scores_of(uniforms, scores);
  std::vector<Uniform> back(uniforms.size());
  uniforms_of(scores, back);
  for (std::size_t i = 0; i < back.size(); ++i) {
    const double tail = unit_of(std::min(uniforms[i], ~uniforms[i]));
    // An error of 2e-6 in the score is one of 2e-6 (|score| + 1) in the tail, at most 1.5e-5.
    ASSERT_NEAR(unit_of(back[i]), unit_of(uniforms[i]), 1.5e-5 * tail + 0x1p-31);
  }
}

TEST(Normal, exponentials_are_within_their_error) {
  std::vector<float> values;
  for (const Uniform number : in_both_tails(4)) {
    values.push_back(static_cast<float>((unit_of(number) - 0.5) * 120));
    values.push_back(static_cast<float>((unit_of(number) - 0.5) * 0.01));
  }
  std::vector<float> made = values;
  exponentials_of(0.5F, 0, 3, made);
  for (std::size_t i = 0; i < made.size(); ++i) {
    const double exact = 3 * std::expm1(0.5 * values[i]);
    ASSERT_NEAR(made[i], exact, 1e-6 * std::abs(exact)) << values[i];
  }
}

}  // namespace
}  // namespace diaodu::forecast
