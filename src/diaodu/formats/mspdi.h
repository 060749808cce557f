#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "diaodu/formats/plan_tables.h"

namespace diaodu::formats {

/// Does it begin like the XML of Microsoft Project?
bool looks_like_mspdi(std::string_view text);

/// Reads Microsoft Project's XML (MSPDI, 2002 and later); `file` is what findings call it.
///
/// | Project                        | plan                                                           |
/// |--------------------------------|----------------------------------------------------------------|
/// | Project                        | name, start, status date, calendar, critical slack             |
/// | Calendar                       | calendars by their names; exceptions that recur become dates   |
/// | Task                           | tasks by their IDs; outline levels make summaries              |
/// | Manual                         | mandatory start                                                |
/// | ConstraintType, Deadline       | constraint, deadline                                           |
/// | Actual..., PercentComplete     | progress                                                       |
/// | Baseline 0 to 10, WBS, fields  | columns that diaodu keeps as they are                          |
/// | PredecessorLink                | links                                                          |
/// | Resource, AvailabilityPeriod   | resources by their names, availability                         |
/// | Assignment                     | demands                                                        |
///
/// Lags count on the calendar of the task after the link, where any task has one, else on the project's;
/// total slack is the smaller of start and finish slack.  A project that is scheduled from its finish
/// becomes tasks that are as late as possible before that finish.  Splits, work contours and levelling
/// delays are reported.  Dates are taken as they stand, in UTC; parts of minutes are rounded.
ReadPlan read_mspdi(std::string_view bytes, std::string file);

/// The same piece by piece from the disk, so that the file need not fit into memory.
ReadPlan read_mspdi_file(const std::filesystem::path& path);

}  // namespace diaodu::formats
