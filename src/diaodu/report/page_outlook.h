#pragma once

#include "diaodu/plan/plan.h"
#include "diaodu/report/outlook_text.h"
#include "diaodu/report/page_parts.h"

namespace diaodu::report {

/// Writes `outlook` of a page's document: null where nobody asked, or the plan has no targets.
void write_page_outlook(PageWriter& writer, const Plan& plan, const ToldOutlook* told);

}  // namespace diaodu::report
