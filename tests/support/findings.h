#pragma once

#include <gtest/gtest.h>

#include <cctype>
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

/// No sentence waits for a word that its finding does not have: `{0}`.
inline void expect_whole(const Finding& finding) {
  for (const Language language : {Language::english, Language::chinese}) {
    for (const std::string& sentence : {finding.message(language), finding.hint(language)}) {
      for (std::size_t at = 0; (at = sentence.find('{', at)) != std::string::npos; ++at) {
        EXPECT_FALSE(at + 2 < sentence.size() && sentence[at + 2] == '}' &&
                     std::isdigit(static_cast<unsigned char>(sentence[at + 1])) != 0)
            << finding.kind->code << ": " << sentence;
      }
    }
  }
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
