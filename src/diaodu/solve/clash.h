#pragma once

#include <atomic>
#include <cstdint>
#include <vector>

#include "diaodu/solve/problem.h"

namespace diaodu::solve {

/// Why a problem has no schedule: these tasks cannot all be done in any order, because of what they need of these
/// resources (numbers of the problem).  Nothing of it is idle: without one of the tasks' needs, or one of the
/// resources, the search does not find the contradiction any more in the steps it is given.
struct Clash {
  std::vector<std::uint32_t> tasks;
  std::vector<std::uint32_t> resources;
};

/// Of a problem that has been proven to have no schedule.  Takes needs away, halves first, as long as the
/// contradiction remains (a deletion filter; Chinneck & Dravnieks 1991), with about so many steps in all, or
/// until somebody cancels: then more is left than need be.
/// Without tasks: it lies in links and dates alone.
Clash find_clash(const Problem& problem, std::int64_t steps,
                 const std::atomic<bool>* cancel = nullptr);

}  // namespace diaodu::solve
