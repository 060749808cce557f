#pragma once

#include "diaodu/core/finding.h"
#include "diaodu/plan/sources.h"
#include "diaodu/solve/generate.h"
#include "diaodu/solve/level.h"

namespace diaodu::solve {

/// In words: the task that found no place in any schedule, and what it waited for.
void report_stuck(const Model& model, const Generator& generator, const Sources& sources,
                  Findings& findings);

/// In words: tasks that cannot all be done, and what they clash over.
void report_clash(const Model& model, const Levelling& levelling, const Sources& sources,
                  Findings& findings);

}  // namespace diaodu::solve
