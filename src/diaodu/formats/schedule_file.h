#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "diaodu/core/finding.h"
#include "diaodu/plan/schedule.h"

namespace diaodu::formats {

/// Reads a schedule of `plan` from a CSV file, as `schedule -o` writes it or as people make it: one row a
/// task with `id`, `start`, `finish`, and, where it has them, `mode`, `resumes` (where what remains of a
/// started task begins) and `assigned` (who fills demands for skills: `weld=anna 1`), under their English
/// or Chinese headers.  Other columns do not matter.  A bare date means that day's work: of a start the first minute in
/// which the task may be at work, of a finish the last.  Tasks without a row or without dates count as left
/// out; summaries span their children, whatever the file says of them.
Schedule read_schedule(const std::filesystem::path& path, const Plan& plan, Findings& findings);

/// The same of bytes in memory; findings call them `file`.
Schedule read_schedule(std::string_view bytes, std::string file, const Plan& plan,
                       Findings& findings);

/// Reads where each task starts in a schedule that was made earlier, of this plan as it was then: a CSV file as
/// above, or a workbook as `schedule -o` writes it.  Only `id` and `start` matter.  Tasks that the plan no longer
/// has are reported together, as a warning.
Baseline read_baseline(const std::filesystem::path& path, const Plan& plan, Findings& findings);

/// The same of bytes in memory.
Baseline read_baseline(std::string_view bytes, std::string file, const Plan& plan,
                       Findings& findings);

/// The dates of a schedule that was agreed upon, to measure progress against.
struct AgreedSchedule {
  Table<TaskId, Interval> dates;  ///< kNever for what is not in it
  Table<TaskId, char> critical;   ///< 1: its column `critical` says so
  bool knows_critical = false;    ///< it has that column
};

/// Reads `id`, `start`, `finish` and, if there is one, `critical` of every task, milestone and summary, from the same
/// files as `read_baseline`.
AgreedSchedule read_agreed(const std::filesystem::path& path, const Plan& plan, Findings& findings);

/// The same of bytes in memory.
AgreedSchedule read_agreed(std::string_view bytes, std::string file, const Plan& plan,
                           Findings& findings);

}  // namespace diaodu::formats
