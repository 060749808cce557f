#pragma once

#include <functional>
#include <span>
#include <vector>

namespace diaodu::forecast {

/// A function and its slopes at a place; slopes are written to `slope`.
using SlopedFunction = std::function<double(std::span<const double> at, std::span<double> slope)>;

struct Descent {
  std::vector<double> at;
  double value = 0;
  int steps = 0;  ///< evaluations
};

/// Goes downhill from `start` by quasi-Newton steps (Broyden, Fletcher, Goldfarb & Shanno 1970) with exact
/// slopes and a line search that halves.  Parameters should be of the order of one.  Ends where a step no
/// longer gains 1e-10 of the value, or after `max_steps` evaluations.  What is not finite counts as infinitely bad.
Descent descend(const SlopedFunction& function, std::vector<double> start, int max_steps = 400);

}  // namespace diaodu::forecast
