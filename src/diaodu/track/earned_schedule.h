#pragma once

#include <optional>

#include "diaodu/core/quantity.h"
#include "diaodu/core/time.h"
#include "diaodu/plan/calendar.h"
#include "diaodu/track/budget.h"
#include "diaodu/track/earned_value.h"

namespace diaodu::track {

/// `until` is the status date, or where all was finished before it.  `calendar` is the plan's.  Nothing if nothing is
/// planned.  Costs O(n log d), d = the minutes that the baseline lasts.
std::optional<EarnedSchedule> earned_schedule(const Budget& budget, const Calendar& calendar,
                                              Money earned, Instant until);

}  // namespace diaodu::track
