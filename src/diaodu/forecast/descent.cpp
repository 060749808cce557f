#include "diaodu/forecast/descent.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace diaodu::forecast {

namespace {

double dot(std::span<const double> one, std::span<const double> other) {
  return std::inner_product(one.begin(), one.end(), other.begin(), 0.0);
}

// The inverse of the curvature, as it is learnt on the way.
class Curvature {
 public:
  explicit Curvature(std::size_t size) : size_(size), inverse_(size * size) { forget(1); }

  void forget(double scale) {
    std::fill(inverse_.begin(), inverse_.end(), 0.0);
    for (std::size_t i = 0; i < size_; ++i) inverse_[i * size_ + i] = scale;
  }

  std::vector<double> downhill(std::span<const double> slope) const {
    std::vector<double> way(size_);
    for (std::size_t i = 0; i < size_; ++i)
      way[i] = -dot(std::span(inverse_).subspan(i * size_, size_), slope);
    return way;
  }

  void learn(std::span<const double> moved, std::span<const double> turned) {
    const double product = dot(moved, turned);
    if (!(product > 1e-14 * std::sqrt(dot(moved, moved) * dot(turned, turned)))) return;
    std::vector<double> image(size_);
    for (std::size_t i = 0; i < size_; ++i)
      image[i] = dot(std::span(inverse_).subspan(i * size_, size_), turned);
    const double gain = (1 + dot(turned, image) / product) / product;
    for (std::size_t i = 0; i < size_; ++i) {
      for (std::size_t j = 0; j < size_; ++j) {
        inverse_[i * size_ + j] +=
            gain * moved[i] * moved[j] - (image[i] * moved[j] + moved[i] * image[j]) / product;
      }
    }
  }

 private:
  std::size_t size_;
  std::vector<double> inverse_;
};

}  // namespace

Descent descend(const SlopedFunction& function, std::vector<double> start, int max_steps) {
  const std::size_t size = start.size();
  Descent here{.at = std::move(start)};
  std::vector<double> slope(size);
  const auto ask = [&](std::span<const double> at, std::span<double> out) {
    ++here.steps;
    const double value = function(at, out);
    const bool is_usable = std::isfinite(value) && std::isfinite(dot(out, out));
    return is_usable ? value : std::numeric_limits<double>::infinity();
  };
  here.value = ask(here.at, slope);
  if (!std::isfinite(here.value) || size == 0) return here;
  Curvature curvature(size);
  curvature.forget(0.1 / std::max(1e-12, std::sqrt(dot(slope, slope))));
  bool is_new = true;
  std::vector<double> next(size);
  std::vector<double> next_slope(size);
  while (here.steps < max_steps) {
    std::vector<double> way = curvature.downhill(slope);
    double fall = dot(way, slope);
    if (!(fall < 0)) break;
    double length = std::min(1.0, 4 / std::max(1e-300, std::sqrt(dot(way, way))));
    double value = std::numeric_limits<double>::infinity();
    constexpr double kShortest = 1e-9;
    for (; length > kShortest && here.steps < max_steps; length *= 0.4) {
      for (std::size_t i = 0; i < size; ++i) next[i] = here.at[i] + length * way[i];
      value = ask(next, next_slope);
      if (value <= here.value + 1e-4 * length * fall) break;
    }
    if (!(value < here.value)) {
      if (is_new) break;  // even straight downhill: this is the bottom
      curvature.forget(0.1 / std::max(1e-12, std::sqrt(dot(slope, slope))));
      is_new = true;
      continue;
    }
    std::vector<double> turned(size);
    for (std::size_t i = 0; i < size; ++i) {
      way[i] = next[i] - here.at[i];
      turned[i] = next_slope[i] - slope[i];
    }
    if (is_new)
      curvature.forget(std::abs(dot(way, turned)) / std::max(1e-300, dot(turned, turned)));
    curvature.learn(way, turned);
    is_new = false;
    const double gained = here.value - value;
    here.at = next;
    slope = next_slope;
    here.value = value;
    if (gained <= 1e-10 * (std::abs(value) + 1)) break;
  }
  return here;
}

}  // namespace diaodu::forecast
