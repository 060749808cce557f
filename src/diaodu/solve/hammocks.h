#pragma once

#include "diaodu/solve/answer.h"
#include "diaodu/solve/network.h"

namespace diaodu::solve {

/// Hangs the plan's hammocks (`plan/hammock.h`) between the placements and the dates of all other tasks, which
/// `answer` has; summaries then span them too.  Actual dates speak where something has happened, and
/// nothing that remains of a hammock begins before the data date, as in Primavera.
///
/// Hammocks that hang on each other in a circle ignore the link that closes it.
void place_hammocks(const Network& network, Answer& answer);

}  // namespace diaodu::solve
