#pragma once

#include "diaodu/cli/options.h"
#include "diaodu/forecast/risk.h"
#include "diaodu/plan/plan.h"
#include "diaodu/solve/answer.h"

namespace diaodu::cli {

/// What `--trials`, `--seed`, `--threads`, `--confidence`, `--latin-hypercube`, `--engine` and `--without-resources`
/// ask for.
forecast::RiskRequest risk_request_of(const Options& options);

/// Whether the plan says of anything that it is uncertain; what it says may have no effect any more.
bool has_uncertainty(const Plan& plan);

/// Simulates with a line that counts trials, and with Ctrl-C keeping what there is.
forecast::Forecast simulate_with_progress(const Plan& plan, const solve::Answer& answer,
                                          const Options& options);

/// Likewise, the other plan beside this one.
forecast::Comparison compare_with_progress(const Plan& plan, const solve::Answer& answer,
                                           const Plan& other, const solve::Answer& other_answer,
                                           const Options& options);

}  // namespace diaodu::cli
