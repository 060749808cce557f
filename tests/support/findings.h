#pragma once

#include <string>

#include "diaodu/core/finding.h"

namespace diaodu {

/// All findings as people read them, for messages of tests and for comparing.
inline std::string words_of(const Findings& findings) {
  std::string words;
  for (const Finding& finding : findings.kept())
    words += to_string(finding, Language::english) + '\n';
  return words;
}

inline std::size_t count_of(const Findings& findings, const FindingKind& kind) {
  std::size_t count = 0;
  for (const Finding& finding : findings.kept()) count += finding.kind->code == kind.code ? 1 : 0;
  return count;
}

inline bool has(const Findings& findings, const FindingKind& kind) {
  return count_of(findings, kind) > 0;
}

}  // namespace diaodu
