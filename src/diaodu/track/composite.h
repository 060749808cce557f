#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace diaodu::track {

/// Units (rows) by criteria (columns), row by row: `values[row * num_criteria + criterion]`.
struct DecisionMatrix {
  std::size_t num_criteria = 0;
  std::vector<double> values;

  std::size_t num_units() const { return num_criteria == 0 ? 0 : values.size() / num_criteria; }
  double at(std::size_t unit, std::size_t criterion) const {
    return values[unit * num_criteria + criterion];
  }
};

/// How near each unit is to the best of each criterion rather than to the worst, 0 ... 1, criteria taken as
/// they are.  Weights, one a criterion, are normalised to sum to 1; `more_is_better` is empty where that is
/// so of all.
std::vector<double> nearness_to_best(const DecisionMatrix& matrix, std::span<const double> weights,
                                     std::span<const bool> more_is_better = {});

/// The same with each criterion brought to length 1 first, so that units do not matter: TOPSIS (Hwang & Yoon
/// 1981).
std::vector<double> topsis(const DecisionMatrix& matrix, std::span<const double> weights,
                           std::span<const bool> more_is_better = {});

/// Weights by how much a criterion tells units apart (Shannon's entropy of its shares).  Values must not be
/// negative, nor a criterion all zero.
std::vector<double> entropy_weights(const DecisionMatrix& matrix);

/// Weights by contrast (deviation after scaling to 0 ... 1) and by conflict with the other criteria (one less
/// their correlation): CRITIC (Diakoulaki, Mavrotas & Papayannakis 1995).
std::vector<double> critic_weights(const DecisionMatrix& matrix,
                                   std::span<const bool> more_is_better = {});

}  // namespace diaodu::track
