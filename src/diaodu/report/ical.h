#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "diaodu/core/language.h"
#include "diaodu/plan/plan.h"
#include "diaodu/solve/answer.h"

namespace diaodu::report {

/// What a calendar is limited to.
struct CalendarScope {
  ResourceId resource;  ///< what uses it
  Text owner;           ///< what it answers for
  bool has_milestones_only = false;
};

/// That of the resource of this id or name, else of the owner of this name; nothing: there is neither.
std::optional<CalendarScope> find_calendar_scope(const Plan& plan, std::string_view whose);

/// The schedule as a calendar that mail and phone programs subscribe to (iCalendar, RFC 5545): an
/// event for each scheduled task, without length for milestones, summaries left out.  Times are
/// UTC.
///
/// An event's UID follows from the plan's name and the task's id alone, so that a newer schedule
/// moves the events instead of doubling them; DTSTAMP is the data date, else the plan's start, so
/// that the same plan gives the same bytes.  A benchmark instance has no dates and its calendar no
/// events.
std::string icalendar(const Plan& plan, const solve::Answer& answer, Language language,
                      const CalendarScope& scope = {});

}  // namespace diaodu::report
