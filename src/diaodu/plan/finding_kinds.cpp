#include "diaodu/plan/finding_kinds.h"

namespace diaodu::found {

std::span<const FindingKind* const> all_kinds() {
#define DIAODU_FINDING(code, severity, en, zh, hint_en, hint_zh) &(code),
  // No std::array: it deduces its size by a fold, which Clang ends at 256.
  static constexpr const FindingKind* kKinds[] = {
#include "diaodu/plan/finding_kinds.inc"
  };
#undef DIAODU_FINDING
  return kKinds;
}

}  // namespace diaodu::found
