#pragma once

#include "diaodu/plan/movement.h"
#include "diaodu/plan/plan.h"

namespace diaodu::dispatch {

/// The orders of a movement of `before` as those of the same people in `now`: groups, places and routes
/// are known by their ids (routes without one by all that they are).  Who is not in `now` is left out; a
/// leg whose route is not becomes one without a route, which nobody can take.
Movement carry_over(const Plan& before, const Movement& movement, const Plan& now);

}  // namespace diaodu::dispatch
