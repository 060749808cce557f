#include <iostream>

#include "diaodu/cli/commands.h"
#include "diaodu/cli/console.h"
#include "diaodu/cli/session.h"
#include "diaodu/report/gantt_text.h"
#include "diaodu/report/schedule_json.h"
#include "diaodu/report/summary.h"

namespace diaodu::cli {
namespace {

int solve_and_show(const Options& options, bool with_gantt) {
  if (!can_write_outputs(options)) return kWrongUsage;
  const formats::ReadPlan read = formats::read_plan(path_of(options.arguments.front()));
  if (!options.json) print_findings(read.findings, options.language);
  solve::Answer answer;
  if (!read.findings.has_errors()) answer = solve_with_progress(read, options);
  const int status = status_of(answer);
  if (options.json) {
    Findings all = read.findings;
    all.append(answer.findings);
    answer.findings = std::move(all);
    std::cout << report::schedule_json(read.plan, answer, options.language) << "\n";
  } else if (!read.findings.has_errors()) {
    const int width = width_of_output();
    std::cout << report::summary(read.plan, answer, options.language, width, has_colour());
    if (with_gantt && answer.has_schedule) {
      std::cout << "\n" << report::gantt_text(read.plan, answer, {.language = options.language, .width = width, .has_colour = has_colour()});
    }
  }
  if (answer.has_schedule) write_outputs(read.plan, answer, options);
  return status;
}

}  // namespace

int run_schedule(const Options& options) { return solve_and_show(options, options.gantt); }

int run_report(const Options& options) { return solve_and_show(options, true); }

}  // namespace diaodu::cli
