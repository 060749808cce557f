#include <filesystem>

#include "diaodu/cli/commands.h"
#include "diaodu/cli/console.h"
#include "diaodu/cli/session.h"
#include "diaodu/formats/disk.h"
#include "diaodu/formats/mspdi_write.h"
#include "diaodu/formats/xer_export.h"
#include "diaodu/report/words.h"
#include "diaodu/solve/solve.h"

namespace diaodu::cli {
namespace {

constexpr Words kNoScenarios{"--scenario is for TaskJuggler projects alone",
                             "--scenario 仅适用于 TaskJuggler 项目"};

/// With the dates of the critical path, which the other program shows until it schedules the project itself.
Findings write_with_dates(const formats::ReadPlan& read, const std::filesystem::path& place) {
  solve::Request request;
  request.with_resources = false;
  const solve::Answer answer = solve::solve(read.plan, read.sources, request);
  const formats::PlannedTable dates =
      answer.has_schedule ? planned_dates(read.plan, answer) : formats::PlannedTable{};
  Findings lost;
  formats::FileSet files;
  files.add(place, ending_of(place) == ".xer" ? formats::xer_of(read.plan, dates, lost)
                                              : formats::mspdi_of(read.plan, dates, lost));
  files.commit();
  return lost;
}

}  // namespace

int run_convert(const Options& options) {
  const std::filesystem::path place = path_of(options.arguments.back());
  if (const int status = judge_new_plan(options, place); status != kDone) return status;
  const std::filesystem::path source = path_of(options.arguments.front());
  if (!options.scenario.empty() && formats::recognise(source) != formats::FileFormat::tjp) {
    return fail(options, kWrongUsage, report::say(kNoScenarios, options.language));
  }
  formats::ReadPlan read = formats::read_plan(source, options.scenario);
  if (!options.json) print_findings(read.findings, options.language);
  if (!read.findings.has_errors()) {
    const std::string ending = ending_of(place);
    const Findings lost = ending == ".xer" || ending == ".xml"
                              ? write_with_dates(read, place)
                              : formats::write_plan(read.plan, place, options.language);
    if (!options.json) print_findings(lost, options.language);
    read.findings.append(lost);
  }
  return tell_of_new_plan(options, read.findings);
}

}  // namespace diaodu::cli
