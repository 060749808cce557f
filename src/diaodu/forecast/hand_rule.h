#pragma once

#include "diaodu/forecast/series.h"

namespace diaodu::forecast {

/// 全年增速 = 累计增速: every slot to come has grown on its slot of the year before by as much as the year so far has on the
/// same slots of the year before.  Where the last slot is a year's last (nothing of the new year is known), the growth is
/// that of this whole year on the one before.
///
/// Futures are the rule's own errors of past years at the same slot: a shock common to all slots, whose deviation is the
/// root mean square of log(what the rest of that year came to / what the rule would have said), and one of each slot,
/// likewise from the single slots.  Fewer than five past years are taken with the rule's errors at the other slots.
/// Where a value is not positive, differences stand for ratios.  Needs a year before, and one to learn errors from.
Futures hand_rule_paths(const Series& series, const PathRequest& request);

/// The year before comes again, with errors told likewise.
Futures seasonal_naive_paths(const Series& series, const PathRequest& request);

}  // namespace diaodu::forecast
