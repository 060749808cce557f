#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "diaodu/core/language.h"
#include "diaodu/plan/plan.h"
#include "diaodu/report/schedule_table.h"

namespace diaodu::report {

/// A table for spreadsheets: a sheet of a workbook, or a CSV file.
struct Grid {
  struct Column {
    std::string name;
    double width = 13;
    const char* number = nullptr;  ///< how numbers look in a workbook, in Excel's letters
  };
  using Row = std::vector<Cell>;

  const Words* name = nullptr;
  std::vector<Column> columns;
  std::vector<Row> rows;
};

/// UTF-8 with its mark, CRLF; a text that a spreadsheet would take for a formula gets an apostrophe in front.
std::string grid_csv(const Plan& plan, const Grid& grid);

/// Writes an Excel workbook, one sheet for each grid that has rows; `comment` goes into the file's properties.  Dates
/// are real dates.  Written beside and then renamed; the same grids give the same bytes.  Throws
/// `std::filesystem::filesystem_error` when the disk fails.
void write_grids(const Plan& plan, const std::vector<Grid>& grids, Language language,
                 std::string_view comment, const std::filesystem::path& path);

}  // namespace diaodu::report
