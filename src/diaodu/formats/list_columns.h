#pragma once

#include <vector>

#include "diaodu/formats/list_rows.h"
#include "diaodu/formats/plan_tables.h"

namespace diaodu::formats {

/// Keeps in the plan what diaodu has no use for, and the listed dates; under names that are no column of
/// ours.
void keep_list_columns(const ListCells& cells, const std::vector<ListRow>& rows, ReadPlan& read);

}  // namespace diaodu::formats
