#pragma once

#include <string>
#include <string_view>

namespace diaodu::formats {

// Fields of the user's own (Text30 ...) in which MSPDI holds what Project has no place for.

inline constexpr std::string_view kOwnId = "diaodu id";
inline constexpr std::string_view kOwnChineseName = "diaodu name_zh";
inline constexpr std::string_view kOwnKind = "diaodu kind";
inline constexpr std::string_view kOwnTask = "task";
inline constexpr std::string_view kStartMilestone = "start_milestone";

/// `Baseline`, `Baseline 1`, ...: how the columns of a baseline begin.
inline std::string baseline_name(int number) {
  return number == 0 ? "Baseline" : "Baseline " + std::to_string(number);
}

}  // namespace diaodu::formats
