#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "diaodu/forecast/state_space.h"

namespace diaodu::forecast {

/// What a whole series says of each slot.
struct Smoothed {
  std::size_t num_states = 0;
  std::size_t num_shocks = 0;
  double log_likelihood = 0;           ///< as `Likelihood`'s, the variances given: the slow twin of `filter`
  std::size_t num_unsettled = 0;       ///< as `Filtered`'s; the rest means nothing unless it is 0
  std::vector<double> states;          ///< slots x states
  std::vector<double> state_variance;  ///< slots x states: the diagonals
  std::vector<double> irregular;       ///< slots
  std::vector<double> shocks;          ///< slots x variances: those that move the slot to the next
  /// t statistics of the auxiliary regressions: of a number that is off by itself, and of a shock of each
  /// variance (Harvey & Koopman 1992; de Jong & Penzer 1998).  NaN where there is nothing to judge.
  std::vector<double> irregular_t;  ///< slots
  std::vector<double> shock_t;      ///< slots x variances
};

/// The fixed-interval smoother with an exact diffuse start (Durbin & Koopman 2012, 4.4 and 5.3; Koopman 1997), in
/// dense matrices as the book has them.  Each variance of the model has at most one shock of one term a slot in the
/// answers `shocks` and `shock_t`; of several, as harmonics have, the first is told.
Smoothed smooth(const StateSpace& model, std::span<const double> series);

/// States of the slots drawn from what the series leaves open (Durbin & Koopman 2002): slots x states.
/// `variable` numbers the draw's normal scores.
std::vector<double> draw_states(const StateSpace& model, std::span<const double> series,
                                std::uint64_t seed, std::uint64_t variable);

}  // namespace diaodu::forecast
