#pragma once

#include "diaodu/core/time.h"
#include "diaodu/forecast/risk.h"
#include "diaodu/plan/plan.h"
#include "diaodu/plan/schedule.h"
#include "diaodu/report/page_parts.h"

namespace diaodu::report {

/// What drives the finish most: so many tasks are told.
inline constexpr std::size_t kMostPageDrivers = 20;

/// What moves the finish most: so many tasks and risks are drawn.
inline constexpr std::size_t kMostPageMovers = 20;

/// Writes `risk` of a page's document: null where there is no forecast, or one without trials.
void write_page_risk(PageWriter& writer, const Plan& plan, const Schedule& schedule,
                     const forecast::Forecast* forecast);

/// The latest date that the page's charts show of a forecast; `kEver` if there is none.
Instant last_shown(const forecast::Forecast* forecast);

}  // namespace diaodu::report
