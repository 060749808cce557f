#pragma once

#include <string>

#include "diaodu/core/language.h"
#include "diaodu/plan/plan.h"
#include "diaodu/solve/answer.h"

namespace diaodu::report {

/// The Gantt chart of `gantt_svg` as a PDF, cut between rows into pages that each have the title, the
/// legend and the axis: A4 across, or A3 across where A4 would take more than `kMostSmallPages`.
/// Letters are at least 7 points high on either.  Text can be searched and copied.
///
/// The same plan and answer give the same bytes: the file says that it was made at the plan's start.
/// Letters come from the machine's fonts.  Throws `std::bad_alloc` where memory ends.
std::string gantt_pdf(const Plan& plan, const solve::Answer& answer, Language language);

/// More small pages are harder to read than fewer large ones.
inline constexpr std::size_t kMostSmallPages = 2;

}  // namespace diaodu::report
