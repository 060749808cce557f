#pragma once

#include <vector>

#include "diaodu/formats/settings.h"
#include "diaodu/formats/sheet.h"
#include "diaodu/plan/plan.h"
#include "diaodu/plan/sources.h"

namespace diaodu::formats {

/// What a reader makes of a file: a plan, as far as it could be read, and all that was found.
struct ReadPlan {
  Plan plan;
  Sources sources;
  Findings findings;
};

/// Makes a plan of settings and sheets, however they were stored, completes and validates it.
/// Sheets are told apart by their names; unknown ones are reported.
ReadPlan make_plan(std::vector<Setting> settings, const std::vector<Sheet>& sheets,
                   Findings findings);

/// The settings in a sheet named `plan` or `calendars`.
std::vector<Setting> settings_in(const Sheet& sheet, TableKind table, Findings& findings);

}  // namespace diaodu::formats
