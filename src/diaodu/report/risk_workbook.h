#pragma once

#include <filesystem>

#include "diaodu/core/language.h"
#include "diaodu/forecast/risk.h"
#include "diaodu/plan/plan.h"
#include "diaodu/solve/answer.h"

namespace diaodu::report {

/// Writes a forecast that has trials as an Excel workbook, headings in the language:
///
///   finish     quantiles of finish and cost, beside what is planned
///   dates      milestones, deadlines and parts of the plan
///   tasks      start and finish of each task, planned and at P10 ... P90
///   drivers    what drives the finish, in working days
///   tornado    what moves the mean finish; and a sheet more for the mean cost
///   risks      how often they strike and what they delay by, in days on the clock
///   histogram  of the finish
///
/// Dates are real dates, shares numbers from 0 to 1; sheets without rows are left out.  Written beside and then
/// renamed; the same forecast gives the same bytes.  Throws `std::filesystem::filesystem_error` when the disk fails.
void write_risk_workbook(const Plan& plan, const solve::Answer& answer,
                         const forecast::Forecast& forecast, Language language,
                         const std::filesystem::path& path);

}  // namespace diaodu::report
