#pragma once

#include <string>
#include <string_view>

#include "diaodu/check/quality.h"
#include "diaodu/core/language.h"
#include "diaodu/plan/plan.h"

namespace diaodu::report {

// What the measure of a plan's quality says, in words; and what its enumerations are called in documents for programs.

const Words& point_word(QualityPoint point);

/// `kept`, `broken`; of what is not applicable why: `no baseline`.
std::string verdict_words(const Plan& plan, const check::QualityEvidence& evidence,
                          const check::QualityResult& result, Language language);

/// `12.5 %`, or `0.97` of an index.
std::string measure_words(QualityPoint point, double value, Language language);

/// `≤ 5 %`; empty where the limit is off.
std::string limit_words(const Plan& plan, QualityPoint point, Language language);

/// `no predecessor`, `total float 50 d`.
std::string flaw_words(const Plan& plan, const check::QualityFlaw& flaw, Language language);

/// How long the critical path is and how far from the date to meet; empty without one.
std::string path_words(const Plan& plan, const check::QualityEvidence& evidence,
                       const check::Quality& quality, Language language);

/// Which task was made longer, and what became of the finish; empty if none was.
std::string delay_words(const Plan& plan, const check::QualityEvidence& evidence,
                        Language language);

std::string_view name_of(check::QualityResult::Verdict verdict);
std::string_view name_of(check::QualityFlaw::Kind kind);

}  // namespace diaodu::report
