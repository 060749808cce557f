#pragma once

#include <cstddef>

#include "diaodu/plan/plan.h"
#include "diaodu/report/page_parts.h"
#include "diaodu/track/status.h"

namespace diaodu::report {

/// A page holds so many tasks of each of its lists at most; how many there are in all it tells.
inline constexpr std::size_t kMostPageLights = 200;
inline constexpr std::size_t kMostPageSlips = 200;
inline constexpr std::size_t kMostPageCritical = 100;
inline constexpr std::size_t kMostPageAhead = 400;

/// Plans of more weeks are told by months alone.
inline constexpr std::size_t kMostPageWeeks = 400;

/// Writes `status` of a page's document: null where nobody asked.
void write_page_status(PageWriter& writer, const Plan& plan, const track::Status* status);

}  // namespace diaodu::report
