#pragma once

#include <string>
#include <vector>

#include "diaodu/core/language.h"
#include "diaodu/plan/plan.h"
#include "diaodu/solve/answer.h"

namespace diaodu::report {

/// Why the task starts where it starts, in one short line: `'Crane' busy until 2024-03-01 17:00:
/// 'Erect frame'`.  Empty when there is no schedule.
std::string why_line(const Plan& plan, const solve::Answer& answer, TaskId task, Language language);

/// The same in a few words for a table that shows the dates beside: `Crane busy: B4`, `after A2`.
std::string why_brief(const Plan& plan, const solve::Answer& answer, TaskId task,
                      Language language);

/// The task that holds this one: at the other end of the link, the last to leave the resource, or a
/// summary's first child.  None where the reason is no other task.
TaskId held_by(const solve::Answer& answer, TaskId task);

/// The task, the one that holds it, the one that holds that, ... back to where the plan begins.
std::vector<TaskId> chain_back(const solve::Answer& answer, TaskId task);

/// The whole story of a task's start for people: the chain followed back to the plan's start, with
/// dates, who occupies what until when and which calendars are waited for; its floats; and what
/// would let it start earlier.  No line is wider than `width`.
std::string why_story(const Plan& plan, const solve::Answer& answer, TaskId task, Language language,
                      int width = 80);

}  // namespace diaodu::report
