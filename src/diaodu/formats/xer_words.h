#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "diaodu/plan/task.h"

namespace diaodu::formats {

/// A word of Primavera's, and what it means.
template <class Value>
struct XerWord {
  std::string_view word;
  Value value;
};

/// Nothing where it is none of the words.
template <class Value, std::size_t kSize>
constexpr const Value* value_of(const std::array<XerWord<Value>, kSize>& words,
                                std::string_view word) {
  for (const XerWord<Value>& each : words) {
    if (each.word == word) return &each.value;
  }
  return nullptr;
}

/// Empty where there is no word for it.
template <class Value, std::size_t kSize>
constexpr std::string_view word_of(const std::array<XerWord<Value>, kSize>& words, Value value) {
  for (const XerWord<Value>& each : words) {
    if (each.value == value) return each.word;
  }
  return {};
}

inline constexpr std::array kXerConstraints =
    std::to_array<XerWord<ConstraintKind>>({{"CS_MSO", ConstraintKind::start_on},
                                            {"CS_MSOA", ConstraintKind::start_on_or_after},
                                            {"CS_MSOB", ConstraintKind::start_on_or_before},
                                            {"CS_MEO", ConstraintKind::finish_on},
                                            {"CS_MEOA", ConstraintKind::finish_on_or_after},
                                            {"CS_MEOB", ConstraintKind::finish_on_or_before},
                                            {"CS_ALAP", ConstraintKind::as_late_as_possible},
                                            {"CS_MANDSTART", ConstraintKind::mandatory_start},
                                            {"CS_MANDFIN", ConstraintKind::mandatory_finish}});
inline constexpr std::array kXerLinkTypes =
    std::to_array<XerWord<LinkType>>({{"PR_FS", LinkType::finish_to_start},
                                      {"PR_SS", LinkType::start_to_start},
                                      {"PR_FF", LinkType::finish_to_finish},
                                      {"PR_SF", LinkType::start_to_finish}});
inline constexpr std::array kXerPriorities = std::to_array<XerWord<std::int32_t>>(
    {{"PT_Top", 900}, {"PT_High", 700}, {"PT_Normal", 500}, {"PT_Low", 300}, {"PT_Lowest", 100}});

}  // namespace diaodu::formats
