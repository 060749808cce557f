#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diaodu/core/finding.h"
#include "diaodu/plan/objective.h"

namespace diaodu::formats {

/// `tardiness, finish`, in English or Chinese: what schedules are compared by, the first first.  Nothing if a word
/// is none of `objective_words`, comes twice, or there is none.
std::optional<std::vector<Objective>> parse_objectives(std::string_view text);

/// `tardiness, finish`, as `parse_objectives` reads it.
std::string to_string(const std::vector<Objective>& objectives);

/// All words, for a finding.
Argument objective_words();

}  // namespace diaodu::formats
