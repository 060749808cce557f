#pragma once

#include <string>
#include <string_view>

#include "diaodu/core/finding.h"
#include "diaodu/formats/planned_dates.h"
#include "diaodu/plan/plan.h"
#include "diaodu/plan/sources.h"

namespace diaodu::formats {

/// The Primavera export `bytes` with the dates and floats of `dates` in its activities that are not completed;
/// all else byte for byte as it was, tables and fields that diaodu does not know included.  `plan` and `sources`
/// are what `read_xer` made of these bytes.
///
/// Written where the file has such a field: early_..., late_..., restart_date, reend_date, rem_late_...,
/// total_float_hr_cnt, free_float_hr_cnt, and, of activities that have not begun, target_...  A cell that says
/// the same already stays as it is.  Exports in UTF-16, which no Primavera writes, are refused with a finding.
std::string rewrite_xer(std::string_view bytes, const Plan& plan, const Sources& sources,
                        const PlannedTable& dates, Findings& findings);

}  // namespace diaodu::formats
