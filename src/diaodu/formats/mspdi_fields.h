#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "diaodu/plan/task.h"

namespace diaodu::formats {

// Fields of the user's own (Text30 ...) in which MSPDI holds what Project has no place for.

inline constexpr std::string_view kOwnId = "diaodu id";
inline constexpr std::string_view kOwnChineseName = "diaodu name_zh";
inline constexpr std::string_view kOwnKind = "diaodu kind";
inline constexpr std::string_view kOwnTask = "task";
inline constexpr std::string_view kStartMilestone = "start_milestone";

/// What the numbers of ConstraintType mean.
inline constexpr std::array kMspdiConstraints = {ConstraintKind::none,
                                                 ConstraintKind::as_late_as_possible,
                                                 ConstraintKind::start_on,
                                                 ConstraintKind::finish_on,
                                                 ConstraintKind::start_on_or_after,
                                                 ConstraintKind::start_on_or_before,
                                                 ConstraintKind::finish_on_or_after,
                                                 ConstraintKind::finish_on_or_before};

/// `Baseline`, `Baseline 1`, ...: how the columns of a baseline begin.
inline std::string baseline_name(int number) {
  return number == 0 ? "Baseline" : "Baseline " + std::to_string(number);
}
inline constexpr std::size_t kNumBaselines = 11;

/// What MSPDI holds of a baseline: its element, and how the name of its column ends.
struct BaselinePart {
  enum class Kind : std::uint8_t { date, duration, cost };
  std::string_view element;
  std::string_view ending;
  Kind kind = Kind::date;
};
inline constexpr std::array kBaselineParts =
    std::to_array<BaselinePart>({{"Start", " start", BaselinePart::Kind::date},
                                 {"Finish", " finish", BaselinePart::Kind::date},
                                 {"Duration", " duration", BaselinePart::Kind::duration},
                                 {"Work", " work", BaselinePart::Kind::duration},
                                 {"Cost", " cost", BaselinePart::Kind::cost}});

}  // namespace diaodu::formats
