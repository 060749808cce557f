#pragma once

#include <optional>

#include "diaodu/cli/options.h"
#include "diaodu/cli/session.h"
#include "diaodu/report/outlook_text.h"
#include "diaodu/solve/answer.h"
#include "diaodu/track/status.h"

namespace diaodu::cli {

/// What is expected of the plan's targets, and what changed in the month up to the latest figure (or since `--since`).
/// Nothing where there are no targets, or no figure is on record.
std::optional<report::ToldOutlook> outlook_for_page(RecordedPlan& recorded,
                                                    const solve::Answer& answer,
                                                    const Options& options);

/// Where the plan stands at its data date, against what `status` measures it by.  Nothing where nothing has happened,
/// or there is no schedule that keeps the rules.
std::optional<track::Status> status_for_page(RecordedPlan& recorded, const solve::Answer& answer,
                                             const Options& options);

}  // namespace diaodu::cli
