#pragma once

#include "diaodu/solve/answer.h"
#include "diaodu/solve/critical_path.h"

namespace diaodu::solve {

/// Fills in the dates of all tasks of `answer`, whose schedule stands: early ones by `path` through `links`; late ones
/// and floats by `placed` in `ordered`, which may have more arcs.
void take_dates(const Network& links, const CriticalPath& path, const Network& ordered,
                const CriticalPath& placed, Answer& answer);

}  // namespace diaodu::solve
