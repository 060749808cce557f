#pragma once

#include <filesystem>
#include <optional>

#include "diaodu/cli/options.h"
#include "diaodu/formats/plan_file.h"
#include "diaodu/solve/solve.h"

namespace diaodu::cli {

/// A path as the user typed it, in UTF-8.
std::filesystem::path path_of(const std::string& argument);

/// What `--seconds`, `--steps`, `--seed`, `--threads` and `--without-resources` ask for.
solve::Request request_of(const Options& options);

/// Solves with a progress line, and with Ctrl-C taking the best so far.
solve::Answer solve_with_progress(const formats::ReadPlan& read, const Options& options);

/// 0 where there is a schedule that keeps the rules, else 1.
int status_of(const solve::Answer& answer);

/// Writes the schedule to every `--output`, by the ending of its name.  False (and a word on stderr)
/// if an ending is unknown; judged before anything is searched.
bool can_write_outputs(const Options& options);
void write_outputs(const Plan& plan, const solve::Answer& answer, const Options& options);

/// The task of that id or, failing that, name; none (and a word on stderr) if there is no such task, or
/// if several have the name.
TaskId find_task(const Plan& plan, const std::string& wanted, Language language);

}  // namespace diaodu::cli
