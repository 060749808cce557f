#include "diaodu/forecast/normal.h"

#include <algorithm>
#include <array>
#include <bit>
#include <boost/math/special_functions/erf.hpp>
#include <cassert>
#include <cmath>
#include <numbers>

#include "diaodu/forecast/curve.h"
#include "diaodu/forecast/vectorised.h"

namespace diaodu::forecast {

namespace {

double density(double score) {
  return std::exp(-0.5 * score * score) * std::numbers::inv_sqrtpi / std::numbers::sqrt2;
}

const Curve& normal_curve() {
  static const Curve curve(
      [](double probability, bool from_above) {
        const double score = normal_quantile(probability);
        return Curve::Node{.value = from_above ? -score : score, .slope = 1 / density(score)};
      },
      3);
  return curve;
}

// The tail beyond a score, times 2^32, in cells of 1/64.
constexpr float kLastScore = 6.5F;
constexpr int kCellsPerUnit = 64;
constexpr std::size_t kNumCells = static_cast<std::size_t>(kLastScore * kCellsPerUnit) + 1;
using TailCells = std::array<std::array<float, 4>, kNumCells>;

const TailCells& tail_cells() {
  static const TailCells cells = [] {
    TailCells made{};
    const double width = 1.0 / kCellsPerUnit;
    for (std::size_t cell = 0; cell < kNumCells; ++cell) {
      const double from = static_cast<double>(cell) * width;
      const double rise = 0x1p32 * (normal_cdf(-from - width) - normal_cdf(-from));
      const double slope_from = -0x1p32 * width * density(from);
      const double slope_to = -0x1p32 * width * density(from + width);
      made[cell] = {static_cast<float>(0x1p32 * normal_cdf(-from)), static_cast<float>(slope_from),
                    static_cast<float>(3 * rise - 2 * slope_from - slope_to),
                    static_cast<float>(slope_from + slope_to - 2 * rise)};
    }
    return made;
  }();
  return cells;
}

DIAODU_VECTORISED
void look_up_tails(const float* __restrict scores, std::size_t count, const float* __restrict cells,
                   Uniform* __restrict uniforms) {
  for (std::size_t i = 0; i < count; ++i) {
    // By bits, because a branch on the sign would be guessed wrong every other time.
    const auto bits = std::bit_cast<std::int32_t>(scores[i]);
    const std::int32_t is_negative = bits >> 31;  // all bits or none
    float place = std::bit_cast<float>(bits & 0x7FFF'FFFF) * kCellsPerUnit;
    place = place < kLastScore * kCellsPerUnit ? place : kLastScore * kCellsPerUnit;
    const auto whole = static_cast<std::int32_t>(place);
    place -= static_cast<float>(whole);
    const std::int32_t cell = 4 * whole;
    float tail = cells[cell] +
                 place * (cells[cell + 1] + place * (cells[cell + 2] + place * cells[cell + 3]));
    tail = tail < 0x1.fffffep30F ? tail : 0x1.fffffep30F;  // the largest below 2^31
    uniforms[i] = static_cast<Uniform>(static_cast<std::int32_t>(tail) ^ ~is_negative);
  }
}

// 2^n (e^r - 1) + 2^n - 1 with |r| <= ln 2 / 2: nothing cancels where the exponent is small.
DIAODU_VECTORISED
void exponentiate(float* __restrict values, std::size_t count, float deviation, float shift,
                  float scale) {
  constexpr float kLn2High = 0x1.62e4p-1F;
  constexpr auto kLn2Low = static_cast<float>(std::numbers::ln2 - 0x1.62e4p-1);
  for (std::size_t i = 0; i < count; ++i) {
    float x = values[i] * deviation;
    x = x < 80.0F ? x : 80.0F;
    x = x > -80.0F ? x : -80.0F;
    const float halves = x * std::numbers::log2e_v<float>;
    const auto n = static_cast<std::int32_t>(halves + (halves < 0 ? -0.5F : 0.5F));
    const auto whole = static_cast<float>(n);
    const float r = (x - whole * kLn2High) - whole * kLn2Low;
    const float series =  // Taylor to r^7: the rest is below 6e-9 of r
        r * (1.0F +
             r * (1 / 2.0F +
                  r * (1 / 6.0F +
                       r * (1 / 24.0F + r * (1 / 120.0F + r * (1 / 720.0F + r * (1 / 5040.0F)))))));
    const auto power = std::bit_cast<float>((n + 127) << 23);
    values[i] = shift + scale * (power * series + (power - 1.0F));
  }
}

}  // namespace

double normal_cdf(double score) { return 0.5 * std::erfc(-score / std::numbers::sqrt2); }

double normal_quantile(double probability) {
  assert(probability > 0 && probability < 1);
  return -std::numbers::sqrt2 * boost::math::erfc_inv(2 * probability);
}

void scores_of(std::span<const Uniform> uniforms, std::span<float> scores) {
  normal_curve().values(uniforms, 0.0F, 1.0F, scores);
}

void normals_of(std::span<const Uniform> uniforms, float mean, float deviation,
                std::span<float> out) {
  normal_curve().values(uniforms, mean, deviation, out);
}

void uniforms_of(std::span<const float> scores, std::span<Uniform> uniforms) {
  assert(scores.size() == uniforms.size());
  look_up_tails(scores.data(), scores.size(), tail_cells().front().data(), uniforms.data());
}

void exponentials_of(float deviation, float shift, float scale, std::span<float> values) {
  exponentiate(values.data(), values.size(), deviation, shift, scale);
}

}  // namespace diaodu::forecast
