#pragma once

#include <vector>

#include "diaodu/forecast/risk.h"
#include "diaodu/forecast/simulation.h"

namespace diaodu::forecast {

/// What moves the finish: of the first trials, the mean finish of the tenth in which a task takes least and of
/// that in which it takes most; of those in which a risk does not strike and does.  Only what moves it by more than
/// three standard errors of the difference, widest first, a few dozen at most; nothing below 100 trials.
std::vector<Mover> movers_of_finish(const Plan& plan, const solve::Network& network,
                                    const Record& record);

/// Likewise of the cost, in cents.
std::vector<Mover> movers_of_cost(const Plan& plan, const solve::Network& network,
                                  const Record& record);

/// Of a watched date, the tasks that move it most (five at most): by Spearman's rank correlation of its duration with
/// the date, times the standard deviation of the date.  That is, in minutes on the clock, what the date is later by where the task
/// takes one standard deviation longer.  Told of the first watched dates only; of others none.
std::vector<std::vector<DateDriver>> drivers_of_dates(const solve::Network& network,
                                                      const Record& record);

}  // namespace diaodu::forecast
