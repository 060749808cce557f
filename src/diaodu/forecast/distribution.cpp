#include "diaodu/forecast/distribution.h"

#include <algorithm>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/tools/toms748_solve.hpp>
#include <cassert>
#include <cmath>

#include "diaodu/forecast/normal.h"

namespace diaodu::forecast {

namespace {

using Shape = Distribution::Shape;

constexpr double kLargest = 1e15;
constexpr double kWidestLognormal = 1e6;
constexpr double kOuter = 0.1;  // P10 and P90

// double does: long double would be three times as slow and gain nothing
using Policy = boost::math::policies::policy<boost::math::policies::promote_double<false>>;

double score_of_ends(const Distribution& distribution) {
  return distribution.ends_are_percentiles ? normal_quantile(1 - kOuter) : 3;
}

bool has_ends(Shape shape) {
  return shape == Shape::triangular || shape == Shape::pert || shape == Shape::uniform ||
         shape == Shape::normal || shape == Shape::lognormal;
}

bool has_likely(const Distribution& distribution) {
  switch (distribution.shape) {
    case Shape::fixed:
    case Shape::triangular:
    case Shape::pert:
      return true;
    case Shape::lognormal:
      return distribution.likely != 0;
    default:
      return false;
  }
}

DistributionProblem problem_of_number(double number) {
  if (!std::isfinite(number)) return DistributionProblem::not_finite;
  return std::abs(number) > kLargest ? DistributionProblem::too_large : DistributionProblem::none;
}

DistributionProblem problem_of_points(const std::vector<Distribution::Point>& points) {
  if (points.empty()) return DistributionProblem::no_points;
  double total = 0;
  for (const auto& [value, weight] : points) {
    for (const double number : {value, weight})
      if (const auto problem = problem_of_number(number); problem != DistributionProblem::none)
        return problem;
    if (weight < 0) return DistributionProblem::negative_weight;
    total += weight;
  }
  return total > 0 ? DistributionProblem::none : DistributionProblem::no_weight;
}

// Where the mode of a log-normal lies between ends that are `score` deviations from the middle: 1/2 for a
// deviation of 0, falling to 0 for one of `score`.
double likely_share(double deviation, double score) {
  return (std::expm1(-deviation * deviation) - std::expm1(-score * deviation)) /
         (2 * std::sinh(score * deviation));
}

DistributionProblem problem_of_ends(const Distribution& distribution) {
  const double low = distribution.low;
  const double high = distribution.high;
  for (const double end : {low, high})
    if (const auto problem = problem_of_number(end); problem != DistributionProblem::none)
      return problem;
  if (low > high) return DistributionProblem::low_above_high;
  const bool is_normal =
      distribution.shape == Shape::normal || distribution.shape == Shape::lognormal;
  // A width that drowns in rounding is none.
  const bool is_narrow = high - low <= 1e-12 * std::max(std::abs(low), std::abs(high));
  if (is_narrow && (distribution.ends_are_percentiles || is_normal))
    return DistributionProblem::no_spread;
  if (has_likely(distribution)) {
    if (distribution.likely < low || distribution.likely > high)
      return DistributionProblem::likely_outside;
    if (distribution.shape == Shape::lognormal &&
        (distribution.likely - low) > (0.5 + 1e-9) * (high - low))
      return DistributionProblem::likely_too_high;
  } else if (distribution.shape == Shape::lognormal) {
    if (low <= 0) return DistributionProblem::not_positive;
    if (high > kWidestLognormal * low) return DistributionProblem::too_wide;
  }
  return DistributionProblem::none;
}

// The place in [from, to] where `rising` reaches `target`, or the end nearest to it.
template <class Function>
double solve_rising(double from, double to, double target, const Function& rising) {
  const auto above = [&](double place) { return rising(place) - target; };
  const double least = above(from);
  const double greatest = above(to);
  if (least >= 0) return from;
  if (greatest <= 0) return to;
  std::uintmax_t max_steps = 100;
  const auto [low, high] = boost::math::tools::toms748_solve(
      above, from, to, least, greatest, boost::math::tools::eps_tolerance<double>(48), max_steps);
  return low + (high - low) / 2;
}

double triangle_quantile(double mode, double probability) {
  return probability < mode ? std::sqrt(probability * mode)
                            : 1 - std::sqrt((1 - probability) * (1 - mode));
}

double triangle_cdf(double mode, double value) {
  return value < mode ? value * value / mode : 1 - (1 - value) * (1 - value) / (1 - mode);
}

}  // namespace

double PertShape::cdf(double value) const {
  return boost::math::ibeta(alpha, beta, value, Policy{});
}
double PertShape::density(double value) const {
  return boost::math::ibeta_derivative(alpha, beta, value, Policy{});
}
double PertShape::quantile(double probability) const {
  return boost::math::ibeta_inv(alpha, beta, probability, Policy{});
}

DistributionProblem problem_of(const Distribution& distribution) {
  if (distribution.shape == Shape::discrete || distribution.shape == Shape::empirical)
    return problem_of_points(distribution.points);
  if (has_likely(distribution))
    if (const auto problem = problem_of_number(distribution.likely);
        problem != DistributionProblem::none)
      return problem;
  return has_ends(distribution.shape) ? problem_of_ends(distribution) : DistributionProblem::none;
}

bool is_certain(const Distribution& distribution) {
  return problem_of(distribution) != DistributionProblem::none ||
         Law(distribution).form() == Law::Form::constant;
}

double certain_value(const Distribution& distribution) {
  if (problem_of(distribution) != DistributionProblem::none) return distribution.likely;
  return Law(distribution).low();
}

Law::Law(const Distribution& distribution) {
  assert(problem_of(distribution) == DistributionProblem::none);
  switch (distribution.shape) {
    case Shape::fixed:
      low_ = high_ = distribution.likely;
      break;
    case Shape::triangular:
    case Shape::pert:
    case Shape::uniform:
      fit_ends(distribution);
      break;
    case Shape::normal:
      fit_normal(distribution);
      break;
    case Shape::lognormal:
      fit_lognormal(distribution);
      break;
    case Shape::discrete:
    case Shape::empirical:
      fit_points(distribution);
      break;
  }
}

void Law::fit_ends(const Distribution& distribution) {
  low_ = distribution.low;
  high_ = distribution.high;
  if (low_ == high_) return;  // constant
  form_ = distribution.shape == Shape::uniform      ? Form::uniform
          : distribution.shape == Shape::triangular ? Form::triangular
                                                    : Form::pert;
  const double share = (distribution.likely - low_) / (high_ - low_);
  mode_ = form_ == Form::uniform ? 0 : share;
  if (!distribution.ends_are_percentiles) return;

  const auto unit_quantile = [&](double mode, double probability) {
    return form_ == Form::uniform      ? probability
           : form_ == Form::triangular ? triangle_quantile(mode, probability)
                                       : PertShape(mode).quantile(probability);
  };
  // The mode's place between the percentiles rises with its place between the ends.
  if (form_ != Form::uniform)
    mode_ = solve_rising(0, 1, share, [&](double mode) {
      const double outer = unit_quantile(mode, kOuter);
      return (mode - outer) / (unit_quantile(mode, 1 - kOuter) - outer);
    });
  const double outer = unit_quantile(mode_, kOuter);
  const double width = (high_ - low_) / (unit_quantile(mode_, 1 - kOuter) - outer);
  low_ -= outer * width;
  high_ = low_ + width;
}

void Law::fit_normal(const Distribution& distribution) {
  form_ = Form::normal;
  median_ = distribution.low + (distribution.high - distribution.low) / 2;
  deviation_ = (distribution.high - distribution.low) / (2 * score_of_ends(distribution));
}

void Law::fit_lognormal(const Distribution& distribution) {
  form_ = Form::lognormal;
  const double score = score_of_ends(distribution);
  const double width = distribution.high - distribution.low;
  if (!has_likely(distribution)) {
    deviation_ = std::log(distribution.high / distribution.low) / (2 * score);
    median_ = scale_ = std::sqrt(distribution.low) * std::sqrt(distribution.high);
    return;
  }
  // In the middle, a normal: the least deviation is as good as none.
  const double share = (distribution.likely - distribution.low) / width;
  deviation_ = solve_rising(1e-6, score, -share,
                            [&](double deviation) { return -likely_share(deviation, score); });
  scale_ = width / (2 * std::sinh(score * deviation_));
  median_ = distribution.low - scale_ * std::expm1(-score * deviation_);
}

void Law::fit_points(const Distribution& distribution) {
  std::vector<Distribution::Point> points;
  for (const auto& point : distribution.points)
    if (point.weight > 0) points.push_back(point);
  std::stable_sort(points.begin(), points.end(),
                   [](const auto& one, const auto& other) { return one.value < other.value; });
  low_ = points.front().value;
  high_ = points.back().value;
  if (low_ == high_) return;  // constant

  const bool is_discrete = distribution.shape == Shape::discrete;
  form_ = is_discrete ? Form::steps : Form::stretches;
  double sum = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (is_discrete)
      sum += points[i].weight;
    else if (i > 0)
      sum += (points[i - 1].weight + points[i].weight) / 2;
    if (is_discrete && !knots_.empty() && knots_.back().value == points[i].value)
      knots_.back().probability = sum;
    else
      knots_.push_back({.value = points[i].value, .probability = sum});
  }
  for (Knot& knot : knots_) knot.probability /= sum;
  knots_.back().probability = 1;
}

double Law::cdf(double value) const {
  switch (form_) {
    case Form::constant:
      return value < low_ ? 0 : 1;
    case Form::uniform:
    case Form::triangular:
    case Form::pert: {
      const double place = (value - low_) / (high_ - low_);
      if (place <= 0) return 0;
      if (place >= 1) return 1;
      return form_ == Form::uniform      ? place
             : form_ == Form::triangular ? triangle_cdf(mode_, place)
                                         : PertShape(mode_).cdf(place);
    }
    case Form::normal:
      return normal_cdf((value - median_) / deviation_);
    case Form::lognormal: {
      const double above = (value - median_) / scale_;
      return above <= -1 ? 0 : normal_cdf(std::log1p(above) / deviation_);
    }
    case Form::steps:
    case Form::stretches: {
      const auto after =
          std::upper_bound(knots_.begin(), knots_.end(), value,
                           [](double number, const Knot& knot) { return number < knot.value; });
      if (after == knots_.begin()) return 0;
      const Knot& before = *std::prev(after);
      if (form_ == Form::steps || after == knots_.end()) return before.probability;
      return before.probability + (after->probability - before.probability) *
                                      (value - before.value) / (after->value - before.value);
    }
  }
  return 0;
}

double Law::quantile(double probability) const {
  assert(probability > 0 && probability < 1);
  switch (form_) {
    case Form::constant:
      return low_;
    case Form::uniform:
      return low_ + (high_ - low_) * probability;
    case Form::triangular:
      return low_ + (high_ - low_) * triangle_quantile(mode_, probability);
    case Form::pert:
      return low_ + (high_ - low_) * PertShape(mode_).quantile(probability);
    case Form::normal:
      return median_ + deviation_ * normal_quantile(probability);
    case Form::lognormal:
      return median_ + scale_ * std::expm1(deviation_ * normal_quantile(probability));
    case Form::steps:
    case Form::stretches: {
      const auto to = std::lower_bound(
          knots_.begin(), knots_.end(), probability,
          [](const Knot& knot, double wanted) { return knot.probability < wanted; });
      if (form_ == Form::steps || to == knots_.begin()) return to->value;
      const Knot& from = *std::prev(to);
      return from.value + (to->value - from.value) * (probability - from.probability) /
                              (to->probability - from.probability);
    }
  }
  return low_;
}

double Law::mean() const {
  const double width = high_ - low_;
  switch (form_) {
    case Form::constant:
      return low_;
    case Form::uniform:
      return low_ + width / 2;
    case Form::triangular:
      return low_ + width * (1 + mode_) / 3;
    case Form::pert:
      return low_ + width * (1 + 4 * mode_) / 6;
    case Form::normal:
      return median_;
    case Form::lognormal:
      return median_ + scale_ * std::expm1(deviation_ * deviation_ / 2);
    case Form::steps:
    case Form::stretches: {
      double sum = 0;
      Knot before = {.value = knots_.front().value, .probability = 0};
      for (const Knot& knot : knots_) {
        const double share = knot.probability - before.probability;
        sum += share * (form_ == Form::steps ? knot.value : (before.value + knot.value) / 2);
        before = knot;
      }
      return sum;
    }
  }
  return low_;
}

double Law::variance() const {
  const double width = high_ - low_;
  switch (form_) {
    case Form::constant:
      return 0;
    case Form::uniform:
      return width * width / 12;
    case Form::triangular:
      return width * width * (1 - mode_ + mode_ * mode_) / 18;
    case Form::pert: {
      const auto [alpha, beta] = PertShape(mode_);
      return width * width * alpha * beta / (36 * 7);
    }
    case Form::normal:
      return deviation_ * deviation_;
    case Form::lognormal: {
      const double square = deviation_ * deviation_;
      return scale_ * scale_ * std::exp(square) * std::expm1(square);
    }
    case Form::steps:
    case Form::stretches: {
      const double middle = mean();
      double sum = 0;
      Knot before = {.value = knots_.front().value, .probability = 0};
      for (const Knot& knot : knots_) {
        const double share = knot.probability - before.probability;
        const double from = before.value - middle;
        const double to = knot.value - middle;
        sum += share * (form_ == Form::steps ? to * to : (from * from + from * to + to * to) / 3);
        before = knot;
      }
      return sum;
    }
  }
  return 0;
}

}  // namespace diaodu::forecast
