#include "diaodu/plan/finding_kinds.h"

namespace diaodu::found {

std::span<const FindingKind* const> all_kinds() {
#define DIAODU_FINDING(code, severity, en, zh, hint_en, hint_zh) &(code),
  static constexpr const FindingKind* kKinds[] = {
      // std::array deduces its size by a fold that Clang ends at 256
#include "diaodu/plan/finding_kinds.inc"
  };
#undef DIAODU_FINDING
  return kKinds;
}

}  // namespace diaodu::found
