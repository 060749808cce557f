#pragma once

#include <functional>
#include <span>
#include <vector>

#include "diaodu/forecast/stream.h"

namespace diaodu::forecast {

/// A smooth inverse distribution function as a table: cubic polynomials that meet the exact values and
/// slopes at their ends (Hermite), in cells that halve towards both tails.  A cell covers a quarter or an
/// eighth of an octave of the distance from the nearer end of (0, 1), down to 2^-33; most draws fall into
/// the few cells of the middle, so what is hot of a table is below 2 kB.
class Curve {
 public:
  /// An inverse distribution function and its slope by the probability.
  struct Node {
    double value = 0;
    double slope = 0;
  };
  /// The node at a probability; `from_above` gives it as the distance from 1.
  using Exact = std::function<Node(double probability, bool from_above)>;

  /// `cell_bits`: 2^cell_bits cells an octave.
  Curve(const Exact& exact, int cell_bits);
  /// The weighted sum of curves with equally many cells.
  struct Part {
    const Curve* curve = nullptr;
    double weight = 0;
  };
  explicit Curve(std::span<const Part> parts);

  /// shift + scale * value of each uniform.
  void values(std::span<const Uniform> uniforms, float shift, float scale,
              std::span<float> out) const;

 private:
  struct Cell {
    float constant, linear, square, cube;  // of the place in the cell, 0 ... 1
  };

  int cell_bits_;
  std::vector<Cell> cells_;  // lower half from its end inwards, then the upper half likewise
};

}  // namespace diaodu::forecast
