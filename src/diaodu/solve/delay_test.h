#pragma once

#include <optional>

#include "diaodu/check/quality.h"
#include "diaodu/plan/plan.h"
#include "diaodu/plan/sources.h"
#include "diaodu/solve/answer.h"

namespace diaodu::solve {

/// The dates of an answer as the measure of quality takes them.
Table<TaskId, check::PlannedDates> quality_dates(const Plan& plan, const Answer& answer);

/// Makes one critical task longer by `Plan::quality.delay_days` and works out the critical path again: the finish of a
/// sound network follows.  The task is the first open one with work on the longest chain of links that ends with the
/// finish; where there is none, the open one with work and the least float.  Nothing if none is open, or if the longer
/// plan goes beyond time.  `answer` is of the critical path alone.
std::optional<check::DelayTest> test_by_delay(const Plan& plan, const Sources& sources,
                                              const Answer& answer);

}  // namespace diaodu::solve
