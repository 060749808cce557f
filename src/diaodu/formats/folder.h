#pragma once

#include <filesystem>
#include <string_view>

#include "diaodu/formats/plan_tables.h"

namespace diaodu::formats {

/// Is it, by its name, a CSV that would be read as a table of the plan in its folder?
bool is_plan_table(const std::filesystem::path& file);

/// Reads a plan folder: `plan.toml`, and a CSV file for each table.  Files that hold no table of a
/// plan are reported and not opened.
ReadPlan read_folder(const std::filesystem::path& folder);

/// Writes the plan as a folder: `plan.toml`, and a CSV file for each table that has rows.  The
/// files of all tables, written or not, are those of this plan afterwards; other files stay.  A CSV
/// with letters outside ASCII begins with a byte-order mark, so that spreadsheet programs show
/// them.
void write_folder(const Plan& plan, const std::filesystem::path& folder, Language language);

/// The plan that a lone CSV of tasks amounts to.  Where tasks may not start before some date, the
/// earliest such date is the plan's start, and a finding says so.
ReadPlan read_lone_table(std::string_view bytes, const std::string& file);

/// The plan of a lone CSV that is somebody's own list of tasks (`read_task_list`).
ReadPlan read_lone_list(std::string_view bytes, const std::string& file);

/// True when these first bytes of a file are those of such a list.
bool looks_like_list(std::string_view bytes);

/// True when these first bytes of a file are the header of a table of tasks.
bool looks_like_tasks(std::string_view bytes);

}  // namespace diaodu::formats
