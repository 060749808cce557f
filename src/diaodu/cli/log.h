#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "diaodu/cli/options.h"
#include "diaodu/core/finding.h"

namespace diaodu::cli {

// The actions of `diaodu log`; `words` is what follows the action's name.  Each returns the exit status.

int log_add(const Options& options, const std::vector<std::string>& words);
int log_import(const Options& options, const std::vector<std::string>& words);
int log_baseline(const Options& options, const std::vector<std::string>& words);
/// Enters what the plan is by now, by the hash of its content; nothing where that is on record already.
int log_plan(const Options& options);
int log_withdraw(const Options& options, const std::vector<std::string>& words);
int log_show(const Options& options);
int log_verify(const Options& options);
int log_sign(const Options& options);
int log_key(const Options& options);

/// The record of the plan on the command line.
std::filesystem::path record_path(const Options& options);

}  // namespace diaodu::cli
