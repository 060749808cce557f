#pragma once

#include <optional>
#include <string_view>

#include "diaodu/core/zone.h"

namespace diaodu::formats {

/// The zone of that name (`Asia/Shanghai`) from the machine's time-zone database, with all its
/// changes in the years a plan may use.  `UTC` needs no database.
std::optional<Zone> find_zone(std::string_view name);

}  // namespace diaodu::formats
