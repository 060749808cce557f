#pragma once

#include <vector>

#include "diaodu/formats/settings.h"
#include "diaodu/plan/quality.h"

namespace diaodu::formats {

/// Reads one key of `[quality]`: a share (`5%`, `0.05`), an index (`0.95`), days (`44`), or `off`.
void read_quality_setting(const Setting& setting, QualityLimits& limits, Findings& findings);

/// What differs from the usual, as `read_quality_setting` reads it back.
std::vector<Setting> quality_settings(const QualityLimits& limits);

}  // namespace diaodu::formats
