#pragma once

#include <span>
#include <string>
#include <unordered_map>

#include "diaodu/formats/mspdi_document.h"
#include "diaodu/plan/plan.h"

namespace diaodu::formats {

/// The dates on which a calendar's exception holds: one span, or, where it recurs, one for each time (daily,
/// weekly, monthly or yearly, by day or by position, to its end or so often as it says).  At most `most`.
std::vector<CalendarException> dates_of(const MspdiException& exception, std::size_t most);

/// Adds the document's calendars to the plan; by UID.  What cannot be, is reported.
std::unordered_map<std::int64_t, CalendarId> add_mspdi_calendars(const MspdiDocument& document,
                                                                 const std::string& file,
                                                                 Plan& plan, Findings& findings);

}  // namespace diaodu::formats
