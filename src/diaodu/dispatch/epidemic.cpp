#include "diaodu/dispatch/epidemic.h"

#include <algorithm>
#include <boost/math/special_functions/gamma.hpp>
#include <cassert>
#include <cmath>
#include <set>

#include "diaodu/core/random.h"

namespace diaodu::dispatch {

namespace {

// Cori et al.'s prior.
constexpr double kPriorShape = 1;
constexpr double kPriorScale = 5;
constexpr double kWald = 1.959963984540054;
constexpr double kMostExpected = 1e12;  // more people than there are, and still a whole number

/// The share of a gamma law up to x; nothing lies below 0.
double gamma_share(double shape, double scale, double x) {
  return x <= 0 ? 0 : boost::math::gamma_p(shape, x / scale);
}

struct Posterior {
  double shape = kPriorShape;
  double rate = 1 / kPriorScale;

  double quantile(double share) const { return boost::math::gamma_p_inv(shape, share) / rate; }
};

Posterior posterior(std::span<const std::int64_t> cases, std::span<const double> infectious,
                    std::size_t from, std::size_t to) {
  Posterior law;
  for (std::size_t day = from; day < to; ++day) {
    law.shape += static_cast<double>(cases[day]);
    law.rate += infectious[day];
  }
  return law;
}

/// Inversion for small means; large ones are halved, very large ones are normal to the eye.  Growth
/// that goes on beyond all numbers is cut off.
std::int64_t poisson(RandomStream& random, double mean) {
  constexpr double kSmall = 30;
  constexpr double kNormal = 10'000;
  if (mean <= 0) return 0;
  mean = std::min(mean, kMostExpected);
  if (mean > kNormal) {
    const double radius = std::sqrt(-2 * std::log(1 - random.unit()));
    const double normal = radius * std::cos(2 * 3.14159265358979323846 * random.unit());
    return std::max<std::int64_t>(0, std::llround(mean + std::sqrt(mean) * normal));
  }
  if (mean > kSmall) return poisson(random, mean / 2) + poisson(random, mean / 2);
  const double limit = std::exp(-mean);
  std::int64_t count = -1;
  for (double product = 1; product > limit; product *= 1 - random.unit()) ++count;
  return count;
}

double quantile_of(const std::vector<double>& sorted, double share) {
  const double at = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(at);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (at - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

}  // namespace

std::vector<double> serial_interval(double mean, double deviation, std::size_t days) {
  assert(mean > 1 && deviation > 0);
  const double shape = (mean - 1) * (mean - 1) / (deviation * deviation);
  const double scale = deviation * deviation / (mean - 1);
  std::vector<double> serial;
  for (std::size_t day = 0; day < days; ++day) {
    const auto k = static_cast<double>(day);
    const auto share = [&](double x) { return gamma_share(shape, scale, x); };
    const auto next = [&](double x) { return gamma_share(shape + 1, scale, x); };
    const double part = k * share(k) + (k - 2) * share(k - 2) - 2 * (k - 1) * share(k - 1) +
                        shape * scale * (2 * next(k - 1) - next(k - 2) - next(k));
    serial.push_back(std::max(0.0, part));
  }
  return serial;
}

std::vector<double> infectivity(std::span<const std::int64_t> cases,
                                std::span<const double> serial) {
  std::vector<double> sums(cases.size());
  for (std::size_t day = 0; day < cases.size(); ++day)
    for (std::size_t s = 0; s < std::min(serial.size(), day + 1); ++s)
      sums[day] += serial[s] * static_cast<double>(cases[day - s]);
  return sums;
}

Estimate instantaneous_reproduction(std::span<const std::int64_t> cases,
                                    std::span<const double> serial, std::size_t from,
                                    std::size_t to) {
  const Posterior law = posterior(cases, infectivity(cases, serial), from, to);
  return {.mean = law.shape / law.rate,
          .deviation = std::sqrt(law.shape) / law.rate,
          .low = law.quantile(0.025),
          .median = law.quantile(0.5),
          .high = law.quantile(0.975)};
}

std::size_t first_telling_day(std::span<const std::int64_t> cases, std::size_t window) {
  const std::size_t recent = cases.size() > window ? cases.size() - window : 0;
  const auto first =
      std::find_if(cases.begin(), cases.end(), [](std::int64_t count) { return count > 0; });
  const auto after = static_cast<std::size_t>(first - cases.begin()) + 1;
  return std::min(cases.size(), std::max(recent, after));
}

std::vector<double> case_reproduction(std::span<const std::int64_t> cases,
                                      std::span<const double> serial) {
  const std::vector<double> infectious = infectivity(cases, serial);
  std::vector<double> numbers(cases.size());
  for (std::size_t day = 0; day < cases.size(); ++day) {
    for (std::size_t s = 1; s < serial.size() && day + s < cases.size(); ++s) {
      if (infectious[day + s] <= 0) continue;
      numbers[day] += static_cast<double>(cases[day + s]) * serial[s] / infectious[day + s];
    }
  }
  return numbers;
}

Estimate case_reproduction(std::span<const std::int64_t> cases, std::span<const double> serial,
                           std::size_t from, std::size_t to, std::size_t draws,
                           std::uint64_t seed) {
  const std::vector<double> numbers = case_reproduction(cases, serial);
  const std::vector<double> infectious = infectivity(cases, serial);
  double count = 0;
  Estimate estimate;
  for (std::size_t day = from; day < to; ++day) {
    count += static_cast<double>(cases[day]);
    estimate.mean += static_cast<double>(cases[day]) * numbers[day];
  }
  if (count == 0) return {};
  estimate.mean /= count;
  RandomStream random(seed);
  std::vector<double> drawn;
  double squares = 0;
  for (std::size_t draw = 0; draw < draws; ++draw) {
    // Each case has one infector; how many of them fell ill on the days asked about?
    double infected = 0;
    for (std::size_t day = 0; day < cases.size(); ++day) {
      if (infectious[day] <= 0) continue;
      double within = 0;
      for (std::size_t s = 1; s < std::min(serial.size(), day + 1); ++s)
        if (day - s >= from && day - s < to)
          within += serial[s] * static_cast<double>(cases[day - s]);
      const double chance = within / infectious[day];
      if (chance <= 0) continue;
      for (std::int64_t i = 0; i < cases[day]; ++i) infected += random.unit() < chance ? 1 : 0;
    }
    drawn.push_back(infected / count);
    squares += (drawn.back() - estimate.mean) * (drawn.back() - estimate.mean);
  }
  if (drawn.empty()) return estimate;
  std::sort(drawn.begin(), drawn.end());
  estimate.deviation = std::sqrt(squares / static_cast<double>(drawn.size()));
  estimate.low = quantile_of(drawn, 0.025);
  estimate.median = quantile_of(drawn, 0.5);
  estimate.high = quantile_of(drawn, 0.975);
  return estimate;
}

std::vector<std::vector<LikelyInfector>> likely_infectors(
    std::span<const std::int64_t> onsets, std::span<const double> serial,
    std::span<const std::pair<std::size_t, std::size_t>> contacts, double contact_factor) {
  const std::size_t count = onsets.size();
  std::set<std::pair<std::size_t, std::size_t>> met;
  for (const auto& [one, other] : contacts) met.emplace(std::min(one, other), std::max(one, other));
  std::vector<std::vector<LikelyInfector>> all(count);
  for (std::size_t i = 0; i < count; ++i) {
    double sum = 0;
    for (std::size_t j = 0; j < count; ++j) {
      const std::int64_t days = onsets[i] - onsets[j];
      if (i == j || days < 0 || days >= static_cast<std::int64_t>(serial.size())) continue;
      double weight = serial[static_cast<std::size_t>(days)];
      if (met.contains({std::min(i, j), std::max(i, j)})) weight *= contact_factor;
      if (weight <= 0) continue;
      all[i].push_back({.infector = j, .probability = weight});
      sum += weight;
    }
    for (LikelyInfector& each : all[i]) each.probability /= sum;
    std::stable_sort(all[i].begin(), all[i].end(),
                     [](const auto& a, const auto& b) { return a.probability > b.probability; });
  }
  return all;
}

Growth growth(std::span<const std::int64_t> cases) {
  Growth told;
  double sum = 0;
  for (const std::int64_t each : cases) sum += static_cast<double>(each);
  if (cases.size() < 2 || sum == 0) return told;
  // Newton's steps for log(mean of day t) = a + b t, from the level that has no growth.
  double a = std::log(sum / static_cast<double>(cases.size()));
  double b = 0;
  double variance = 0;
  constexpr int kSteps = 100;
  for (int step = 0; step < kSteps; ++step) {
    double score_a = 0;
    double score_b = 0;
    double aa = 0;
    double ab = 0;
    double bb = 0;
    for (std::size_t day = 0; day < cases.size(); ++day) {
      const auto t = static_cast<double>(day);
      const double mean = std::exp(a + b * t);
      const double left = static_cast<double>(cases[day]) - mean;
      score_a += left;
      score_b += left * t;
      aa += mean;
      ab += mean * t;
      bb += mean * t * t;
    }
    const double determinant = aa * bb - ab * ab;
    if (!(determinant > 0)) return told;
    // Far from the optimum a full step overshoots.
    const double step_b = std::clamp((aa * score_b - ab * score_a) / determinant, -1.0, 1.0);
    const double step_a = std::clamp((bb * score_a - ab * score_b) / determinant, -1.0, 1.0);
    a += step_a;
    b += step_b;
    variance = aa / determinant;
    constexpr double kSettled = 1e-12;
    if (std::abs(step_a) + std::abs(step_b) < kSettled) {
      told.is_known = true;
      break;
    }
  }
  const double deviation = std::sqrt(variance);
  told.rate = {.mean = b,
               .deviation = deviation,
               .low = b - kWald * deviation,
               .median = b,
               .high = b + kWald * deviation};
  told.level = std::exp(a);
  return told;
}

std::vector<CasesToCome> cases_to_come(std::span<const std::int64_t> cases,
                                       std::span<const double> serial, std::size_t window,
                                       std::size_t days, std::size_t paths, std::uint64_t seed) {
  const std::size_t known = cases.size();
  const Posterior law =
      posterior(cases, infectivity(cases, serial), first_telling_day(cases, window), known);
  const RandomStream seeds(seed);
  std::vector<std::vector<std::int64_t>> drawn(days);
  std::vector<std::int64_t> path(cases.begin(), cases.end());
  path.resize(known + days);
  for (std::size_t number = 0; number < paths; ++number) {
    RandomStream random = seeds.split(number);
    const double reproduction = law.quantile(std::max(0x1.0p-53, random.unit()));
    for (std::size_t day = known; day < known + days; ++day) {
      double infectious = 0;
      for (std::size_t s = 1; s < std::min(serial.size(), day + 1); ++s)
        infectious += serial[s] * static_cast<double>(path[day - s]);
      path[day] = poisson(random, reproduction * infectious);
      drawn[day - known].push_back(path[day]);
    }
  }
  std::vector<CasesToCome> to_come;
  for (std::vector<std::int64_t>& day : drawn) {
    CasesToCome& told = to_come.emplace_back();
    if (day.empty()) continue;
    std::sort(day.begin(), day.end());
    for (const std::int64_t each : day) told.mean += static_cast<double>(each);
    told.mean /= static_cast<double>(day.size());
    const auto at = [&](double share) {
      return day[static_cast<std::size_t>(share * static_cast<double>(day.size() - 1))];
    };
    told.low = at(0.025);
    told.median = at(0.5);
    told.high = at(0.975);
  }
  return to_come;
}

}  // namespace diaodu::dispatch
