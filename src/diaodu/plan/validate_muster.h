#pragma once

#include "diaodu/core/finding.h"
#include "diaodu/plan/plan.h"
#include "diaodu/plan/sources.h"

namespace diaodu {

/// Gives each group whose count was left open the number of people who are named for it, else one.
void count_groups(Plan& plan);

/// What groups, people, needs, places and routes amount to together.  Routes and places are judged
/// only where somebody is mustered: other plans may keep them for their own use.
void validate_muster(const Plan& plan, const Sources& sources, Findings& findings);

}  // namespace diaodu
