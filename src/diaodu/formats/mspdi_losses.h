#pragma once

#include "diaodu/core/finding.h"
#include "diaodu/plan/plan.h"

namespace diaodu::formats {

/// Says what of the plan Project has no place for, but for what is told of single rows.
void tell_of_mspdi_losses(const Plan& plan, Findings& findings);

}  // namespace diaodu::formats
