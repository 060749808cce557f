#pragma once

#include "diaodu/core/finding.h"
#include "diaodu/plan/plan.h"

namespace diaodu::formats {

/// What of whole columns, tables and options a Primavera export has no place for: one finding each, with the number of
/// rows.
void tell_of_lost_columns(const Plan& plan, Findings& findings);

}  // namespace diaodu::formats
