#pragma once

#include <string_view>

namespace diaodu {

enum class Language { english, chinese };

/// One thing said in both languages.
struct Words {
  std::string_view en;
  std::string_view zh;

  constexpr std::string_view in(Language language) const {
    return language == Language::chinese ? zh : en;
  }
};

}  // namespace diaodu
