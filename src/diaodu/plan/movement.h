#pragma once

#include <cstdint>
#include <vector>

#include "diaodu/core/time.h"
#include "diaodu/plan/ids.h"

namespace diaodu {

/// A place on somebody's way: `arrives <= passes`, and `ready = passes + the place's transfer`.
struct Stop {
  PlaceId place;
  Instant arrives;  ///< at the first stop: from when on they wait there
  Instant passes;   ///< begins the transfer (walking, security, briefing)
  Instant ready;    ///< may go on, or counts as present

  friend bool operator==(const Stop&, const Stop&) = default;
};

/// A row of `plan.routes`, taken at a time.
struct Leg {
  RouteId route;
  Instant departs;
  Instant arrives;

  friend bool operator==(const Leg&, const Leg&) = default;
};

/// The people `[first, first + count)` of a group, who go the same way throughout.  There is one stop
/// more than legs; who stays where they are has one stop and no leg.
struct Party {
  GroupId group;
  std::int64_t first = 0;
  std::int64_t count = 0;
  std::vector<Stop> stops;
  std::vector<Leg> legs;

  friend bool operator==(const Party&, const Party&) = default;
};

/// Where everybody goes: each person of each group is in exactly one party.
struct Movement {
  std::vector<Party> parties;

  friend bool operator==(const Movement&, const Movement&) = default;
};

}  // namespace diaodu
