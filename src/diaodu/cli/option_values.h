#pragma once

#include <string>
#include <string_view>

#include "diaodu/cli/options.h"

namespace diaodu::cli {

// Each puts an option's value where it belongs; false: it is not what it must be.
bool take_json(Options& options, std::string_view value);
bool take_without_resources(Options& options, std::string_view value);
bool take_without_risk(Options& options, std::string_view value);
bool take_milestones(Options& options, std::string_view value);
bool take_gantt(Options& options, std::string_view value);
bool take_pdf(Options& options, std::string_view value);
bool take_svg(Options& options, std::string_view value);
bool take_brief(Options& options, std::string_view value);
bool take_quality(Options& options, std::string_view value);
bool take_watch(Options& options, std::string_view value);
bool take_output(Options& options, std::string_view value);
bool take_schedule(Options& options, std::string_view value);
bool take_baseline(Options& options, std::string_view value);
bool take_objective(Options& options, std::string_view value);
bool take_proof(Options& options, std::string_view value);
bool take_csv(Options& options, std::string_view value);
bool take_seconds(Options& options, std::string_view value);
bool take_steps(Options& options, std::string_view value);
bool take_seed(Options& options, std::string_view value);
bool take_threads(Options& options, std::string_view value);
bool take_trials(Options& options, std::string_view value);
bool take_trial(Options& options, std::string_view value);
/// `80%` or `0.8`.
bool take_confidence(Options& options, std::string_view value);
/// `0.5d` of 24 hours each, `12h` or `90min`.
bool take_until(Options& options, std::string_view value);
bool take_latin_hypercube(Options& options, std::string_view value);
bool take_against(Options& options, std::string_view value);
bool take_days(Options& options, std::string_view value);
bool take_cancelled(Options& options, std::string_view value);
bool take_only(Options& options, std::string_view value);
bool take_outline(Options& options, std::string_view value);
bool take_engine(Options& options, std::string_view value);
bool take_without_record(Options& options, std::string_view value);
bool take_dry_run(Options& options, std::string_view value);
bool take_replaces(Options& options, std::string_view value);
bool take_language(Options& options, std::string_view value);

/// Any text but none.
template <std::string Options::*kField>
bool take_text(Options& options, std::string_view value) {
  options.*kField = value;
  return !value.empty();
}

}  // namespace diaodu::cli
