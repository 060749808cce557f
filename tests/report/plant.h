#pragma once

#include <string>
#include <string_view>

#include "diaodu/plan/plan.h"
#include "diaodu/solve/answer.h"

namespace diaodu::report {

/// A plan as a user would write it: `plan.toml` and CSV tables.  Fails the test if it has errors.
Plan make_plan(std::string_view toml, std::string_view tasks, std::string_view resources = {},
               std::string_view demands = {}, std::string_view progress = {});

/// A hall with a roof, a crane and a fitting-out: 18 tasks in three summaries, milestones,
/// deadlines (one of them missed), one crane that three tasks want, names in both languages.
Plan make_plant();

/// Four jobs of a benchmark: no dates, one machine.
Plan make_benchmark();

/// An answer by the simplest means: dates by links; then, if `is_levelled`, one task after the
/// other where its resources are free.  Not optimal, and it says so.
solve::Answer answer(const Plan& plan, bool is_levelled = true);

TaskId find_task(const Plan& plan, std::string_view id);

}  // namespace diaodu::report
