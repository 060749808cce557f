#pragma once

#include "diaodu/solve/answer.h"
#include "diaodu/solve/generate.h"

namespace diaodu::solve {

/// Why each task is where links alone place it.
Table<TaskId, Reason> reasons(const Network& network, const CriticalPath& path);

/// Why each task is where the schedule in `generator` has it.  `placements` are its dates on the clock.
Table<TaskId, Reason> reasons(const Model& model, Generator& generator,
                              const Table<TaskId, Placement>& placements);

/// From the start to the latest finish, each task held where it is by the one before: its link, or the
/// resource it waited for.
std::vector<TaskId> critical_chain(const Plan& plan, const Table<TaskId, Reason>& reasons,
                                   const Schedule& schedule);

}  // namespace diaodu::solve
