#pragma once

#include "diaodu/plan/progress.h"
#include "diaodu/plan/sources.h"
#include "diaodu/solve/answer.h"

namespace diaodu::solve {

/// Lets `check`, which knows no solver, judge the schedule, and has the answer say so where it finds a fault.
///
/// `should_be_legal`: else it is known to break some rule.  `has_dates`: the findings tell already which dated limits
/// it breaks.
void ask_witness(const Plan& plan, const TaskStates& states, const Sources& sources,
                 bool should_be_legal, bool has_dates, Answer& answer);

/// Do mandatory dates alone demand more than there is, so that no schedule is legal?  By the rules that `schedule`,
/// which keeps these dates, breaks.
bool is_impossible(const Plan& plan, const TaskStates& states, const Schedule& schedule);

/// Lets `check` verify a bound that is evident from the plan: the evidence stands or falls without the solver.
void certify_bound(const Plan& plan, Answer& answer);

}  // namespace diaodu::solve
