#pragma once

#include <string_view>
#include <vector>

#include "diaodu/plan/plan.h"
#include "diaodu/plan/sources.h"

namespace diaodu::report {

struct TableCount {
  TableKind table;
  std::size_t num_rows = 0;
};

/// How many rows the plan has of each table that has any, in the order of `TableKind`.  Settings and calendars are not
/// counted: their tables are another form of `plan.toml`.
std::vector<TableCount> table_counts(const Plan& plan);

}  // namespace diaodu::report
