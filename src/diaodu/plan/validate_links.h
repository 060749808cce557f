#pragma once

#include "diaodu/core/finding.h"
#include "diaodu/plan/plan.h"
#include "diaodu/plan/sources.h"

namespace diaodu {

/// Judges links by their ends: to itself, to what lies above or below, where a summary has no such end, twice the
/// same.  The outline must be a tree.  O(n + links log links).
void validate_links(const Plan& plan, const Sources& sources, Findings& findings);

}  // namespace diaodu
