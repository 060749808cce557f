#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diaodu/formats/sheet.h"

namespace diaodu::formats {

/// What a column of somebody's list of tasks holds.
enum class ListColumn : std::uint8_t {
  id,
  name,
  wbs,    ///< `1.2.3`
  level,  ///< 1, 2, 3
  duration,
  start,
  finish,
  actual_start,
  actual_finish,
  predecessors,
  successors,
  resources,
  owner,
  percent,
  milestone,
  deadline,
  priority,
  constraint,
  constraint_date,
  mode,    ///< scheduled by hand or not
  active,  ///< no: not part of the plan
  notes,
};
inline constexpr std::size_t kNumListColumns = 22;

/// What it is called in a note: `name`, in Chinese `任务名称`.
Words label_of(ListColumn column);

/// Where the header of a list stands, and which column is what.
struct ListHeader {
  static constexpr std::size_t kAbsent = static_cast<std::size_t>(-1);

  std::size_t row = 0;       ///< of the grid
  std::size_t num_rows = 1;  ///< two where groups of columns have a name above theirs
  std::array<std::size_t, kNumListColumns> columns{};
  std::vector<std::string> names;  ///< of all columns, as written; both rows joined
  /// What a bare number in the duration's column counts, told by its name: `d` for `Duration (days)`.
  std::string duration_unit;

  std::size_t operator[](ListColumn column) const {
    return columns[static_cast<std::size_t>(column)];
  }
  bool has(ListColumn column) const { return (*this)[column] != kAbsent; }
};

/// The first of the rows near the top that names most columns of a list: a name or a number of tasks, and
/// when or how long or after what they are done.  Titles above it do not matter, nor do cells merged over
/// two rows or over several columns.
std::optional<ListHeader> find_list_header(const Sheet& grid);

/// True where the grid is a list of tasks, and `tasks` would not be read better as a table of ours.
bool is_task_list(const Sheet& grid);

}  // namespace diaodu::formats
