#pragma once

#include <string>

#include "diaodu/core/language.h"
#include "diaodu/plan/plan.h"

namespace diaodu::report {

/// A lag without its sign: `2 d`, `50 %`; in Chinese `2天`, `50%`.
std::string lag_words(const Plan& plan, const Lag& lag, TaskId predecessor, Language language);

/// How other tasks are called: in full, or by their ids where there is little room.
enum class Naming : unsigned char { by_name, by_id };

/// `'Pour slab'` or `B2`.
std::string call(const Plan& plan, TaskId task, Language language, Naming naming);

/// How a link holds `held`, one of its two ends: `2 d after 'Dig'`, `with 'Forms'`; by its largest
/// lag where `held` is the predecessor.
std::string link_line(const Plan& plan, LinkId link, TaskId held, Language language,
                      Naming naming = Naming::by_name);

}  // namespace diaodu::report
