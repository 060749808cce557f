#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "diaodu/forecast/series.h"

namespace diaodu::forecast {

/// A state times a number.
struct Term {
  std::uint32_t state = 0;
  double coefficient = 1;
};

/// A state that differs in the next slot: the sum of `terms` of this slot's states.
struct Row {
  std::uint32_t state = 0;
  std::vector<Term> terms;
};

/// A disturbance: it adds to the next slot's states, and has the variance of this number.
struct Shock {
  std::uint32_t variance = 0;
  std::vector<Term> terms;
};

/// What is special of a slot.  A state that no row names stays as it is.
struct Phase {
  std::vector<Term> loading;  ///< what is observed, but for the irregular
  std::vector<Row> transition;
  std::vector<Shock> shocks;
};

/// A linear Gaussian model of one series.  With Z, T, R those of the slot's phase:
///
///     y[t] = Z a[t] + e[t],   e ~ N(0, irregular)
///     a[t+1] = T a[t] + R n[t],   n ~ N(0, diag(variances))
///     a[0] = diffuse d + start,   d ~ N(0, k I) as k grows without bound,   start ~ N(0, start_variance)
///
/// Few rows of T are spelled out, because states can stay where they are while the loading goes round: a season is
/// eleven places of which one is overwritten, not eleven that are shifted.  So a step costs little more than the
/// update itself.
struct StateSpace {
  std::size_t num_states = 0;
  std::vector<Phase> phases;  ///< slot t has phases[t % phases.size()]
  std::vector<double> variances;
  double irregular = 0;
  std::vector<double> start_variance;        ///< states x states; empty is zero
  std::vector<std::vector<double>> diffuse;  ///< directions, each with a number for each state

  const Phase& phase(std::size_t slot) const { return phases[slot % phases.size()]; }
};

/// Columns of numbers by slot, each as long as the series is, or longer.
using Regressors = std::vector<std::vector<double>>;

/// What a pass over a series leaves.  Regressors go through the same filter as columns of their own, so that their
/// coefficients are least squares of what it leaves (Rosenberg 1973; de Jong 1988), and cost no states.
struct Filtered {
  std::size_t num_slots = 0;
  std::size_t num_observed = 0;
  std::size_t num_diffuse = 0;       ///< directions of the start that the series has settled
  std::size_t num_unsettled = 0;     ///< and that it has not: the model says nothing yet
  std::size_t num_columns = 1;       ///< the series, then its regressors
  std::vector<double> cross;         ///< columns x columns: sums of products of scaled innovations
  double log_determinant = 0;        ///< of their variances; in the diffuse steps of the diffuse parts
  std::vector<double> mean;          ///< columns x states, of the slot after the last
  std::vector<double> variance;      ///< states x states, the same slot
  std::vector<double> innovations;   ///< slots x columns, scaled to variance 1; NaN where there is none
};

/// The Kalman filter with an exact diffuse start, one observation at a time (Koopman 1997; Durbin & Koopman 2012,
/// 5.2 and 6.4).  NaN is not observed.  A diffuse part of an observation counts as nought below 1e-9 of its size.
/// `keep_innovations` costs memory only.
Filtered filter(const StateSpace& model, std::span<const double> series,
                const Regressors& regressors = {}, bool keep_innovations = false);

/// Whether the model's variances are known, or only up to a common factor that the likelihood chooses.
enum class Scale : std::uint8_t { given, concentrated };
/// Whether coefficients are part of the diffuse start (as in KFAS), or maximise the likelihood (as in X-13).
enum class Coefficients : std::uint8_t { diffuse, profiled };

struct Likelihood {
  /// A diffuse step adds -1/2 log F and nothing else, as in KFAS.  statsmodels' exact diffuse likelihood is
  /// lower by 1/2 log 2 pi for each: see `with_constants`.
  double log_likelihood = 0;
  std::size_t num_diffuse = 0;
  double scale = 1;                         ///< by which all variances are multiplied
  std::vector<double> coefficients;         ///< of the regressors
  std::vector<double> coefficient_variance;  ///< k x k, without the scale

  /// The same in statsmodels' convention.
  double with_constants() const;
};

/// -infinity where the start is not settled, or the regressors are not of full rank.
Likelihood likelihood(const Filtered& filtered, Scale scale, Coefficients coefficients);

/// The slots after the last, given the series: column by column, mean + root z with z of variance 1 and a lower
/// triangular root.
struct Future {
  std::size_t horizon = 0;
  std::vector<double> mean;  ///< columns x horizon
  std::vector<double> root;  ///< horizon x horizon
};

Future future(const StateSpace& model, const Filtered& filtered, std::size_t horizon);

/// Words for a start that is not settled, or too few numbers to be sure of a scale.
CannotForecast not_identified(const Filtered& filtered);

}  // namespace diaodu::forecast
