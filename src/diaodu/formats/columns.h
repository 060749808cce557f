#pragma once

#include <span>
#include <string_view>

#include "diaodu/core/finding.h"
#include "diaodu/plan/sources.h"

namespace diaodu::formats {

/// One column of one table: its name, the other names under which people write it, and what it
/// holds. Readers, writers, `init` and the documentation all go by this one table.
struct Column {
  TableKind table;
  std::string_view name;
  std::string_view aliases;  ///< separated by `|`, folded
  bool is_required = false;
  Words meaning;
};

std::span<const Column> all_columns();

/// What its header is called: its name, in Chinese its first Chinese one.
Argument label_of(const Column& column);

/// The column of that table whose name or alias is `header` (compared folded); null if there is
/// none.
const Column* find_column(TableKind table, std::string_view header);

/// The known name nearest to a misspelt one; empty if none is near.
std::string_view nearest_column(TableKind table, std::string_view header);

/// What a sheet of that table is called: `tasks`, in Chinese `任务`.
std::string_view sheet_name(TableKind table, Language language);

/// The table that a file or sheet of this name holds, if it is one of a plan's.
const TableKind* find_table(std::string_view name);

/// How many letters must be changed, added or dropped; stops counting above `limit`.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit);

}  // namespace diaodu::formats
