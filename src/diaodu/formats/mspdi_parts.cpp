#include "diaodu/formats/mspdi_parts.h"

#include <algorithm>
#include <array>

namespace diaodu::formats {
namespace {

using Part = MspdiPart;

struct Nested {
  Part in;
  std::string_view element;
  Part is;
};
constexpr std::array kNested = std::to_array<Nested>({
    {Part::document, "Project", Part::project},
    {Part::project, "ExtendedAttributes", Part::fields},
    {Part::fields, "ExtendedAttribute", Part::field},
    {Part::project, "Calendars", Part::calendars},
    {Part::calendars, "Calendar", Part::calendar},
    {Part::calendar, "WeekDays", Part::days},
    {Part::week, "WeekDays", Part::days},
    {Part::days, "WeekDay", Part::day},
    {Part::day, "WorkingTimes", Part::shifts},
    {Part::exception, "WorkingTimes", Part::shifts},
    {Part::shifts, "WorkingTime", Part::shift},
    {Part::day, "TimePeriod", Part::period},
    {Part::exception, "TimePeriod", Part::period},
    {Part::week, "TimePeriod", Part::period},
    {Part::calendar, "Exceptions", Part::exceptions},
    {Part::exceptions, "Exception", Part::exception},
    {Part::calendar, "WorkWeeks", Part::weeks},
    {Part::weeks, "WorkWeek", Part::week},
    {Part::project, "Tasks", Part::tasks},
    {Part::tasks, "Task", Part::task},
    {Part::task, "PredecessorLink", Part::link},
    {Part::task, "Baseline", Part::baseline},
    {Part::task, "ExtendedAttribute", Part::task_attribute},
    {Part::project, "Resources", Part::resources},
    {Part::resources, "Resource", Part::resource},
    {Part::resource, "ExtendedAttribute", Part::resource_attribute},
    {Part::resource, "AvailabilityPeriods", Part::availabilities},
    {Part::availabilities, "AvailabilityPeriod", Part::availability},
    {Part::project, "Assignments", Part::assignments},
    {Part::assignments, "Assignment", Part::assignment},
});

/// What lies in rows that holds elements of its own, and is not read.
constexpr std::array<std::string_view, 6> kIgnored = {
    "TimephasedData", "Baseline", "Rates", "OutlineCode", "ExtendedAttribute", "OutlineCodes"};

}  // namespace

MspdiPart mspdi_part(MspdiPart in, std::string_view element) {
  if (in == Part::leaf || in == Part::ignored) return Part::ignored;
  for (const Nested& nested : kNested) {
    if (nested.in == in && nested.element == element) return nested.is;
  }
  switch (in) {
    case Part::project:
    case Part::field:
    case Part::calendar:
    case Part::day:
    case Part::shift:
    case Part::period:
    case Part::exception:
    case Part::week:
    case Part::task:
    case Part::link:
    case Part::baseline:
    case Part::task_attribute:
    case Part::resource:
    case Part::resource_attribute:
    case Part::availability:
    case Part::assignment:
      return std::find(kIgnored.begin(), kIgnored.end(), element) == kIgnored.end() ? Part::leaf
                                                                                    : Part::ignored;
    default:
      return Part::ignored;
  }
}

}  // namespace diaodu::formats
