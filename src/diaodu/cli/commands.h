#pragma once

#include "diaodu/cli/options.h"

namespace diaodu::cli {

// One function for each verb; each returns the exit status.
int run_init(const Options& options);
int run_check(const Options& options);
int run_schedule(const Options& options);
int run_report(const Options& options);
int run_risk(const Options& options);
int run_forecast(const Options& options);
int run_status(const Options& options);
int run_dispatch(const Options& options);
int run_why(const Options& options);
int run_log(const Options& options);
int run_diff(const Options& options);
int run_convert(const Options& options);
int run_bench(const Options& options);
int run_completion(const Options& options);

}  // namespace diaodu::cli
