#pragma once

#include <filesystem>
#include <string_view>

#include "diaodu/core/finding.h"
#include "diaodu/formats/plan_tables.h"

namespace diaodu::formats {

enum class FileFormat : std::uint8_t {
  unknown,
  folder,
  workbook,
  xer,
  mspdi,
  tjp,
  gan,
  pmxml,
  psplib,
  patterson,
  progen_max,
  mplib,
  table,      ///< a lone CSV of tasks
  task_list,  ///< somebody's own list of tasks, as CSV
};

/// Where the plan at `path` lies: its folder, where a folder's `plan.toml` is named.
std::filesystem::path plan_place(const std::filesystem::path& path);

/// What the file at `path` is, judged by its content, never by its name.
FileFormat recognise(const std::filesystem::path& path);

/// Reads any plan that diaodu knows.  Whatever is wrong with it stands in the findings; a file that
/// does not exist or cannot be read is a finding too.  `scenario`: which to read of a TaskJuggler project; empty: the
/// first.  Other forms have none.
ReadPlan read_plan(const std::filesystem::path& path, std::string_view scenario = {});

/// Writes the plan as a folder, or, where `path` ends in `.xlsx`, as a workbook, both with headers in that
/// language; as MSPDI where it ends in `.xml`, as a Primavera export where it ends in `.xer`.  Everything is written beside and then renamed; a folder's
/// other files stay.  The findings say what the form has no place for.  Throws
/// `std::filesystem::filesystem_error` when the disk fails.
Findings write_plan(const Plan& plan, const std::filesystem::path& path,
                    Language language = Language::english);

}  // namespace diaodu::formats
