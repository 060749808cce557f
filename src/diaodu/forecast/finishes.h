#pragma once

#include <span>
#include <vector>

#include "diaodu/core/time.h"
#include "diaodu/forecast/risk.h"
#include "diaodu/plan/plan.h"
#include "diaodu/solve/answer.h"

namespace diaodu::forecast {

/// When each of these tasks (or summaries) finishes, trial by trial: `[task][trial]`; `kNever` in a trial without
/// dates.  One that is completed finishes when it did.  The trials are those of `simulate` with the same request;
/// where nothing is uncertain, one as scheduled.
std::vector<std::vector<Instant>> finishes_in_trials(const Plan& plan, const solve::Answer& answer,
                                                     const RiskRequest& request,
                                                     std::span<const TaskId> tasks);

}  // namespace diaodu::forecast
