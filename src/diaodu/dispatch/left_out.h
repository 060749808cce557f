#pragma once

#include <vector>

#include "diaodu/dispatch/route.h"
#include "diaodu/dispatch/tour_state.h"

namespace diaodu::dispatch {

/// Why each visit that stands in no tour is made by nobody.  Leaves the state as it was.
std::vector<LeftOut> explain_left_out(TourState& state);

}  // namespace diaodu::dispatch
