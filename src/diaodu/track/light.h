#pragma once

#include <span>

#include "diaodu/core/id.h"
#include "diaodu/plan/plan.h"
#include "diaodu/track/status.h"

namespace diaodu::track {

/// Gives every task its traffic light, and the plan its own: the worst of the reasons, all of which are told.
///
///   red      a deadline is or will be missed; it slipped, has no float left, and the plan's finish slips too; a
///            critical task is overdue; CPI or SPI below `red_performance`
///   amber    any other slip; overdue; nothing reported for long; CPI or SPI below `amber_performance`; of a summary,
///            something red below
///   green    nothing of all this
///
/// CPI is judged where something is earned, SPI of a task where its rule earns along the way: half a task that earns
/// 0/100 is not late.  What drives the CPI or SPI of a summary is the task below that lost the most money.
/// All else in `status` must be known.
void set_lights(const Plan& plan, const StatusRequest& request, Status& status);

}  // namespace diaodu::track
