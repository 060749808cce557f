#pragma once

#include <string>

#include "diaodu/core/finding.h"
#include "diaodu/formats/planned_dates.h"
#include "diaodu/plan/plan.h"

namespace diaodu::formats {

/// The plan as Microsoft Project reads it (MSPDI of Project 2007: its element order, no tasks by hand except
/// those that a mandatory start pins).  With `dates`, tasks carry them; without, Project works them out when it
/// opens the file.  What it has no place for is a finding by row: several modes, skills, largest lags, second
/// constraints, optional tasks, reservoirs, what is uncertain.
std::string mspdi_of(const Plan& plan, const PlannedTable& dates, Findings& findings);

}  // namespace diaodu::formats
