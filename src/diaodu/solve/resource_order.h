#pragma once

#include <vector>

#include "diaodu/solve/generate.h"

namespace diaodu::solve {

/// The order in which a schedule hands its people and machines from task to task, as links: each unit
/// that a task takes is handed on by the task that used it last (a resource flow; Artigues, Michelon &
/// Reusser 2003).  With these links the schedule follows from the network alone, so floats can be told
/// with the resources in mind.  `generator` holds the schedule.
///
/// Where tasks of different calendars take turns on one resource, hour by hour, no link says so.
std::vector<ResourceOrder> resource_order(const Model& model, const Generator& generator,
                                          const Genes& genes);

}  // namespace diaodu::solve
