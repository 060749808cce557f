#pragma once

#include "diaodu/solve/generate.h"

namespace diaodu::solve {

/// The dates on the clock of the schedule that `generator` has on the model's axis.  `network` is the one that
/// the model was made of, with the modes and the work of that schedule.  What lies between two minutes of work
/// on the axis may lie anywhere in a night on the clock; links and dates say where.
CriticalPath on_clock(const Network& network, const Model& model, const Generator& generator);

}  // namespace diaodu::solve
