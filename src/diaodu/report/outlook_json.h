#pragma once

#include <string>

#include "diaodu/core/finding.h"
#include "diaodu/core/language.h"
#include "diaodu/report/outlook_text.h"

namespace diaodu::report {

/// The outlook as one JSON document; without one, the plan's name and the findings.  Values are in the measure of
/// their target (`measure`, `unit`), chances and shares are 0 ... 1, what is not known is null.
std::string outlook_json(const Plan& plan, const ToldOutlook* told, const Findings& findings,
                         Language language);

}  // namespace diaodu::report
