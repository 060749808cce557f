#include "diaodu/forecast/moving_average.h"

#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <type_traits>

#include "diaodu/forecast/vectorised.h"

namespace diaodu::forecast {

namespace {

const double kLogTwoPi = std::log(2 * std::numbers::pi);

/// Room for a width of autocovariances, rounded up, that the loops below run over.
constexpr std::size_t kNarrow = 16;

/// What a pass needs: two rows of Schur's algorithm and what earlier innovations say of the numbers to come.
struct Rows {
  double* column;    // of the factor, times its pivot
  double* other;     // the second generator
  double* foretold;  // of the slots from this one on
};

/// `width` is one less than what the rows hold, whose last place stays nought: so rows move up by reading one further.
template <class Width>
inline __attribute__((always_inline)) Innovations pass(Width width, const Rows& rows,
                                                       std::span<const double> series) {
  double* __restrict const columns = rows.column;
  double* __restrict const others = rows.other;
  double* __restrict const foretold = rows.foretold;
  Innovations out{.size = series.size()};
  // Logarithms are few: the pivots of a stretch are multiplied first.
  constexpr std::size_t kStretch = 8;
  double pivots = 1;
  std::size_t multiplied = 0;
  for (std::size_t t = 0; t < series.size(); ++t) {
    const double pivot = columns[0];
    const double inverse = 1 / pivot;
    if (!(pivot > 0)) {
      out.log_determinant = std::numeric_limits<double>::quiet_NaN();
      return out;
    }
    const double innovation = series[t] - foretold[0];
    const double scaled = innovation * inverse;
    out.squares += innovation * scaled;
    pivots *= pivot;
    if (++multiplied == kStretch) {
      out.log_determinant += std::log(pivots);
      pivots = 1;
      multiplied = 0;
    }
    const double reflection = others[1] * inverse;
    for (std::size_t i = 0; i < width; ++i) foretold[i] = foretold[i + 1] + scaled * columns[i + 1];
    for (std::size_t i = 0; i < width; ++i) {
      const double column = columns[i];
      const double other = others[i + 1];
      columns[i] = column - reflection * other;
      others[i] = other - reflection * column;
    }
  }
  out.log_determinant += std::log(pivots);
  return out;
}

DIAODU_VECTORISED
Innovations narrow_pass(const Rows& rows, std::span<const double> series) {
  return pass(std::integral_constant<std::size_t, kNarrow>(), rows, series);
}

DIAODU_VECTORISED
Innovations wide_pass(std::size_t width, const Rows& rows, std::span<const double> series) {
  return pass(width, rows, series);
}

std::vector<double> differences_of(std::span<const double> series, std::size_t span) {
  std::vector<double> out;
  for (std::size_t t = span; t < series.size(); ++t) out.push_back(series[t] - series[t - span]);
  return out;
}

/// weights times (1 - c[0] B^step - c[1] B^(2 step) ...).
std::vector<double> product(const std::vector<double>& weights, const std::vector<double>& less,
                            std::size_t step) {
  std::vector<double> out = weights;
  out.resize(weights.size() + less.size() * step);
  for (std::size_t i = 0; i < less.size(); ++i) {
    for (std::size_t j = 0; j < weights.size(); ++j)
      out[(i + 1) * step + j] -= less[i] * weights[j];
  }
  return out;
}

using Autocovariances = std::vector<double>;

/// Of (1 - factor B) times the process.
Autocovariances less_before(const Autocovariances& given, double factor) {
  const std::size_t size = given.size();
  const auto of = [&](std::size_t lag) { return lag < size ? given[lag] : 0; };
  Autocovariances out(size + 1);
  for (std::size_t lag = 0; lag <= size; ++lag) {
    const double nearer = of(lag == 0 ? 1 : lag - 1);
    out[lag] = (1 + factor * factor) * of(lag) - factor * (nearer + of(lag + 1));
  }
  return out;
}

void add_products(const std::vector<double>& weights, Autocovariances& out) {
  for (std::size_t lag = 0; lag < weights.size(); ++lag) {
    for (std::size_t i = 0; i + lag < weights.size(); ++i)
      out[lag] += weights[i] * weights[i + lag];
  }
}

/// What the shocks of all harmonics become, summed over the year: each turns on until a whole year sums to nought.
Autocovariances summed_harmonics(std::size_t slots) {
  Autocovariances out(slots, 0);
  for (std::size_t harmonic = 1; 2 * harmonic <= slots; ++harmonic) {
    const double turn =
        2 * std::numbers::pi * static_cast<double>(harmonic) / static_cast<double>(slots);
    std::vector<double> cosines(slots - 1);
    std::vector<double> sines(slots - 1);
    double cosine = 0;
    double sine = 0;
    for (std::size_t i = 0; i + 1 < slots; ++i) {
      cosine += std::cos(turn * static_cast<double>(i + 1));
      sine += std::sin(turn * static_cast<double>(i + 1));
      cosines[i] = cosine;
      sines[i] = sine;
    }
    add_products(cosines, out);
    if (2 * harmonic < slots) add_products(sines, out);
  }
  return out;
}

}  // namespace

Innovations innovations_of(std::span<const double> autocovariances,
                           std::span<const double> series) {
  const auto fill = [&](const Rows& rows) {
    for (std::size_t i = 0; i < autocovariances.size(); ++i) {
      rows.column[i] = autocovariances[i];
      rows.other[i] = autocovariances[i];
    }
  };
  if (autocovariances.size() <= kNarrow) {
    std::array<double, 3 * (kNarrow + 1)> room{};
    const Rows rows{room.data(), room.data() + kNarrow + 1, room.data() + 2 * (kNarrow + 1)};
    fill(rows);
    return narrow_pass(rows, series);
  }
  const std::size_t width = autocovariances.size();
  std::vector<double> room(3 * (width + 1));
  const Rows rows{room.data(), room.data() + width + 1, room.data() + 2 * (width + 1)};
  fill(rows);
  return wide_pass(width, rows, series);
}

Likelihood likelihood_of_differences(const Innovations& innovations, std::size_t num_diffuse,
                                     double log_start, Scale scale) {
  Likelihood out{.num_diffuse = num_diffuse};
  const auto freedom = static_cast<double>(innovations.size);
  double determinant = innovations.log_determinant + 2 * log_start;
  double squares = innovations.squares;
  if (scale == Scale::concentrated) {
    out.scale = std::max(squares / freedom, std::numeric_limits<double>::min());
    determinant += freedom * std::log(out.scale);
    squares = freedom;
  }
  out.log_likelihood = -0.5 * (freedom * kLogTwoPi + determinant + squares);
  if (std::isnan(out.log_likelihood)) out.log_likelihood = -std::numeric_limits<double>::infinity();
  return out;
}

StructuralDifferences::StructuralDifferences(const StructuralForm& form,
                                             std::span<const double> series)
    : has_slope_(form.trend == Trend::slope) {
  const bool has_season = form.has_season();
  span_ = has_season ? static_cast<std::size_t>(form.slots_per_year) : 1;
  const auto slots = static_cast<double>(span_);
  differenced_ = differences_of(series, span_);
  const std::size_t start = span_ + (has_slope_ ? 1 : 0);
  is_possible_ = series.size() > start;
  for (const double number : series) is_possible_ = is_possible_ && std::isfinite(number);

  irregular_.assign(span_ + 1, 0);
  irregular_[0] = 2;
  irregular_[span_] = -1;
  level_.resize(span_);
  for (std::size_t lag = 0; lag < span_; ++lag) level_[lag] = slots - static_cast<double>(lag);
  if (!has_season) return;
  if (form.season == Season::dummies) {
    season_ = less_before({1}, 1);
    log_season_ = std::log(slots);
  } else {
    season_ = less_before(summed_harmonics(span_), 1);
    // The columns are orthogonal: one of ones, pairs of sines and cosines, and one that alternates in an even year.
    const double halves = span_ % 2 == 0 ? slots - 2 : slots - 1;
    const double wholes = slots - halves;
    log_season_ = 0.5 * (wholes * std::log(slots) + halves * std::log(slots / 2));
  }
}

Likelihood StructuralDifferences::at(double damping, const StructuralVariances& variances,
                                     Scale scale) const {
  Autocovariances sum(span_ + (has_slope_ ? 2 : 1), 0);
  const auto add = [&](const Autocovariances& part, double variance, bool is_damped) {
    const Autocovariances damped = is_damped ? less_before(part, damping) : part;
    for (std::size_t lag = 0; lag < damped.size() && lag < sum.size(); ++lag)
      sum[lag] += variance * damped[lag];
  };
  add(irregular_, variances.irregular, has_slope_);
  add(level_, variances.level, has_slope_);
  if (!season_.empty()) add(season_, variances.season, has_slope_);
  double log_start = log_season_;
  if (!has_slope_)
    return likelihood_of_differences(innovations_of(sum, differenced_), span_, log_start, scale);

  add(level_, variances.slope, false);
  std::vector<double> twice(differenced_.size() - 1);
  for (std::size_t t = 0; t < twice.size(); ++t)
    twice[t] = differenced_[t + 1] - damping * differenced_[t];
  double reached = 0;  // by a slope of one in a span
  for (std::size_t slot = 0; slot < span_; ++slot) reached = 1 + damping * reached;
  log_start += std::log(reached);
  return likelihood_of_differences(innovations_of(sum, twice), span_ + 1, log_start, scale);
}

ArimaDifferences::ArimaDifferences(const ArimaOrder& order, std::span<const double> series)
    : slots_per_year_(static_cast<std::size_t>(order.slots_per_year)),
      num_lost_(static_cast<std::size_t>(order.differences) +
                static_cast<std::size_t>(order.seasonal_differences) * slots_per_year_),
      differenced_(series.begin(), series.end()) {
  is_possible_ =
      order.autoregressive == 0 && order.seasonal_autoregressive == 0 && series.size() > num_lost_;
  for (const double number : series) is_possible_ = is_possible_ && std::isfinite(number);
  for (int i = 0; i < order.differences; ++i) differenced_ = differences_of(differenced_, 1);
  for (int i = 0; i < order.seasonal_differences; ++i)
    differenced_ = differences_of(differenced_, slots_per_year_);
}

Likelihood ArimaDifferences::at(const ArimaCoefficients& coefficients, double variance,
                                Scale scale) const {
  const std::vector<double> weights =
      product(product({1}, coefficients.moving_average, 1), coefficients.seasonal_moving_average,
              slots_per_year_);
  Autocovariances sum(weights.size(), 0);
  add_products(weights, sum);
  for (double& each : sum) each *= variance;
  return likelihood_of_differences(innovations_of(sum, differenced_), num_lost_, 0, scale);
}

}  // namespace diaodu::forecast
