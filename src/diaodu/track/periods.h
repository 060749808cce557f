#pragma once

#include <vector>

#include "diaodu/core/time.h"
#include "diaodu/core/zone.h"
#include "diaodu/plan/plan.h"
#include "diaodu/track/budget.h"
#include "diaodu/track/earning.h"
#include "diaodu/track/facts.h"
#include "diaodu/track/status.h"

namespace diaodu::track {

/// Months, or weeks from Monday to Monday, on the clocks of a zone, that cover `range`.
std::vector<Interval> months(const Interval& range, const Zone& zone);
std::vector<Interval> weeks(const Interval& range, const Zone& zone);

/// What was planned, earned and spent in each of `periods`, which meet and cover all dates up to the status date and
/// all of the baseline.  The sum over all of them is what holds at the status date (planned: the budget), to the cent.
/// Costs O(n + m log d), m = the number of tasks in all periods; where summaries have costs of their own, O(n) more
/// for each period that has begun.
std::vector<PeriodStatus> period_values(const Plan& plan, const Schedule& schedule,
                                        const Budget& budget, const Earnings& earnings,
                                        const Facts& facts, Instant as_of,
                                        const std::vector<Interval>& periods);

}  // namespace diaodu::track
