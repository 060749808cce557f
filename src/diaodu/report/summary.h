#pragma once

#include <string>

#include "diaodu/core/language.h"
#include "diaodu/plan/plan.h"
#include "diaodu/solve/answer.h"

namespace diaodu::report {

/// `Finish Fri 2024-04-12 16:00 — proven optimal`: the finish and how good it is, in one line.
std::string headline(const Plan& plan, const solve::Answer& answer, Language language);

/// Why no schedule can end before the answer's bound, in a sentence or two.
std::string why_no_earlier(const Plan& plan, const solve::Answer& answer, Language language);

/// What became of the proof log that was to be written to `file`, in a line.
std::string about_proof_log(const Plan& plan, const solve::Answer& answer, const std::string& file,
                            Language language);

/// The answer on one screen: the finish and its proof or gap, milestones and deadlines, the
/// critical chain, the tightest resources or the overloads, the findings.  About 40 lines however
/// large the plan; none is wider than `width`.
std::string summary(const Plan& plan, const solve::Answer& answer, Language language,
                    int width = 80, bool has_colour = false);

}  // namespace diaodu::report
