#pragma once

#include <string>

#include "diaodu/core/finding.h"
#include "diaodu/core/language.h"
#include "diaodu/plan/plan.h"
#include "diaodu/track/status.h"

namespace diaodu::report {

class JsonWriter;

/// The status as one JSON document, for programs:
///
///   plan, as_of, baseline {name, start, finish} | null, finish, currency, light, reasons [reason],
///   value (below), schedule {date, earned, actual, planned, variance, performance, at_completion, finish,
///     months} | null, slip,
///   tasks [{id, name, owner, stage, light, reasons, earned_by, share, value, reported, start, finish,
///     baseline_start, baseline_finish, slip, total_float, critical, was_critical}],
///   resources [{resource | null: fixed costs, name, value}],
///   months, weeks [{from, to, past, planned, earned, actual, planned_so_far, earned_so_far, actual_so_far}],
///   new_critical, cleared_critical [id],
///   ahead {until, owners [{owner, entries [{kind, task, name, when, expected}]}]}, findings [...]
///
///   value   {bac, pv, ev, ac, sv, cv, spi, cpi, eac {cpi, budget, both, bottom_up, usual}, etc, vac, tcpi_bac,
///     tcpi_eac}: `etc`, `vac` and `tcpi_eac` of the usual EAC
///   slip    {total, start, root, causes [{kind, time, task, resource, words}]}
///   reason  {kind, light, words}
///
/// Dates are as in `schedule_json`; times working minutes; money in the plan's currency; `share` 0 to 1.  What there
/// is not is null, ratios without a denominator too.  Tasks come in the order of the outline.
std::string status_json(const Plan& plan, const track::Status& status, const Findings& findings,
                        Language language);

/// The same fields into an object that is open, without the findings: for the page.
void write_status(JsonWriter& json, const Plan& plan, const track::Status& status,
                  Language language);

/// Where there is no status: the plan's title and the findings.
std::string no_status_json(const Plan& plan, const Findings& findings, Language language);

}  // namespace diaodu::report
