#pragma once

#include <vector>

#include "diaodu/core/time.h"
#include "diaodu/plan/plan.h"
#include "diaodu/track/status.h"

namespace diaodu::track {

/// What each owner has to do: what is overdue against the baseline (or a deadline), and what starts, finishes or is
/// reached in `during`.  Each task once for its start and once for its finish at most; a task that is overdue is not
/// told again with its new date.  Owners in the order in which the outline first names them.
std::vector<LookAhead> look_ahead(const Plan& plan, const Table<TaskId, TaskStatus>& tasks,
                                  const Interval& during);

}  // namespace diaodu::track
