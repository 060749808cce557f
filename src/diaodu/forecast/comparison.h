#pragma once

#include "diaodu/forecast/risk.h"
#include "diaodu/plan/plan.h"
#include "diaodu/solve/answer.h"

namespace diaodu::forecast {

/// Compares two plans on the same numbers: each is drawn by the name of what it is for, so that trial n of one is
/// trial n of the other, but for what differs between them (common random numbers).  As many trials as the request
/// asks for, or the first plan, whatever its `until`.  Costs are compared where both plans have any, in one currency.
Comparison compare(const Plan& plan, const solve::Answer& answer, const Plan& other,
                   const solve::Answer& other_answer, const RiskRequest& request);

}  // namespace diaodu::forecast
