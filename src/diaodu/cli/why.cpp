#include <iostream>

#include "diaodu/cli/commands.h"
#include "diaodu/cli/console.h"
#include "diaodu/cli/session.h"
#include "diaodu/report/reason.h"
#include "diaodu/report/schedule_json.h"

namespace diaodu::cli {

int run_why(const Options& options) {
  formats::ReadPlan read = read_with_record(options.arguments.front(), options);
  const Baseline baseline = baseline_of(read, options);
  if (read.findings.has_errors()) {
    if (options.json) {
      solve::Answer answer = answer_to_nothing(options);
      answer.findings = read.findings;
      std::cout << report::why_json(read.plan, answer, {}, options.language);
    } else {
      print_findings(read.findings, options.language);
    }
    return kPlanIsWrong;
  }
  if (!options.json) tell_of_record(read.findings, options.language);
  const TaskId task = find_task(read.plan, options.arguments.back(), options);
  if (!task) return kWrongUsage;
  const solve::Answer answer = solve_with_progress(read, options, baseline);
  if (options.json) {
    std::cout << report::why_json(read.plan, answer, task, options.language);
  } else if (answer.has_schedule) {
    // Dates that break the plan's limits are told, but not without saying so.
    if (status_of(answer) != kDone) print_findings(answer.findings, options.language);
    std::cout << report::why_story(read.plan, answer, task, options.language, width_of_output());
  } else {
    print_findings(answer.findings, options.language);
  }
  return status_of(answer);
}

}  // namespace diaodu::cli
