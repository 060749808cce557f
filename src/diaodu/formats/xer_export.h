#pragma once

#include <string>

#include "diaodu/core/finding.h"
#include "diaodu/formats/planned_dates.h"
#include "diaodu/plan/plan.h"

namespace diaodu::formats {

/// Any plan as a Primavera P6 export: PROJECT, CALENDAR, SCHEDOPTIONS, PROJWBS, RSRC, RSRCRATE, TASK, TASKPRED and
/// TASKRSRC, with `dates` in the tasks that have any (empty: none).  Read again it has the same dates where
/// everything in it has a place there.
///
/// What has none is a finding that names the row, or, for whole columns, how many rows: skills, largest lags, links
/// of summaries, optional tasks, several modes, time zones ...  Summaries become elements of the work
/// breakdown below one for the project; hammocks levels of effort; deadlines external late dates; tasks
/// around the clock, and those of several calendars, get a calendar of their own.
std::string xer_of(const Plan& plan, const PlannedTable& dates, Findings& findings);

}  // namespace diaodu::formats
