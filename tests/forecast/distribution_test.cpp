#include "diaodu/forecast/distribution.h"

#include <cmath>
#include <limits>

#include "diaodu/forecast/normal.h"
#include "diaodu/forecast/quantile.h"
#include "forecast/statistics.h"
#include "support/property.h"

namespace diaodu::forecast {
namespace {

using Problem = DistributionProblem;
using Shape = Distribution::Shape;

Distribution three_point(Shape shape, double low, double likely, double high,
                         bool ends_are_percentiles = false) {
  return {.shape = shape,
          .low = low,
          .likely = likely,
          .high = high,
          .ends_are_percentiles = ends_are_percentiles};
}

Distribution of_points(Shape shape, std::vector<Distribution::Point> points) {
  return {.shape = shape, .points = std::move(points)};
}

std::vector<Distribution> examples() {
  const std::vector<Distribution::Point> points = {{9, 1},   {1, 2},   {2, 3},
                                                   {4, 1.5}, {2, 0.5}, {3, 0}};
  return {three_point(Shape::triangular, 3, 4, 10),
          three_point(Shape::triangular, 3, 3, 10),
          three_point(Shape::triangular, 0.9, 1, 1.3, true),
          three_point(Shape::pert, 3, 4, 10),
          three_point(Shape::pert, 3, 10, 10),
          three_point(Shape::pert, 0.9, 1, 1.3, true),
          three_point(Shape::uniform, -2, 0, 5),
          three_point(Shape::uniform, -2, 0, 5, true),
          three_point(Shape::normal, -2, 0, 5),
          three_point(Shape::normal, 2, 0, 5, true),
          three_point(Shape::lognormal, 2, 0, 9),
          three_point(Shape::lognormal, 2, 0, 9, true),
          three_point(Shape::lognormal, 2, 4, 9),
          three_point(Shape::lognormal, 2, 5.4, 9, true),
          of_points(Shape::discrete, points),
          of_points(Shape::empirical, points)};
}

bool is_continuous(const Law& law) {
  return law.form() != Law::Form::steps && law.form() != Law::Form::stretches;
}

double any_between(double from, double to) {
  return from + (to - from) * *rc::gen::inRange(0, 1'000'001) * 1e-6;
}

Distribution any_distribution() {
  Distribution made;
  made.shape = *rc::gen::element(Shape::triangular, Shape::pert, Shape::uniform, Shape::normal,
                                 Shape::lognormal, Shape::discrete, Shape::empirical, Shape::fixed);
  made.ends_are_percentiles = *rc::gen::arbitrary<bool>();
  const double unit = std::pow(10, *rc::gen::inRange(-3, 7));
  made.low = unit * any_between(0.001, 1);
  made.high = made.low + unit * any_between(1e-4, 3);
  const bool is_lognormal = made.shape == Shape::lognormal;
  made.likely = any_between(made.low, is_lognormal ? made.low / 2 + made.high / 2 : made.high);
  if (is_lognormal && *rc::gen::arbitrary<bool>()) made.likely = 0;
  const auto num_points = *rc::gen::inRange(1, 40);
  for (int i = 0; i < num_points; ++i)
    made.points.push_back(
        {.value = unit * *rc::gen::inRange(-20, 20), .weight = any_between(0, 3)});
  made.points.push_back({.value = unit, .weight = 1});
  return made;
}

std::vector<float> values_of(const Law& law, std::span<const Uniform> uniforms) {
  Quantile::Shelf shelf;
  std::vector<float> values(uniforms.size());
  Quantile(law, shelf).values(uniforms, values);
  return values;
}

std::vector<Uniform> drawn(int seed, std::uint64_t variable, std::size_t count) {
  std::vector<Uniform> made(count);
  Stream(seed).uniforms(variable, 0, made);
  return made;
}

TEST(Distribution, problems_are_told) {
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  constexpr double kInfinite = std::numeric_limits<double>::infinity();
  const auto told = [](Shape shape, double low, double likely, double high,
                       bool is_percentile = false) {
    return problem_of(three_point(shape, low, likely, high, is_percentile));
  };
  for (const Shape shape : {Shape::triangular, Shape::pert}) {
    EXPECT_EQ(told(shape, 1, 2, 3), Problem::none);
    EXPECT_EQ(told(shape, 2, 2, 2), Problem::none);
    EXPECT_EQ(told(shape, 2, 2, 2, true), Problem::no_spread);
    EXPECT_EQ(told(shape, 3, 2, 1), Problem::low_above_high);
    EXPECT_EQ(told(shape, 1, 4, 3), Problem::likely_outside);
    EXPECT_EQ(told(shape, 1, 0, 3), Problem::likely_outside);
    EXPECT_EQ(told(shape, kNan, 2, 3), Problem::not_finite);
    EXPECT_EQ(told(shape, 1, kNan, 3), Problem::not_finite);
    EXPECT_EQ(told(shape, 1, 2, kInfinite), Problem::not_finite);
    EXPECT_EQ(told(shape, 1, 2, 2e15), Problem::too_large);
  }
  EXPECT_EQ(told(Shape::fixed, kNan, 5, kNan), Problem::none);  // has no ends
  EXPECT_EQ(told(Shape::fixed, 0, kInfinite, 0), Problem::not_finite);
  EXPECT_EQ(told(Shape::uniform, 1, kNan, 3), Problem::none);  // has no mode
  EXPECT_EQ(told(Shape::uniform, 3, 0, 1), Problem::low_above_high);
  EXPECT_EQ(told(Shape::normal, 1, 0, 1), Problem::no_spread);
  EXPECT_EQ(told(Shape::normal, 1, 0, std::nextafter(1.0, 2)), Problem::no_spread);
  EXPECT_EQ(told(Shape::lognormal, 1, 0, 1), Problem::no_spread);
  EXPECT_EQ(told(Shape::lognormal, 0, 0, 1), Problem::not_positive);
  EXPECT_EQ(told(Shape::lognormal, 0, 0.3, 1), Problem::none);
  EXPECT_EQ(told(Shape::lognormal, 1, 2, 3), Problem::none);  // a normal, in effect
  EXPECT_EQ(told(Shape::lognormal, 1, 2.1, 3), Problem::likely_too_high);
  EXPECT_EQ(told(Shape::lognormal, 1, 4, 3), Problem::likely_outside);
  EXPECT_EQ(told(Shape::lognormal, 1e-3, 0, 1e4), Problem::too_wide);
  for (const Shape shape : {Shape::discrete, Shape::empirical}) {
    EXPECT_EQ(problem_of(of_points(shape, {})), Problem::no_points);
    EXPECT_EQ(problem_of(of_points(shape, {{1, 0}, {2, 0}})), Problem::no_weight);
    EXPECT_EQ(problem_of(of_points(shape, {{1, 1}, {2, -0.1}})), Problem::negative_weight);
    EXPECT_EQ(problem_of(of_points(shape, {{kNan, 1}})), Problem::not_finite);
    EXPECT_EQ(problem_of(of_points(shape, {{1, kInfinite}})), Problem::not_finite);
    EXPECT_EQ(problem_of(of_points(shape, {{-2e15, 1}})), Problem::too_large);
    EXPECT_EQ(problem_of(of_points(shape, {{1, 1}})), Problem::none);
  }
}

// Whatever a file says: either a problem, or numbers that are finite.
TEST(Distribution, hostile_numbers_are_refused_or_taken) {
  holds(10'000, [] {
    const auto any = [] {
      return *rc::gen::oneOf(
          rc::gen::arbitrary<double>(),
          rc::gen::map(rc::gen::inRange(-3, 4), [](int i) { return i * 1.0; }),
          rc::gen::element(-0.0, 1e15, -1e15, 1e-300, 5e-324, 1e308, HUGE_VAL, std::nan("")));
    };
    Distribution hostile = three_point(
        *rc::gen::element(Shape::triangular, Shape::pert, Shape::uniform, Shape::normal,
                          Shape::lognormal, Shape::fixed, Shape::discrete, Shape::empirical),
        any(), any(), any(), *rc::gen::arbitrary<bool>());
    const auto num_points = *rc::gen::inRange(0, 4);
    for (int i = 0; i < num_points; ++i) hostile.points.push_back({any(), any()});
    if (problem_of(hostile) != Problem::none) return;
    const Law law(hostile);
    RC_ASSERT(std::isfinite(law.mean()));
    RC_ASSERT(law.variance() >= 0 && std::isfinite(law.variance()));
    const std::vector<Uniform> uniforms = {0, 1, 1U << 31, ~0U};
    for (const Uniform uniform : uniforms) RC_ASSERT(std::isfinite(law.quantile(unit_of(uniform))));
    for (const float value : values_of(law, uniforms)) RC_ASSERT(std::isfinite(value));
  });
}

TEST(Law, quantile_and_cdf_are_inverse) {
  holds(10'000, [] {
    const Law law(any_distribution());
    const double probability = any_between(1e-6, 1 - 1e-6);
    const double value = law.quantile(probability);
    const double step = 1e-9 * (std::abs(value) + law.quantile(0.999) - law.quantile(0.001));
    if (is_continuous(law) && law.form() != Law::Form::constant) {
      // Rounding of the value counts as much as it changes the probability.
      const double slack = 1e-9 + law.cdf(value + step) - law.cdf(value - step);
      RC_ASSERT(std::abs(law.cdf(value) - probability) <= slack);
    } else {
      RC_ASSERT(law.cdf(value + step) >= probability - 1e-12);
      RC_ASSERT(law.cdf(value - step) <= probability + 1e-12);
    }
  });
}

TEST(Law, percentiles_and_mode_are_met) {
  holds(3000, [] {
    const Distribution distribution = any_distribution();
    if (distribution.shape == Shape::discrete || distribution.shape == Shape::empirical ||
        distribution.shape == Shape::fixed)
      return;
    const Law law(distribution);
    const double width = distribution.high - distribution.low;
    const double tolerance = 1e-7 * (width + std::abs(distribution.high));
    const bool has_tails =
        distribution.shape == Shape::normal || distribution.shape == Shape::lognormal;
    if (distribution.ends_are_percentiles) {
      RC_ASSERT(std::abs(law.quantile(0.1) - distribution.low) <= tolerance);
      RC_ASSERT(std::abs(law.quantile(0.9) - distribution.high) <= tolerance);
    } else if (has_tails) {
      RC_ASSERT(std::abs(law.quantile(normal_cdf(-3)) - distribution.low) <= tolerance);
      RC_ASSERT(std::abs(law.quantile(normal_cdf(3)) - distribution.high) <= tolerance);
    } else {
      RC_ASSERT(law.cdf(distribution.low) == 0);
      RC_ASSERT(law.cdf(distribution.high) == 1);
    }
    if (distribution.shape == Shape::uniform || distribution.shape == Shape::normal ||
        distribution.likely == 0)
      return;
    // Where the density is largest; of a log-normal at exp(mu - sigma^2).
    const double mode =
        distribution.shape == Shape::lognormal
            ? law.median() + law.scale() * std::expm1(-law.deviation() * law.deviation())
            : law.low() + law.mode() * (law.high() - law.low());
    RC_ASSERT(std::abs(mode - distribution.likely) <= 10 * tolerance);
  });
}

// Midpoint sums of the quantile function are its moments.
TEST(Law, mean_and_variance_are_those_of_the_quantile_function) {
  for (const Distribution& distribution : examples()) {
    const Law law(distribution);
    constexpr int kPieces = 100'000;
    double sum = 0, squares = 0;
    for (int i = 0; i < kPieces; ++i) {
      const double away = law.quantile((i + 0.5) / kPieces) - law.mean();
      sum += away;
      squares += away * away;
    }
    const double deviation = std::sqrt(law.variance());
    EXPECT_NEAR(sum / kPieces / deviation, 0, 2e-5) << static_cast<int>(distribution.shape);
    // The tail beyond the outermost midpoints is missing: of a log-normal the most.
    EXPECT_NEAR(squares / kPieces / law.variance(), 1, 2e-3)
        << static_cast<int>(distribution.shape);
  }
}

TEST(Law, pert_is_the_beta_of_the_literature) {
  const Law law(three_point(Shape::pert, 2, 5, 14));
  EXPECT_DOUBLE_EQ(law.mean(), (2 + 4 * 5 + 14) / 6.0);
  EXPECT_NEAR(law.variance(), (law.mean() - 2) * (14 - law.mean()) / 7, 1e-12);
}

TEST(Law, empirical_is_the_percentile_of_spreadsheets) {
  const Law law(of_points(Shape::empirical, {{40}, {15}, {20}, {35}, {50}}));
  EXPECT_NEAR(law.quantile(0.4), 29, 1e-12);  // PERCENTILE.INC({15,20,35,40,50}; 0.4)
  EXPECT_NEAR(law.quantile(0.75), 40, 1e-12);
  // Stretches of weights 1 and 2, then one of no length.
  const Law weighted(of_points(Shape::empirical, {{0, 1}, {10, 1}, {30, 3}}));
  EXPECT_NEAR(weighted.cdf(10), 1 / 3.0, 1e-12);
  EXPECT_NEAR(weighted.quantile(2 / 3.0), 20, 1e-12);
  const Law with_mass(of_points(Shape::empirical, {{0}, {10}, {10}}));
  EXPECT_NEAR(with_mass.cdf(5), 0.25, 1e-12);
  EXPECT_EQ(with_mass.cdf(10), 1);
  EXPECT_NEAR(with_mass.cdf(std::nextafter(10.0, 0)), 0.5, 1e-12);
  EXPECT_EQ(with_mass.quantile(0.7), 10);
}

TEST(Law, discrete_is_what_its_weights_say) {
  const Law law(of_points(Shape::discrete, {{7, 1}, {5, 1}, {7, 1}, {6, 0}, {11, 5}}));
  EXPECT_EQ(law.cdf(4.9), 0);
  EXPECT_EQ(law.cdf(5), 0.125);
  EXPECT_EQ(law.cdf(6), 0.125);
  EXPECT_EQ(law.cdf(7), 0.375);
  EXPECT_EQ(law.cdf(11), 1);
  EXPECT_EQ(law.quantile(0.125), 5);
  EXPECT_EQ(law.quantile(0.1251), 7);
  EXPECT_DOUBLE_EQ(law.mean(), (5 + 14 + 55) / 8.0);
}

TEST(Quantile, error_is_within_its_bound_and_values_do_not_fall) {
  holds(2000, [] {
    const Law law(any_distribution());
    std::vector<Uniform> uniforms = {0, 1, 2, (1U << 31) - 1, 1U << 31, ~0U - 1, ~0U};
    const auto shift = *rc::gen::inRange(0, 16);
    for (const Uniform number : drawn(*rc::gen::inRange(0, 1'000'000), 1, 200)) {
      uniforms.push_back(number);
      uniforms.push_back(number >> shift);
      uniforms.push_back(~(number >> shift));
    }
    std::sort(uniforms.begin(), uniforms.end());
    const std::vector<float> values = values_of(law, uniforms);
    const double median = law.quantile(0.5);
    const double range = law.quantile(0.999) - law.quantile(0.001);
    double largest = -HUGE_VAL;
    for (std::size_t i = 0; i < values.size(); ++i) {
      const double exact = law.quantile(unit_of(uniforms[i]));
      const double rounding = 2.5e-7 * std::abs(exact);
      if (law.form() == Law::Form::steps) {
        // 2^-32 of probability to either side
        const Uniform before = uniforms[i] - (uniforms[i] > 0 ? 1 : 0);
        const Uniform after = uniforms[i] + (~uniforms[i] > 0 ? 1 : 0);
        RC_ASSERT(values[i] >= static_cast<float>(law.quantile(unit_of(before))));
        RC_ASSERT(values[i] <= static_cast<float>(law.quantile(unit_of(after))));
      } else {
        RC_ASSERT(std::abs(values[i] - exact) <=
                  1e-5 * std::max(range, std::abs(exact - median)) + rounding);
      }
      RC_ASSERT(values[i] >= largest - 4e-7 * std::max(range, std::abs(exact - median)) - rounding);
      largest = std::max<double>(largest, values[i]);
    }
  });
}

// Every lean of a PERT, at many places of each cell of its table.
TEST(Quantile, pert_tables_keep_their_bound_for_every_mode) {
  Quantile::Shelf shelf;
  for (int mode = 0; mode <= 150; ++mode) {
    const Law law(three_point(Shape::pert, 0, mode / 150.0, 1));
    std::vector<Uniform> uniforms;
    for (int octave = 0; octave < 31; ++octave)
      for (std::uint32_t part = 0; part < 24; ++part) {
        const auto uniform = static_cast<Uniform>((std::uint64_t{1} << octave) * (24 + part) / 24);
        uniforms.push_back(uniform);
        uniforms.push_back(~uniform);
      }
    std::vector<float> values(uniforms.size());
    Quantile(law, shelf).values(uniforms, values);
    const double range = law.quantile(0.999) - law.quantile(0.001);
    for (std::size_t i = 0; i < values.size(); ++i)
      ASSERT_NEAR(values[i], law.quantile(unit_of(uniforms[i])), 1e-5 * range)
          << mode << " " << uniforms[i];
  }
}

TEST(Quantile, masses_come_out_as_often_as_they_weigh) {
  const Law law(of_points(Shape::discrete, {{5, 1}, {7, 2}, {11, 5}}));
  // 1/8 and 3/8 are whole numbers of uniforms: the last of one and the first of the next.
  const std::vector<Uniform> uniforms = {
      0, (1U << 29) - 1, 1U << 29, 3 * (1U << 29) - 1, 3 * (1U << 29), ~0U};
  EXPECT_EQ(values_of(law, uniforms), (std::vector<float>{5, 5, 7, 7, 11, 11}));
}

TEST(Quantile, works_for_many_points_and_all_masses) {
  std::vector<Distribution::Point> points;
  for (int i = 0; i < 5000; ++i)
    points.push_back({.value = i / 2 * 1.0, .weight = 1 + i % 7 * 1.0});
  for (const Shape shape : {Shape::discrete, Shape::empirical}) {
    const Law law(of_points(shape, points));
    const auto uniforms = drawn(3, 1, 10'000);
    const auto values = values_of(law, uniforms);
    for (std::size_t i = 0; i < values.size(); ++i)
      ASSERT_NEAR(values[i], law.quantile(unit_of(uniforms[i])), 0.002);
  }
}

TEST(Quantile, samples_follow_the_law) {
  int variable = 0;
  for (const Distribution& distribution : examples()) {
    SCOPED_TRACE(variable);
    const Law law(distribution);
    ++variable;
    // Floats are coarser than the law: between two of them lies up to 1e-7 of the value, which is 1e-6 of
    // probability here, a thousandth of the band.
    expect_distributed([&](int seed) { return values_of(law, drawn(seed, variable, 4096)); },
                       [&](double value) { return law.cdf(value); });
  }
}

// The standard error of the variance is taken from the sample's fourth moment.
TEST(Quantile, means_and_variances_are_those_of_the_law) {
  int variable = 100;
  for (const Distribution& distribution : examples()) {
    SCOPED_TRACE(variable);
    const Law law(distribution);
    Scores means, variances;
    double square_sum = 0, fourth_sum = 0;
    constexpr double kPieces = 20'000;
    ++variable;
    for (int seed = 0; seed < kNumSeeds; ++seed) {
      double sum = 0, squares = 0, fourths = 0;
      for (const float value : values_of(law, drawn(seed, variable, kPieces))) {
        const double away = value - law.mean();
        sum += away;
        squares += away * away;
        fourths += away * away * away * away;
      }
      means.add(sum / std::sqrt(kPieces * law.variance()));
      const double error =
          std::sqrt((fourths / kPieces - law.variance() * law.variance()) / kPieces);
      variances.add((squares / kPieces - law.variance()) / error);
      square_sum += squares;
      fourth_sum += fourths;
    }
    means.expect_inside();
    const double n = kPieces * kNumSeeds;
    const double error = std::sqrt((fourth_sum / n - std::pow(square_sum / n, 2)) / n);
    EXPECT_NEAR(square_sum / n, law.variance(), kBand * error);
    if (law.form() != Law::Form::lognormal)
      variances.expect_inside();  // too skew for a normal score
  }
}

TEST(Quantile, sums_agree_with_closed_forms) {
  const auto sum_of = [](int seed, const std::vector<Law>& laws) {
    std::vector<double> sums(4096);
    for (std::size_t i = 0; i < laws.size(); ++i) {
      const auto values = values_of(laws[i], drawn(seed, 50 + i, sums.size()));
      for (std::size_t trial = 0; trial < sums.size(); ++trial) sums[trial] += values[trial];
    }
    return sums;
  };
  // Normals with deviations 1, 2 and 3 (ends at three of them).
  std::vector<Law> normals;
  for (const double deviation : {1.0, 2.0, 3.0})
    normals.emplace_back(three_point(Shape::normal, 10 - 3 * deviation, 0, 10 + 3 * deviation));
  expect_distributed([&](int seed) { return sum_of(seed, normals); },
                     [](double sum) { return normal_cdf((sum - 30) / std::sqrt(14.0)); });
  // Irwin & Hall's distributions of the sum of two and of three uniforms.
  const Law unit(three_point(Shape::uniform, 0, 0, 1));
  expect_distributed(
      [&](int seed) {
        return sum_of(seed, {unit, unit});
      },
      [](double x) { return x < 1 ? x * x / 2 : 1 - (2 - x) * (2 - x) / 2; });
  const auto cube = [](double x) { return x > 0 ? x * x * x / 6 : 0; };
  expect_distributed(
      [&](int seed) {
        return sum_of(seed, {unit, unit, unit});
      },
      [&](double x) { return cube(x) - 3 * cube(x - 1) + 3 * cube(x - 2); });
}

}  // namespace
}  // namespace diaodu::forecast
