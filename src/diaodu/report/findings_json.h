#pragma once

#include <string>

#include "diaodu/check/proof.h"
#include "diaodu/check/schedule_check.h"
#include "diaodu/core/finding.h"
#include "diaodu/plan/plan.h"
#include "diaodu/report/json.h"

namespace diaodu::report {

/// Writes `"findings": [{severity, code, file, line, column, message, hint}]` into an open object.
void write_findings_json(JsonWriter& json, const Findings& findings, Language language);

/// What `check` says of a plan, of a schedule of it (`verdict`, if there is one) and of a proof log (`proof`, if
/// there is one), for programs:
/// {plan, tasks, links, resources, demands, errors, warnings, legal, violations [text], finish, tardiness, stability,
///  proof {holds, of_plan, infeasible, finish, bound, clauses, rules}, findings}; with a verdict the values that the
/// schedule has, stability only where there is a baseline.
std::string check_json(const Plan& plan, const Findings& findings, const check::Verdict* verdict,
                       const check::ProofVerdict* proof, Language language,
                       const ObjectiveValues& values = {}, bool has_baseline = false);

}  // namespace diaodu::report
