#pragma once

#include <span>

#include "diaodu/core/finding.h"

namespace diaodu::found {

// Every kind of finding that diaodu can report, declared from the one table `finding_kinds.inc`:
// `found::unknown_task`, ...
#define DIAODU_FINDING(code, severity, en, zh, hint_en, hint_zh) \
  inline constexpr FindingKind code{#code, Severity::severity, {en, zh}, {hint_en, hint_zh}};
#include "diaodu/plan/finding_kinds.inc"
#undef DIAODU_FINDING

/// All of them, for documentation and tests.
std::span<const FindingKind* const> all_kinds();

}  // namespace diaodu::found
