#pragma once

#include <optional>

#include "diaodu/cli/options.h"
#include "diaodu/cli/session.h"
#include "diaodu/report/outlook_text.h"

namespace diaodu::cli {

/// What is expected of the plan's targets; nothing where it has none.  Where tasks have effects on them, the plan is
/// scheduled first (unless it is `scheduled` already), and simulated where anything is uncertain.  What is wrong with
/// that is added to the findings.
std::optional<report::ToldOutlook> outlook_with_progress(RecordedPlan& recorded,
                                                         const Options& options,
                                                         const solve::Answer* scheduled = nullptr);

}  // namespace diaodu::cli
