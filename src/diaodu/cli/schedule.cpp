#include <filesystem>
#include <iostream>
#include <utility>

#include "diaodu/cli/commands.h"
#include "diaodu/cli/console.h"
#include "diaodu/cli/proof_file.h"
#include "diaodu/cli/session.h"
#include "diaodu/report/gantt_text.h"
#include "diaodu/report/schedule_json.h"
#include "diaodu/report/summary.h"

namespace diaodu::cli {
namespace {

int show_json(const formats::ReadPlan& read, solve::Answer answer, const Options& options) {
  Findings all = read.findings;
  all.append(answer.findings);
  answer.findings = std::move(all);
  std::cout << report::schedule_json(read.plan, answer, options.language);
  if (!answer.has_schedule) return status_of(answer);
  try {
    write_outputs(read.plan, answer, options);
  } catch (const std::filesystem::filesystem_error& error) {
    Options told = options;
    told.json = false;  // the document is out already
    return fail(told, kWorldFailed, complaint_of(error, options.language));
  }
  return status_of(answer);
}

/// Solves, and writes the proof log if one is asked for.
solve::Answer solve_and_log(const formats::ReadPlan& read, const Options& options,
                            const Baseline& baseline) {
  if (options.proof.empty()) return solve_with_progress(read, options, baseline);
  ProofFile file(path_of(options.proof));
  solve::Answer answer = solve_with_progress(read, options, baseline, &file.log());
  file.commit();
  return answer;
}

int solve_and_show(const Options& options, bool with_gantt) {
  if (const int status = judge_outputs(options); status != kDone) return status;
  if (!options.proof.empty()) {
    if (const int status = judge_folder_of(options, options.proof); status != kDone) return status;
  }
  formats::ReadPlan read = formats::read_plan(path_of(options.arguments.front()));
  const Baseline baseline = baseline_of(read, options);
  if (!options.json) print_findings(read.findings, options.language);
  const solve::Answer answer = read.findings.has_errors() ? answer_to_nothing(options)
                                                          : solve_and_log(read, options, baseline);
  if (options.json) return show_json(read, answer, options);
  if (read.findings.has_errors()) return kPlanIsWrong;
  const int width = width_of_output();
  std::cout << report::summary(read.plan, answer, options.language, width, has_colour());
  if (!options.proof.empty()) {
    std::cout << report::about_proof_log(read.plan, answer, options.proof, options.language)
              << "\n";
  }
  if (with_gantt && answer.has_schedule) {
    std::cout << "\n"
              << report::gantt_text(
                     read.plan, answer,
                     {.language = options.language, .width = width, .has_colour = has_colour()});
  }
  if (answer.has_schedule) write_outputs(read.plan, answer, options);
  return status_of(answer);
}

}  // namespace

int run_schedule(const Options& options) { return solve_and_show(options, options.gantt); }

int run_report(const Options& options) { return solve_and_show(options, true); }

}  // namespace diaodu::cli
