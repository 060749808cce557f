#include <unistd.h>

#include <chrono>
#include <iostream>

#include "diaodu/cli/commands.h"
#include "diaodu/cli/console.h"
#include "diaodu/cli/session.h"
#include "diaodu/forecast/risk.h"
#include "diaodu/plan/finding_kinds.h"
#include "diaodu/report/findings_json.h"
#include "diaodu/report/risk_json.h"
#include "diaodu/report/risk_text.h"
#include "diaodu/report/terminal.h"
#include "diaodu/report/words.h"

namespace diaodu::cli {
namespace {

namespace words = report::words;
using Clock = std::chrono::steady_clock;

/// A line on stderr that counts trials, after a second; on a terminal only.
class TrialLine {
 public:
  explicit TrialLine(Language language) : language_(language) {}
  ~TrialLine() {
    if (is_shown_) std::cerr << "\r\033[K" << std::flush;
  }
  TrialLine(const TrialLine&) = delete;
  TrialLine& operator=(const TrialLine&) = delete;

  void show(std::int64_t done, std::int64_t all) {
    constexpr auto kEvery = std::chrono::milliseconds(100);
    const auto now = Clock::now();
    if (!is_terminal_ || now < next_) return;
    next_ = now + kEvery;
    is_shown_ = true;
    const std::string line = report::say(words::cli_risk_progress, language_,
                                         {std::to_string(done), std::to_string(all)});
    std::cerr << "\r\033[K" << report::fit(line, width_of_output() - 1) << std::flush;
  }

 private:
  Language language_;
  bool is_terminal_ = isatty(STDERR_FILENO) != 0;
  bool is_shown_ = false;
  Clock::time_point next_ = Clock::now() + std::chrono::seconds(1);
};

forecast::RiskRequest risk_request_of(const Options& options) {
  forecast::RiskRequest request;
  request.trials = options.trials.value_or(0);
  request.seed = options.seed;
  request.threads = options.threads;
  request.confidence = options.confidence.value_or(0);
  request.latin_hypercube = options.latin_hypercube;
  using Kind = forecast::RiskRequest::Kind;
  if (options.engine == "flow") request.kind = Kind::flow;
  if (options.engine == "relevel") request.kind = Kind::relevel;
  if (options.without_resources) request.kind = Kind::links_only;
  return request;
}

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
  forecast::RiskRequest request = risk_request_of(options);
  if (options.trial) return show_trial(read, answer, request, options);
  const Interruptible interruptible;
  request.cancel = interruptible.flag();
  TrialLine line(options.language);
  request.on_progress = [&line](std::int64_t done, std::int64_t all) { line.show(done, all); };
  const forecast::Forecast forecast = forecast::simulate(read.plan, answer, request);
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
