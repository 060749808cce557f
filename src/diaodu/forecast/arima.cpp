#include "diaodu/forecast/arima.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

namespace diaodu::forecast {

namespace {

using Polynomial = std::vector<double>;  // 1 + c[1] B + c[2] B^2 ...

Polynomial product(const Polynomial& left, const Polynomial& right) {
  Polynomial out(left.size() + right.size() - 1, 0);
  for (std::size_t i = 0; i < left.size(); ++i) {
    for (std::size_t j = 0; j < right.size(); ++j) out[i + j] += left[i] * right[j];
  }
  return out;
}

/// 1 - c[0] B^step - c[1] B^(2 step) ...
Polynomial less(std::span<const double> coefficients, std::size_t step) {
  Polynomial out(coefficients.size() * step + 1, 0);
  out[0] = 1;
  for (std::size_t i = 0; i < coefficients.size(); ++i) out[(i + 1) * step] = -coefficients[i];
  return out;
}

Polynomial difference(int times, std::size_t step) {
  Polynomial out = {1};
  const double one = 1;
  for (int i = 0; i < times; ++i) out = product(out, less({&one, 1}, step));
  return out;
}

/// w = sum of weights[j] e[t-j].
std::vector<double> impulse_weights(const Polynomial& autoregressive, const Polynomial& average,
                                    std::size_t count) {
  std::vector<double> weights(count, 0);
  for (std::size_t j = 0; j < count; ++j) {
    weights[j] = j < average.size() ? average[j] : 0;
    for (std::size_t k = 1; k < autoregressive.size() && k <= j; ++k)
      weights[j] -= autoregressive[k] * weights[j - k];
  }
  return weights;
}

/// Autocovariances 0 ... p of a stationary process (McLeod 1975).
Eigen::VectorXd autocovariances(const Polynomial& autoregressive, const Polynomial& average,
                                const std::vector<double>& weights) {
  const auto p = static_cast<Eigen::Index>(autoregressive.size()) - 1;
  Eigen::MatrixXd equations = Eigen::MatrixXd::Zero(p + 1, p + 1);
  Eigen::VectorXd right = Eigen::VectorXd::Zero(p + 1);
  for (Eigen::Index lag = 0; lag <= p; ++lag) {
    for (Eigen::Index k = 0; k <= p; ++k)
      equations(lag, std::abs(lag - k)) += autoregressive[static_cast<std::size_t>(k)];
    for (auto j = static_cast<std::size_t>(lag); j < average.size(); ++j)
      right(lag) += average[j] * weights[j - static_cast<std::size_t>(lag)];
  }
  return equations.partialPivLu().solve(right);
}

/// Coefficients of 1 - c[0] B - c[1] B^2 ... with all roots outside the circle.
std::vector<double> from_partials(std::span<const double> parameters) {
  std::vector<double> made;
  for (const double parameter : parameters) {
    const double partial = std::tanh(parameter);
    std::vector<double> next = made;
    for (std::size_t i = 0; i < made.size(); ++i)
      next[i] = made[i] - partial * made[made.size() - 1 - i];
    next.push_back(partial);
    made = std::move(next);
  }
  return made;
}

/// Where the states begin: linear in what came before, which is diffuse as far as differences cannot tell.
void set_start(const Polynomial& stationary, const Polynomial& differences,
               const Polynomial& average, StateSpace& model) {
  const std::size_t num_diffuse = differences.size() - 1;
  const std::size_t p = stationary.size() - 1;
  const std::size_t q = average.size() - 1;
  const Polynomial whole = product(stationary, differences);
  const std::size_t states = model.num_states;

  // y[-k] in terms of y[-1] ... y[-D] and of w[-1] ... w[-p].
  const auto width = static_cast<Eigen::Index>(num_diffuse + p);
  Eigen::MatrixXd past = Eigen::MatrixXd::Zero(width + 1, width);
  for (std::size_t k = 1; k < whole.size(); ++k) {
    const auto row = static_cast<Eigen::Index>(k);
    if (k <= num_diffuse) {
      past(row, row - 1) = 1;
      continue;
    }
    // w[-j] = sum of differences[l] y[-j-l]: solved for the oldest.
    const std::size_t j = k - num_diffuse;
    past(row, static_cast<Eigen::Index>(num_diffuse + j - 1)) = 1;
    for (std::size_t l = 0; l < num_diffuse; ++l)
      past.row(row) -= differences[l] * past.row(static_cast<Eigen::Index>(j + l));
    past.row(row) /= differences[num_diffuse];
  }

  // Joint covariance of w[-1] ... w[-p] and e[0] ... e[-q].
  const std::vector<double> weights = impulse_weights(stationary, average, p + q + 1);
  const Eigen::VectorXd covariance = autocovariances(stationary, average, weights);
  const auto shocks = static_cast<Eigen::Index>(q + 1);
  const auto lags = static_cast<Eigen::Index>(p);
  Eigen::MatrixXd joint = Eigen::MatrixXd::Identity(lags + shocks, lags + shocks);
  for (Eigen::Index a = 0; a < lags; ++a) {
    for (Eigen::Index b = 0; b < lags; ++b) joint(a, b) = covariance(std::abs(a - b));
    for (Eigen::Index b = a + 1; b < shocks; ++b) {
      joint(a, lags + b) = weights[static_cast<std::size_t>(b - a - 1)];
      joint(lags + b, a) = joint(a, lags + b);
    }
  }

  Eigen::MatrixXd known = Eigen::MatrixXd::Zero(static_cast<Eigen::Index>(states), lags + shocks);
  model.diffuse.assign(num_diffuse, std::vector<double>(states, 0));
  for (std::size_t i = 0; i < states; ++i) {
    const auto row = static_cast<Eigen::Index>(i);
    for (std::size_t j = i + 1; j < whole.size(); ++j) {
      const auto lag = static_cast<Eigen::Index>(j - i);
      for (std::size_t d = 0; d < num_diffuse; ++d)
        model.diffuse[d][i] -= whole[j] * past(lag, static_cast<Eigen::Index>(d));
      for (Eigen::Index a = 0; a < lags; ++a)
        known(row, a) -= whole[j] * past(lag, static_cast<Eigen::Index>(num_diffuse) + a);
    }
    for (std::size_t j = i; j <= q; ++j)
      known(row, lags + static_cast<Eigen::Index>(j - i)) += average[j];
  }
  const Eigen::MatrixXd variance = known * joint * known.transpose();
  model.start_variance.resize(states * states);
  for (std::size_t i = 0; i < states; ++i) {
    for (std::size_t j = 0; j < states; ++j) {
      model.start_variance[i * states + j] =
          variance(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j));
    }
  }
}

}  // namespace

StateSpace arima_model(const ArimaOrder& order, const ArimaCoefficients& coefficients) {
  const auto season = static_cast<std::size_t>(order.slots_per_year);
  const Polynomial stationary = product(less(coefficients.autoregressive, 1),
                                        less(coefficients.seasonal_autoregressive, season));
  const Polynomial differences =
      product(difference(order.differences, 1), difference(order.seasonal_differences, season));
  const Polynomial average = product(less(coefficients.moving_average, 1),
                                     less(coefficients.seasonal_moving_average, season));
  const Polynomial whole = product(stationary, differences);
  const std::size_t states = std::max(whole.size() - 1, average.size());

  StateSpace model;
  model.num_states = states;
  model.variances = {1};
  const auto term = [&](std::size_t component, std::size_t slot, double coefficient) {
    return Term{.state = static_cast<std::uint32_t>((component + slot) % states),
                .coefficient = coefficient};
  };
  for (std::size_t slot = 0; slot < states; ++slot) {
    Phase phase;
    phase.loading = {term(0, slot, 1)};
    for (std::size_t i = 0; i < states; ++i) {
      const double weight = i + 1 < whole.size() ? -whole[i + 1] : 0;
      const bool is_last = i + 1 == states;
      if (weight == 0 && !is_last) continue;
      Row row{.state = term(i, slot + 1, 1).state};
      if (!is_last) row.terms.push_back(term(i + 1, slot, 1));
      if (weight != 0) row.terms.push_back(term(0, slot, weight));
      phase.transition.push_back(std::move(row));
    }
    Shock shock;
    for (std::size_t i = 0; i < average.size(); ++i) {
      if (average[i] != 0) shock.terms.push_back(term(i, slot + 1, average[i]));
    }
    phase.shocks.push_back(std::move(shock));
    model.phases.push_back(std::move(phase));
  }
  set_start(stationary, differences, average, model);
  return model;
}

ArimaCoefficients arima_at(const ArimaOrder& order, std::span<const double> parameters) {
  std::size_t next = 0;
  const auto take = [&](int count) {
    const auto size = static_cast<std::size_t>(count);
    next += size;
    return from_partials(parameters.subspan(next - size, size));
  };
  ArimaCoefficients out;
  out.autoregressive = take(order.autoregressive);
  out.moving_average = take(order.moving_average);
  out.seasonal_autoregressive = take(order.seasonal_autoregressive);
  out.seasonal_moving_average = take(order.seasonal_moving_average);
  return out;
}

}  // namespace diaodu::forecast
