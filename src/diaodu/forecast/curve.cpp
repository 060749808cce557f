#include "diaodu/forecast/curve.h"

#include <bit>
#include <cassert>
#include <cmath>

#include "diaodu/forecast/vectorised.h"

namespace diaodu::forecast {

namespace {

// The distance d + 1/2 from the nearer end, in units of 2^-32, as a float: its exponent is the octave, the
// upper bits of its fraction the cell, the rest the place in it.
constexpr int kFractionBits = 23;
constexpr int kFirstExponent = 126;  // of 1/2, the biased exponent of the least distance
constexpr int kNumOctaves = 32;      // from 1/2 to 2^31, which rounding up can reach

struct CellsPerHalf {
  int bits;
  constexpr std::size_t operator()() const { return (std::size_t{kNumOctaves} << bits) + 1; }
};

DIAODU_VECTORISED
void evaluate(const Uniform* __restrict uniforms, std::size_t count, const float* __restrict cells,
              int cell_bits, float shift, float scale, float* __restrict out) {
  const int rest_bits = kFractionBits - cell_bits;
  const std::int32_t first_cell = kFirstExponent << cell_bits;
  const std::int32_t upper_half = (kNumOctaves << cell_bits) + 1;
  const std::int32_t rest_mask = (1 << rest_bits) - 1;
  const float place_unit = std::bit_cast<float>((127 - rest_bits) << kFractionBits);
  for (std::size_t i = 0; i < count; ++i) {
    const auto uniform = static_cast<std::int32_t>(uniforms[i]);
    const std::int32_t is_upper = uniform >> 31;  // all bits or none
    const float distance = static_cast<float>(uniform ^ is_upper) + 0.5F;
    const auto bits = std::bit_cast<std::int32_t>(distance);
    const std::int32_t cell = 4 * ((bits >> rest_bits) - first_cell + (is_upper & upper_half));
    const float place = static_cast<float>(bits & rest_mask) * place_unit;
    const float value = cells[cell] + place * (cells[cell + 1] +
                                               place * (cells[cell + 2] + place * cells[cell + 3]));
    out[i] = shift + scale * value;
  }
}

}  // namespace

Curve::Curve(const Exact& exact, int cell_bits) : cell_bits_(cell_bits) {
  const std::size_t per_half = CellsPerHalf{cell_bits}();
  cells_.reserve(2 * per_half);
  for (const bool is_upper : {false, true}) {
    const double sign = is_upper ? -1 : 1;  // upper values fall with the distance
    const auto distance_at = [&](std::size_t cell) {
      const std::size_t per_octave = std::size_t{1} << cell_bits;
      const double within =
          static_cast<double>(cell % per_octave) / static_cast<double>(per_octave);
      return std::ldexp(1 + within, static_cast<int>(cell / per_octave) - 1);
    };
    Node from = exact(std::ldexp(distance_at(0), -32), is_upper);
    for (std::size_t cell = 0; cell + 1 < per_half; ++cell) {
      const double width = std::ldexp(distance_at(cell + 1) - distance_at(cell), -32);
      const Node to = exact(std::ldexp(distance_at(cell + 1), -32), is_upper);
      const double rise = to.value - from.value;
      const double slope_from = sign * from.slope * width;
      const double slope_to = sign * to.slope * width;
      cells_.push_back({static_cast<float>(from.value), static_cast<float>(slope_from),
                        static_cast<float>(3 * rise - 2 * slope_from - slope_to),
                        static_cast<float>(slope_from + slope_to - 2 * rise)});
      from = to;
    }
    cells_.push_back({static_cast<float>(from.value), 0, 0, 0});
  }
}

Curve::Curve(std::span<const Part> parts)
    : cell_bits_(parts.front().curve->cell_bits_), cells_(parts.front().curve->cells_.size()) {
  for (const auto& [curve, weight] : parts) {
    assert(curve->cell_bits_ == cell_bits_);
    const auto share = static_cast<float>(weight);
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      cells_[i].constant += share * curve->cells_[i].constant;
      cells_[i].linear += share * curve->cells_[i].linear;
      cells_[i].square += share * curve->cells_[i].square;
      cells_[i].cube += share * curve->cells_[i].cube;
    }
  }
}

void Curve::values(std::span<const Uniform> uniforms, float shift, float scale,
                   std::span<float> out) const {
  assert(uniforms.size() == out.size());
  evaluate(uniforms.data(), uniforms.size(), &cells_.front().constant, cell_bits_, shift, scale,
           out.data());
}

}  // namespace diaodu::forecast
