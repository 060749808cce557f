#include "diaodu/track/composite.h"

#include <algorithm>
#include <cmath>

namespace diaodu::track {
namespace {

bool is_more_better(std::span<const bool> more_is_better, std::size_t criterion) {
  return more_is_better.empty() || more_is_better[criterion];
}

void normalise(std::vector<double>& weights) {
  double sum = 0;
  for (const double weight : weights) sum += weight;
  for (double& weight : weights) weight /= sum;
}

}  // namespace

std::vector<double> nearness_to_best(const DecisionMatrix& matrix, std::span<const double> weights,
                                     std::span<const bool> more_is_better) {
  const std::size_t num_units = matrix.num_units();
  std::vector<double> share(weights.begin(), weights.end());
  normalise(share);
  std::vector<double> to_best(num_units, 0);
  std::vector<double> to_worst(num_units, 0);
  for (std::size_t criterion = 0; criterion < matrix.num_criteria; ++criterion) {
    double least = matrix.at(0, criterion);
    double most = least;
    for (std::size_t unit = 1; unit < num_units; ++unit) {
      least = std::min(least, matrix.at(unit, criterion));
      most = std::max(most, matrix.at(unit, criterion));
    }
    const bool is_more = is_more_better(more_is_better, criterion);
    const double best = is_more ? most : least;
    const double worst = is_more ? least : most;
    const double scale = share[criterion] * share[criterion];
    for (std::size_t unit = 0; unit < num_units; ++unit) {
      const double value = matrix.at(unit, criterion);
      to_best[unit] += scale * (value - best) * (value - best);
      to_worst[unit] += scale * (value - worst) * (value - worst);
    }
  }
  std::vector<double> nearness(num_units);
  for (std::size_t unit = 0; unit < num_units; ++unit) {
    const double best = std::sqrt(to_best[unit]);
    const double worst = std::sqrt(to_worst[unit]);
    nearness[unit] = best + worst > 0 ? worst / (best + worst) : 1;  // all alike: all are the best
  }
  return nearness;
}

std::vector<double> topsis(const DecisionMatrix& matrix, std::span<const double> weights,
                           std::span<const bool> more_is_better) {
  DecisionMatrix of_length_one = matrix;
  for (std::size_t criterion = 0; criterion < matrix.num_criteria; ++criterion) {
    double squares = 0;
    for (std::size_t unit = 0; unit < matrix.num_units(); ++unit) {
      squares += matrix.at(unit, criterion) * matrix.at(unit, criterion);
    }
    if (squares == 0) continue;
    for (std::size_t unit = 0; unit < matrix.num_units(); ++unit) {
      of_length_one.values[unit * matrix.num_criteria + criterion] /= std::sqrt(squares);
    }
  }
  return nearness_to_best(of_length_one, weights, more_is_better);
}

std::vector<double> entropy_weights(const DecisionMatrix& matrix) {
  const std::size_t num_units = matrix.num_units();
  const double most = std::log(static_cast<double>(num_units));
  std::vector<double> weights(matrix.num_criteria);
  for (std::size_t criterion = 0; criterion < matrix.num_criteria; ++criterion) {
    double sum = 0;
    for (std::size_t unit = 0; unit < num_units; ++unit) sum += matrix.at(unit, criterion);
    double entropy = 0;
    for (std::size_t unit = 0; unit < num_units; ++unit) {
      const double share = matrix.at(unit, criterion) / sum;
      if (share > 0) entropy -= share * std::log(share);
    }
    weights[criterion] = 1 - entropy / most;
  }
  normalise(weights);
  return weights;
}

std::vector<double> critic_weights(const DecisionMatrix& matrix,
                                   std::span<const bool> more_is_better) {
  const std::size_t num_units = matrix.num_units();
  const std::size_t num_criteria = matrix.num_criteria;
  const auto count = static_cast<double>(num_units);
  // Deviations from the mean of each criterion, scaled to 0 ... 1.
  std::vector<double> deviations(matrix.values.size());
  std::vector<double> squares(num_criteria, 0);
  for (std::size_t criterion = 0; criterion < num_criteria; ++criterion) {
    double least = matrix.at(0, criterion);
    double most = least;
    double sum = 0;
    for (std::size_t unit = 0; unit < num_units; ++unit) {
      least = std::min(least, matrix.at(unit, criterion));
      most = std::max(most, matrix.at(unit, criterion));
      sum += matrix.at(unit, criterion);
    }
    const double sign = is_more_better(more_is_better, criterion) ? 1 : -1;
    const double scale = most > least ? sign / (most - least) : 0;
    for (std::size_t unit = 0; unit < num_units; ++unit) {
      const double deviation = scale * (matrix.at(unit, criterion) - sum / count);
      deviations[unit * num_criteria + criterion] = deviation;
      squares[criterion] += deviation * deviation;
    }
  }
  std::vector<double> weights(num_criteria, 0);
  for (std::size_t a = 0; a < num_criteria; ++a) {
    double conflict = 0;
    for (std::size_t b = 0; b < num_criteria; ++b) {
      double product = 0;
      for (std::size_t unit = 0; unit < num_units; ++unit) {
        product += deviations[unit * num_criteria + a] * deviations[unit * num_criteria + b];
      }
      const double length = std::sqrt(squares[a] * squares[b]);
      conflict += 1 - (length > 0 ? product / length : 0);
    }
    weights[a] = std::sqrt(squares[a] / (count - 1)) * conflict;
  }
  normalise(weights);
  return weights;
}

}  // namespace diaodu::track
