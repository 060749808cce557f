#pragma once

#include "diaodu/core/finding.h"
#include "diaodu/plan/plan.h"
#include "diaodu/plan/sources.h"

namespace diaodu {

/// What visits and duties, teams and their rules, laboratories, cases and testing, offers and wishes amount to together.
void validate_field(const Plan& plan, const Sources& sources, Findings& findings);

/// The part of it about laboratories, cases, testing and regions.
void validate_laboratories(const Plan& plan, const Sources& sources, Findings& findings);

}  // namespace diaodu
