#include "diaodu/plan/sources.h"

namespace diaodu {

std::string_view table_name(TableKind kind) {
  static constexpr std::array<std::string_view, kNumTables> kNames = {
      "plan",         "calendars",    "tasks",       "links",        "modes",   "resources",
      "demands",      "availability", "places",      "routes",       "targets", "risks",
      "decisions",    "progress",     "uncertainty", "correlations", "weather", "branches",
      "peers",        "effects",      "steps",       "costs",        "groups",  "people",
      "needs",        "visits",       "duties",      "travel_times", "teams",   "team_rules",
      "laboratories", "lab_stages",   "lab_shifts",  "arrivals",     "cases",   "testing",
      "offers",       "wishes",       "preferences"};
  return kNames[static_cast<std::size_t>(kind)];
}

Where Sources::at(TableKind kind, std::size_t row, std::string_view column) const {
  const TableSource& source = (*this)[kind];
  if (row < source.lines.size() && source.lines[row] < 0) {
    return at(TableKind::tasks, static_cast<std::size_t>(-1 - source.lines[row]), "predecessors");
  }
  Where where{.file = source.file};
  if (row < source.lines.size()) where.line = source.lines[row];
  for (const auto& [name, number] : source.columns) {
    if (name == column && where.line > 0) where.column = number;
  }
  return where;
}

}  // namespace diaodu
