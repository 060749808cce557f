#pragma once

#include <cstdint>
#include <vector>

#include "diaodu/dispatch/way_search.h"

namespace diaodu::dispatch {

/// Turns numbers of units on ways into what each person is told: the first of a crew's people take
/// its first way, and who is not sent stays.  Parties come by group and by number within it.
Movement orders_of(const Plan& plan, const Ways& ways, const Crews& crews,
                   const std::vector<CrewWay>& crew_ways, const std::vector<std::int64_t>& amounts);

}  // namespace diaodu::dispatch
