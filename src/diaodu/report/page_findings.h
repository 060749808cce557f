#pragma once

#include "diaodu/core/finding.h"
#include "diaodu/report/page_parts.h"

namespace diaodu::report {

/// The findings that a page holds at most; errors come first, the rest are counted.
inline constexpr std::size_t kMostPageFindings = 2'000;

/// Writes `"findings"` and `"num_findings_dropped"` into an open object.
void write_page_findings(PageWriter& writer, const Findings& findings);

}  // namespace diaodu::report
