#pragma once

#include "diaodu/report/dispatch_tables.h"
#include "diaodu/report/page_parts.h"

namespace diaodu::report {

/// Writes `"departures"`, `"groups"`, `"parties"` and `"sheets"` of a muster's page into an open object: what goes
/// when with whom, and what each team and each group without a team is told.
void write_page_orders(PageWriter& writer, const Mustered& mustered);

}  // namespace diaodu::report
