#pragma once

#include "diaodu/core/finding.h"
#include "diaodu/plan/plan.h"
#include "diaodu/plan/sources.h"

namespace diaodu {

/// Judges the rules by which targets are scored and rolled up, and those they are ranked with.
void validate_targets(const Plan& plan, const Sources& sources, Findings& findings);

}  // namespace diaodu
