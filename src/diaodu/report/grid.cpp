#include "diaodu/report/grid.h"

#include <xlsxwriter.h>

#include <algorithm>
#include <cmath>

#include "diaodu/core/decimal.h"
#include "diaodu/formats/csv.h"
#include "diaodu/plan/show.h"
#include "diaodu/report/sheets.h"

namespace diaodu::report {
namespace {

class Book : private Sheets {
 public:
  using Sheets::Sheets;

  int write(const std::vector<Grid>& grids) {
    for (const Grid& grid : grids) write(grid);
    return close();
  }

 private:
  void write(const Grid& grid) {
    if (grid.rows.empty()) return;
    lxw_worksheet* sheet = add_sheet(*grid.name);
    for (std::size_t i = 0; i < grid.columns.size(); ++i)
      add_header(sheet, i, grid.columns[i].name, grid.columns[i].width);
    const std::size_t num_rows = std::min(grid.rows.size(), kMostRows);
    for (std::size_t row = 0; row < num_rows; ++row) {
      for (std::size_t i = 0; i < grid.columns.size(); ++i)
        put_cell(sheet, row + 1, i, grid.rows[row][i], {.number = grid.columns[i].number});
    }
    worksheet_freeze_panes(sheet, 1, 1);
    worksheet_autofilter(sheet, 0, 0, static_cast<lxw_row_t>(num_rows),
                         static_cast<lxw_col_t>(grid.columns.size() - 1));
  }
};

std::string csv_text(const Plan& plan, const Cell& cell) {
  if (const auto* instant = std::get_if<Instant>(&cell)) return show(plan, *instant);
  if (const auto* value = std::get_if<double>(&cell)) {
    constexpr double kScale = 1e4;
    return decimal_string(std::llround(*value * kScale), 4);
  }
  const auto* text = std::get_if<std::string>(&cell);
  if (text == nullptr || text->empty()) return {};
  const bool is_like_formula =
      std::string_view("=+-@\t\r").find(text->front()) != std::string_view::npos;
  return formats::csv_cell(is_like_formula ? '\'' + *text : *text);
}

}  // namespace

std::string grid_csv(const Plan& plan, const Grid& grid) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  std::string csv(kMark);
  for (std::size_t i = 0; i < grid.columns.size(); ++i) {
    if (i > 0) csv += ',';
    csv += formats::csv_cell(grid.columns[i].name);
  }
  csv += "\r\n";
  for (const Grid::Row& row : grid.rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i > 0) csv += ',';
      csv += csv_text(plan, row[i]);
    }
    csv += "\r\n";
  }
  return csv;
}

void write_grids(const Plan& plan, const std::vector<Grid>& grids, Language language,
                 std::string_view comment, const std::filesystem::path& path) {
  write_beside(path, [&](const std::string& file) {
    return Book(plan, language, file, comment).write(grids);
  });
}

}  // namespace diaodu::report
