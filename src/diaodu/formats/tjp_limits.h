#pragma once

#include <utility>
#include <vector>

#include "diaodu/formats/tjp_people.h"

namespace diaodu::formats {

/// What may be worked on each task, and which tasks go one after the other so that what they share is kept.
struct TjpTaskLimits {
  std::vector<std::vector<TjpLimit>> of_task;  ///< its own and those it has from above
  std::vector<std::pair<std::size_t, std::size_t>> sequence;  ///< the second follows the first
};

/// Limits of a task with tasks inside hold for all of these together.  Where each of them alone can use them up, two at
/// once are no sooner done than one after the other, and so they go: by priority, then as they stand in the file.
/// Otherwise the limit is not kept, which is a finding.
TjpTaskLimits limits_of_tasks(const TjpDocument& document, TjpPeople& people, Findings& findings);

}  // namespace diaodu::formats
