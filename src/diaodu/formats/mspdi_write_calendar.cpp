#include "diaodu/formats/mspdi_write_calendar.h"

#include <iterator>
#include <string>

#include "diaodu/formats/cells.h"
#include "diaodu/formats/mspdi_values.h"

namespace diaodu::formats {
namespace {

void write_shifts(const DayShifts& shifts, XmlWriter& xml) {
  xml.flag("DayWorking", !shifts.empty());
  if (shifts.empty()) return;
  xml.open("WorkingTimes");
  for (const Shift& shift : shifts) {
    xml.open("WorkingTime");
    xml.element("FromTime", clock_string(shift.begin) + ":00");
    const bool is_midnight = shift.end == kMinutesPerDay;
    xml.element("ToTime", (is_midnight ? "00:00" : clock_string(shift.end)) + ":00");
    xml.close("WorkingTime");
  }
  xml.close("WorkingTimes");
}

void write_exceptions(const WorkPattern& pattern, XmlWriter& xml) {
  if (pattern.dated.empty()) return;
  xml.open("Exceptions");
  for (auto first = pattern.dated.begin(); first != pattern.dated.end();) {
    auto last = first;
    auto next = std::next(first);
    while (next != pattern.dated.end() && next->first == last->first + 1 &&
           next->second == first->second) {
      last = next++;
    }
    xml.open("Exception");
    xml.flag("EnteredByOccurrences", false);
    xml.open("TimePeriod");
    xml.element("FromDate", mspdi_date(LocalTime::at(first->first, 0)));
    xml.element("ToDate", mspdi_date(LocalTime::at(last->first, kMinutesPerDay - 1)));
    xml.close("TimePeriod");
    xml.element("Type", 1);
    write_shifts(first->second, xml);
    xml.close("Exception");
    first = next;
  }
  xml.close("Exceptions");
}

}  // namespace

std::int64_t mspdi_calendar_uid(CalendarId id) {
  return id ? static_cast<std::int64_t>(id.index()) + 1 : -1;
}

void write_mspdi_calendars(const Plan& plan, XmlWriter& xml) {
  xml.open("Calendars");
  for (CalendarId id : plan.calendars.ids()) {
    const NamedCalendar& calendar = plan.calendars[id];
    xml.open("Calendar");
    xml.element("UID", mspdi_calendar_uid(id));
    xml.element("Name", calendar.rule.id);
    xml.flag("IsBaseCalendar", true);
    xml.element("BaseCalendarUID", -1);
    xml.open("WeekDays");
    for (int type = 1; type <= 7; ++type) {
      xml.open("WeekDay");
      xml.element("DayType", type);
      write_shifts(calendar.pattern.week[static_cast<std::size_t>((type + 5) % 7)], xml);
      xml.close("WeekDay");
    }
    xml.close("WeekDays");
    write_exceptions(calendar.pattern, xml);
    xml.close("Calendar");
  }
  xml.close("Calendars");
}

}  // namespace diaodu::formats
