#pragma once

#include "diaodu/core/finding.h"
#include "diaodu/plan/sources.h"
#include "diaodu/solve/answer.h"
#include "diaodu/solve/critical_path.h"

namespace diaodu::solve {

/// Circles, and dates beyond all calendars, in words.
void report_circle(const Network& network, const Circle& circle, const Sources& sources,
                   Findings& findings);

/// Likewise a circle of tasks in the quickest of their modes, which slower ones may open.
void report_quickest_circle(const Network& network, const Circle& circle, const Sources& sources,
                            Findings& findings);

/// True (and a finding) if a task would have to lie beyond the last year that a plan may use.
bool report_beyond_time(const Network& network, const CriticalPath& path, const Sources& sources,
                        Findings& findings);

/// Which dated limits `placements` break, each with the chain of tasks that causes it, and which
/// deadlines they miss.  True if a hard limit is broken.
bool report_limits(const Plan& plan, const WorkingTimes& times, const TaskStates& states,
                   const Answer& answer, const Sources& sources, Findings& findings);

/// A warning where the schedule runs on, by a calendar with China's statutory holidays, into years whose
/// holidays nobody has announced yet.
void report_unannounced_holidays(const Plan& plan, Instant finish, Findings& findings);

/// Links that a mandatory date overrides.
void report_broken_links(const Network& network, const CriticalPath& path, const Sources& sources,
                         Findings& findings);

/// `A, B, C`, with the rest counted where there are many.
Argument list_text(const Plan& plan, const std::vector<TaskId>& tasks);
Argument list_text(const Plan& plan, const std::vector<ResourceId>& resources);

}  // namespace diaodu::solve
