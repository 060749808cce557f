#pragma once

#include <string>

#include "diaodu/plan/plan.h"
#include "diaodu/report/page_document.h"
#include "diaodu/solve/answer.h"

namespace diaodu::report {

/// The plan and its answer as one HTML file that asks for nothing from anywhere: the document as data,
/// and the script and the style of `web/` that show it, whose hashes its content-security policy names.
/// With findings only where there is no schedule.  The same plan, answer and options give the same bytes.
std::string page(const Plan& plan, const solve::Answer& answer, const PageOptions& options);

}  // namespace diaodu::report
