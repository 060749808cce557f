#include "diaodu/cli/quality.h"

#include <filesystem>
#include <iostream>
#include <string>
#include <unordered_map>
#include <utility>

#include "diaodu/check/quality.h"
#include "diaodu/cli/console.h"
#include "diaodu/cli/measure.h"
#include "diaodu/cli/session.h"
#include "diaodu/formats/disk.h"
#include "diaodu/report/quality_text.h"
#include "diaodu/report/words.h"
#include "diaodu/solve/delay_test.h"

namespace diaodu::cli {
namespace {

namespace words = report::words;

/// What is wrong with the `--output`s, or what cannot stand beside `--quality`; `kDone` if nothing is.
int judge_quality_options(const Options& options) {
  for (const auto& [is_asked, name] :
       {std::pair{!options.schedule.empty(), "--schedule"}, {!options.proof.empty(), "--proof"}}) {
    if (is_asked) {
      return fail(options, kWrongUsage,
                  report::say(words::cli_not_together, options.language, {"--quality", name}));
    }
  }
  for (const std::string& output : options.outputs) {
    const std::string ending = ending_of(path_of(output));
    if (ending == ".csv" || ending == ".xlsx" || ending == ".json") continue;
    return fail(options, kWrongUsage,
                report::say(words::cli_quality_output, options.language, {output}));
  }
  return judge_outputs(options);
}

/// What `--baseline` names, else the last one on record, else the plan before anything happened.
std::optional<track::Baseline> agreed(RecordedPlan& recorded, const solve::Answer& answer,
                                      const Options& options) {
  if (options.baseline.empty() && !recorded.record.baselines.empty())
    return recorded.record.baselines.back();
  const bool has_begun = !recorded.read.plan.progress.empty();
  if (options.baseline.empty() && !has_begun) return {};
  return measure_of(recorded.read, recorded.record, answer, options).baseline;
}

Table<TaskId, std::optional<Interval>> by_task(const Plan& plan, const track::Baseline& baseline) {
  std::unordered_map<std::string_view, Interval> dates;
  for (const track::Baseline::Row& row : baseline.rows)
    dates.insert({row.task, {row.start, row.finish}});
  Table<TaskId, std::optional<Interval>> table(plan.tasks.size());
  for (const TaskId task : plan.tasks.ids()) {
    const auto found = dates.find(plan.tasks[task].id);
    if (found != dates.end()) table[task] = found->second;
  }
  return table;
}

void write_quality_outputs(const report::MeasuredQuality& measured, const Findings& findings,
                           const Options& options) {
  formats::FileSet files;
  for (const std::string& output : options.outputs) {
    const std::filesystem::path place = path_of(output);
    const std::string ending = ending_of(place);
    if (ending == ".xlsx")
      report::write_quality_workbook(measured, options.language, files.beside(place));
    if (ending == ".csv") files.add(place, report::quality_csv(measured, options.language));
    if (ending == ".json")
      files.add(place, report::quality_json(measured, findings, options.language));
  }
  files.commit();
  tell_of_outputs(options.outputs, options.language);
}

}  // namespace

int run_quality(const Options& options) {
  if (const int status = judge_quality_options(options); status != kDone) return status;
  RecordedPlan recorded = read_recorded(options.arguments.front(), options);
  formats::ReadPlan& read = recorded.read;
  if (read.findings.has_errors()) return tell_of_wrong_plan(read.plan, read.findings, options);
  solve::Request request;
  request.with_resources = false;
  const solve::Answer answer = solve::solve(read.plan, read.sources, request);
  Findings findings = read.findings;
  findings.append(answer.findings);
  if (!answer.has_schedule) return tell_of_wrong_plan(read.plan, findings, options);
  const std::optional<track::Baseline> baseline = agreed(recorded, answer, options);
  if (read.findings.has_errors()) return tell_of_wrong_plan(read.plan, read.findings, options);
  check::QualityEvidence evidence{
      .dates = solve::quality_dates(read.plan, answer),
      .baseline = {},
      .finish = answer.finish,
      .delay = solve::test_by_delay(read.plan, read.sources, answer),
  };
  if (baseline) evidence.baseline = by_task(read.plan, *baseline);
  const check::Quality quality = check::quality(read.plan, evidence);
  const report::MeasuredQuality measured{read.plan, evidence, quality,
                                         baseline ? baseline->name : std::string()};
  if (options.json) {
    std::cout << report::quality_json(measured, findings, options.language);
  } else {
    print_findings(findings, options.language);
    std::cout << report::quality_text(measured, options.language, width_of_output(), has_colour());
  }
  return write_outputs(options, status_of(answer),
                       [&] { write_quality_outputs(measured, findings, options); });
}

}  // namespace diaodu::cli
