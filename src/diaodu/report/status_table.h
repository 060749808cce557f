#pragma once

#include <filesystem>
#include <string>

#include "diaodu/core/language.h"
#include "diaodu/plan/plan.h"
#include "diaodu/track/status.h"

namespace diaodu::report {

/// The tasks' status as CSV, one row a task in the order of the outline: UTF-8 with its mark, CRLF, headers in the
/// language; a text that a spreadsheet would take for a formula gets an apostrophe in front.
std::string status_csv(const Plan& plan, const track::Status& status, Language language);

/// Writes the status as an Excel workbook, headings in the language: tasks, months, weeks, resources, look-ahead.  Dates
/// are real dates, shares and ratios numbers; sheets without rows are left out.  Written beside and then renamed; the
/// same status gives the same bytes.  Throws `std::filesystem::filesystem_error` when the disk fails.
void write_status_workbook(const Plan& plan, const track::Status& status, Language language,
                           const std::filesystem::path& path);

}  // namespace diaodu::report
