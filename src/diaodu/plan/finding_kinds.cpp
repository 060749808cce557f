#include "diaodu/plan/finding_kinds.h"

#include <array>

namespace diaodu::found {

std::span<const FindingKind* const> all_kinds() {
#define DIAODU_FINDING(code, severity, en, zh, hint_en, hint_zh) &(code),
  static constexpr std::array kKinds = {
#include "diaodu/plan/finding_kinds.inc"
  };
#undef DIAODU_FINDING
  return kKinds;
}

}  // namespace diaodu::found
