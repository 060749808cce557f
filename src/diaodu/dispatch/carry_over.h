#pragma once

#include "diaodu/plan/movement.h"
#include "diaodu/plan/plan.h"

namespace diaodu::dispatch {

/// The orders of a movement of `before` as those of the same people in `now`: groups, places and routes
/// are known by their ids (routes without one by all that they are).  Who is not in `now` is left out; a
/// leg whose route is not there becomes one without a route, a stop whose place is not one without a place:
/// nobody can keep to such orders, but they were told.
Movement carry_over(const Plan& before, const Movement& movement, const Plan& now);

}  // namespace diaodu::dispatch
