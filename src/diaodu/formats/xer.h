#pragma once

#include <string>
#include <string_view>

#include "diaodu/formats/plan_tables.h"

namespace diaodu::formats {

/// Reads the bytes of a Primavera P6 export (`.xer`); `file` is what findings call it.
///
/// | P6                 | plan                                                |
/// |--------------------|-----------------------------------------------------|
/// | PROJECT            | name, start, data date, must-finish; one of several |
/// | SCHEDOPTIONS       | options                                             |
/// | CALENDAR           | calendars, by their names                           |
/// | PROJWBS            | summaries, by their paths                           |
/// | TASK               | tasks, milestones and hammocks, by their codes, and their progress |
/// | TASKPRED           | links                                               |
/// | RSRC, RSRCRATE     | resources, by their short names                     |
/// | TASKRSRC           | demands                                             |
///
/// Task-dependent activities keep their own calendar.  Resource-dependent ones take that of their
/// primary resource; without one, of all their resources together.  Resources that P6 does not
/// level, or that have no maximum, are unlimited.  Levels of effort and WBS summary activities are hammocks.
/// Dates are taken as they stand, in UTC.
ReadPlan read_xer(std::string_view bytes, std::string file);

}  // namespace diaodu::formats
