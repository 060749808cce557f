#pragma once

#include <cstdint>

#include "diaodu/formats/xml_writer.h"
#include "diaodu/plan/plan.h"

namespace diaodu::formats {

/// What Project knows the calendar by; -1: none.
std::int64_t mspdi_calendar_uid(CalendarId id);

/// All calendars of the plan, each with its whole week and its dates.
void write_mspdi_calendars(const Plan& plan, XmlWriter& xml);

}  // namespace diaodu::formats
