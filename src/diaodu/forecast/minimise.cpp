#include "diaodu/forecast/minimise.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace diaodu::forecast {

namespace {

constexpr double kDifference = 1e-4;
constexpr double kCurvatureDifference = 1e-2;
constexpr int kMaxSteps = 60;

double dot(std::span<const double> left, std::span<const double> right) {
  double sum = 0;
  for (std::size_t i = 0; i < left.size(); ++i) sum += left[i] * right[i];
  return sum;
}

class Search {
 public:
  explicit Search(const Objective& objective) : objective_(objective) {}

  double value(std::span<const double> at) {
    ++num_evaluations_;
    const double made = objective_(at);
    return std::isfinite(made) ? made : std::numeric_limits<double>::infinity();
  }

  std::vector<double> gradient(std::vector<double> at) {
    std::vector<double> slope(at.size());
    for (std::size_t i = 0; i < at.size(); ++i) {
      const double here = at[i];
      at[i] = here + kDifference;
      const double above = value(at);
      at[i] = here - kDifference;
      const double below = value(at);
      at[i] = here;
      slope[i] = (above - below) / (2 * kDifference);
      if (!std::isfinite(slope[i])) slope[i] = 0;
    }
    return slope;
  }

  int num_evaluations() const { return num_evaluations_; }

 private:
  const Objective& objective_;
  int num_evaluations_ = 0;
};

/// inverse += what the step taught of the curvature.
void learn(std::vector<double>& inverse, std::span<const double> step,
           std::span<const double> change) {
  const std::size_t size = step.size();
  const double along = dot(step, change);
  if (!(along > 1e-12 * std::sqrt(dot(step, step) * dot(change, change)))) return;
  std::vector<double> reached(size, 0);
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = 0; j < size; ++j) reached[i] += inverse[i * size + j] * change[j];
  }
  const double weight = (1 + dot(change, reached) / along) / along;
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = 0; j < size; ++j) {
      inverse[i * size + j] +=
          weight * step[i] * step[j] - (reached[i] * step[j] + step[i] * reached[j]) / along;
    }
  }
}

std::vector<double> identity(std::size_t size, double diagonal) {
  std::vector<double> matrix(size * size, 0);
  for (std::size_t i = 0; i < size; ++i) matrix[i * size + i] = diagonal;
  return matrix;
}

}  // namespace

Minimum minimise(const Objective& objective, std::vector<double> start) {
  Search search(objective);
  const std::size_t size = start.size();
  Minimum best{.at = std::move(start)};
  best.value = search.value(best.at);
  std::vector<double> slope = search.gradient(best.at);
  double steepness = std::sqrt(dot(slope, slope));
  std::vector<double> inverse = identity(size, 1 / std::max(1.0, steepness));
  bool is_fresh = true;
  for (int step = 0; step < kMaxSteps && steepness > 1e-6; ++step) {
    std::vector<double> move(size, 0);
    for (std::size_t i = 0; i < size; ++i) {
      for (std::size_t j = 0; j < size; ++j) move[i] -= inverse[i * size + j] * slope[j];
    }
    // Far steps meet flat ends, where a variance is nought.
    const double length = std::sqrt(dot(move, move));
    if (length > 4) {
      for (double& part : move) part *= 4 / length;
    }
    const double descent = dot(slope, move);
    double fraction = 1;
    std::vector<double> next(size);
    double value = best.value;
    bool is_better = false;
    for (int cut = 0; cut < 30 && !is_better; ++cut, fraction *= 0.4) {
      for (std::size_t i = 0; i < size; ++i) next[i] = best.at[i] + fraction * move[i];
      value = search.value(next);
      is_better = value <= best.value + 1e-4 * fraction * descent && value < best.value;
    }
    if (!is_better) {
      if (is_fresh) break;
      inverse = identity(size, 1 / std::max(1.0, steepness));
      is_fresh = true;
      continue;
    }
    const double gain = best.value - value;
    std::vector<double> next_slope = search.gradient(next);
    std::vector<double> change(size);
    std::vector<double> moved(size);
    for (std::size_t i = 0; i < size; ++i) {
      change[i] = next_slope[i] - slope[i];
      moved[i] = next[i] - best.at[i];
    }
    if (is_fresh && dot(change, change) > 0)
      inverse = identity(size, std::max(1e-6, dot(moved, change) / dot(change, change)));
    is_fresh = false;
    learn(inverse, moved, change);
    best.at = next;
    best.value = value;
    slope = std::move(next_slope);
    steepness = std::sqrt(dot(slope, slope));
    if (gain < 1e-10 * (1 + std::abs(value))) break;
  }
  best.num_evaluations = search.num_evaluations();
  return best;
}

std::vector<double> curvature(const Objective& objective, std::span<const double> at) {
  const std::size_t size = at.size();
  std::vector<double> point(at.begin(), at.end());
  std::vector<double> out(size * size, 0);
  const double middle = objective(point);
  std::vector<double> above(size);
  std::vector<double> below(size);
  constexpr double kStep = kCurvatureDifference;
  for (std::size_t i = 0; i < size; ++i) {
    point[i] = at[i] + kStep;
    above[i] = objective(point);
    point[i] = at[i] - kStep;
    below[i] = objective(point);
    point[i] = at[i];
    out[i * size + i] = (above[i] - 2 * middle + below[i]) / (kStep * kStep);
  }
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      point[i] = at[i] + kStep;
      point[j] = at[j] + kStep;
      const double both = objective(point);
      point[i] = at[i] - kStep;
      point[j] = at[j] - kStep;
      const double neither = objective(point);
      point[i] = at[i];
      point[j] = at[j];
      const double mixed = (both + neither - above[i] - below[i] - above[j] - below[j] + 2 * middle) /
                           (2 * kStep * kStep);
      out[i * size + j] = mixed;
      out[j * size + i] = mixed;
    }
  }
  return out;
}

}  // namespace diaodu::forecast
