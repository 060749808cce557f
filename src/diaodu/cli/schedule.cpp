#include <algorithm>
#include <iostream>

#include "diaodu/cli/commands.h"
#include "diaodu/cli/console.h"
#include "diaodu/cli/proof_file.h"
#include "diaodu/cli/session.h"
#include "diaodu/report/gantt_text.h"
#include "diaodu/report/summary.h"
#include "diaodu/report/words.h"

namespace diaodu::cli {
namespace {

/// Solves, and writes the proof log if one is asked for.
solve::Answer solve_and_log(const formats::ReadPlan& read, const Options& options,
                            const Baseline& baseline) {
  if (options.proof.empty()) return solve_with_progress(read, options, baseline);
  ProofFile file(path_of(options.proof));
  solve::Answer answer = solve_with_progress(read, options, baseline, &file.log());
  file.commit();
  return answer;
}

}  // namespace

int run_schedule(const Options& options) {
  if (const int status = judge_outputs(options); status != kDone) return status;
  const bool has_calendar =
      std::any_of(options.outputs.begin(), options.outputs.end(),
                  [](const std::string& output) { return ending_of(path_of(output)) == ".ics"; });
  if ((options.milestones || !options.only.empty()) && !has_calendar) {
    return fail(options, kWrongUsage,
                report::say(report::words::cli_scope_without_calendar, options.language, {}));
  }
  if (const int status = judge_output(options, options.proof); status != kDone) return status;
  formats::ReadPlan read = read_with_record(options.arguments.front(), options);
  const Baseline baseline = baseline_of(read, options);
  if (!read.findings.has_errors()) {
    if (const int status = judge_calendar_scope(options, read.plan); status != kDone) return status;
  }
  if (!options.json) print_findings(read.findings, options.language);
  const solve::Answer answer = read.findings.has_errors() ? answer_to_nothing(options)
                                                          : solve_and_log(read, options, baseline);
  if (options.json) return show_json(read, answer, options);
  if (read.findings.has_errors()) {
    tell_of_outputs(write_outputs(read, answer, options), options.language);
    return kPlanIsWrong;
  }
  const int width = width_of_output();
  std::cout << report::summary(read.plan, answer, options.language, width, has_colour());
  if (!options.proof.empty()) {
    std::cout << report::about_proof_log(read.plan, answer, options.proof, options.language)
              << "\n";
  }
  if (options.gantt && answer.has_schedule) {
    std::cout << "\n"
              << report::gantt_text(
                     read.plan, answer,
                     {.language = options.language, .width = width, .has_colour = has_colour()});
  }
  tell_of_outputs(write_outputs(read, answer, options), options.language);
  return status_of(answer);
}

}  // namespace diaodu::cli
