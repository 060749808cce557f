#pragma once

#include "diaodu/dispatch/field.h"

namespace diaodu::dispatch {

/// Where everybody is whom teams can take: where the muster takes them, else where they are from.
std::vector<PlaceId> places_of(const Plan& plan, const std::vector<Member>& members,
                               const Movement* movement);

/// Fills the plan's teams, place by place.
Teams plan_teams(const Plan& plan, const FieldRun& run);

}  // namespace diaodu::dispatch
