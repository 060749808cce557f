#include "diaodu/forecast/state_space.h"

#include <Eigen/Dense>
#include <cmath>
#include <numbers>

#include "diaodu/forecast/arima.h"
#include "diaodu/forecast/smoother.h"
#include "diaodu/forecast/structural.h"
#include "forecast/indicator_data.h"
#include "support/property.h"

namespace diaodu::forecast {
namespace {

using Dense = Eigen::MatrixXd;
using DenseVector = Eigen::VectorXd;

/// A small structural model and a series with holes.
struct Case {
  StateSpace model;
  std::vector<double> series;
};

double tenth(int from, int to) { return *rc::gen::inRange(from, to) / 10.0; }

Case some_case() {
  StructuralForm form;
  form.trend = *rc::gen::element(Trend::level, Trend::slope);
  form.season = *rc::gen::element(Season::none, Season::dummies, Season::trigonometric);
  form.slots_per_year = *rc::gen::element(2, 3, 4);
  form.damping = *rc::gen::element(1.0, 0.8);
  Case made;
  made.model = structural_model(form, {.irregular = tenth(1, 30),
                                       .level = tenth(0, 20),
                                       .slope = tenth(0, 5),
                                       .season = tenth(0, 10)});
  const int slots = *rc::gen::inRange(14, 22);
  for (int i = 0; i < slots; ++i) {
    const bool is_missing = i > 8 && *rc::gen::inRange(0, 5) == 0;
    made.series.push_back(is_missing ? kMissing : tenth(-100, 100));
  }
  return made;
}

/// All slots at once: y = loads d + noise, noise ~ N(0, variance), d the diffuse start.
struct Joint {
  Dense loads;
  Dense variance;
  DenseVector values;
};

Joint joint_of(const Case& given) {
  const StateSpace& model = given.model;
  const auto states = static_cast<Eigen::Index>(model.num_states);
  const auto slots = static_cast<Eigen::Index>(given.series.size());
  const auto starts = static_cast<Eigen::Index>(model.diffuse.size());
  // Each slot's states as sums of what is diffuse and of all shocks.
  Eigen::Index num_shocks = 0;
  for (std::size_t t = 0; t < given.series.size(); ++t)
    num_shocks += static_cast<Eigen::Index>(model.phase(t).shocks.size());
  Dense parts = Dense::Zero(states, starts + num_shocks);
  DenseVector sizes = DenseVector::Zero(starts + num_shocks);
  for (Eigen::Index d = 0; d < starts; ++d) {
    for (Eigen::Index i = 0; i < states; ++i)
      parts(i, d) = model.diffuse[static_cast<std::size_t>(d)][static_cast<std::size_t>(i)];
  }
  Dense observed(slots, starts + num_shocks);
  Eigen::Index next = starts;
  for (Eigen::Index t = 0; t < slots; ++t) {
    const Phase& phase = model.phase(static_cast<std::size_t>(t));
    observed.row(t).setZero();
    for (const Term& term : phase.loading)
      observed.row(t) += term.coefficient * parts.row(term.state);
    const Dense before = parts;
    for (const Row& row : phase.transition) {
      parts.row(row.state).setZero();
      for (const Term& term : row.terms)
        parts.row(row.state) += term.coefficient * before.row(term.state);
    }
    for (const Shock& shock : phase.shocks) {
      sizes(next) = model.variances[shock.variance];
      for (const Term& term : shock.terms) parts(term.state, next) += term.coefficient;
      ++next;
    }
  }
  std::vector<Eigen::Index> seen;
  for (Eigen::Index t = 0; t < slots; ++t) {
    if (!std::isnan(given.series[static_cast<std::size_t>(t)])) seen.push_back(t);
  }
  Joint out;
  const auto n = static_cast<Eigen::Index>(seen.size());
  out.loads.resize(n, starts);
  out.values.resize(n);
  Dense kept(n, starts + num_shocks);
  for (Eigen::Index i = 0; i < n; ++i) {
    kept.row(i) = observed.row(seen[static_cast<std::size_t>(i)]);
    out.values(i) = given.series[static_cast<std::size_t>(seen[static_cast<std::size_t>(i)])];
  }
  out.loads = kept.leftCols(starts);
  const Dense shocks = kept.rightCols(num_shocks);
  out.variance = shocks * sizes.tail(num_shocks).asDiagonal() * shocks.transpose() +
                 model.irregular * Dense::Identity(n, n);
  return out;
}

/// The density of everything, the diffuse start integrated out with a flat weight: what is left of N(0, k I) as k
/// grows, times sqrt(k) for each direction and but for its 1/2 log 2 pi.
double joint_log_likelihood(const Case& given) {
  const Joint joint = joint_of(given);
  const Eigen::LLT<Dense> factor(joint.variance);
  const Dense scaled = factor.solve(joint.loads);
  const Dense information = joint.loads.transpose() * scaled;
  const DenseVector start = information.ldlt().solve(scaled.transpose() * joint.values);
  const DenseVector residual = joint.values - joint.loads * start;
  const auto determinant = [](const Dense& lower) {
    return 2 * DenseVector(lower.diagonal().array().log().matrix()).sum();
  };
  const double freedom = static_cast<double>(joint.values.size() - joint.loads.cols());
  return -0.5 * (freedom * std::log(2 * std::numbers::pi) + determinant(factor.matrixL()) +
                 determinant(information.llt().matrixL()) + residual.dot(factor.solve(residual)));
}

TEST(StateSpace, the_filter_is_the_joint_normal_of_all_slots) {
  holds(150, [] {
    const Case given = some_case();
    const auto found =
        likelihood(filter(given.model, given.series), Scale::given, Coefficients::diffuse);
    RC_PRE(std::isfinite(found.log_likelihood));
    const double slow = joint_log_likelihood(given);
    RC_ASSERT(std::abs(found.log_likelihood - slow) < 1e-7 * (1 + std::abs(slow)));
  });
}

TEST(StateSpace, the_filter_is_the_book_in_dense_matrices) {
  holds(150, [] {
    const Case given = some_case();
    const Filtered filtered = filter(given.model, given.series);
    const Smoothed smoothed = smooth(given.model, given.series);
    RC_ASSERT(filtered.num_unsettled == smoothed.num_unsettled);
    RC_PRE(filtered.num_unsettled == 0U);
    const double fast = likelihood(filtered, Scale::given, Coefficients::diffuse).log_likelihood;
    RC_ASSERT(std::abs(fast - smoothed.log_likelihood) < 1e-8 * (1 + std::abs(fast)));
  });
}

TEST(StateSpace, a_regressor_is_a_state_that_never_moves) {
  holds(80, [] {
    Case given = some_case();
    std::vector<double> regressor;
    for (std::size_t i = 0; i < given.series.size(); ++i) regressor.push_back(tenth(-20, 20));
    const auto found = likelihood(filter(given.model, given.series, {regressor}), Scale::given,
                                  Coefficients::diffuse);
    RC_PRE(std::isfinite(found.log_likelihood));
    // The slow way: one more diffuse state, with a phase for each slot.
    StateSpace wide = given.model;
    wide.phases.clear();
    const auto state = static_cast<std::uint32_t>(wide.num_states++);
    for (std::size_t slot = 0; slot < given.series.size(); ++slot) {
      Phase phase = given.model.phase(slot);
      phase.loading.push_back({.state = state, .coefficient = regressor[slot]});
      wide.phases.push_back(std::move(phase));
    }
    for (auto& direction : wide.diffuse) direction.push_back(0);
    wide.diffuse.emplace_back(wide.num_states, 0.0);
    wide.diffuse.back().back() = 1;
    const Filtered slow = filter(wide, given.series);
    const auto twin = likelihood(slow, Scale::given, Coefficients::diffuse);
    RC_PRE(std::isfinite(twin.log_likelihood));
    RC_ASSERT(std::abs(found.log_likelihood - twin.log_likelihood) <
              1e-6 * (1 + std::abs(twin.log_likelihood)));
    RC_ASSERT(std::abs(found.coefficients[0] - slow.mean.back()) <
              1e-6 * (1 + std::abs(slow.mean.back())));
  });
}

TEST(StateSpace, a_larger_scale_changes_variances_alone) {
  // y times 10: variances times 100, and each observation that is judged costs log 10.
  holds(80, [] {
    const Case given = some_case();
    const Filtered one = filter(given.model, given.series);
    std::vector<double> tenfold = given.series;
    for (double& value : tenfold) value *= 10;
    const auto small = likelihood(one, Scale::concentrated, Coefficients::diffuse);
    const auto large =
        likelihood(filter(given.model, tenfold), Scale::concentrated, Coefficients::diffuse);
    RC_PRE(std::isfinite(small.log_likelihood) && small.scale > 1e-6);
    RC_ASSERT(std::abs(large.scale / small.scale / 100 - 1) < 1e-9);
    const auto judged = static_cast<double>(one.num_observed - one.num_diffuse);
    RC_ASSERT(std::abs(small.log_likelihood - large.log_likelihood - judged * std::log(10)) < 1e-6);
  });
}

TEST(StateSpace, the_future_is_what_the_filter_says_of_missing_slots) {
  holds(80, [] {
    const Case given = some_case();
    const Filtered filtered = filter(given.model, given.series);
    RC_PRE(filtered.num_unsettled == 0U);
    constexpr std::size_t kHorizon = 5;
    const Future ahead = future(given.model, filtered, kHorizon);
    // The slow way: filter on through holes, and ask for each slot what it is expected to be.
    std::vector<double> longer = given.series;
    for (std::size_t step = 0; step < kHorizon; ++step) {
      const Filtered later = filter(given.model, longer);
      const Phase& phase = given.model.phase(longer.size());
      double mean = 0;
      double variance = given.model.irregular;
      for (const Term& left : phase.loading) {
        mean += left.coefficient * later.mean[left.state];
        for (const Term& right : phase.loading) {
          variance += left.coefficient * right.coefficient *
                      later.variance[left.state * given.model.num_states + right.state];
        }
      }
      double spread = 0;
      for (std::size_t past = 0; past <= step; ++past)
        spread += std::pow(ahead.root[step * kHorizon + past], 2);
      RC_ASSERT(std::abs(ahead.mean[step] - mean) < 1e-7 * (1 + std::abs(mean)));
      RC_ASSERT(std::abs(spread - variance) < 1e-7 * (1 + variance));
      longer.push_back(kMissing);
    }
  });
}

TEST(StateSpace, the_smoother_is_a_regression_on_the_start_and_all_shocks) {
  // What is observed at the last slot but for its irregular: smoothing it is generalised least squares of everything.
  holds(80, [] {
    const Case given = some_case();
    const Smoothed smoothed = smooth(given.model, given.series);
    RC_PRE(smoothed.num_unsettled == 0U && given.model.irregular > 0.05);
    const Joint joint = joint_of(given);
    const Eigen::LLT<Dense> factor(joint.variance);
    const Dense scaled = factor.solve(joint.loads);
    const DenseVector start =
        (joint.loads.transpose() * scaled).ldlt().solve(scaled.transpose() * joint.values);
    // E[irregular | y] = irregular * V^-1 (y - loads start).
    const DenseVector irregular =
        given.model.irregular * factor.solve(joint.values - joint.loads * start);
    Eigen::Index seen = 0;
    for (std::size_t slot = 0; slot < given.series.size(); ++slot) {
      if (std::isnan(given.series[slot])) continue;
      RC_ASSERT(std::abs(smoothed.irregular[slot] - irregular(seen)) <
                1e-6 * (1 + std::abs(irregular(seen))));
      // And what is left is the signal.
      double signal = 0;
      for (const Term& term : given.model.phase(slot).loading)
        signal += term.coefficient * smoothed.states[slot * given.model.num_states + term.state];
      RC_ASSERT(std::abs(signal + irregular(seen) - given.series[slot]) <
                1e-6 * (1 + std::abs(signal)));
      ++seen;
    }
  });
}

TEST(StateSpace, a_seasonal_airline_is_that_of_its_differences) {
  // Nothing missing: the likelihood of w = (1 - B)(1 - B^4) y, whose covariances are those of a moving average.
  holds(60, [] {
    const double first = tenth(-9, 10);
    const double second = tenth(-9, 10);
    std::vector<double> series;
    for (int i = 0; i < 24; ++i) series.push_back(tenth(-100, 100));
    const ArimaOrder order{.slots_per_year = 4};
    const StateSpace model =
        arima_model(order, {.moving_average = {first}, .seasonal_moving_average = {second}});
    const auto found = likelihood(filter(model, series), Scale::given, Coefficients::diffuse);
    const double weights[] = {1, -first, 0, 0, -second, first * second};
    DenseVector w(19);
    for (Eigen::Index i = 0; i < 19; ++i) {
      const auto t = static_cast<std::size_t>(i + 5);
      w(i) = series[t] - series[t - 1] - series[t - 4] + series[t - 5];
    }
    Dense variance = Dense::Zero(19, 19);
    for (int i = 0; i < 19; ++i) {
      for (int j = 0; j < 19; ++j) {
        for (int k = 0; k + std::abs(i - j) < 6; ++k)
          variance(i, j) += weights[k] * weights[k + std::abs(i - j)];
      }
    }
    const Eigen::LLT<Dense> factor(variance);
    const double determinant =
        2 * DenseVector(Dense(factor.matrixL()).diagonal().array().log().matrix()).sum();
    const double slow =
        -0.5 * (19 * std::log(2 * std::numbers::pi) + determinant + w.dot(factor.solve(w)));
    RC_ASSERT(std::abs(found.log_likelihood - slow) < 1e-6 * (1 + std::abs(slow)));
  });
}

TEST(StateSpace, an_autoregression_starts_as_it_goes_on) {
  // y[t] = 0.6 y[t-1] + e: y ~ N(0, 0.6^|i-j| / (1 - 0.36)).
  const ArimaOrder order{.autoregressive = 1,
                         .differences = 0,
                         .moving_average = 0,
                         .seasonal_differences = 0,
                         .seasonal_moving_average = 0};
  const StateSpace model = arima_model(order, {.autoregressive = {0.6}});
  const std::vector<double> series = {1, 0.5, -2, 0.25};
  Dense variance(4, 4);
  for (int i = 0; i < 4; ++i) {
    for (int j = 0; j < 4; ++j) variance(i, j) = std::pow(0.6, std::abs(i - j)) / (1 - 0.36);
  }
  const Eigen::Map<const DenseVector> y(series.data(), 4);
  const double slow = -0.5 * (4 * std::log(2 * std::numbers::pi) +
                              std::log(variance.determinant()) + y.dot(variance.inverse() * y));
  EXPECT_NEAR(likelihood(filter(model, series), Scale::given, Coefficients::diffuse).log_likelihood,
              slow, 1e-10);
}

}  // namespace
}  // namespace diaodu::forecast
