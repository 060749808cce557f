#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

// The bands are of 99.9 %.  Over 100 seeds, 0.1 are expected outside; more than 2 happen with probability
// 1.5e-4.  A fault too small to show in one seed adds up over all of them, so the sum is judged as well.
namespace diaodu::forecast {

inline constexpr int kNumSeeds = 100;
inline constexpr double kBand = 3.2905;  // standard deviations of a normal, both sides
inline constexpr double kKolmogorovSmirnovBand = 1.9495;  // of D sqrt(n): 2 exp(-2 x^2) = 0.001

/// Scores that should be standard normal and independent.
class Scores {
 public:
  void add(double score) {
    ++count_;
    sum_ += score;
    num_outside_ += std::abs(score) < kBand ? 0 : 1;  // NaN is outside
  }
  void expect_inside() const {
    EXPECT_LE(num_outside_, 2) << "of " << count_;
    EXPECT_LT(std::abs(sum_) / std::sqrt(count_), kBand);
  }

 private:
  int count_ = 0;
  int num_outside_ = 0;
  double sum_ = 0;
};

/// The largest distance of the sample's distribution function from `cdf`, times sqrt(n).  Where `cdf` has
/// masses it tends to be smaller, never larger.
template <class Number, class Cdf>
double kolmogorov_smirnov(std::vector<Number> sample, const Cdf& cdf) {
  std::sort(sample.begin(), sample.end());
  const auto n = static_cast<double>(sample.size());
  double largest = 0;
  for (std::size_t i = 0; i < sample.size();) {
    std::size_t next = i + 1;
    while (next < sample.size() && sample[next] == sample[i]) ++next;
    const double at = cdf(sample[i]);
    const double before = cdf(std::nexttoward(sample[i], -HUGE_VALL));
    largest = std::max(
        {largest, static_cast<double>(next) / n - at, before - static_cast<double>(i) / n});
    i = next;
  }
  return largest * std::sqrt(n);
}

/// Kolmogorov-Smirnov over seeds: `sample(seed)` makes the numbers.
template <class Sample, class Cdf>
void expect_distributed(const Sample& sample, const Cdf& cdf) {
  int num_outside = 0;
  decltype(sample(0)) all;
  for (int seed = 0; seed < kNumSeeds; ++seed) {
    const auto numbers = sample(seed);
    all.insert(all.end(), numbers.begin(), numbers.end());
    num_outside += kolmogorov_smirnov(numbers, cdf) < kKolmogorovSmirnovBand ? 0 : 1;
  }
  EXPECT_LE(num_outside, 2);
  EXPECT_LT(kolmogorov_smirnov(all, cdf), kKolmogorovSmirnovBand);
}

/// Pairs counted on a grid against independence of two uniforms; Wilson & Hilferty's cube root makes the
/// chi-square a standard normal.
inline double independence_score(std::span<const std::uint32_t> one,
                                 std::span<const std::uint32_t> other) {
  constexpr int kBits = 4;
  constexpr std::size_t kCells = std::size_t{1} << (2 * kBits);
  std::vector<int> counts(kCells);
  for (std::size_t i = 0; i < one.size(); ++i)
    ++counts[(one[i] >> (32 - kBits)) << kBits | other[i] >> (32 - kBits)];
  const double expected = static_cast<double>(one.size()) / kCells;
  double square = 0;
  for (const int count : counts) square += (count - expected) * (count - expected) / expected;
  const double freedom = kCells - 1;
  const double spread = 2 / (9 * freedom);
  return (std::cbrt(square / freedom) - (1 - spread)) / std::sqrt(spread);
}

template <class Number>
std::vector<double> ranks_of(std::span<const Number> numbers) {
  std::vector<std::size_t> order(numbers.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(),
            [&](std::size_t one, std::size_t other) { return numbers[one] < numbers[other]; });
  std::vector<double> ranks(numbers.size());
  for (std::size_t i = 0; i < order.size(); ++i) ranks[order[i]] = static_cast<double>(i);
  return ranks;
}

/// Spearman's rank correlation; ties do not matter here.
template <class Number>
double rank_correlation(std::span<const Number> one, std::span<const Number> other) {
  const std::vector<double> ranks = ranks_of(one);
  const std::vector<double> others = ranks_of(other);
  const auto n = static_cast<double>(one.size());
  double squares = 0;
  for (std::size_t i = 0; i < ranks.size(); ++i)
    squares += (ranks[i] - others[i]) * (ranks[i] - others[i]);
  return 1 - 6 * squares / (n * (n * n - 1));
}

}  // namespace diaodu::forecast
