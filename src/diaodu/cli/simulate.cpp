#include "diaodu/cli/simulate.h"

#include <algorithm>
#include <thread>

#include "diaodu/cli/console.h"
#include "diaodu/cli/count_line.h"
#include "diaodu/forecast/comparison.h"
#include "diaodu/report/words.h"

namespace diaodu::cli {

namespace words = report::words;

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
  CountLine line(words::cli_risk_progress, options.language);
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
