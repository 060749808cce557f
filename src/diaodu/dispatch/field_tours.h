#pragma once

#include "diaodu/dispatch/field.h"

namespace diaodu::dispatch {

/// The plan's visits and duties as numbers; a tick is a minute, counted from the epoch.  The how-manieth visit and duty
/// are those of the plan's tables.
struct FieldTourProblem {
  TourProblem problem;
  std::vector<PlaceId> places;  ///< of the numbers in `problem`
};
FieldTourProblem tour_problem(const Plan& plan);

/// Minutes from one of these places to any other: as `travel_times` say, else great circle × road factor at speed.
TravelTimes travel_times(const Plan& plan, const std::vector<PlaceId>& places);

/// Tours for the plan's duties.  With `published`, visits are best left with the duties that make them there; the plan's
/// own column `duty` goes before it.
Tours plan_tours(const Plan& plan, const FieldRun& run);

/// The same as `visits.duty` and `visits.start` of a plan in which people are told of `tours`.
Plan with_published(const Plan& plan, const Plan& before, const Tours& tours);

}  // namespace diaodu::dispatch
