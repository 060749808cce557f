#pragma once

#include <optional>

#include "diaodu/core/quantity.h"
#include "diaodu/core/text.h"
#include "diaodu/core/time.h"
#include "diaodu/plan/ids.h"

namespace diaodu {

struct Place {
  Text id;
  Text name;
  Text name_zh;
  double latitude = 0;   ///< degrees north
  double longitude = 0;  ///< degrees east
  /// Whoever comes here, or starts here, needs so long (walking, security, briefing) before going on
  /// or counting as present.
  Elapsed transfer;
  /// How many people may begin that in one whole hour (of the epoch, `[60 h, 60 h + 60)` minutes).
  std::optional<Amount> throughput;
  Text basis;  ///< where its figures come from: a source, or `assumed`
};

/// A way to get from one place to another.  With a departure it goes once, with so many seats;
/// without one it goes whenever wanted, in as many vehicles as are needed, each with so many seats.
struct Route {
  Text id;  ///< empty: it is called by what it is `via`
  PlaceId from;
  PlaceId to;
  Text via;  ///< road, rail, a flight's number, ...
  Elapsed duration;
  std::optional<Amount> seats;     ///< unset: no limit
  std::optional<Instant> departs;  ///< unset: whenever wanted
  Money cost;                      ///< for one person
  Text
      vehicle;  ///< the one aircraft, ship or train that goes; it cannot be under way twice at once
  Text basis;   ///< as of a place
};

}  // namespace diaodu
