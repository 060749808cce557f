#pragma once

#include "diaodu/plan/plan.h"

namespace diaodu {

/// A hammock (Primavera: level of effort) has no work and no dates of its own: it hangs between those tasks that it
/// is linked with.  It begins with the first of
///
///   the starts it follows (SS), the finishes it follows (FS),
///   the starts that follow its start (SS), the finishes that follow its start (SF),
///
/// each with its lag, and ends with the last of those that its finish is linked with likewise.  One without
/// links (Primavera: WBS summary activity) spans all other tasks of its summary.
///
/// Nothing waits for a hammock, and it is never critical.

/// False if one end of the link is a hammock: such a link holds no task.
inline bool binds(const Plan& plan, const Link& link) {
  return !plan.tasks[link.from].is_hammock() && !plan.tasks[link.to].is_hammock();
}

}  // namespace diaodu
