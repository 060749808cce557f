#pragma once

#include <vector>

#include "diaodu/solve/answer.h"
#include "diaodu/solve/critical_path.h"

namespace diaodu::solve {

/// The chains of links that decide the finish, the most critical first (Primavera's multiple float
/// paths): the first leads to the latest finish; each further one leads into an earlier one by the link
/// with the least slack that is left.  A task is on one path only.  At most `most` paths.
std::vector<Answer::FloatPath> float_paths(const Network& network, const CriticalPath& path,
                                           std::size_t most);

}  // namespace diaodu::solve
