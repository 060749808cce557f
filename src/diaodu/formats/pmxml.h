#pragma once

#include <string>
#include <string_view>

#include "diaodu/formats/plan_tables.h"

namespace diaodu::formats {

/// Does it begin like the XML of Primavera P6?
bool looks_like_pmxml(std::string_view text);

/// Reads Primavera's XML (PMXML, any version); `file` is what findings call it.  Its objects become the tables of
/// an XER file, and these the plan (`read_xer`), so that both forms of one project give one plan.
///
/// Baseline projects are not read.  Of several projects the first is.
ReadPlan read_pmxml(std::string_view bytes, std::string file);

}  // namespace diaodu::formats
