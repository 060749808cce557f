#pragma once

#include <string>

#include "diaodu/core/language.h"
#include "diaodu/plan/plan.h"

namespace diaodu {

/// The instant as the plan's clocks show it, `2024-04-12 16:00`; in a benchmark instance the number of
/// periods since the start.
std::string show(const Plan& plan, Instant instant);

/// The end of a stretch of time: midnight belongs to the day before, `2024-04-12 24:00`.
std::string show_end(const Plan& plan, Instant instant);

/// With the day of the week: `Fri 2024-04-12 16:00`, `2024-04-12 周五 16:00`.
std::string show_with_weekday(const Plan& plan, Instant instant, Language language);

/// Working time in the terms of a calendar, `3d`, `2.5d`, `6h`, `45min`; in a benchmark instance the
/// number of periods.
std::string show(const Plan& plan, WorkTime time, const NamedCalendar& calendar);

/// Time on the clock: `3 d 4 h`, `45 min`; in Chinese `3天4小时`.
std::string show(const Plan& plan, Elapsed time, Language language);

/// The task as people call it: `'Pour slab'`, in Chinese “浇筑底板”.
std::string quoted(const Plan& plan, TaskId task, Language language);
std::string quoted(const Plan& plan, ResourceId resource, Language language);

}  // namespace diaodu
