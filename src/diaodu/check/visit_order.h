#pragma once

#include <cstdint>
#include <vector>

#include "diaodu/check/lists.h"
#include "diaodu/plan/plan.h"

namespace diaodu::check {

/// A task or the end of a summary, by the task's row; or, in rows after all tasks', the gate of a summary, before
/// which nothing in it begins.
using Visit = std::uint32_t;

/// All visits, what comes first by the links and the outline before what comes later, as far as there is such an
/// order: the reverse of that in which a search in depth leaves them.
///
/// `links_from`: of each task, the numbers of links that leave it.  O(n + links).
std::vector<Visit> visit_order(const Plan& plan, const Lists& links_from);

}  // namespace diaodu::check
