#pragma once

#include "diaodu/formats/tjp_bookings.h"

namespace diaodu::formats {

/// What contradicts itself in the tasks, and which of them wait for each other in a circle: findings.  A circle has no
/// dates in the language, even where all its gaps are zero.
void check_tasks(const TjpDocument& document, TjpPeople& people, const TjpBookedTasks& booked,
                 Findings& findings);

}  // namespace diaodu::formats
