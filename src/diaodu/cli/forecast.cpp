#include <iostream>
#include <optional>

#include "diaodu/cli/commands.h"
#include "diaodu/cli/console.h"
#include "diaodu/cli/outlook.h"
#include "diaodu/report/outlook_json.h"

namespace diaodu::cli {

int run_forecast(const Options& options) {
  RecordedPlan recorded = read_recorded(options.arguments.front(), options);
  const Findings& findings = recorded.read.findings;
  std::optional<report::ToldOutlook> told;
  if (!findings.has_errors()) told = outlook_with_progress(recorded, options);
  if (options.json) {
    std::cout << report::outlook_json(recorded.read.plan, told ? &*told : nullptr, findings,
                                      options.language);
  } else {
    print_findings(findings, options.language);
    // Where only the schedule or a date is wrong, targets have an outlook all the same.
    if (told || !findings.has_errors()) {
      std::cout << report::outlook_text(recorded.read.plan, told.value_or(report::ToldOutlook{}),
                                        options.language, width_of_output(), has_colour());
    }
  }
  return findings.has_errors() ? kPlanIsWrong : kDone;
}

}  // namespace diaodu::cli
