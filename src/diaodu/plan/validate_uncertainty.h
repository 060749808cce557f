#pragma once

#include "diaodu/core/finding.h"
#include "diaodu/plan/plan.h"
#include "diaodu/plan/sources.h"

namespace diaodu {

/// Judges what the rows on uncertainty, risks, correlations, weather and branches amount to, alone and
/// together.  Tasks on a circle of parents are nowhere below any.  Whether correlations fit together as a matrix
/// is not asked here.
void validate_uncertainty(const Plan& plan, const Sources& sources, Findings& findings);

}  // namespace diaodu
