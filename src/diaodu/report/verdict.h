#pragma once

#include <string>
#include <vector>

#include "diaodu/core/language.h"
#include "diaodu/plan/plan.h"
#include "diaodu/solve/answer.h"

namespace diaodu::report {

// What follows from an answer's status, in sentences; empty where there is nothing to tell.

/// `56 d from 2024-01-01 08:00`.
std::string length_words(const Plan& plan, const solve::Answer& answer, Language language);

/// How much better is possible at most.  Where more than the finish is wanted, the objectives tell.
std::string gap_words(const Plan& plan, const solve::Answer& answer, Language language);

/// Why there are no dates, or none that keep the rules.
std::string trouble_words(const Plan& plan, const solve::Answer& answer, Language language);

/// The proof of the bound; only of a schedule that keeps the rules, and where the finish is wanted.
std::string proof_words(const Plan& plan, const solve::Answer& answer, Language language);

}  // namespace diaodu::report
