#include <filesystem>
#include <iostream>
#include <string>
#include <utility>

#include "diaodu/cli/commands.h"
#include "diaodu/cli/console.h"
#include "diaodu/cli/session.h"
#include "diaodu/formats/disk.h"
#include "diaodu/plan/finding_kinds.h"
#include "diaodu/report/difference.h"
#include "diaodu/report/difference_text.h"
#include "diaodu/report/summary.h"
#include "diaodu/report/words.h"

namespace diaodu::cli {
namespace {

namespace words = report::words;

int judge_diff_outputs(const Options& options) {
  for (const std::string& output : options.outputs) {
    const std::string ending = ending_of(path_of(output));
    if (ending == ".html" || ending == ".csv" || ending == ".xlsx" || ending == ".json") continue;
    return fail(options, kWrongUsage,
                report::say(words::cli_diff_output, options.language, {output}));
  }
  return judge_outputs(options);
}

/// A plan as of a day, and what it is called in the answer.
struct Side {
  std::string plan;
  Options options;
  std::string name;
};

/// Two plans as they are, or one as of two days; nothing if neither was asked for.
std::optional<std::pair<Side, Side>> sides(const Options& options) {
  Side before{options.arguments.front(), options, {}};
  Side after{options.arguments.back(), options, {}};
  const std::string day = options.as_of.empty() ? "" : " (" + options.as_of + ")";
  before.name = before.plan + day;
  after.name = after.plan + day;
  if (options.arguments.size() >= 2) {
    if (options.since.empty()) return std::pair(before, after);
    fail(options, kWrongUsage, report::say(words::cli_diff_since, options.language));
    return {};
  }
  if (options.since.empty() && options.as_of.empty()) {
    fail(options, kWrongUsage, report::say(words::cli_diff_one_plan, options.language));
    return {};
  }
  // With one day only, that is the earlier one, and the later is today.
  before.options.as_of = options.since.empty() ? options.as_of : options.since;
  after.options.as_of = options.since.empty() ? "" : options.as_of;
  before.name = before.options.as_of;
  after.name = after.options.as_of.empty() ? after.plan : after.options.as_of;
  return std::pair(before, after);
}

/// Dates that break a plan's limits are compared, but not without saying so.
void tell_of_broken(const std::string& name, const Plan& plan, const solve::Answer& answer,
                    const Options& options) {
  if (status_of(answer) == kDone) return;
  std::cerr << name << words::cli_colon.in(options.language)
            << report::headline(plan, answer, options.language) << "\n";
  print_findings(answer.findings, options.language);
}

void write_diff_outputs(const report::ComparedPlans& compared, const Findings& findings,
                        const Options& options) {
  formats::FileSet files;
  for (const std::string& output : options.outputs) {
    const std::filesystem::path place = path_of(output);
    const std::string ending = ending_of(place);
    const Language language = options.language;
    if (ending == ".xlsx")
      report::write_difference_workbook(compared, language, files.beside(place));
    if (ending == ".csv") files.add(place, report::difference_csv(compared, language));
    if (ending == ".html") files.add(place, report::difference_page(compared, language));
    if (ending == ".json") files.add(place, report::difference_json(compared, findings, language));
  }
  files.commit();
  tell_of_outputs(options.outputs, options.language);
}

}  // namespace

int run_diff(const Options& options) {
  if (options.arguments.size() > 2) {
    return fail(options, kWrongUsage,
                report::say(words::cli_too_many, options.language, {options.arguments[2]}));
  }
  const auto asked = sides(options);
  if (!asked) return kWrongUsage;
  if (const int status = judge_diff_outputs(options); status != kDone) return status;
  const formats::ReadPlan before = read_with_record(asked->first.plan, asked->first.options);
  if (before.findings.has_errors())
    return tell_of_wrong_plan(before.plan, before.findings, options);
  const formats::ReadPlan after = read_with_record(asked->second.plan, asked->second.options);
  if (after.findings.has_errors()) return tell_of_wrong_plan(after.plan, after.findings, options);
  const solve::Answer answer_before = solve_with_progress(before, options, {});
  const solve::Answer answer_after = solve_with_progress(after, options, {});
  const report::Differences differences =
      report::differences(before.plan, answer_before, after.plan, answer_after, options.language);
  const report::ComparedPlans compared{before.plan, after.plan, asked->first.name,
                                       asked->second.name, differences};
  const Exit status_before = status_of(answer_before);
  Findings findings = after.findings;
  // Of one plan both days have the one record, or none.
  const bool is_told = options.arguments.size() == 1 && !options.as_of.empty();
  for (const Finding& finding : before.findings.kept()) {
    if (finding.kind == &found::no_record && !is_told) findings.add(finding);
  }
  findings.append(answer_after.findings);
  if (status_before != kDone) findings.append(answer_before.findings);
  if (options.json) {
    std::cout << report::difference_json(compared, findings, options.language);
  } else {
    if (!is_told) tell_of_record(before.findings, options.language);
    tell_of_record(after.findings, options.language);
    tell_of_broken(compared.name_before, before.plan, answer_before, options);
    tell_of_broken(compared.name_after, after.plan, answer_after, options);
    std::cout << report::difference_text(compared, options.language, width_of_output(),
                                         has_colour());
  }
  const Exit status = status_before != kDone ? status_before : status_of(answer_after);
  return write_outputs(options, status, [&] { write_diff_outputs(compared, findings, options); });
}

}  // namespace diaodu::cli
