#pragma once

#include <string>
#include <variant>
#include <vector>

#include "diaodu/core/language.h"
#include "diaodu/plan/plan.h"
#include "diaodu/solve/answer.h"

namespace diaodu::report {

/// What stands in a cell: nothing, words, a date, or a number.
using Cell = std::variant<std::monostate, std::string, Instant, double>;

/// The schedule as a table: one row for each task in the order of the outline.
struct ScheduleTable {
  struct Column {
    const Words* header;
    int width;  ///< in letters, for a sheet
  };
  struct Row {
    TaskId task;
    int depth = 0;
    bool is_critical = false;
    bool is_summary = false;
    std::vector<Cell> cells;
  };
  std::vector<Column> columns;
  std::vector<Row> rows;
};

/// id, task, level, kind, start, finish, duration, earliest and latest dates, floats, critical,
/// mode, resources, deadline, why, and for programs where what remains begins and who fills which demand
/// for a skill; where there is a baseline, its start and how far the task has moved (later: more than 0).  Durations and floats are in days of the task's calendar (around
/// the clock if it is an elapsed one), in a benchmark instance in periods.
ScheduleTable schedule_table(const Plan& plan, const solve::Answer& answer, Language language);

/// The table as CSV: UTF-8 with its mark (Excel asks for it), commas, CRLF, headers in the
/// language.  A text that a spreadsheet would take for a formula gets an apostrophe in front.
std::string schedule_csv(const Plan& plan, const solve::Answer& answer, Language language);

}  // namespace diaodu::report
