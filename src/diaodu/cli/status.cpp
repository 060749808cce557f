#include "diaodu/track/status.h"

#include <filesystem>
#include <iostream>
#include <string>
#include <utility>

#include "diaodu/cli/commands.h"
#include "diaodu/cli/console.h"
#include "diaodu/cli/measure.h"
#include "diaodu/cli/session.h"
#include "diaodu/formats/disk.h"
#include "diaodu/report/status_json.h"
#include "diaodu/report/status_table.h"
#include "diaodu/report/status_text.h"
#include "diaodu/report/words.h"

namespace diaodu::cli {
namespace {

namespace words = report::words;

int give_up(const formats::ReadPlan& read, const Findings& findings, const Options& options) {
  if (options.json) {
    std::cout << report::no_status_json(read.plan, findings, options.language);
  } else {
    print_findings(findings, options.language);
  }
  return kPlanIsWrong;
}

int judge_status_outputs(const Options& options) {
  for (const std::string& output : options.outputs) {
    const std::string ending = ending_of(path_of(output));
    if (ending == ".csv" || ending == ".xlsx" || ending == ".json") continue;
    return fail(options, kWrongUsage,
                report::say(words::cli_status_output, options.language, {output}));
  }
  return judge_outputs(options);
}

void write_status_outputs(const Plan& plan, const track::Status& status, const Findings& findings,
                          const Options& options) {
  formats::FileSet files;
  for (const std::string& output : options.outputs) {
    const std::filesystem::path place = path_of(output);
    const std::string ending = ending_of(place);
    if (ending == ".xlsx")
      report::write_status_workbook(plan, status, options.language, files.beside(place));
    if (ending == ".csv") files.add(place, report::status_csv(plan, status, options.language));
    if (ending == ".json")
      files.add(place, report::status_json(plan, status, findings, options.language));
  }
  files.commit();
  tell_of_outputs(options.outputs, options.language);
}

}  // namespace

int run_status(const Options& options) {
  if (const int status = judge_status_outputs(options); status != kDone) return status;
  RecordedPlan recorded = read_recorded(options.arguments.front(), options);
  formats::ReadPlan& read = recorded.read;
  const track::Record& record = recorded.record;
  if (read.findings.has_errors()) return give_up(read, read.findings, options);
  const solve::Answer answer = solve_with_progress(read, options, {});
  Findings findings = read.findings;
  findings.append(answer.findings);
  if (!answer.has_schedule) return give_up(read, findings, options);
  Measure measure = measure_of(read, record, answer, options);
  if (read.findings.has_errors()) return give_up(read, read.findings, options);
  const track::StatusRequest request{
      .as_of = read.plan.data_date.value_or(read.plan.start),
      .baseline = std::move(measure.baseline),
      .was_critical = std::move(measure.critical),
      .knows_critical = measure.knows_critical,
      .days_ahead = options.days,
      .tolerances = {},
  };
  const track::Status status =
      track::status(read.plan, record, course_of(read.plan, answer), request);
  findings = read.findings;  // with those of the baseline's file
  findings.append(answer.findings);
  findings.append(status.findings);
  if (options.json) {
    std::cout << report::status_json(read.plan, status, findings, options.language);
  } else {
    print_findings(findings, options.language);
    std::cout << report::status_text(read.plan, status, options.language, width_of_output(),
                                     has_colour());
  }
  return write_outputs(options, status_of(answer),
                       [&] { write_status_outputs(read.plan, status, findings, options); });
}

}  // namespace diaodu::cli
