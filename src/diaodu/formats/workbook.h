#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "diaodu/formats/plan_tables.h"

namespace diaodu::formats {

/// True when a file that begins like this holds several files in one, as workbooks do.
bool may_be_workbook(std::string_view first_bytes);

/// True for an .xlsx file, and for a workbook that `read_workbook` can only name: a protected one,
/// or one of Excel 97-2003.
bool is_workbook(std::string_view bytes);

/// Reads an .xlsx workbook, sheet by sheet as tables; hidden sheets count.  Sheets that are no
/// table of a plan are reported and not read, except that a workbook's only sheet is its tasks,
/// whatever its name.  A workbook without our tables in which a sheet is somebody's list of tasks is read
/// as that list (`read_task_list`).  Results of formulas are taken as they were last calculated; numbers in cells
/// formatted as dates become dates.  `file` names the workbook in findings.
ReadPlan read_workbook(std::string_view bytes, const std::string& file);

/// Hands the first sheet that has one of these names to `take`; its cells live only as long as that.  A workbook
/// without any lacks a table.
void read_sheet(std::string_view bytes, const std::string& file,
                std::span<const std::string_view> names, Findings& findings,
                const std::function<void(const Sheet&)>& take);

/// Writes the plan as an .xlsx workbook: a sheet for each table that has rows, and `plan` and
/// `calendars` for what a folder keeps in plan.toml.  All cells are text, so that they read back
/// exactly.  Written beside and then renamed.  Throws `std::filesystem::filesystem_error` when the
/// disk fails, and, before anything is written, when the plan does not fit: a sheet holds 1,048,576
/// rows and a cell 32,767 letters.
void write_workbook(const Plan& plan, const std::filesystem::path& path, Language language);

}  // namespace diaodu::formats
