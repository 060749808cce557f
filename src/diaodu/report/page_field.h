#pragma once

#include "diaodu/report/field_tables.h"
#include "diaodu/report/page_parts.h"

namespace diaodu::report {

/// Writes `"field"` into an open object: duties with their stops, teams with who is in them and why, laboratories with
/// their backlog and turnaround, and all tables of the field; null where the plan has nothing of the kind.
void write_page_field(PageWriter& writer, const Dispatched& told);

}  // namespace diaodu::report
