#pragma once

#include "diaodu/plan/plan.h"
#include "diaodu/plan/sources.h"

namespace diaodu {

/// Fills in what follows from the tables alone: tasks with children become summaries, a data date is
/// assumed where there is progress without one.
void complete(Plan& plan, const Sources& sources, Findings& findings);

/// Judges what the rows amount to together: circles of parents, links without meaning, demands that
/// no capacity can meet, dates that contradict each other.  Single cells were judged by the reader.
/// Costs O(n log n).
void validate(const Plan& plan, const Sources& sources, Findings& findings);

}  // namespace diaodu
