#include "diaodu/forecast/smoother.h"

#include <Eigen/Dense>
#include <cmath>
#include <limits>
#include <numbers>

#include "diaodu/forecast/normal.h"
#include "diaodu/forecast/stream.h"

namespace diaodu::forecast {

namespace {

using Matrix = Eigen::MatrixXd;
using Vector = Eigen::VectorXd;

constexpr double kTolerance = 1e-9;

Eigen::Index index(std::size_t number) { return static_cast<Eigen::Index>(number); }

/// A phase in full.
struct Dense {
  Vector loading;
  Matrix transition;
  Matrix selection;                    // states x shocks
  std::vector<std::uint32_t> variance;  // of each shock
};

Dense dense_of(const Phase& phase, std::size_t states) {
  const Eigen::Index size = index(states);
  Dense out{.loading = Vector::Zero(size),
            .transition = Matrix::Identity(size, size),
            .selection = Matrix::Zero(size, index(phase.shocks.size()))};
  for (const Term& term : phase.loading) out.loading(term.state) += term.coefficient;
  for (const Row& row : phase.transition) {
    out.transition.row(row.state).setZero();
    for (const Term& term : row.terms) out.transition(row.state, term.state) += term.coefficient;
  }
  for (std::size_t i = 0; i < phase.shocks.size(); ++i) {
    out.variance.push_back(phase.shocks[i].variance);
    for (const Term& term : phase.shocks[i].terms)
      out.selection(term.state, index(i)) += term.coefficient;
  }
  return out;
}

/// What the way forth keeps for the way back.
struct Step {
  Vector mean;
  Matrix variance;  // P*
  Matrix diffuse;   // P infinite; empty once settled
  enum class Kind { missing, diffuse, usual } kind = Kind::missing;
  double innovation = 0;
  double spread = 0;          // F*
  double diffuse_spread = 0;  // F infinite
  Vector reach;               // M*
  Vector diffuse_reach;       // M infinite
};

class TwoWays {
 public:
  TwoWays(const StateSpace& model, std::span<const double> series)
      : model_(model), series_(series), size_(index(model.num_states)) {
    for (const Phase& phase : model.phases) phases_.push_back(dense_of(phase, model.num_states));
  }

  void forth(Smoothed& out) {
    Vector mean = Vector::Zero(size_);
    Matrix variance = Matrix::Zero(size_, size_);
    Matrix diffuse = Matrix::Zero(size_, size_);
    if (!model_.start_variance.empty())
      variance = Eigen::Map<const Matrix>(model_.start_variance.data(), size_, size_);
    for (const auto& direction : model_.diffuse) {
      const Eigen::Map<const Vector> column(direction.data(), size_);
      diffuse += column * column.transpose();
    }
    std::size_t left = model_.diffuse.size();
    for (std::size_t slot = 0; slot < series_.size(); ++slot) {
      const Dense& phase = at(slot);
      Step step{.mean = mean, .variance = variance};
      if (left > 0) step.diffuse = diffuse;
      if (!std::isnan(series_[slot])) {
        step.innovation = series_[slot] - phase.loading.dot(mean);
        step.reach = variance * phase.loading;
        step.spread = phase.loading.dot(step.reach) + model_.irregular;
        step.diffuse_reach = diffuse * phase.loading;
        step.diffuse_spread = left > 0 ? phase.loading.dot(step.diffuse_reach) : 0;
        if (step.diffuse_spread > kTolerance * phase.loading.squaredNorm()) {
          step.kind = Step::Kind::diffuse;
          const Vector gain = step.diffuse_reach / step.diffuse_spread;
          mean += gain * step.innovation;
          variance += gain * gain.transpose() * step.spread - gain * step.reach.transpose() -
                      step.reach * gain.transpose();
          diffuse -= gain * step.diffuse_reach.transpose();
          out.log_likelihood -= 0.5 * std::log(step.diffuse_spread);
          --left;
        } else if (step.spread > 0) {
          step.kind = Step::Kind::usual;
          mean += step.reach * (step.innovation / step.spread);
          variance -= step.reach * step.reach.transpose() / step.spread;
          out.log_likelihood -=
              0.5 * (std::log(2 * std::numbers::pi) + std::log(step.spread) +
                     step.innovation * step.innovation / step.spread);
        }
      }
      steps_.push_back(std::move(step));
      mean = phase.transition * mean;
      variance = phase.transition * variance * phase.transition.transpose();
      diffuse = phase.transition * diffuse * phase.transition.transpose();
      for (std::size_t i = 0; i < phase.variance.size(); ++i) {
        const Vector column = phase.selection.col(index(i));
        variance += model_.variances[phase.variance[i]] * column * column.transpose();
      }
    }
    out.num_unsettled = left;
  }

  void back(Smoothed& out) {
    const std::size_t states = model_.num_states;
    Vector r0 = Vector::Zero(size_);
    Vector r1 = r0;
    Matrix n0 = Matrix::Zero(size_, size_);
    Matrix n1 = n0;
    Matrix n2 = n0;
    for (std::size_t slot = series_.size(); slot-- > 0;) {
      const Dense& phase = at(slot);
      const Step& step = steps_[slot];
      tell_shocks(slot, phase, r0, n0, out);
      r0 = phase.transition.transpose() * r0;
      r1 = phase.transition.transpose() * r1;
      n0 = phase.transition.transpose() * n0 * phase.transition;
      n1 = phase.transition.transpose() * n1 * phase.transition;
      n2 = phase.transition.transpose() * n2 * phase.transition;
      const Vector& z = phase.loading;
      if (step.kind == Step::Kind::usual) {
        const Vector gain = step.reach / step.spread;
        const double error = step.innovation / step.spread - gain.dot(r0);
        const double precision = 1 / step.spread + gain.dot(n0 * gain);
        tell_irregular(slot, error, precision, out);
        const Matrix less = Matrix::Identity(size_, size_) - gain * z.transpose();
        r0 = z * (step.innovation / step.spread) + less.transpose() * r0;
        r1 = less.transpose() * r1;
        n0 = z * z.transpose() / step.spread + less.transpose() * n0 * less;
        n1 = less.transpose() * n1 * less;
        n2 = less.transpose() * n2 * less;
      } else if (step.kind == Step::Kind::diffuse) {
        const double f = step.diffuse_spread;
        const Vector gain = step.diffuse_reach / f;
        const Vector second = step.reach / f - step.diffuse_reach * (step.spread / (f * f));
        tell_irregular(slot, -gain.dot(r0), gain.dot(n0 * gain), out);
        const Matrix l0 = Matrix::Identity(size_, size_) - gain * z.transpose();
        const Matrix l1 = -second * z.transpose();
        const Matrix zz = z * z.transpose();
        n2 = -zz * (step.spread / (f * f)) + l0.transpose() * n2 * l0 +
             l0.transpose() * n1 * l1 + l1.transpose() * n1.transpose() * l0 +
             l1.transpose() * n0 * l1;
        n1 = zz / f + l0.transpose() * n1 * l0 + l1.transpose() * n0 * l0;
        n0 = (l0.transpose() * n0 * l0).eval();
        r1 = z * (step.innovation / f) + l0.transpose() * r1 + l1.transpose() * r0;
        r0 = (l0.transpose() * r0).eval();
      }
      Vector state = step.mean + step.variance * r0;
      Matrix variance = step.variance - step.variance * n0 * step.variance;
      if (step.diffuse.size() > 0) {
        state += step.diffuse * r1;
        const Matrix cross = step.diffuse * n1 * step.variance;
        variance -= cross + cross.transpose() + step.diffuse * n2 * step.diffuse;
      }
      for (std::size_t i = 0; i < states; ++i) {
        out.states[slot * states + i] = state(index(i));
        out.state_variance[slot * states + i] = variance(index(i), index(i));
      }
    }
  }

 private:
  const Dense& at(std::size_t slot) const { return phases_[slot % phases_.size()]; }

  void tell_irregular(std::size_t slot, double error, double precision, Smoothed& out) const {
    out.irregular[slot] = model_.irregular * error;
    if (precision > 0) out.irregular_t[slot] = error / std::sqrt(precision);
  }

  void tell_shocks(std::size_t slot, const Dense& phase, const Vector& r, const Matrix& n,
                   Smoothed& out) const {
    for (std::size_t i = phase.variance.size(); i-- > 0;) {
      const Vector column = phase.selection.col(index(i));
      const std::size_t place = slot * out.num_shocks + phase.variance[i];
      const double error = column.dot(r);
      const double precision = column.dot(n * column);
      out.shocks[place] = model_.variances[phase.variance[i]] * error;
      if (precision > 1e-12 * (1 + std::abs(error)))
        out.shock_t[place] = error / std::sqrt(precision);
    }
  }

  const StateSpace& model_;
  std::span<const double> series_;
  Eigen::Index size_;
  std::vector<Dense> phases_;
  std::vector<Step> steps_;
};

}  // namespace

Smoothed smooth(const StateSpace& model, std::span<const double> series) {
  constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();
  Smoothed out{.num_states = model.num_states, .num_shocks = model.variances.size()};
  out.states.assign(series.size() * out.num_states, 0);
  out.state_variance = out.states;
  out.irregular.assign(series.size(), 0);
  out.irregular_t.assign(series.size(), kNothing);
  out.shocks.assign(series.size() * out.num_shocks, 0);
  out.shock_t.assign(series.size() * out.num_shocks, kNothing);
  TwoWays ways(model, series);
  ways.forth(out);
  ways.back(out);
  return out;
}

std::vector<double> draw_states(const StateSpace& model, std::span<const double> series,
                                std::uint64_t seed, std::uint64_t variable) {
  const std::size_t states = model.num_states;
  // A series of the model's own, from a start whose diffuse part is nought; what the smoother misses of it is as
  // uncertain as what it misses of the given one.
  std::size_t next = 0;
  const auto score = [&] {
    const Uniform uniform = Stream(seed).uniform(variable, next++);
    return normal_quantile(unit_of(uniform));
  };
  Vector state = Vector::Zero(index(states));
  if (!model.start_variance.empty()) {
    const Matrix variance =
        Eigen::Map<const Matrix>(model.start_variance.data(), index(states), index(states));
    const Eigen::SelfAdjointEigenSolver<Matrix> parts(variance);
    for (std::size_t i = 0; i < states; ++i) {
      state += parts.eigenvectors().col(index(i)) *
               (std::sqrt(std::max(0.0, parts.eigenvalues()(index(i)))) * score());
    }
  }
  std::vector<double> made(series.size());
  std::vector<double> true_states(series.size() * states);
  for (std::size_t slot = 0; slot < series.size(); ++slot) {
    const Phase& phase = model.phase(slot);
    for (std::size_t i = 0; i < states; ++i) true_states[slot * states + i] = state(index(i));
    double value = std::sqrt(model.irregular) * score();
    for (const Term& term : phase.loading) value += term.coefficient * state(term.state);
    made[slot] = std::isnan(series[slot]) ? series[slot] : value;
    const Vector before = state;
    for (const Row& row : phase.transition) {
      state(row.state) = 0;
      for (const Term& term : row.terms) state(row.state) += term.coefficient * before(term.state);
    }
    for (const Shock& shock : phase.shocks) {
      const double size = std::sqrt(model.variances[shock.variance]) * score();
      for (const Term& term : shock.terms) state(term.state) += term.coefficient * size;
    }
  }
  const Smoothed given = smooth(model, series);
  const Smoothed own = smooth(model, made);
  for (std::size_t i = 0; i < true_states.size(); ++i)
    true_states[i] += given.states[i] - own.states[i];
  return true_states;
}

}  // namespace diaodu::forecast
