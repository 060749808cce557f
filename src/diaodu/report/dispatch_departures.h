#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string_view>
#include <vector>

#include "diaodu/plan/movement.h"
#include "diaodu/plan/plan.h"

namespace diaodu::report {

/// All who leave by one route at one time.
struct Departure {
  RouteId route;
  Instant departs;
  Instant arrives;
  std::int64_t people = 0;
  std::int64_t vehicles = 1;  ///< as many as carry them; one where the route has a departure
  std::int64_t seats = 0;     ///< of all these vehicles; 0: no limit
  std::map<std::string_view, std::int64_t> roles;
  std::vector<std::size_t> parties;  ///< by number
};

/// By time, then by the plan's routes.  A route with a departure is there even where nobody takes it, unless it
/// has no seats: then it is cancelled.
std::vector<Departure> departures_of(const Plan& plan, const Movement& movement);

}  // namespace diaodu::report
