#pragma once

#include "diaodu/plan/plan.h"
#include "diaodu/report/page_calendars.h"
#include "diaodu/report/page_parts.h"
#include "diaodu/solve/answer.h"

namespace diaodu::report {

/// Writes `tasks` and `links` of a page's document; empty columns where there is no schedule.
void write_page_tasks(PageWriter& writer, const Plan& plan, const solve::Answer& answer,
                      const PageCalendars& calendars);

}  // namespace diaodu::report
