#pragma once

#include "diaodu/plan/tour.h"

namespace diaodu::dispatch {

/// Puts each pause where in its tour the team is back soonest, without any visit being later after it is due in sum; where
/// that is where it is, nothing changes.  Tours with visits that are made together stay as they are: their instant is
/// shared.  The search sees no difference in cost, but people do: a pause before a visit that could have been made already
/// is time lost.
///
/// The plan's cost is not worked out anew: overtime may be less.
void settle_pauses(const TourProblem& problem, TourPlan& plan);

/// Where a duty makes just the visits that it was told to make, and can still make them as told without more lateness or
/// overtime, it does: nobody is told another hour for the sake of a shorter way.  Starts of `told` that were not told are
/// `kNoTick`.
void keep_told(const TourProblem& problem, const TourPlan& told, TourPlan& plan);

}  // namespace diaodu::dispatch
