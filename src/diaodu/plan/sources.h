#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diaodu/core/finding.h"

namespace diaodu {

/// The tables of a plan on disk.
enum class TableKind : std::uint8_t {
  plan,
  calendars,
  tasks,
  links,
  modes,
  resources,
  demands,
  availability,
  places,
  routes,
  targets,
  risks,
  decisions,
  progress,
};
inline constexpr std::size_t kNumTables = 14;

std::string_view table_name(TableKind kind);

/// Where each row of a plan was read, so that what is found wrong later can still point there.
/// A plan that was made in memory has none, and its findings name the rows instead.
struct Sources {
  struct TableSource {
    std::string file;
    /// Of each row that went into the plan's table.  A link may stand in the `predecessors` of a task
    /// instead: then it is minus that task's line.
    std::vector<std::int32_t> lines;
    std::vector<std::pair<std::string, int>> columns;  ///< canonical name and its number in the file
  };
  std::array<TableSource, kNumTables> tables;

  TableSource& operator[](TableKind kind) { return tables[static_cast<std::size_t>(kind)]; }
  const TableSource& operator[](TableKind kind) const {
    return tables[static_cast<std::size_t>(kind)];
  }
  Where at(TableKind kind, std::size_t row, std::string_view column = {}) const;
};

}  // namespace diaodu
