#pragma once

#include "diaodu/solve/problem.h"

namespace diaodu::solve {

/// Adds to a problem whose tasks and hours stand what they demand of each resource that can run short: one resource
/// and its line for each set of users that ever work at once.  False where these are too many for comfort.
bool add_resources(const Model& model, Problem& problem);

}  // namespace diaodu::solve
