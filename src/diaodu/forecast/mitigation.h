#pragma once

#include <vector>

#include "diaodu/forecast/risk.h"
#include "diaodu/forecast/simulation.h"

namespace diaodu::forecast {

/// What each risk's mitigation is worth: the trials of `base` again, with the same numbers (common random numbers),
/// except that this risk strikes with its mitigated probability; the first 20,000 of them
/// (all of a Latin hypercube).  By what they save on average, most
/// first.  Of the first few dozen risks that have such a probability.  Cancelled, it tells those that are whole.
std::vector<Mitigation> value_of_mitigations(const Plan& plan, const solve::Answer& answer,
                                             const RiskRequest& request, const Simulation& base);

}  // namespace diaodu::forecast
