#pragma once

#include "diaodu/plan/plan.h"
#include "diaodu/report/page_parts.h"
#include "diaodu/solve/answer.h"

namespace diaodu::report {

/// More stretches of load are told as one for each division.
inline constexpr std::size_t kMostStretches = 20'000;

/// Into as many divisions the time of a schedule is divided at most.
inline constexpr std::int64_t kMostDivisions = 400;

/// Writes `resources`, `divisions` and `overloads` of a page's document.
void write_page_resources(PageWriter& writer, const Plan& plan, const solve::Answer& answer);

}  // namespace diaodu::report
