#pragma once

#include <string_view>

#include "diaodu/core/language.h"

namespace diaodu {

constexpr Language kBoth[] = {Language::english, Language::chinese};

inline bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace diaodu
