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
/// Task-dependent activities keep their own calendar.  Resource-dependent ones take that of the resources that
/// drive their dates; where these differ, the one of the least hours.  Resources that P6 does not
/// level, or that have no maximum, are unlimited.  Levels of effort and WBS summary activities are hammocks.
/// Dates are taken as they stand, in UTC.  Of several projects one is read; what is linked with activities of the
/// others keeps to the dates that these have in the file.
ReadPlan read_xer(std::string_view bytes, std::string file);

}  // namespace diaodu::formats
