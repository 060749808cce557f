#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "diaodu/core/finding.h"
#include "diaodu/plan/plan.h"
#include "diaodu/track/record.h"

namespace diaodu::track {

/// What `apply_record` did.
struct Applied {
  std::size_t num_tasks = 0;           ///< whose progress the record tells
  std::optional<Instant> status_date;  ///< the latest of which it tells any
};

/// Puts what the record, as known at `as_of`, says of the tasks into the plan's progress.
///
/// The plan's own rows are facts of its data date: they yield to later ones of the record and complete earlier
/// ones.  Those of a data date after `as_of` were not known then and are dropped.  The data date becomes the latest
/// status date there is.  A fact that tells a percentage and no remaining work ends what was said of remaining
/// work before.  Facts about tasks that are not in the plan, and finishes before starts, are findings in `file`.
Applied apply_record(Plan& plan, const Record& record, Instant as_of, const std::string& file,
                     Findings& findings);

}  // namespace diaodu::track
