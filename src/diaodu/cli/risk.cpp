#include <filesystem>
#include <iostream>
#include <string>

#include "diaodu/cli/commands.h"
#include "diaodu/cli/console.h"
#include "diaodu/cli/session.h"
#include "diaodu/cli/simulate.h"
#include "diaodu/forecast/risk.h"
#include "diaodu/formats/disk.h"
#include "diaodu/plan/finding_kinds.h"
#include "diaodu/report/comparison.h"
#include "diaodu/report/findings_json.h"
#include "diaodu/report/risk_json.h"
#include "diaodu/report/risk_text.h"
#include "diaodu/report/risk_workbook.h"
#include "diaodu/report/words.h"

namespace diaodu::cli {
namespace {

namespace words = report::words;

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
  if (number >= std::min(all, kMostTrials)) {
    findings.add(found::no_such_trial, {},
                 {std::to_string(number), std::to_string(std::min(all, kMostTrials) - 1)});
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

/// The plan of `--against`, and what came of it.
struct Other {
  formats::ReadPlan read;
  solve::Answer answer;
  forecast::Comparison comparison;

  report::Against told(const Options& options) const {
    return {options.against, options.against.empty() ? nullptr : &comparison};
  }
};

/// What is wrong with the `--output`s, or with `--trial` beside others; `kDone` if nothing is.
int judge_risk_options(const Options& options) {
  if (options.trial && !options.against.empty()) {
    return fail(options, kWrongUsage,
                report::say(words::cli_not_together, options.language, {"--trial", "--against"}));
  }
  if (options.latin_hypercube && options.until) {
    return fail(
        options, kWrongUsage,
        report::say(words::cli_not_together, options.language, {"--latin-hypercube", "--until"}));
  }
  if (options.outputs.empty()) return kDone;
  if (options.trial) {
    return fail(options, kWrongUsage,
                report::say(words::cli_not_together, options.language, {"--trial", "--output"}));
  }
  for (const std::string& output : options.outputs) {
    const std::string ending = ending_of(path_of(output));
    if (ending == ".xlsx" || ending == ".json") continue;
    return fail(options, kWrongUsage,
                report::say(words::cli_risk_output, options.language, {output}));
  }
  return judge_outputs(options);
}

/// Writes the forecast to every `--output`, by the ending of its name.
void write_risk_outputs(const Plan& plan, const solve::Answer& answer,
                        const forecast::Forecast& forecast, const Findings& findings,
                        const Other& other, const Options& options) {
  formats::FileSet files;
  for (const std::string& output : options.outputs) {
    const std::filesystem::path place = path_of(output);
    if (ending_of(place) == ".xlsx") {
      report::write_risk_workbook(plan, answer, forecast, options.language, files.beside(place));
    } else {
      files.add(place, report::risk_json(plan, answer, forecast, findings, options.language,
                                         other.told(options)));
    }
  }
  files.commit();
  tell_of_outputs(options.outputs, options.language);
}

}  // namespace

int run_risk(const Options& options) {
  if (const int status = judge_risk_options(options); status != kDone) return status;
  formats::ReadPlan read = read_with_record(options.arguments.front(), options);
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
  Other other;
  if (!options.against.empty()) {
    other.read = read_with_record(options.against, options);
    const bool is_sound = !other.read.findings.has_errors();
    other.answer =
        is_sound ? solve_with_progress(other.read, options, {}) : answer_to_nothing(options);
    Findings found = with_findings_of(other.read, other.answer).findings;
    if (!is_sound || !other.answer.has_schedule || status_of(other.answer) != kDone)
      return give_up(read, answer, found, options);
  }
  const forecast::Forecast forecast = simulate_with_progress(read.plan, answer, options);
  if (!options.against.empty() && forecast.has_trials) {
    Options same = options;
    if (options.until) same.trials = forecast.num_trials;  // no more than were needed
    other.comparison =
        compare_with_progress(read.plan, answer, other.read.plan, other.answer, same);
  }
  Findings findings = with_findings_of(read, answer).findings;
  findings.append(forecast.findings);
  if (options.json) {
    std::cout << report::risk_json(read.plan, answer, forecast, findings, options.language,
                                   forecast.has_trials ? other.told(options) : report::Against{});
  } else {
    print_findings(forecast.findings, options.language);
    if (forecast.has_trials)
      std::cout << report::risk_text(read.plan, answer, forecast, options.language,
                                     width_of_output(), has_colour());
    if (forecast.has_trials && !options.against.empty())
      std::cout << report::comparison_text(read.plan, options.against, other.comparison,
                                           options.language, width_of_output(), has_colour());
  }
  if (!forecast.has_trials) return kPlanIsWrong;
  return write_outputs(options, kDone, [&] {
    write_risk_outputs(read.plan, answer, forecast, findings, other, options);
  });
}

}  // namespace diaodu::cli
