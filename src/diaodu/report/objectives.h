#pragma once

#include <string>
#include <vector>

#include "diaodu/core/language.h"
#include "diaodu/plan/plan.h"
#include "diaodu/solve/answer.h"

namespace diaodu::report {

/// True where more than the finish was wanted.
bool has_objectives_to_tell(const solve::Answer& answer);

/// What one objective came to, in words.
struct ObjectiveRow {
  std::string name;   ///< `Tardiness`
  std::string value;  ///< `3 d`; working time in days of the plan's calendar
  std::string proof;  ///< `proven`, or what is known: `no less than 1 d`
  bool is_proven = false;
};

/// One row for each that was wanted, the most important first.
std::vector<ObjectiveRow> objective_rows(const Plan& plan, const solve::Answer& answer,
                                         Language language);

/// `3 of 20 tasks moved, by 4 d in all; most 'Pour slab', by 2 d`.
std::string moves_in_words(const Plan& plan, const check::Moves& moves, Language language);

}  // namespace diaodu::report
