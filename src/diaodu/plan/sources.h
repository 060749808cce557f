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
  uncertainty,
  correlations,
  weather,
  branches,
  peers,
  effects,
  steps,
  costs,
  groups,
  people,
  needs,
  visits,
  duties,
  travel_times,
  teams,
  team_rules,
  laboratories,
  lab_stages,
  lab_shifts,
  arrivals,
  cases,
  testing,
  offers,
  wishes,
  preferences,
};
inline constexpr std::size_t kNumTables = 39;

std::string_view table_name(TableKind kind);

/// Where each row of a plan was read, so that what is found wrong later can still point there.
/// A plan that was made in memory has none, and its findings name the rows instead.
struct Sources {
  struct TableSource {
    std::string file;
    std::vector<std::int32_t> lines;  ///< of each row that went into the plan's table; or `in_task`
    std::vector<std::pair<std::string, int>>
        columns;  ///< canonical name and its number in the file
  };
  std::array<TableSource, kNumTables> tables;

  /// The line of a link that was read from a cell of that task's row, not from a row of its own.
  static std::int32_t in_task(std::size_t row) { return -1 - static_cast<std::int32_t>(row); }

  TableSource& operator[](TableKind kind) { return tables[static_cast<std::size_t>(kind)]; }
  const TableSource& operator[](TableKind kind) const {
    return tables[static_cast<std::size_t>(kind)];
  }
  Where at(TableKind kind, std::size_t row, std::string_view column = {}) const;
};

}  // namespace diaodu
