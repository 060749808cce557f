#pragma once

#include "diaodu/plan/movement.h"
#include "diaodu/plan/plan.h"
#include "diaodu/report/page_parts.h"

namespace diaodu::report {

/// Writes `"arcs"`, `"hours"`, `"course"`, `"need"` and `"flow"` of a muster's page into an open object: who is
/// where at every step of the slider, how many do what from moment to moment, and who went through where.
void write_page_day(PageWriter& writer, const Plan& plan, const Movement& movement);

}  // namespace diaodu::report
