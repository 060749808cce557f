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
};

/// A way to get from one place to another.
struct Route {
  PlaceId from;
  PlaceId to;
  Text via;  ///< road, rail, a flight's number, ...
  Elapsed duration;
  std::optional<Amount> seats;     ///< unset: no limit
  std::optional<Instant> departs;  ///< unset: whenever wanted
  Money cost;                      ///< for one person
};

}  // namespace diaodu
