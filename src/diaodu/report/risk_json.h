#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "diaodu/core/language.h"
#include "diaodu/forecast/risk.h"
#include "diaodu/plan/plan.h"
#include "diaodu/solve/answer.h"

namespace diaodu::report {

/// What trials know of resources: `resource_flow`, `relevelled` or `links_only`.
std::string_view name_of(forecast::RiskRequest::Kind kind);

/// Another plan that this one is compared with, if any.
struct Against {
  std::string_view name;
  const forecast::Comparison* comparison = nullptr;
};

/// The forecast as one JSON document, for programs:
///
///   plan, kind (resource_flow | links_only), status (of the schedule), trials, asked, seed, confidence,
///   latin_hypercube, until (minutes) | null, cancelled, without_dates, p80_error, deterministic {finish, share},
///   finish {p10, p50, p80, p90, at_confidence, mean},
///   dates [{kind (summary | milestone | deadline), task, name, planned, share, p10, ..., mean, deadline, chance,
///     drivers [{task, name, correlation, delay}]}],
///   not_watched, cost {planned, share, joint_share, p10, ..., mean, currency} | null,
///   tasks [{task, name, start {p10, p50, p80, p90}, finish {...}, criticality}], task_trials, points [{finish, cost}],
///   drivers [{task, name, criticality, planned, mean, deviation, swing, delay, sensitivity}], correlated_trials,
///   risks [{risk, name, struck, delay_if_struck, delay}], tornado [{task | risk, name, low, high, spread}],
///   mitigations [{risk, name, gain, p80_gain, saving, price, net}], contingency {time, cost},
///   joint {shares [[...]], finish, cost, marginal} | null, convergence [{trials, p80, error}],
///   cost_tornado [likewise], histogram {from, width, counts},
///   sampled {judged, within, exceeded [resource]} | null, links_only {finish {...}, too_early, sampled {...}} | null,
///   against (see `write_comparison_json`) | null, findings [...]
///
/// Dates are as in `schedule_json`; shares and chances 0 to 1; durations, errors and delays minutes, those of
/// drivers working minutes; money in the plan's currency.  What there is not is null: without trials all but
/// the head and the findings.
std::string risk_json(const Plan& plan, const solve::Answer& answer,
                      const forecast::Forecast& forecast, const Findings& findings,
                      Language language, const Against& against = {});

/// One trial: {trial, seed, finish, cost, risks [id], tasks [{id, name, start, finish, duration, planned}],
/// findings}.
std::string trial_json(const Plan& plan, const solve::Answer& answer, const forecast::Trial& trial,
                       std::int64_t number, const Findings& findings, Language language);

}  // namespace diaodu::report
