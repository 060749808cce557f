#pragma once

#include "diaodu/core/id.h"
#include "diaodu/plan/plan.h"
#include "diaodu/plan/schedule.h"
#include "diaodu/track/budget.h"
#include "diaodu/track/earning.h"

namespace diaodu::track {

/// How far each task was at a time, summaries too: by what their children have earned of their budgets; where these
/// are nothing, by how much of their durations is done; where these are nothing either, by how many are.  A summary
/// is at 1 when all its children are.
Table<TaskId, Share> shares_at(const Plan& plan, const Schedule& schedule, const Budget& budget,
                               const Earnings& earnings, Instant when);

}  // namespace diaodu::track
