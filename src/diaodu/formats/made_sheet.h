#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "diaodu/formats/sheet.h"

namespace diaodu::formats {

/// A table that a reader of another form fills in memory, for `make_plan` to read like one on disk.
/// Rows and cells remember where they come from; 0 stands for no column in particular.
class MadeSheet {
 public:
  struct Cell {
    std::string_view text;
    int column = 0;
  };

  /// `name`: of the table.  `file`: what findings call the file.
  MadeSheet(std::string_view name, std::string_view file, std::initializer_list<Cell> header) {
    sheet_.name = name;
    sheet_.file = file;
    for (const Cell& column : header) {
      sheet_.header.emplace_back(column.text);
      sheet_.shown_columns.push_back(column.column);
    }
  }

  std::size_t num_rows() const { return sheet_.rows.size(); }

  /// A row that comes from `line`; its texts are copied.  Missing cells are empty.
  void add(int line, std::initializer_list<Cell> cells) {
    sheet_.rows.push_back({.line = line,
                           .first_cell = static_cast<std::uint32_t>(sheet_.cells.size()),
                           .num_cells = static_cast<std::uint32_t>(cells.size())});
    for (const Cell& cell : cells) {
      sheet_.cells.push_back(sheet_.letters.keep(cell.text));
      sheet_.cell_columns.push_back(cell.column);
    }
  }

  Sheet take() { return std::move(sheet_); }

 private:
  Sheet sheet_;
};

}  // namespace diaodu::formats
