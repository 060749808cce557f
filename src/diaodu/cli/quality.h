#pragma once

#include "diaodu/cli/options.h"

namespace diaodu::cli {

/// `check --quality`: the fourteen points of the plan, as known at the end of `--as-of`, or now.
int run_quality(const Options& options);

}  // namespace diaodu::cli
