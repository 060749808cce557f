#pragma once

#include "diaodu/dispatch/field.h"

namespace diaodu::dispatch {

/// Who sends what to whom: fewest missing (by priority), then the best ranks, then the least cost; each good by itself,
/// as two flows of least cost, the second among those that are optimal for the first.
Exchange match_regions(const Plan& plan);

}  // namespace diaodu::dispatch
