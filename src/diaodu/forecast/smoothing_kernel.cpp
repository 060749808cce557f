#include "diaodu/forecast/smoothing_kernel.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace diaodu::forecast {

namespace {

using Trend = SmoothingForm::Trend;
using FormSeason = SmoothingForm::Season;

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kLeast = 1e-4;  // distance from the borders of the usual region
constexpr double kLeastPhi = 0.8;
constexpr double kMostPhi = 0.98;

double logistic(double value) { return 1 / (1 + std::exp(-value)); }
double logit(double share) { return std::log(share / (1 - share)); }

}  // namespace

SmoothingKernel::SmoothingKernel(const Series& series, const SmoothingForm& form)
    : form_(form), values_(series.values), year_(static_cast<std::size_t>(series.slots_per_year)) {
  double sum = 0;
  for (std::size_t at = 0; at < values_.size(); ++at) {
    slots_.push_back(static_cast<std::size_t>(series.slot(at)));
    if (!std::isfinite(values_[at])) continue;
    sum += std::abs(values_[at]);
    ++num_known_;
  }
  if (num_known_ > 0 && sum > 0) scale_ = sum / static_cast<double>(num_known_);
  for (double& value : values_) value /= scale_;
  kept_.resize(values_.size());
}

std::size_t SmoothingKernel::num_smoothing() const {
  return 1 + (form_.trend != Trend::none) + (form_.season != FormSeason::none) +
         (form_.trend == Trend::damped);
}

std::size_t SmoothingKernel::num_states() const {
  return 1 + (form_.trend != Trend::none) + (form_.season != FormSeason::none ? year_ - 1 : 0);
}

SmoothingParameters SmoothingKernel::parameters(std::span<const double> place) const {
  SmoothingParameters made;
  std::size_t at = 0;
  made.alpha = kLeast + (1 - 2 * kLeast) * logistic(place[at++]);
  if (form_.trend != Trend::none)
    made.beta = kLeast + std::max(0.0, made.alpha - 2 * kLeast) * logistic(place[at++]);
  if (form_.season != FormSeason::none)
    made.gamma = kLeast + std::max(0.0, 1 - made.alpha - kLeast) * logistic(place[at++]);
  if (form_.trend == Trend::damped)
    made.phi = kLeastPhi + (kMostPhi - kLeastPhi) * logistic(place[at++]);
  made.first.level = place[at++];
  if (form_.trend != Trend::none) made.first.slope = place[at++];
  if (form_.season != FormSeason::none) {
    double rest = form_.season == FormSeason::multiplicative ? static_cast<double>(year_) : 0;
    for (std::size_t slot = 0; slot + 1 < year_; ++slot) {
      made.first.seasons.push_back(place[at++]);
      rest -= made.first.seasons.back();
    }
    made.first.seasons.push_back(rest);
  }
  return made;
}

std::vector<double> SmoothingKernel::start(double alpha, double beta, double gamma) const {
  // Season: the mean of each slot against the mean of its year, over the first years.
  std::vector<double> season(year_, form_.season == FormSeason::multiplicative ? 1.0 : 0.0);
  const std::size_t size = values_.size();
  if (form_.season != FormSeason::none) {
    std::vector<double> sum(year_, 0.0);
    std::vector<double> times(year_, 0.0);
    const std::size_t reach = std::min(size, 5 * year_);
    for (std::size_t at = 0; at < reach; ++at) {
      const std::size_t from =
          std::min(at >= year_ / 2 ? at - year_ / 2 : 0, reach >= year_ ? reach - year_ : 0);
      double mean = 0;
      double known = 0;
      for (std::size_t i = from; i < std::min(reach, from + year_); ++i) {
        if (!std::isfinite(values_[i])) continue;
        mean += values_[i];
        ++known;
      }
      if (known == 0 || !std::isfinite(values_[at])) continue;
      mean /= known;
      sum[slots_[at]] +=
          form_.season == FormSeason::multiplicative ? values_[at] / mean : values_[at] - mean;
      ++times[slots_[at]];
    }
    double total = 0;
    for (std::size_t slot = 0; slot < year_; ++slot) {
      if (times[slot] > 0) season[slot] = sum[slot] / times[slot];
      if (form_.season == FormSeason::multiplicative) season[slot] = std::max(season[slot], 0.05);
      total += season[slot];
    }
    for (double& each : season) {
      if (form_.season == FormSeason::multiplicative)
        each *= static_cast<double>(year_) / total;
      else
        each -= total / static_cast<double>(year_);
    }
  }
  // Level and slope: the line through the first ten values without season, by least squares.
  double weight = 0, sum_x = 0, sum_y = 0, sum_xx = 0, sum_xy = 0;
  for (std::size_t at = 0; at < size && weight < std::max<double>(10, static_cast<double>(year_));
       ++at) {
    if (!std::isfinite(values_[at])) continue;
    const double x = static_cast<double>(at + 1);
    const double each = season[slots_[at]];
    const double y = form_.season == FormSeason::multiplicative ? values_[at] / each
                     : form_.season == FormSeason::additive     ? values_[at] - each
                                                                : values_[at];
    ++weight;
    sum_x += x;
    sum_y += y;
    sum_xx += x * x;
    sum_xy += x * y;
  }
  const double spread = weight * sum_xx - sum_x * sum_x;
  double slope = spread > 0 ? (weight * sum_xy - sum_x * sum_y) / spread : 0;
  double level = weight > 0 ? sum_y / weight : 0;
  if (form_.trend != Trend::none) level -= slope * sum_x / std::max(1.0, weight);
  if (form_.is_multiplicative && level <= 0.05) {
    level = std::max(0.05, weight > 0 ? sum_y / weight : 1);
    slope = 0;
  }
  std::vector<double> place{logit((alpha - kLeast) / (1 - 2 * kLeast))};
  if (form_.trend != Trend::none) place.push_back(logit(beta / alpha));
  if (form_.season != FormSeason::none) place.push_back(logit(gamma / (1 - alpha)));
  if (form_.trend == Trend::damped) place.push_back(1.5);
  place.push_back(level);
  if (form_.trend != Trend::none) place.push_back(slope);
  if (form_.season != FormSeason::none) place.insert(place.end(), season.begin(), season.end() - 1);
  return place;
}

double SmoothingKernel::cost(std::span<const double> place, std::span<double> slope) {
  const SmoothingParameters made = parameters(place);
  const double alpha = made.alpha, beta = made.beta, gamma = made.gamma, phi = made.phi;
  const bool adds = form_.season == FormSeason::additive;
  const bool multiplies = form_.season == FormSeason::multiplicative;
  std::vector<double> seasons = made.first.seasons;
  if (seasons.empty()) seasons.assign(year_, multiplies ? 1.0 : 0.0);
  double level = made.first.level;
  double rise = made.first.slope;
  double squares = 0;
  double log_sum = 0;
  for (std::size_t at = 0; at < values_.size(); ++at) {
    const double y = values_[at];
    const double season = seasons[slots_[at]];
    const double q = level + phi * rise;
    const double f = multiplies ? q * season : q + season;
    Step& step = kept_[at];
    step = {.slope = rise, .season = season, .q = q, .value_to_q = 0, .f = f, .error = 0};
    if (!std::isfinite(y)) {
      level = q;
      rise *= phi;
      continue;
    }
    if ((form_.is_multiplicative || multiplies) && !(f > 0)) return kInfinity;
    if (multiplies && !(season > 0 && q > 0)) return kInfinity;
    const double p = multiplies ? y / season : y - season;
    const double t = multiplies ? y / q : y - q;
    step.value_to_q = p - q;
    step.error = form_.is_multiplicative ? y / f - 1 : y - f;
    squares += step.error * step.error;
    if (form_.is_multiplicative) log_sum += std::log(f);
    level = q + alpha * (p - q);
    rise = phi * rise + beta * (p - q);
    if (adds || multiplies) seasons[slots_[at]] = season + gamma * (t - season);
  }
  const double known = static_cast<double>(num_known_);
  if (!(squares > 0)) return -kInfinity;
  // Backwards: `d_x` is the derivative of the cost by x.
  const double of_square = known / squares;
  double d_level = 0, d_rise = 0, d_alpha = 0, d_beta = 0, d_gamma = 0, d_phi = 0;
  std::vector<double> d_seasons(year_, 0.0);
  for (std::size_t at = values_.size(); at-- > 0;) {
    const Step& step = kept_[at];
    const double y = values_[at];
    double d_q = d_level;
    double d_damped = d_rise;
    if (std::isfinite(y)) {
      double& d_season = d_seasons[slots_[at]];
      const double d_f = form_.is_multiplicative
                             ? 2 * (1 - of_square * step.error * y / step.f) / step.f
                             : -2 * of_square * step.error;
      const double t = multiplies ? y / step.q : y - step.q;
      d_alpha += d_level * step.value_to_q;
      d_beta += d_rise * step.value_to_q;
      const double d_p = alpha * d_level + beta * d_rise;
      d_q -= d_p;
      double d_before = 0;
      if (adds) {
        d_gamma += d_season * (t - step.season);
        const double d_t = gamma * d_season;
        d_before = (1 - gamma) * d_season - d_p + d_f;
        d_q += d_f - d_t;
      } else if (multiplies) {
        d_gamma += d_season * (t - step.season);
        const double d_t = gamma * d_season;
        d_before = (1 - gamma) * d_season - d_p * y / (step.season * step.season) + d_f * step.q;
        d_q += d_f * step.season - d_t * t / step.q;
      } else {
        d_q += d_f;
      }
      d_season = d_before;
    }
    d_damped += d_q;
    d_phi += step.slope * d_damped;
    d_level = d_q;
    d_rise = phi * d_damped;
  }
  // Into the scale that is searched.
  std::size_t at = 0;
  const double share = logistic(place[0]);
  double d_share = d_alpha;
  std::size_t next = 1;
  if (form_.trend != Trend::none) d_share += d_beta * logistic(place[next++]);
  if (form_.season != FormSeason::none) d_share -= d_gamma * logistic(place[next++]);
  slope[at++] = d_share * (1 - 2 * kLeast) * share * (1 - share);
  if (form_.trend != Trend::none) {
    const double part = logistic(place[at]);
    slope[at++] = d_beta * std::max(0.0, alpha - 2 * kLeast) * part * (1 - part);
  }
  if (form_.season != FormSeason::none) {
    const double part = logistic(place[at]);
    slope[at++] = d_gamma * std::max(0.0, 1 - alpha - kLeast) * part * (1 - part);
  }
  if (form_.trend == Trend::damped) {
    const double part = logistic(place[at]);
    slope[at++] = d_phi * (kMostPhi - kLeastPhi) * part * (1 - part);
  }
  slope[at++] = d_level;
  if (form_.trend != Trend::none) slope[at++] = d_rise;
  if (form_.season != FormSeason::none) {
    for (std::size_t slot = 0; slot + 1 < year_; ++slot)
      slope[at++] = d_seasons[slot] - d_seasons.back();
  }
  return known * std::log(squares) + 2 * log_sum;
}

bool SmoothingKernel::run(const SmoothingParameters& parameters, SmoothingStates& last,
                          double& squares, double& log_sum) const {
  const bool multiplies = form_.season == FormSeason::multiplicative;
  last = parameters.first;
  squares = log_sum = 0;
  for (std::size_t at = 0; at < values_.size(); ++at) {
    const double y = values_[at];
    const double q = last.level + parameters.phi * last.slope;
    const double season = last.seasons.empty() ? 0 : last.seasons[slots_[at]];
    const double f = multiplies ? q * season : q + season;
    last.level = q;
    last.slope *= parameters.phi;
    if (!std::isfinite(y)) continue;
    if ((form_.is_multiplicative || multiplies) && !(f > 0)) return false;
    if (multiplies && !(season > 0)) return false;
    const double error = form_.is_multiplicative ? (y - f) / f : y - f;
    squares += error * error;
    if (form_.is_multiplicative) log_sum += std::log(f);
    const double gap = (multiplies ? y / season : y - season) - q;
    last.level += parameters.alpha * gap;
    last.slope += parameters.beta * gap;
    if (!last.seasons.empty())
      last.seasons[slots_[at]] += parameters.gamma * ((multiplies ? y / q : y - q) - season);
  }
  return std::isfinite(squares) && std::isfinite(last.level) && std::isfinite(last.slope);
}

}  // namespace diaodu::forecast
