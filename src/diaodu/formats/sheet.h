#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "diaodu/core/finding.h"

namespace diaodu::formats {

/// The text that cells point into.  It may move, and its letters stay where they are; a copy would
/// be other letters.
class Letters : public std::deque<std::string> {
 public:
  Letters() = default;
  Letters(Letters&&) = default;
  Letters& operator=(Letters&&) = default;

  /// Keeps a short text together with others in few large blocks; only for texts kept in this way.
  std::string_view keep(std::string_view text);
};

/// A table of text, as a CSV file or a sheet of a workbook holds it: a header and rows.  Cells are
/// trimmed of blanks around them.
struct Sheet {
  struct Row {
    std::int32_t line = 0;  ///< in the file; of a workbook, the row's number
    std::uint32_t first_cell = 0;
    std::uint32_t num_cells = 0;
    std::size_t begin = 0;  ///< of its text in `letters.front()`; CSV only
  };

  std::string file;  ///< as findings name it: `tasks.csv`, `plan.xlsx[tasks]`
  std::string name;  ///< `tasks`
  std::vector<std::string> header;
  std::int32_t header_line = 1;
  std::vector<Row> rows;
  std::vector<std::string_view> cells;  ///< of all rows; views into what `letters` keeps
  std::vector<std::uint32_t> offsets;   ///< of each cell in its row's text; empty: not a CSV
  bool has_decimal_comma = false;
  bool is_grid =
      false;  ///< to be read without a header: all rows are rows, blanks before texts stay
  std::vector<int> shown_columns;  ///< what findings call each column; empty: its own number
  std::vector<int> cell_columns;   ///< likewise of each cell, where a table is made of another form

  Letters letters;

  std::string_view cell(const Row& row, std::size_t column) const {
    return column < row.num_cells ? cells[row.first_cell + column] : std::string_view{};
  }
  Where where(const Row& row, std::size_t column) const {
    return {.file = file, .line = row.line, .column = column_number(row, column)};
  }
  /// In a CSV line, counted in letters, and 0 beyond `kMostCounted`; in a workbook the number of the cell.
  int column_number(const Row& row, std::size_t column) const;
  /// Of the column as a whole.
  int header_number(std::size_t column) const {
    return column < shown_columns.size() ? shown_columns[column] : static_cast<int>(column) + 1;
  }
};

/// What its columns are called: by their headers; those that have none, `column 3` where a cell of theirs holds
/// something, else nothing.
std::vector<std::string> column_names(const Sheet& sheet);

/// More of anything than this is no plan but an attack or an accident.
inline constexpr std::size_t kMostRows = 16'000'000;  ///< of links, which are small
inline constexpr std::size_t kMostNamedRows =
    4'000'000;  ///< of tasks and what else has names and dates
inline constexpr std::size_t kMostColumns = 1'000;
inline constexpr std::size_t kMostCells = 40'000'000;  ///< of a table, or of a workbook
inline constexpr std::size_t kMostCellBytes = 64 * 1024;
inline constexpr Words kTooLong{"a text of more than 65,536 bytes is cut there",
                                "文本超过 65,536 字节，其后部分已截去"};

/// In bytes of a line: nobody looks for a column beyond.
inline constexpr std::size_t kMostCounted = 64 * 1024;

}  // namespace diaodu::formats
