#pragma once

#include <string>
#include <string_view>

#include "diaodu/core/language.h"
#include "diaodu/forecast/risk.h"
#include "diaodu/plan/plan.h"
#include "diaodu/report/json.h"

namespace diaodu::report {

/// What the plan called `name` would change, for the terminal, after a forecast.
std::string comparison_text(const Plan& plan, std::string_view name,
                            const forecast::Comparison& comparison, Language language, int width,
                            bool has_colour);

/// The member `against`: {plan, trials, without_dates, finish {p10, p50, p80, p90, mean, error, less, same} | null,
/// cost likewise | null}: the other less this one, in minutes and in the plan's currency.
void write_comparison_json(JsonWriter& json, std::string_view name,
                           const forecast::Comparison& comparison);

}  // namespace diaodu::report
