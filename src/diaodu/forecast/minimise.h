#pragma once

#include <functional>
#include <span>
#include <vector>

namespace diaodu::forecast {

using Objective = std::function<double(std::span<const double>)>;

struct Minimum {
  std::vector<double> at;
  double value = 0;
  int num_evaluations = 0;
};

/// A local minimum of a smooth function from `start` on: quasi-Newton steps (Broyden, Fletcher, Goldfarb &
/// Shanno 1970) with central differences and backtracking.  Parameters should be of the order of one.  The same
/// start gives the same answer; values that are not finite count as infinitely bad.
Minimum minimise(const Objective& objective, std::vector<double> start);

/// Second derivatives by central differences: n x n.
std::vector<double> curvature(const Objective& objective, std::span<const double> at);

}  // namespace diaodu::forecast
