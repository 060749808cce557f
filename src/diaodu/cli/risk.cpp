#include <iostream>

#include "diaodu/cli/commands.h"
#include "diaodu/cli/console.h"
#include "diaodu/cli/session.h"
#include "diaodu/cli/simulate.h"
#include "diaodu/forecast/risk.h"
#include "diaodu/plan/finding_kinds.h"
#include "diaodu/report/findings_json.h"
#include "diaodu/report/risk_json.h"
#include "diaodu/report/risk_text.h"
#include "diaodu/report/words.h"

namespace diaodu::cli {
namespace {

/// What ends without trials.
int give_up(const formats::ReadPlan& read, const solve::Answer& answer, const Findings& findings,
            const Options& options) {
  if (options.json) {
    forecast::Forecast none;
    none.seed = options.seed;
    std::cout << report::risk_json(read.plan, answer, none, findings, options.language);
  } else {
    print_findings(findings, options.language);
  }
  return kPlanIsWrong;
}

int show_trial(const formats::ReadPlan& read, const solve::Answer& answer,
               const forecast::RiskRequest& request, const Options& options) {
  const std::int64_t number = *options.trial;
  const std::int64_t all = request.trials > 0 ? request.trials : read.plan.risk.trials;
  Findings findings = with_findings_of(read, answer).findings;
  if (number >= std::min(all, forecast::kMostTrials)) {
    findings.add(
        found::no_such_trial, {},
        {std::to_string(number), std::to_string(std::min(all, forecast::kMostTrials) - 1)});
    return give_up(read, answer, findings, options);
  }
  const forecast::Trial trial = forecast::trial(read.plan, answer, request, number);
  std::cout << (options.json
                    ? report::trial_json(read.plan, answer, trial, number, findings,
                                         options.language)
                    : report::trial_text(read.plan, answer, trial, number, options.language,
                                         width_of_output(), has_colour()));
  return kDone;
}

}  // namespace

int run_risk(const Options& options) {
  formats::ReadPlan read = formats::read_plan(path_of(options.arguments.front()));
  const Baseline baseline = baseline_of(read, options);
  if (read.findings.has_errors())
    return give_up(read, answer_to_nothing(options), read.findings, options);
  if (!options.json) print_findings(read.findings, options.language);
  const solve::Answer answer = solve_with_progress(read, options, baseline);
  if (!answer.has_schedule || status_of(answer) != kDone) {
    const Findings findings =
        options.json ? with_findings_of(read, answer).findings : answer.findings;
    return give_up(read, answer, findings, options);
  }
  if (options.trial) return show_trial(read, answer, risk_request_of(options), options);
  const forecast::Forecast forecast = simulate_with_progress(read.plan, answer, options);
  if (options.json) {
    Findings findings = with_findings_of(read, answer).findings;
    findings.append(forecast.findings);
    std::cout << report::risk_json(read.plan, answer, forecast, findings, options.language);
  } else {
    print_findings(forecast.findings, options.language);
    if (forecast.has_trials)
      std::cout << report::risk_text(read.plan, answer, forecast, options.language,
                                     width_of_output(), has_colour());
  }
  return forecast.has_trials ? kDone : kPlanIsWrong;
}

}  // namespace diaodu::cli
