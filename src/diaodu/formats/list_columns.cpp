#include "diaodu/formats/list_columns.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "diaodu/formats/columns.h"

namespace diaodu::formats {

using enum ListColumn;

void keep_list_columns(const ListCells& cells, const std::vector<ListRow>& rows, ReadPlan& read) {
  std::unordered_map<std::int32_t, std::size_t> row_of;
  for (const ListRow& row : rows) row_of[cells.line(row.row)] = row.row;
  const auto& lines = read.sources[TableKind::tasks].lines;
  std::unordered_set<std::string> taken;
  for (const ForeignColumn& other : read.plan.foreign) {
    if (other.table == "tasks") taken.insert(folded(other.name));
  }
  const std::vector<std::string>& names = cells.header.names;
  std::size_t width = names.size();
  for (const ListRow& row : rows)
    width = std::max<std::size_t>(width, cells.grid.rows[row.row].num_cells);
  std::vector<std::size_t> place(width, ListRow::kNone);
  for (std::size_t column = 0; column < width; ++column) {
    const auto use = std::find(cells.header.columns.begin(), cells.header.columns.end(), column);
    const auto used_as = static_cast<ListColumn>(use - cells.header.columns.begin());
    const bool is_kept_besides =
        used_as == start || used_as == finish || used_as == wbs || used_as == priority;
    if (use != cells.header.columns.end() && !is_kept_besides) continue;
    ForeignColumn kept{
        .table = "tasks", .name = column < names.size() ? names[column] : "", .cells = {}};
    if (kept.name.empty()) kept.name = "column " + std::to_string(cells.grid.header_number(column));
    if (find_column(TableKind::tasks, kept.name) != nullptr) kept.name = "list " + kept.name;
    if (taken.contains(folded(kept.name))) kept.name += " " + std::to_string(column + 1);
    taken.insert(folded(kept.name));
    place[column] = read.plan.foreign.size();
    read.plan.foreign.push_back(std::move(kept));
  }
  // Row by row: a header may be much wider than most rows.
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto known = row_of.find(lines[i]);
    if (known == row_of.end()) continue;
    const Sheet::Row& row = cells.grid.rows[known->second];
    for (std::size_t column = 0; column < std::min<std::size_t>(row.num_cells, place.size());
         ++column) {
      const std::string_view written = trimmed(cells.grid.cell(row, column));
      if (place[column] == ListRow::kNone || written.empty()) continue;
      read.plan.foreign[place[column]].cells.push_back(
          {static_cast<std::uint32_t>(i), read.plan.text(written)});
    }
  }
  std::erase_if(read.plan.foreign,
                [](const ForeignColumn& column) { return column.cells.empty(); });
}

}  // namespace diaodu::formats
