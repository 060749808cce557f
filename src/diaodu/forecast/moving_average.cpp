#include "diaodu/forecast/moving_average.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <type_traits>

#include "diaodu/forecast/vectorised.h"

namespace diaodu::forecast {

namespace {

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
inline __attribute__((always_inline)) bool pass(Width width, const Rows& rows,
                                                std::span<const double> series, double* values,
                                                double* variances) {
  double* __restrict const column = rows.column;
  double* __restrict const other = rows.other;
  double* __restrict const foretold = rows.foretold;
  for (std::size_t t = 0; t < series.size(); ++t) {
    const double pivot = column[0];
    if (!(pivot > 0)) return false;
    const double inverse = 1 / pivot;
    const double innovation = series[t] - foretold[0];
    values[t] = innovation;
    variances[t] = pivot;
    const double scaled = innovation * inverse;
    const double reflection = other[1] * inverse;
    for (std::size_t i = 0; i < width; ++i) foretold[i] = foretold[i + 1] + scaled * column[i + 1];
    for (std::size_t i = 0; i < width; ++i) {
      const double here = column[i];
      const double there = other[i + 1];
      column[i] = here - reflection * there;
      other[i] = there - reflection * here;
    }
  }
  return true;
}

DIAODU_VECTORISED
bool narrow_pass(const Rows& rows, std::span<const double> series, double* values,
                 double* variances) {
  return pass(std::integral_constant<std::size_t, kNarrow>(), rows, series, values, variances);
}

DIAODU_VECTORISED
bool wide_pass(std::size_t width, const Rows& rows, std::span<const double> series, double* values,
               double* variances) {
  return pass(width, rows, series, values, variances);
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

bool find_innovations(std::span<const double> autocovariances, std::span<const double> series,
                      Innovations& out) {
  out.values.resize(series.size());
  out.variances.resize(series.size());
  const auto run = [&](auto through, double* room, std::size_t width) {
    const Rows rows{room, room + width + 1, room + 2 * (width + 1)};
    for (std::size_t i = 0; i < autocovariances.size(); ++i) {
      rows.column[i] = autocovariances[i];
      rows.other[i] = autocovariances[i];
    }
    return through(rows);
  };
  bool is_definite = false;
  if (autocovariances.size() <= kNarrow) {
    std::array<double, 3 * (kNarrow + 1)> room{};
    is_definite = run(
        [&](const Rows& rows) {
          return narrow_pass(rows, series, out.values.data(), out.variances.data());
        },
        room.data(), kNarrow);
  } else {
    const std::size_t width = autocovariances.size();
    std::vector<double> room(3 * (width + 1));
    is_definite = run(
        [&](const Rows& rows) {
          return wide_pass(width, rows, series, out.values.data(), out.variances.data());
        },
        room.data(), width);
  }
  if (!is_definite) return false;
  // Logarithms are few: the variances of a stretch are multiplied first.
  constexpr std::size_t kStretch = 8;
  out.log_determinant = 0;
  for (std::size_t from = 0; from < series.size(); from += kStretch) {
    double product = 1;
    for (std::size_t t = from; t < std::min(from + kStretch, series.size()); ++t)
      product *= out.variances[t];
    out.log_determinant += std::log(product);
  }
  return true;
}

namespace {

/// `log_start`: the logarithm of the size by which the start's directions span the first numbers.
Filtered judged(std::span<const double> autocovariances, const Differenced& differenced,
                double log_start) {
  const std::size_t size = differenced.columns.front().size();
  Filtered out{.num_slots = size + differenced.num_lost,
               .num_observed = size + differenced.num_lost,
               .num_diffuse = differenced.num_lost,
               .num_columns = differenced.columns.size()};
  std::vector<Innovations> innovations(out.num_columns);
  for (std::size_t i = 0; i < out.num_columns; ++i) {
    if (find_innovations(autocovariances, differenced.columns[i], innovations[i])) continue;
    out.cross.assign(out.num_columns * out.num_columns, std::numeric_limits<double>::quiet_NaN());
    return out;
  }
  out.log_determinant = innovations.front().log_determinant + 2 * log_start;
  out.cross.resize(out.num_columns * out.num_columns);
  const std::vector<double>& variances = innovations.front().variances;
  for (std::size_t i = 0; i < out.num_columns; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      double sum = 0;
      for (std::size_t t = 0; t < size; ++t)
        sum += innovations[i].values[t] * innovations[j].values[t] / variances[t];
      out.cross[i * out.num_columns + j] = sum;
      out.cross[j * out.num_columns + i] = sum;
    }
  }
  return out;
}

/// The series and its regressors as far as the series goes; not possible yet where a number is missing.
Differenced columns_of(std::span<const double> series, const Regressors& regressors) {
  Differenced out{.is_possible = true};
  out.columns.emplace_back(series.begin(), series.end());
  for (const std::vector<double>& column : regressors) {
    const auto end = column.begin() + static_cast<std::ptrdiff_t>(series.size());
    out.columns.emplace_back(column.begin(), end);
  }
  for (const std::vector<double>& column : out.columns) {
    for (const double number : column) out.is_possible = out.is_possible && std::isfinite(number);
  }
  return out;
}

void difference(Differenced& differenced, std::size_t span) {
  differenced.num_lost += span;
  for (std::vector<double>& column : differenced.columns) {
    std::vector<double> changes;
    for (std::size_t t = span; t < column.size(); ++t)
      changes.push_back(column[t] - column[t - span]);
    column = std::move(changes);
  }
  if (differenced.columns.front().empty()) differenced.is_possible = false;
}

}  // namespace

StructuralDifferences::StructuralDifferences(const StructuralForm& form,
                                             std::span<const double> series,
                                             const Regressors& regressors)
    : has_slope_(form.trend == Trend::slope), differenced_(columns_of(series, regressors)) {
  const bool has_season = form.has_season();
  span_ = has_season ? static_cast<std::size_t>(form.slots_per_year) : 1;
  const auto slots = static_cast<double>(span_);
  difference(differenced_, span_);
  if (has_slope_ && differenced_.columns.front().size() < 2) differenced_.is_possible = false;

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

Filtered StructuralDifferences::at(double damping, const StructuralVariances& variances) const {
  Autocovariances sum(span_ + (has_slope_ ? 2 : 1), 0);
  const auto add = [&](const Autocovariances& part, double variance, bool is_damped) {
    const Autocovariances damped = is_damped ? less_before(part, damping) : part;
    for (std::size_t lag = 0; lag < damped.size() && lag < sum.size(); ++lag)
      sum[lag] += variance * damped[lag];
  };
  add(irregular_, variances.irregular, has_slope_);
  add(level_, variances.level, has_slope_);
  if (!season_.empty()) add(season_, variances.season, has_slope_);
  if (!has_slope_) return judged(sum, differenced_, log_season_);

  add(level_, variances.slope, false);
  Differenced twice{.num_lost = differenced_.num_lost + 1};
  for (const std::vector<double>& once : differenced_.columns) {
    std::vector<double>& column = twice.columns.emplace_back(once.size() - 1);
    for (std::size_t t = 0; t < column.size(); ++t) column[t] = once[t + 1] - damping * once[t];
  }
  double reached = 0;  // by a slope of one in a span
  for (std::size_t slot = 0; slot < span_; ++slot) reached = 1 + damping * reached;
  return judged(sum, twice, log_season_ + std::log(reached));
}

ArimaDifferences::ArimaDifferences(const ArimaOrder& order, std::span<const double> series,
                                   const Regressors& regressors)
    : slots_per_year_(static_cast<std::size_t>(order.slots_per_year)),
      differenced_(columns_of(series, regressors)) {
  for (int i = 0; i < order.differences; ++i) difference(differenced_, 1);
  for (int i = 0; i < order.seasonal_differences; ++i) difference(differenced_, slots_per_year_);
  if (order.autoregressive > 0 || order.seasonal_autoregressive > 0)
    differenced_.is_possible = false;
}

Filtered ArimaDifferences::at(const ArimaCoefficients& coefficients, double variance) const {
  const std::vector<double> weights =
      product(product({1}, coefficients.moving_average, 1), coefficients.seasonal_moving_average,
              slots_per_year_);
  Autocovariances sum(weights.size(), 0);
  add_products(weights, sum);
  for (double& each : sum) each *= variance;
  return judged(sum, differenced_, 0);
}

}  // namespace diaodu::forecast
