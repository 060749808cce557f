#pragma once

#include "diaodu/formats/plan_tables.h"
#include "diaodu/formats/sheet.h"

namespace diaodu::formats {

/// Reads somebody's list of tasks: one sheet, in English or Chinese, of a spreadsheet program or exported
/// by MS Project.  `grid` is the sheet without a header (`Sheet::is_grid`), of which `is_task_list` holds.
///
/// | the list                     | plan                                                            |
/// |------------------------------|-----------------------------------------------------------------|
/// | title above the header       | name                                                            |
/// | earliest start               | start                                                           |
/// | outline levels, WBS numbers, indents, headings | summaries, whichever comes first of these     |
/// | duration, else start and finish | duration                                                     |
/// | start without predecessors   | start on or after; of a task scheduled by hand mandatory        |
/// | predecessors                 | links, by id, WBS number or name                                |
/// | resources `Anna[50%]; Bob`   | resources and demands                                           |
/// | percent, actual dates        | progress                                                        |
/// | other columns, listed dates  | columns that diaodu keeps as they are                           |
///
/// Days are worked on that calendar of standard, six days, every day and China's which most rows agree with
/// between their dates and durations.  What is guessed is told in notes; what cannot be read, in findings that
/// name the sheet, row and column.
ReadPlan read_task_list(const Sheet& grid, Findings findings);

}  // namespace diaodu::formats
