#pragma once

#include <filesystem>

#include "diaodu/core/language.h"
#include "diaodu/plan/plan.h"
#include "diaodu/solve/answer.h"

namespace diaodu::report {

/// Writes the schedule as an Excel workbook, headings in the language:
///
///   schedule    one row a task, as `schedule_table`; real dates, filters, critical rows tinted
///   gantt       a column for each day, week, month ..., bars as filled cells
///   milestones  milestones and deadlines, met or missed
///   load        how much of each resource is used, week by week (of one without a limit nothing);
///               what is used up, by amount
///   findings    what was found, if anything
///
/// Written beside and then renamed.  The same plan and answer give the same bytes.  Throws
/// `std::filesystem::filesystem_error` when the disk fails.
void write_schedule_workbook(const Plan& plan, const solve::Answer& answer, Language language,
                             const std::filesystem::path& path);

}  // namespace diaodu::report
