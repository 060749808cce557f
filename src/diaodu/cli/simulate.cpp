#include "diaodu/cli/simulate.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <iostream>
#include <string>
#include <thread>

#include "diaodu/cli/console.h"
#include "diaodu/forecast/comparison.h"
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

}  // namespace

forecast::RiskRequest risk_request_of(const Options& options) {
  forecast::RiskRequest request;
  request.trials = options.trials.value_or(0);
  request.seed = options.seed;
  // Trials are the same on any number of threads.
  const int processors = static_cast<int>(std::thread::hardware_concurrency());
  request.threads = options.threads.value_or(std::max(processors, 1));
  request.confidence = options.confidence.value_or(0);
  request.until = Elapsed{options.until.value_or(0)};
  request.latin_hypercube = options.latin_hypercube;
  using Kind = forecast::RiskRequest::Kind;
  if (options.engine == "flow") request.kind = Kind::flow;
  if (options.engine == "relevel") request.kind = Kind::relevel;
  if (options.without_resources) request.kind = Kind::links_only;
  return request;
}

bool has_uncertainty(const Plan& plan) {
  return !plan.uncertainties.empty() || !plan.risks.empty() || !plan.branches.empty() ||
         !plan.estimates.empty() || !plan.weather.empty();
}

namespace {

/// Runs what takes a request, with a line that counts trials; Ctrl-C keeps what there is.
template <class Run>
auto with_progress(const Options& options, Run&& run) {
  forecast::RiskRequest request = risk_request_of(options);
  const Interruptible interruptible;
  request.cancel = interruptible.flag();
  TrialLine line(options.language);
  request.on_progress = [&line](std::int64_t done, std::int64_t all) { line.show(done, all); };
  return run(request);
}

}  // namespace

forecast::Forecast simulate_with_progress(const Plan& plan, const solve::Answer& answer,
                                          const Options& options) {
  return with_progress(options, [&](const forecast::RiskRequest& request) {
    return forecast::simulate(plan, answer, request);
  });
}

forecast::Comparison compare_with_progress(const Plan& plan, const solve::Answer& answer,
                                           const Plan& other, const solve::Answer& other_answer,
                                           const Options& options) {
  return with_progress(options, [&](const forecast::RiskRequest& request) {
    return forecast::compare(plan, answer, other, other_answer, request);
  });
}

}  // namespace diaodu::cli
