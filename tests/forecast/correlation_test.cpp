#include "diaodu/forecast/correlation.h"

#include <numbers>

#include "diaodu/forecast/normal.h"
#include "diaodu/forecast/quantile.h"
#include "forecast/statistics.h"
#include "support/property.h"

namespace diaodu::forecast {
namespace {

Matrix matrix_of(const std::vector<std::vector<double>>& rows) {
  Matrix made(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (std::size_t j = 0; j < rows.size(); ++j) made(i, j) = rows[i][j];
  return made;
}

double distance(const Matrix& one, const Matrix& other) {
  double sum = 0;
  for (std::size_t i = 0; i < one.entries().size(); ++i)
    sum += std::pow(one.entries()[i] - other.entries()[i], 2);
  return std::sqrt(sum);
}

Matrix product_with_transposed(const Matrix& lower) {
  Matrix made(lower.size());
  for (std::size_t i = 0; i < made.size(); ++i)
    for (std::size_t j = 0; j < made.size(); ++j) {
      made(i, j) = 0;
      for (std::size_t k = 0; k < made.size(); ++k) made(i, j) += lower(i, k) * lower(j, k);
    }
  return made;
}

double between(double from, double to) {
  return from + (to - from) * *rc::gen::inRange(0, 10'001) * 1e-4;
}

// Symmetric with a unit diagonal; for more than two variables mostly impossible.
Matrix any_wish(std::size_t size) {
  Matrix made(size);
  for (std::size_t i = 0; i < size; ++i)
    for (std::size_t j = 0; j < i; ++j) made(i, j) = made(j, i) = between(-1, 1);
  return made;
}

// The correlations of vectors of unit length: possible.
Matrix correlations_of(std::vector<std::vector<double>> vectors) {
  for (auto& vector : vectors) {
    double square = 0;
    for (const double number : vector) square += number * number;
    for (double& number : vector) number /= std::sqrt(square);
  }
  Matrix made(vectors.size());
  for (std::size_t i = 0; i < made.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) {
      made(i, j) = 0;
      for (std::size_t k = 0; k < vectors[i].size(); ++k)
        made(i, j) += vectors[i][k] * vectors[j][k];
      made(i, j) = made(j, i) = std::clamp(made(i, j), -1.0, 1.0);
    }
  return made;
}

Matrix any_possible(std::size_t size) {
  std::vector<std::vector<double>> vectors(size);
  const auto dimension = *rc::gen::inRange<std::size_t>(1, size + 3);
  for (auto& vector : vectors) {
    for (std::size_t i = 0; i < dimension; ++i) vector.push_back(between(-1, 1) + 1e-5);
  }
  return correlations_of(vectors);
}

TEST(Matrix, problems_are_told) {
  EXPECT_EQ(problem_of(Matrix(0)), MatrixProblem::none);
  EXPECT_EQ(problem_of(Matrix(4)), MatrixProblem::none);
  EXPECT_EQ(problem_of(matrix_of({{1, 1}, {1, 1}})), MatrixProblem::none);
  EXPECT_EQ(problem_of(matrix_of({{1, 0.5}, {0.4, 1}})), MatrixProblem::not_symmetric);
  EXPECT_EQ(problem_of(matrix_of({{1, 0.5}, {0.5, 2}})), MatrixProblem::diagonal_not_one);
  EXPECT_EQ(problem_of(matrix_of({{1, 1.2}, {1.2, 1}})), MatrixProblem::out_of_range);
  EXPECT_EQ(problem_of(matrix_of({{1, NAN}, {NAN, 1}})), MatrixProblem::not_finite);
  EXPECT_EQ(problem_of(matrix_of({{1, 0.9, 0}, {0.9, 1, 0.9}, {0, 0.9, 1}})),
            MatrixProblem::impossible);
}

// The example of Higham's paper.
TEST(NearestCorrelation, agrees_with_the_literature) {
  const Matrix wish = matrix_of({{1, 1, 0}, {1, 1, 1}, {0, 1, 1}});
  const Matrix nearest = nearest_correlation(wish);
  EXPECT_NEAR(nearest(0, 1), 0.7607, 5e-5);
  EXPECT_NEAR(nearest(1, 2), 0.7607, 5e-5);
  EXPECT_NEAR(nearest(0, 2), 0.1573, 5e-5);
  EXPECT_NEAR(distance(wish, nearest), 0.5278, 5e-5);
}

TEST(NearestCorrelation, leaves_valid_ones_alone) {
  holds(2000, [] {
    const Matrix possible = any_possible(*rc::gen::inRange<std::size_t>(1, 9));
    RC_ASSERT(problem_of(possible) == MatrixProblem::none);
    RC_ASSERT(nearest_correlation(possible) == possible);
  });
}

TEST(NearestCorrelation, is_valid_and_as_near_as_any) {
  holds(300, [] {
    const auto size = *rc::gen::inRange<std::size_t>(2, 9);
    const Matrix wish = any_wish(size);
    const Matrix nearest = nearest_correlation(wish);
    RC_ASSERT(problem_of(nearest) == MatrixProblem::none);
    // The others: from anywhere, and from close by, where the rows of a root are shaken a little.
    const Matrix root = cholesky(nearest);
    for (int other = 0; other < 1000; ++other) {
      const Stream stream(other);
      const double shake = std::pow(0.1, other % 7);
      std::vector<std::vector<double>> vectors(size, std::vector<double>(size));
      for (std::size_t i = 0; i < size; ++i)
        for (std::size_t j = 0; j < size; ++j)
          vectors[i][j] = root(i, j) + shake * (2 * unit_of(stream.uniform(i, j)) - 1);
      RC_ASSERT(distance(wish, nearest) <= distance(wish, correlations_of(vectors)) + 1e-6);
    }
  });
}

TEST(Cholesky, is_a_root) {
  holds(2000, [] {
    const auto size = *rc::gen::inRange<std::size_t>(1, 9);
    const Matrix possible =
        *rc::gen::arbitrary<bool>() ? any_possible(size) : nearest_correlation(any_wish(size));
    const Matrix lower = cholesky(possible);
    const Matrix back = product_with_transposed(lower);
    for (std::size_t i = 0; i < size; ++i) {
      RC_ASSERT(std::abs(back(i, i) - 1) < 1e-12);
      for (std::size_t j = 0; j < size; ++j) {
        RC_ASSERT(std::abs(back(i, j) - possible(i, j)) < 1e-3);
        if (j > i) RC_ASSERT(lower(i, j) == 0);
      }
    }
  });
}

TEST(Correlation, ranks_and_scores_convert) {
  EXPECT_EQ(score_correlation(0), 0);
  EXPECT_EQ(score_correlation(1), 1);
  EXPECT_EQ(score_correlation(-1), -1);
  EXPECT_NEAR(score_correlation(0.5), 0.5176380902, 1e-9);
  holds(1000, [] {
    const double rank = between(-1, 1);
    RC_ASSERT(std::abs(rank_correlation_of(score_correlation(rank)) - rank) < 1e-12);
  });
}

// Samples -----------------------------------------------------------------------------------------------------

Source source_of(int seed) {
  return [stream = Stream(seed)](std::uint64_t variable, std::uint64_t first,
                                 std::span<Uniform> out) { stream.uniforms(variable, first, out); };
}

std::vector<std::vector<Uniform>> samples(const Copula& copula, int seed, std::size_t count,
                                          std::uint64_t first_trial = 0) {
  const Source source = source_of(seed);
  Copula::Block block(copula, source, first_trial, count);
  std::vector<std::vector<Uniform>> made(copula.num_members(), std::vector<Uniform>(count));
  for (std::size_t member = 0; member < made.size(); ++member) block.uniforms(member, made[member]);
  return made;
}

// Fisher's transform of a rank correlation has the variance (1 + r^2 / 2) / (n - 3) (Bonett & Wright 2000).
double correlation_score(double got, double wanted, std::size_t n) {
  return (std::atanh(got) - std::atanh(wanted)) *
         std::sqrt((static_cast<double>(n) - 3) / (1 + wanted * wanted / 2));
}

constexpr std::size_t kCount = 5000;

// All pairs of members against what they should be.
void expect_correlated(const Copula& copula, const Matrix& wanted) {
  std::vector<Scores> scores(copula.num_members() * copula.num_members());
  for (int seed = 0; seed < kNumSeeds; ++seed) {
    const auto made = samples(copula, seed, kCount);
    for (std::size_t i = 0; i < made.size(); ++i)
      for (std::size_t j = 0; j < i; ++j)
        scores[i * made.size() + j].add(
            correlation_score(rank_correlation<Uniform>(made[i], made[j]), wanted(i, j), kCount));
  }
  for (std::size_t i = 0; i < copula.num_members(); ++i)
    for (std::size_t j = 0; j < i; ++j) {
      SCOPED_TRACE(testing::Message() << i << " with " << j);
      scores[i * copula.num_members() + j].expect_inside();
    }
}

Copula with_factors() {
  return Copula({{.variable = 0, .factor = 0, .loading = 0.9},
                 {.variable = 1, .factor = 0, .loading = -0.5},
                 {.variable = 2, .factor = 1, .loading = 0.6},
                 {.variable = 3, .factor = 1, .loading = 1},
                 {.variable = 4}},
                {10, 11}, {});
}

TEST(Copula, factors_correlate_as_their_loadings_say) {
  Matrix wanted(5);
  wanted(1, 0) = rank_correlation_of(-0.45);
  wanted(3, 2) = rank_correlation_of(0.6);
  expect_correlated(with_factors(), wanted);
}

TEST(Copula, a_matrix_is_met_in_ranks) {
  const std::vector<Copula::Pair> pairs = {{0, 2, 0.8}, {2, 4, 0.5}, {4, 0, 0.3}, {1, 3, -0.7}};
  const Copula copula({{.variable = 0},
                       {.variable = 1},
                       {.variable = 2},
                       {.variable = 3},
                       {.variable = 4},
                       {.variable = 5}},
                      {}, pairs);
  EXPECT_TRUE(copula.repairs().empty());
  Matrix wanted(6);
  for (const auto& [one, other, correlation] : pairs)
    wanted(std::max(one, other), std::min(one, other)) = correlation;
  expect_correlated(copula, wanted);
}

TEST(Copula, correlated_factors_and_matrices_go_together) {
  const std::vector<Copula::Pair> pairs = {{3, 4, 0.6}, {1, 2, 0.4}};
  const Copula copula({{.variable = 0, .factor = 0, .loading = 0.8},
                       {.variable = 1, .factor = 1, .loading = 0.7},
                       {.variable = 2}},
                      {10, 11}, pairs);
  Matrix wanted(3);
  wanted(1, 0) = rank_correlation_of(0.8 * 0.7 * score_correlation(0.6));
  wanted(2, 1) = rank_correlation_of(std::sqrt(1 - 0.49) * score_correlation(0.4));
  expect_correlated(copula, wanted);
}

TEST(Copula, what_is_impossible_is_repaired_and_told) {
  const std::vector<Copula::Pair> pairs = {{0, 1, 0.9}, {1, 2, 0.9}, {0, 2, -0.9}};
  const Copula copula({{.variable = 0}, {.variable = 1}, {.variable = 2}, {.variable = 3}}, {},
                      pairs);
  ASSERT_EQ(copula.repairs().size(), 1U);
  EXPECT_EQ(copula.repairs()[0].nodes, (std::vector<std::size_t>{0, 1, 2}));
  EXPECT_GT(copula.repairs()[0].largest_change, 0.1);
  Matrix scores(3);
  for (const auto& [one, other, correlation] : pairs)
    scores(one, other) = scores(other, one) = score_correlation(correlation);
  const Matrix nearest = nearest_correlation(scores);
  Matrix wanted(4);
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t j = 0; j < i; ++j) wanted(i, j) = rank_correlation_of(nearest(i, j));
  expect_correlated(copula, wanted);
}

TEST(Copula, marginals_stay_uniform_and_so_do_values_what_they_are) {
  const Copula copula = with_factors();
  const Law law({.shape = Distribution::Shape::triangular, .low = 3, .likely = 4, .high = 10});
  Quantile::Shelf shelf;
  const Quantile quantile(law, shelf);
  for (std::size_t member = 0; member < 4; ++member) {
    expect_distributed(
        [&](int seed) {
          std::vector<float> values(4096);
          quantile.values(samples(copula, seed, values.size())[member], values);
          return values;
        },
        [&](double value) { return law.cdf(value); });
  }
}

// Var(A + B) = a^2 + b^2 + 2 r a b.
TEST(Copula, sums_of_correlated_normals_are_normal) {
  const std::vector<Copula::Pair> pairs = {{0, 1, 0.6}};
  const Copula copula({{.variable = 0}, {.variable = 1}}, {}, pairs);
  Quantile::Shelf shelf;
  const auto normal = [&](double deviation) {
    return Quantile(
        Law({.shape = Distribution::Shape::normal, .low = -3 * deviation, .high = 3 * deviation}),
        shelf);
  };
  const Quantile one = normal(1);
  const Quantile two = normal(2);
  const double deviation = std::sqrt(1 + 4 + 2 * score_correlation(0.6) * 2);
  expect_distributed(
      [&](int seed) {
        const auto made = samples(copula, seed, 4096);
        std::vector<float> sums(4096), others(4096);
        one.values(made[0], sums);
        two.values(made[1], others);
        for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += others[i];
        return sums;
      },
      [&](double sum) { return normal_cdf(sum / deviation); });
}

TEST(Copula, total_correlation_means_the_same_numbers) {
  const std::vector<Copula::Pair> pairs = {{0, 1, 1}, {0, 2, -1}, {1, 2, -1}};
  const Copula copula({{.variable = 0}, {.variable = 1}, {.variable = 2}}, {}, pairs);
  EXPECT_TRUE(copula.repairs().empty());
  const auto made = samples(copula, 1, 1000);
  EXPECT_EQ(made[0], made[1]);
  for (std::size_t i = 0; i < made[0].size(); ++i) EXPECT_EQ(made[2][i], ~made[0][i]);
}

TEST(Copula, who_is_not_correlated_takes_the_short_way) {
  const Copula copula = with_factors();
  std::vector<Uniform> plain(100);
  Stream(8).uniforms(4, 0, plain);
  EXPECT_EQ(samples(copula, 8, 100)[4], plain);
}

TEST(Copula, numbers_do_not_depend_on_blocks) {
  const std::vector<Copula::Pair> pairs = {{0, 1, 0.5}, {1, 2, 0.5}, {3, 5, 0.3}};
  const Copula copula({{.variable = 7, .factor = 0, .loading = 0.5},
                       {.variable = 8},
                       {.variable = 9},
                       {.variable = 3, .factor = 0, .loading = -0.5},
                       {.variable = 2}},
                      {10}, pairs);
  holds(1000, [&](int seed) {
    const auto all = samples(copula, seed, 300);
    const auto first = *rc::gen::inRange<std::size_t>(0, 300);
    const auto count = *rc::gen::inRange<std::size_t>(0, 300 - first + 1);
    const auto part = samples(copula, seed, count, first);
    for (std::size_t member = 0; member < all.size(); ++member)
      RC_ASSERT(std::equal(part[member].begin(), part[member].end(), all[member].begin() + first));
  });
}

}  // namespace
}  // namespace diaodu::forecast
