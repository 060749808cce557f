#pragma once

#include <string>

#include "diaodu/core/language.h"
#include "diaodu/plan/plan.h"
#include "diaodu/track/status.h"

namespace diaodu::report {

/// The status on a screen or two: the light and its reasons, earned value and what it will have cost, earned schedule,
/// the months, what needs a look and where slips come from, critical tasks that changed, and what each owner has to do
/// next.  No line is wider than `width`.
std::string status_text(const Plan& plan, const track::Status& status, Language language,
                        int width = 80, bool has_colour = false);

}  // namespace diaodu::report
