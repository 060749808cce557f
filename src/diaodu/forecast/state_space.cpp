#include "diaodu/forecast/state_space.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numbers>
#include <string>

#include "diaodu/forecast/vectorised.h"

namespace diaodu::forecast {

namespace {

constexpr double kTolerance = 1e-9;
const double kLogTwoPi = std::log(2 * std::numbers::pi);

/// The numbers that a pass carries.  Rows of matrices are padded to `stride`, so that loops over them have a
/// length that the compiler knows.
struct Workspace {
  std::size_t num_states = 0;
  std::size_t stride = 0;
  std::size_t num_columns = 1;
  std::vector<double> variance;      // P*
  std::vector<double> diffuse;       // P infinite
  std::vector<double> means;         // columns x stride
  std::vector<double> rows;          // of the transition
  std::vector<double> reach;         // P* Z
  std::vector<double> diffuse_reach;  // P infinite Z
  std::vector<double> innovation;    // of each column
};

template <std::size_t kStride>
std::size_t stride_of(const Workspace& work) {
  if constexpr (kStride == 0) return work.stride;
  return kStride;
}

template <std::size_t kStride>
[[gnu::always_inline]] inline void multiply_loading(const Workspace& work, const Phase& phase,
                                                    const std::vector<double>& matrix,
                                                    std::vector<double>& reach) {
  const std::size_t stride = stride_of<kStride>(work);
  double* out = reach.data();
  for (std::size_t i = 0; i < stride; ++i) out[i] = 0;
  for (const Term& term : phase.loading) {
    const double* row = &matrix[term.state * stride];
    for (std::size_t i = 0; i < stride; ++i) out[i] += term.coefficient * row[i];
  }
}

inline double load(const Phase& phase, const double* states) {
  double sum = 0;
  for (const Term& term : phase.loading) sum += term.coefficient * states[term.state];
  return sum;
}

/// matrix += factor * (left right'), symmetric only if the caller sees to it.
template <std::size_t kStride>
[[gnu::always_inline]] inline void add_outer(const Workspace& work, double factor,
                                             const std::vector<double>& left,
                                             const std::vector<double>& right,
                                             std::vector<double>& matrix) {
  const std::size_t stride = stride_of<kStride>(work);
  const double* across = right.data();
  for (std::size_t i = 0; i < work.num_states; ++i) {
    const double down = factor * left[i];
    double* row = &matrix[i * stride];
    for (std::size_t j = 0; j < stride; ++j) row[j] += down * across[j];
  }
}

template <std::size_t kStride>
[[gnu::always_inline]] inline void add_to_means(Workspace& work, double factor,
                                                const std::vector<double>& direction) {
  const std::size_t stride = stride_of<kStride>(work);
  for (std::size_t column = 0; column < work.num_columns; ++column) {
    const double step = factor * work.innovation[column];
    double* mean = &work.means[column * stride];
    for (std::size_t i = 0; i < stride; ++i) mean[i] += step * direction[i];
  }
}

/// matrix = T matrix T'.  A state that stays meets one that changes as in the row alone, because the matrix is
/// symmetric; so only rows are multiplied.
template <std::size_t kStride>
[[gnu::always_inline]] inline void step_matrix(Workspace& work, const Phase& phase,
                                               std::vector<double>& matrix) {
  const std::size_t stride = stride_of<kStride>(work);
  const auto& changes = phase.transition;
  for (std::size_t r = 0; r < changes.size(); ++r) {
    double* out = &work.rows[r * stride];
    for (std::size_t i = 0; i < stride; ++i) out[i] = 0;
    for (const Term& term : changes[r].terms) {
      const double* row = &matrix[term.state * stride];
      for (std::size_t i = 0; i < stride; ++i) out[i] += term.coefficient * row[i];
    }
  }
  for (std::size_t r = 0; r < changes.size(); ++r) {
    const double* made = &work.rows[r * stride];
    const std::size_t state = changes[r].state;
    for (std::size_t i = 0; i < work.num_states; ++i) matrix[i * stride + state] = made[i];
    double* row = &matrix[state * stride];
    for (std::size_t i = 0; i < stride; ++i) row[i] = made[i];
  }
  for (std::size_t r = 0; r < changes.size(); ++r) {
    const double* made = &work.rows[r * stride];
    for (std::size_t other = 0; other <= r; ++other) {
      double sum = 0;
      for (const Term& term : changes[other].terms) sum += term.coefficient * made[term.state];
      matrix[changes[r].state * stride + changes[other].state] = sum;
      matrix[changes[other].state * stride + changes[r].state] = sum;
    }
  }
}

void step_means(Workspace& work, const Phase& phase) {
  for (std::size_t column = 0; column < work.num_columns; ++column) {
    double* mean = &work.means[column * work.stride];
    for (std::size_t r = 0; r < phase.transition.size(); ++r) {
      double sum = 0;
      for (const Term& term : phase.transition[r].terms) sum += term.coefficient * mean[term.state];
      work.rows[r] = sum;
    }
    for (std::size_t r = 0; r < phase.transition.size(); ++r)
      mean[phase.transition[r].state] = work.rows[r];
  }
}

void add_shocks(Workspace& work, const StateSpace& model, const Phase& phase) {
  for (const Shock& shock : phase.shocks) {
    const double variance = model.variances[shock.variance];
    for (const Term& down : shock.terms) {
      for (const Term& across : shock.terms) {
        work.variance[down.state * work.stride + across.state] +=
            variance * down.coefficient * across.coefficient;
      }
    }
  }
}

template <std::size_t kStride>
[[gnu::always_inline]] inline void step(Workspace& work, const StateSpace& model,
                                        const Phase& phase, bool is_diffuse) {
  step_means(work, phase);
  step_matrix<kStride>(work, phase, work.variance);
  if (is_diffuse) step_matrix<kStride>(work, phase, work.diffuse);
  add_shocks(work, model, phase);
}

double size_of(const Phase& phase) {
  double sum = 0;
  for (const Term& term : phase.loading) sum += term.coefficient * term.coefficient;
  return sum;
}

/// An observation that settles a direction of the start (Durbin & Koopman 2012, 5.2): what it says of everything
/// else is kept in P*.  Returns log F infinite.
template <std::size_t kStride>
[[gnu::always_inline]] inline double update_diffuse(Workspace& work, double diffuse_variance,
                                                    double variance) {
  add_to_means<kStride>(work, 1 / diffuse_variance, work.diffuse_reach);
  // P* + K F* K' - K M' - M K' with K = M infinite / F infinite
  add_outer<kStride>(work, variance / (diffuse_variance * diffuse_variance), work.diffuse_reach,
                     work.diffuse_reach, work.variance);
  add_outer<kStride>(work, -1 / diffuse_variance, work.diffuse_reach, work.reach, work.variance);
  add_outer<kStride>(work, -1 / diffuse_variance, work.reach, work.diffuse_reach, work.variance);
  add_outer<kStride>(work, -1 / diffuse_variance, work.diffuse_reach, work.diffuse_reach,
                     work.diffuse);
  return std::log(diffuse_variance);
}

template <std::size_t kStride>
[[gnu::always_inline]] inline void pass(const StateSpace& model, std::span<const double> series,
                                        const Regressors& regressors, Workspace& work,
                                        Filtered& out) {
  const std::size_t columns = work.num_columns;
  // Determinants are multiplied up and their logarithm taken once in a while.
  double product = 1;
  for (std::size_t slot = 0; slot < series.size(); ++slot) {
    const Phase& phase = model.phase(slot);
    const bool is_diffuse = out.num_unsettled > 0;
    if (!std::isnan(series[slot])) {
      ++out.num_observed;
      for (std::size_t column = 0; column < columns; ++column) {
        const double value = column == 0 ? series[slot] : regressors[column - 1][slot];
        work.innovation[column] = value - load(phase, &work.means[column * work.stride]);
      }
      multiply_loading<kStride>(work, phase, work.variance, work.reach);
      const double variance = load(phase, work.reach.data()) + model.irregular;
      double diffuse_variance = 0;
      if (is_diffuse) {
        multiply_loading<kStride>(work, phase, work.diffuse, work.diffuse_reach);
        diffuse_variance = load(phase, work.diffuse_reach.data());
      }
      if (diffuse_variance > kTolerance * size_of(phase)) {
        out.log_determinant += update_diffuse<kStride>(work, diffuse_variance, variance);
        ++out.num_diffuse;
        --out.num_unsettled;
      } else if (variance > 0) {
        add_to_means<kStride>(work, 1 / variance, work.reach);
        add_outer<kStride>(work, -1 / variance, work.reach, work.reach, work.variance);
        product *= variance;
        if (product < 1e-200 || product > 1e200) {
          out.log_determinant += std::log(product);
          product = 1;
        }
        const double scaled = 1 / std::sqrt(variance);
        for (std::size_t i = 0; i < columns; ++i) {
          work.innovation[i] *= scaled;
          for (std::size_t j = 0; j <= i; ++j)
            out.cross[i * columns + j] += work.innovation[i] * work.innovation[j];
        }
        if (!out.innovations.empty()) {
          std::copy_n(work.innovation.begin(), columns,
                      &out.innovations[slot * columns]);
        }
      }
    }
    step<kStride>(work, model, phase, is_diffuse);
  }
  out.log_determinant += std::log(product);
}

// One for each number of states that is common, so that the loops are unrolled.
using Pass = void (*)(const StateSpace&, std::span<const double>, const Regressors&, Workspace&,
                      Filtered&);
DIAODU_VECTORISED void pass_4(const StateSpace& model, std::span<const double> series,
                              const Regressors& regressors, Workspace& work, Filtered& out) {
  pass<4>(model, series, regressors, work, out);
}
DIAODU_VECTORISED void pass_8(const StateSpace& model, std::span<const double> series,
                              const Regressors& regressors, Workspace& work, Filtered& out) {
  pass<8>(model, series, regressors, work, out);
}
DIAODU_VECTORISED void pass_12(const StateSpace& model, std::span<const double> series,
                               const Regressors& regressors, Workspace& work, Filtered& out) {
  pass<12>(model, series, regressors, work, out);
}
DIAODU_VECTORISED void pass_16(const StateSpace& model, std::span<const double> series,
                               const Regressors& regressors, Workspace& work, Filtered& out) {
  pass<16>(model, series, regressors, work, out);
}
DIAODU_VECTORISED void pass_any(const StateSpace& model, std::span<const double> series,
                                const Regressors& regressors, Workspace& work, Filtered& out) {
  pass<0>(model, series, regressors, work, out);
}

Workspace workspace_of(const StateSpace& model, std::size_t num_columns) {
  Workspace work;
  work.num_states = model.num_states;
  work.num_columns = num_columns;
  const std::size_t stride = (model.num_states + 3) / 4 * 4;
  work.stride = stride;
  work.variance.assign(stride * stride, 0);
  work.diffuse.assign(stride * stride, 0);
  work.means.assign(num_columns * stride, 0);
  work.rows.assign(stride * stride, 0);
  work.reach.assign(stride, 0);
  work.diffuse_reach.assign(stride, 0);
  work.innovation.assign(num_columns, 0);
  return work;
}

}  // namespace

Filtered filter(const StateSpace& model, std::span<const double> series,
                const Regressors& regressors, bool keep_innovations) {
  Filtered out;
  out.num_slots = series.size();
  out.num_columns = 1 + regressors.size();
  out.num_unsettled = model.diffuse.size();
  out.cross.assign(out.num_columns * out.num_columns, 0);
  if (keep_innovations) {
    out.innovations.assign(series.size() * out.num_columns,
                           std::numeric_limits<double>::quiet_NaN());
  }
  Workspace work = workspace_of(model, out.num_columns);
  const std::size_t states = model.num_states;
  const std::size_t stride = work.stride;
  for (std::size_t i = 0; i < states; ++i) {
    for (std::size_t j = 0; j < states; ++j) {
      if (!model.start_variance.empty())
        work.variance[i * stride + j] = model.start_variance[i * states + j];
      for (const auto& direction : model.diffuse)
        work.diffuse[i * stride + j] += direction[i] * direction[j];
    }
  }
  const Pass pass_of[] = {pass_4, pass_8, pass_12, pass_16};
  const Pass run = stride <= 16 ? pass_of[stride / 4 - 1] : pass_any;
  run(model, series, regressors, work, out);

  for (std::size_t i = 0; i < out.num_columns; ++i) {
    for (std::size_t j = 0; j < i; ++j)
      out.cross[j * out.num_columns + i] = out.cross[i * out.num_columns + j];
  }
  out.mean.resize(out.num_columns * states);
  for (std::size_t column = 0; column < out.num_columns; ++column)
    std::copy_n(&work.means[column * stride], states, &out.mean[column * states]);
  out.variance.resize(states * states);
  for (std::size_t i = 0; i < states; ++i)
    std::copy_n(&work.variance[i * stride], states, &out.variance[i * states]);
  return out;
}

Future future(const StateSpace& model, const Filtered& filtered, std::size_t horizon) {
  const std::size_t states = model.num_states;
  Future out;
  out.horizon = horizon;
  out.mean.assign(filtered.num_columns * horizon, 0);
  out.root.assign(horizon * horizon, 0);
  Workspace work = workspace_of(model, filtered.num_columns + horizon);
  const std::size_t stride = work.stride;
  for (std::size_t column = 0; column < filtered.num_columns; ++column)
    std::copy_n(&filtered.mean[column * states], states, &work.means[column * stride]);
  for (std::size_t i = 0; i < states; ++i)
    std::copy_n(&filtered.variance[i * states], states, &work.variance[i * stride]);
  // As if the future were observed: its innovations are independent, and each moves all slots after it by what
  // the filter would learn from it.  A column of means follows each.
  for (std::size_t slot = 0; slot < horizon; ++slot) {
    const Phase& phase = model.phase(filtered.num_slots + slot);
    for (std::size_t column = 0; column < filtered.num_columns; ++column)
      out.mean[column * horizon + slot] = load(phase, &work.means[column * stride]);
    for (std::size_t past = 0; past < slot; ++past) {
      out.root[slot * horizon + past] =
          load(phase, &work.means[(filtered.num_columns + past) * stride]);
    }
    multiply_loading<0>(work, phase, work.variance, work.reach);
    const double variance = load(phase, work.reach.data()) + model.irregular;
    if (variance > 0) {
      out.root[slot * horizon + slot] = std::sqrt(variance);
      double* moved = &work.means[(filtered.num_columns + slot) * stride];
      for (std::size_t i = 0; i < states; ++i) moved[i] = work.reach[i] / std::sqrt(variance);
      add_outer<0>(work, -1 / variance, work.reach, work.reach, work.variance);
    }
    step<0>(work, model, phase, false);
  }
  return out;
}

double Likelihood::with_constants() const {
  return log_likelihood - 0.5 * kLogTwoPi * static_cast<double>(num_diffuse);
}

namespace {

/// Cholesky's factor of a symmetric matrix in its lower half.  False if it is not positive definite.
bool factorise(std::vector<double>& matrix, std::size_t size) {
  for (std::size_t j = 0; j < size; ++j) {
    const double whole = matrix[j * size + j];
    double pivot = whole;
    for (std::size_t k = 0; k < j; ++k) pivot -= matrix[j * size + k] * matrix[j * size + k];
    if (!(pivot > 1e-12 * whole)) return false;
    pivot = std::sqrt(pivot);
    matrix[j * size + j] = pivot;
    for (std::size_t i = j + 1; i < size; ++i) {
      double sum = matrix[i * size + j];
      for (std::size_t k = 0; k < j; ++k) sum -= matrix[i * size + k] * matrix[j * size + k];
      matrix[i * size + j] = sum / pivot;
    }
  }
  return true;
}

/// x with factor factor' x = x, in place.
void solve(const std::vector<double>& factor, std::size_t size, double* x) {
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t k = 0; k < i; ++k) x[i] -= factor[i * size + k] * x[k];
    x[i] /= factor[i * size + i];
  }
  for (std::size_t i = size; i-- > 0;) {
    for (std::size_t k = i + 1; k < size; ++k) x[i] -= factor[k * size + i] * x[k];
    x[i] /= factor[i * size + i];
  }
}

}  // namespace

Likelihood likelihood(const Filtered& filtered, Scale scale, Coefficients coefficients) {
  const std::size_t columns = filtered.num_columns;
  const std::size_t size = columns - 1;
  Likelihood out;
  out.log_likelihood = -std::numeric_limits<double>::infinity();
  out.num_diffuse = filtered.num_diffuse;
  if (filtered.num_unsettled > 0) return out;

  double determinant = filtered.log_determinant;
  double squares = filtered.cross[0];
  double freedom = static_cast<double>(filtered.num_observed - filtered.num_diffuse);
  if (size > 0) {
    std::vector<double> factor(size * size);
    out.coefficients.resize(size);
    for (std::size_t i = 0; i < size; ++i) {
      out.coefficients[i] = filtered.cross[i + 1];
      for (std::size_t j = 0; j < size; ++j)
        factor[i * size + j] = filtered.cross[(i + 1) * columns + j + 1];
    }
    if (!factorise(factor, size)) return out;
    solve(factor, size, out.coefficients.data());
    for (std::size_t i = 0; i < size; ++i) squares -= out.coefficients[i] * filtered.cross[i + 1];
    squares = std::max(squares, 0.0);
    out.coefficient_variance.assign(size * size, 0);
    for (std::size_t i = 0; i < size; ++i) {
      out.coefficient_variance[i * size + i] = 1;
      solve(factor, size, &out.coefficient_variance[i * size]);
    }
    if (coefficients == Coefficients::diffuse) {
      out.num_diffuse += size;
      freedom -= static_cast<double>(size);
      for (std::size_t i = 0; i < size; ++i) determinant += 2 * std::log(factor[i * size + i]);
    }
  }
  if (!(freedom > 0)) return out;
  if (scale == Scale::concentrated) {
    // What fits to the last digit has no scale; a floor keeps the logarithm finite.
    out.scale = std::max(squares / freedom, std::numeric_limits<double>::min());
    determinant += freedom * std::log(out.scale);
    squares = freedom;
  }
  out.log_likelihood = -0.5 * (freedom * kLogTwoPi + determinant + squares);
  return out;
}

CannotForecast not_identified(const Filtered& filtered) {
  if (filtered.num_unsettled > 0) {
    const std::string left = std::to_string(filtered.num_unsettled);
    return {.why = "the series does not say where it starts: " + left +
                   " of the model's unknowns (level, slope, season) meet no number; a slot of the year that is "
                   "never published has no season",
            .why_zh = "序列无法确定模型的起点：水平、趋势、季节中有 " + left +
                      " 个未知量没有任何数据；从未公布的月份无法估计季节因素"};
  }
  return {.why = "too few numbers: " + std::to_string(filtered.num_observed) + ", of which " +
                 std::to_string(filtered.num_diffuse) + " are used up by where the series starts",
          .why_zh = "数据太少：共 " + std::to_string(filtered.num_observed) + " 个，其中 " +
                    std::to_string(filtered.num_diffuse) + " 个用于确定起点"};
}

}  // namespace diaodu::forecast
