#include <filesystem>

#include "diaodu/cli/commands.h"
#include "diaodu/cli/console.h"
#include "diaodu/cli/session.h"

namespace diaodu::cli {

int run_convert(const Options& options) {
  const std::filesystem::path place = path_of(options.arguments.back());
  if (const int status = judge_new_plan(options, place); status != kDone) return status;
  formats::ReadPlan read = formats::read_plan(path_of(options.arguments.front()));
  if (!options.json) print_findings(read.findings, options.language);
  if (!read.findings.has_errors()) {
    const Findings lost = formats::write_plan(read.plan, place, options.language);
    if (!options.json) print_findings(lost, options.language);
    read.findings.append(lost);
  }
  return tell_of_new_plan(options, read.findings);
}

}  // namespace diaodu::cli
