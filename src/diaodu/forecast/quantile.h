#pragma once

#include <map>
#include <memory>
#include <span>
#include <vector>

#include "diaodu/forecast/curve.h"
#include "diaodu/forecast/distribution.h"

namespace diaodu::forecast {

/// A law's quantile function, made once and evaluated for a block of uniforms at once.  The slow twin is
/// `Law::quantile(unit_of(uniform))`.
///
/// Let R be the range from P0.1 to P99.9, and D the distance of the exact value from the median, if larger.
///
///     |value - exact| <= 1e-5 max(R, D) + 2.5e-7 |value|
///
/// The last term is rounding to float.  Values never fall where uniforms rise, except by that rounding.  The
/// points of a discrete law come out as they are, rounded to float, with weights right to 2^-32.
class Quantile {
 public:
  /// Tables by shape: all tasks whose PERT leans alike share one.  A table of exact quantiles takes a
  /// fifth of a millisecond, so only those of modes at whole 1/32 are made so; another mode's is the cubic
  /// through its four neighbours', which is well within the error of the cells and takes microseconds.
  class Shelf {
   public:
    std::shared_ptr<const Curve> pert(double mode);

   private:
    const Curve& exact_pert(int place);

    std::map<int, Curve> exact_pert_;  // by mode in 1/32
    std::map<double, std::shared_ptr<const Curve>> pert_;
  };

  Quantile(const Law& law, Shelf& shelf);

  void values(std::span<const Uniform> uniforms, std::span<float> out) const;

 private:
  // Values from uniform `first` on: value + slope * (uniform - first).
  struct Piece {
    Uniform first = 0;
    float value = 0;
    float slope = 0;
  };
  void make_pieces(const Law& law);

  Law::Form form_;
  float shift_ = 0;      // low, or the median
  float scale_ = 0;      // width, or as in Law
  float parameter_ = 0;  // a triangle's mode, a log-normal's deviation
  std::shared_ptr<const Curve> curve_;
  std::vector<Piece> pieces_;
  std::vector<std::uint32_t> guide_;  // the piece of the first uniform of each of 256 equal cells
};

}  // namespace diaodu::forecast
