#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diaodu/core/finding.h"
#include "diaodu/formats/cells.h"
#include "diaodu/formats/list_header.h"
#include "diaodu/formats/sheet.h"

namespace diaodu::formats {

/// A row of a list that is a task.
struct ListRow {
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  std::size_t row = 0;  ///< of the grid
  std::string id;
  std::string_view name;
  std::size_t parent = kNone;  ///< among the rows
  bool is_summary = false;
  bool is_active = true;
  bool has_predecessors = false;
  std::optional<DateText> start;
  std::optional<DateText> finish;
};

/// The cells of a list.
struct ListCells {
  const Sheet& grid;
  const ListHeader& header;

  /// Without the blanks around it; empty where the list has no such column.
  std::string_view text(std::size_t row, ListColumn column) const {
    return header.has(column) ? bare(grid.cell(grid.rows[row], header[column]))
                              : std::string_view{};
  }
  std::string_view raw(std::size_t row, ListColumn column) const {
    return header.has(column) ? grid.cell(grid.rows[row], header[column]) : std::string_view{};
  }
  int line(std::size_t row) const { return grid.rows[row].line; }
  Where where(std::size_t row, ListColumn column) const {
    if (!header.has(column)) return {.file = grid.file, .line = line(row)};
    return grid.where(grid.rows[row], header[column]);
  }

  /// Blanks of Chinese and of typesetters go as well, and words that say "none".
  static std::string_view bare(std::string_view text);
};

/// What a reader of lists guessed, for a note.
using ListGuesses = std::vector<Argument>;

/// The tasks of the list, with their ids and parents.
std::vector<ListRow> find_list_rows(const ListCells& cells, ListGuesses& guesses,
                                    Findings& findings);

}  // namespace diaodu::formats
