#pragma once

#include <cstdint>
#include <deque>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "diaodu/core/finding.h"

namespace diaodu::formats {

/// One table of a Primavera export, as text.
struct XerTable {
  static constexpr std::size_t kAbsent = std::numeric_limits<std::size_t>::max();

  struct Row {
    std::int32_t line = 0;
    std::uint32_t num_cells = 0;
    std::size_t first_cell = 0;
  };

  std::string_view name;                 ///< `TASKPRED`
  std::vector<std::string_view> header;  ///< `pred_task_id`, ...
  std::vector<Row> rows;
  std::vector<std::string_view> cells;  ///< of all rows, trimmed of blanks

  std::size_t column(std::string_view field) const;
  /// Empty where the table has no such column, or the row ends before it.
  std::string_view cell(const Row& row, std::size_t column) const {
    return column < row.num_cells ? cells[row.first_cell + column] : std::string_view{};
  }
};

/// A Primavera export taken apart:
///
///   ERMHDR ⇥ version ⇥ date ⇥ ...
///   %T ⇥ table      %F ⇥ field ⇥ field ...      %R ⇥ cell ⇥ cell ...      %E
///
/// Nothing is quoted or escaped; 0x7F stands for a line break inside a cell.
struct XerFile {
  std::string file;
  std::unique_ptr<const std::string> text;  ///< UTF-8; every view points into it
  std::vector<std::string_view> header;     ///< of the ERMHDR line: its name, the version, ...
  std::deque<XerTable> tables;

  /// An empty table if the file has none of that name.
  const XerTable& table(std::string_view name) const;
  Where where(const XerTable::Row& row, std::size_t column = XerTable::kAbsent) const {
    return {.file = file,
            .line = row.line,
            .column = column == XerTable::kAbsent ? 0 : number_of(column)};
  }
  /// The number of a cell in its line, where `%R` is the first.
  static int number_of(std::size_t column) { return static_cast<int>(column) + 2; }
};

/// Lines that fit nowhere are reported, and ignored.
XerFile read_xer_tables(std::string_view bytes, std::string file, Findings& findings);

}  // namespace diaodu::formats
