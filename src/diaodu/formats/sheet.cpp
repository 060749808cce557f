#include "diaodu/formats/sheet.h"

#include "diaodu/formats/encoding.h"

#include <algorithm>

namespace diaodu::formats {

std::string_view Letters::keep(std::string_view text) {
  constexpr std::size_t kBlock = 1 << 20;
  if (text.empty()) return {};
  if (empty() || back().capacity() - back().size() < text.size()) {
    emplace_back().reserve(std::max(kBlock, text.size()));
  }
  std::string& block = back();
  const std::size_t begin = block.size();
  block += text;  // within its capacity: nothing moves
  return std::string_view(block).substr(begin);
}

std::vector<std::string> column_names(const Sheet& sheet) {
  std::vector<std::string> names = sheet.header;
  const auto is_nameless = [](const std::string& header) { return header.empty(); };
  if (std::none_of(names.begin(), names.end(), is_nameless)) return names;
  for (const Sheet::Row& row : sheet.rows) {
    const std::size_t width = std::min<std::size_t>(row.num_cells, names.size());
    for (std::size_t i = 0; i < width; ++i) {
      if (names[i].empty() && !sheet.cell(row, i).empty())
        names[i] = "column " + std::to_string(sheet.header_number(i));
    }
  }
  return names;
}

int Sheet::column_number(const Row& row, std::size_t column) const {
  if (!cell_columns.empty())
    return column < row.num_cells ? cell_columns[row.first_cell + column] : 0;
  if (offsets.empty()) return static_cast<int>(column) + 1;
  if (column >= row.num_cells) return 0;
  const std::uint32_t offset = offsets[row.first_cell + column];
  if (offset > kMostCounted) return 0;
  return num_letters(std::string_view(letters.front()).substr(row.begin, offset)) + 1;
}

}  // namespace diaodu::formats
