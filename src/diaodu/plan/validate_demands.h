#pragma once

#include "diaodu/core/finding.h"
#include "diaodu/plan/plan.h"
#include "diaodu/plan/sources.h"

namespace diaodu {

/// Judges what tasks demand by what there ever is, and the times at which it is there.  O(n log n).
void validate_demands(const Plan& plan, const Sources& sources, Findings& findings);

/// The largest amount of each resource there ever is.
Table<ResourceId, Amount> largest_capacities(const Plan& plan);

}  // namespace diaodu
