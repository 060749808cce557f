#pragma once

#include <cstdint>
#include <string>

#include "diaodu/core/language.h"
#include "diaodu/forecast/risk.h"
#include "diaodu/plan/plan.h"
#include "diaodu/solve/answer.h"

namespace diaodu::report {

/// The forecast on one screen: the finish, its histogram, deadlines, cost, what drives it, the risks, and
/// what links alone would say.  No line is wider than `width`.
std::string risk_text(const Plan& plan, const solve::Answer& answer,
                      const forecast::Forecast& forecast, Language language, int width = 80,
                      bool has_colour = false);

/// One trial: its finish, the risks that struck, and its tasks with their dates and durations.
std::string trial_text(const Plan& plan, const solve::Answer& answer, const forecast::Trial& trial,
                       std::int64_t number, Language language, int width = 80,
                       bool has_colour = false);

}  // namespace diaodu::report
