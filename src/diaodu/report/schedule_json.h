#pragma once

#include <string>

#include "diaodu/core/language.h"
#include "diaodu/plan/plan.h"
#include "diaodu/solve/answer.h"

namespace diaodu::report {

/// The whole answer as one JSON document, for programs:
///
///   plan, start, status (optimal | feasible | infeasible | unknown), levelled, finish, makespan,
///   bound, gap, proof {kind, text, ...}, proof_log {state, finish, ...}, seconds, seconds_to_best, steps, seed, cancelled, tasks
///   [{id, name, kind, start, finish, earliest_start, earliest_finish, latest_start,
///     latest_finish, total_float, free_float, critical, mode, deadline, missed, resources, why
///     {kind, text, ...}}],
///   critical_chain [id], float_paths [{total_float, tasks [id]}], log [{seconds, steps, finish,
///   bound}], findings [{severity, code, file, line, column, message, hint}]
///
/// Dates are `YYYY-MM-DD HH:MM` on the plan's clocks, or the number of periods in a benchmark
/// instance; floats and the makespan are minutes, or periods.  What there is not is null: dates
/// when there is no schedule, floats of what is completed.  `language` is that of `text`, `message`
/// and `hint`.
std::string schedule_json(const Plan& plan, const solve::Answer& answer, Language language);

/// What `why` says of one task, for programs: {status, task {...}, chain [{...}], findings}.  `task` and
/// the members of `chain` (the task, the one that holds it, ... back to the plan's start) are as in
/// `schedule_json`.
std::string why_json(const Plan& plan, const solve::Answer& answer, TaskId task, Language language);

}  // namespace diaodu::report
