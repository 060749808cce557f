#include "diaodu/cli/session.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <iostream>
#include <limits>
#include <system_error>

#include "diaodu/cli/console.h"
#include "diaodu/formats/disk.h"
#include "diaodu/formats/folder.h"
#include "diaodu/formats/mspdi_write.h"
#include "diaodu/formats/schedule_file.h"
#include "diaodu/formats/xer_export.h"
#include "diaodu/formats/xer_write.h"
#include "diaodu/plan/tree.h"
#include "diaodu/report/findings_json.h"
#include "diaodu/report/gantt_svg.h"
#include "diaodu/report/ical.h"
#include "diaodu/report/json.h"
#include "diaodu/report/page.h"
#include "diaodu/report/pdf.h"
#include "diaodu/report/schedule_json.h"
#include "diaodu/report/schedule_table.h"
#include "diaodu/report/words.h"
#include "diaodu/report/workbook.h"
#include "diaodu/track/ledger.h"

namespace diaodu::cli {
namespace {

namespace words = report::words;

bool is_known_ending(const std::string& ending) {
  constexpr std::array<std::string_view, 9> kKnown = {".csv", ".html", ".ics", ".json", ".pdf",
                                                      ".svg", ".xlsx", ".xml", ".xer"};
  return std::find(kKnown.begin(), kKnown.end(), ending) != kKnown.end();
}

/// Is it one of the files that the plan is read from?
bool is_part_of(const std::filesystem::path& file, const std::filesystem::path& plan) {
  std::error_code unknown;
  if (std::filesystem::equivalent(file, plan, unknown)) return true;
  const std::filesystem::path folder = file.has_parent_path() ? file.parent_path() : ".";
  const bool would_be_read = formats::is_plan_table(file) || file.filename() == "plan.toml";
  return would_be_read && std::filesystem::equivalent(folder, plan, unknown);
}

bool is_same_place(const std::filesystem::path& one, const std::filesystem::path& other) {
  std::error_code unknown;
  return std::filesystem::weakly_canonical(one, unknown) ==
         std::filesystem::weakly_canonical(other, unknown);
}

/// Is it what has been entered of the plan, which nothing may replace?
bool is_record_of(const std::filesystem::path& file, const std::filesystem::path& plan) {
  const std::filesystem::path record = track::record_of(plan);
  const std::filesystem::path log = record.string() + "-wal";
  return is_same_place(file, record) || is_same_place(file, log);
}

report::PageOptions page_options_of(const Options& options, const ForPages& more) {
  return {.language = options.language,
          .watched = options.watch,
          .by = "diaodu " DIAODU_VERSION,
          .forecast = more.forecast,
          .outlook = more.outlook,
          .status = more.status};
}

int fail_to_write(const Options& options, const std::string& file, std::errc why) {
  return fail(options, kWorldFailed,
              complaint_of({"", path_of(file), std::make_error_code(why)}, options.language));
}

}  // namespace

formats::PlannedTable planned_dates(const Plan& plan, const solve::Answer& answer) {
  formats::PlannedTable table(plan.tasks.size());
  for (TaskId id : plan.tasks.ids()) {
    const Placement& placed = answer.schedule.placements[id];
    const solve::TaskDates& dates = answer.dates[id];
    table[id] = {.start = placed.start,
                 .finish = placed.finish,
                 .earliest_start = dates.earliest_start,
                 .earliest_finish = dates.earliest_finish,
                 .latest_start = dates.latest_start,
                 .latest_finish = dates.latest_finish,
                 .total_float = dates.total_float,
                 .free_float = dates.free_float,
                 .has_float = dates.has_float,
                 .is_critical = dates.is_critical,
                 .is_scheduled = placed.is_scheduled};
    if (!answer.is_levelled) continue;
    // Levelled dates are the earliest that resources allow.
    table[id].earliest_start = placed.resumes;
    table[id].earliest_finish = placed.finish;
  }
  return table;
}

std::filesystem::path path_of(const std::string& argument) {
  return {std::u8string(argument.begin(), argument.end())};
}

std::filesystem::path place_of_plan(const std::string& argument) {
  return formats::plan_place(path_of(argument));
}

solve::Request request_of(const Options& options) {
  solve::Request request;
  request.with_resources = !options.without_resources;
  request.seed = options.seed;
  request.threads = options.threads.value_or(1);
  request.objectives = options.objectives;
  // Whoever limits the time wants it used; without a wish the usual steps make runs repeat exactly.
  if (options.seconds) {
    request.limits.seconds = *options.seconds;
    request.limits.steps = std::numeric_limits<std::int64_t>::max();
  }
  if (options.steps) request.limits.steps = *options.steps;
  return request;
}

Baseline baseline_of(formats::ReadPlan& read, const Options& options) {
  if (options.baseline.empty() || read.findings.has_errors()) return {};
  return formats::read_baseline(path_of(options.baseline), read.plan, read.findings);
}

solve::Answer solve_with_progress(const formats::ReadPlan& read, const Options& options,
                                  const Baseline& baseline, solve::ProofLog* proof) {
  solve::Request request = request_of(options);
  request.baseline = baseline;
  const Interruptible interruptible;
  request.limits.cancel = interruptible.flag();
  ProgressLine progress(read.plan, options.language, request.limits.seconds);
  request.proof = proof;
  request.on_progress = [&progress](const solve::Improvement& state) { progress.show(state); };
  return solve::solve(read.plan, read.sources, request);
}

solve::Answer answer_to_nothing(const Options& options) {
  solve::Answer answer;
  answer.start = kEver;
  answer.bound.finish = kEver;
  answer.is_levelled = !options.without_resources;
  answer.seed = options.seed;
  return answer;
}

Exit status_of(const solve::Answer& answer) {
  const bool is_good =
      answer.status == solve::Status::optimal || answer.status == solve::Status::feasible;
  return is_good ? kDone : kPlanIsWrong;
}

std::string ending_of(const std::filesystem::path& path) {
  std::string ending = formats::shown(path.extension());
  std::transform(ending.begin(), ending.end(), ending.begin(),
                 [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
  return ending;
}

int judge_output(const Options& options, const std::string& file) {
  if (file.empty()) return kDone;
  const std::filesystem::path place = path_of(file);
  std::vector<std::string> plans = options.arguments;
  if (!options.against.empty()) plans.push_back(options.against);
  const auto is_input = [&place](const std::string& input) {
    std::error_code unknown;  // what does not exist is not overwritten
    return !input.empty() && std::filesystem::equivalent(place, path_of(input), unknown);
  };
  const auto is_of_plan = [&place](const std::string& plan) {
    const std::filesystem::path read = place_of_plan(plan);
    return is_part_of(place, read) || is_record_of(place, read);
  };
  if (std::any_of(plans.begin(), plans.end(), is_of_plan) || is_input(options.baseline) ||
      is_input(options.schedule) || is_input(options.outline)) {
    return fail(options, kWrongUsage,
                report::say(words::cli_output_is_input, options.language, {file}));
  }
  if (std::filesystem::is_directory(place))
    return fail_to_write(options, file, std::errc::is_a_directory);
  if (!place.has_parent_path() || std::filesystem::is_directory(place.parent_path())) return kDone;
  return fail_to_write(options, file, std::errc::no_such_file_or_directory);
}

int judge_outputs(const Options& options) {
  for (const std::string& output : options.outputs) {
    if (!is_known_ending(ending_of(path_of(output)))) {
      return fail(options, kWrongUsage,
                  report::say(words::cli_unknown_ending, options.language, {output}));
    }
    if (const int status = judge_output(options, output); status != kDone) return status;
  }
  return kDone;
}

int judge_new_plan(const Options& options, const std::filesystem::path& place) {
  // Endings of what diaodu reads or writes mean files; any other is part of a folder's name.
  constexpr std::array<std::string_view, 16> kFiles = {
      ".csv", ".xls", ".json", ".toml", ".svg",  ".pdf", ".html", ".ics",
      ".sm",  ".mm",  ".rcp",  ".sch",  ".rcmp", ".mpp", ".gan",  ".tjp"};
  const std::string ending = ending_of(place);
  if (std::find(kFiles.begin(), kFiles.end(), ending) != kFiles.end()) {
    return fail(options, kWrongUsage,
                report::say(words::cli_folder_or_workbook, options.language, {ending}));
  }
  // A folder is no obstacle, the plan in it is, and any table that would be read as part of the new one.
  std::filesystem::path taken = place;
  if (std::filesystem::is_directory(place)) {
    taken = place / "plan.toml";
    for (const std::filesystem::path& file : formats::files_in(place)) {
      if (formats::is_plan_table(file) && !std::filesystem::exists(taken)) taken = file;
    }
  }
  if (!std::filesystem::exists(taken)) return kDone;
  return fail(options, kWrongUsage,
              report::say(words::cli_already_there, options.language, {formats::shown(taken)}));
}

int judge_calendar_scope(const Options& options, const Plan& plan) {
  if (options.only.empty() || report::find_calendar_scope(plan, options.only)) return kDone;
  return fail(options, kWrongUsage,
              report::say(words::cli_no_resource_or_owner, options.language, {options.only}));
}

solve::Answer with_findings_of(const formats::ReadPlan& read, solve::Answer answer) {
  Findings all = read.findings;
  all.append(answer.findings);
  answer.findings = std::move(all);
  return answer;
}

namespace {

/// An export keeps all that diaodu does not own; any other plan becomes a new one.
std::string xer_output(const formats::ReadPlan& read, const solve::Answer& answer,
                       const Options& options, Findings& lost) {
  const formats::PlannedTable dates = planned_dates(read.plan, answer);
  const std::filesystem::path source = path_of(options.arguments.front());
  if (formats::recognise(source) != formats::FileFormat::xer)
    return formats::xer_of(read.plan, dates, lost);
  const auto bytes = formats::read_file(source, formats::shown(source), lost);
  return bytes ? formats::rewrite_xer(*bytes, read.plan, read.sources, dates, lost) : std::string();
}

report::CalendarScope calendar_scope_of(const Plan& plan, const Options& options) {
  report::CalendarScope scope;
  if (!options.only.empty())
    scope = report::find_calendar_scope(plan, options.only).value_or(scope);
  scope.has_milestones_only = options.milestones;
  return scope;
}

/// Makes every `--output` beside its place.  `lost`: what a form has no place for.
std::vector<std::string> prepare_outputs(const formats::ReadPlan& read, const solve::Answer& answer,
                                         const Options& options, const ForPages& more,
                                         formats::FileSet& files, Findings& lost) {
  const Plan& plan = read.plan;
  const Language language = options.language;
  const solve::Answer all = with_findings_of(read, answer);
  std::vector<std::string> written;
  for (const std::string& output : options.outputs) {
    const std::filesystem::path place = path_of(output);
    const std::string ending = ending_of(place);
    if (!answer.has_schedule && ending != ".html") continue;
    written.push_back(output);
    if (ending == ".html")
      files.add(place, report::page(plan, all, page_options_of(options, more)));
    if (ending == ".xlsx")
      report::write_schedule_workbook(plan, all, language, files.beside(place));
    if (ending == ".xer") files.add(place, xer_output(read, answer, options, lost));
    if (ending == ".xml")
      files.add(place, formats::mspdi_of(plan, planned_dates(plan, answer), lost));
    if (ending == ".csv") files.add(place, report::schedule_csv(plan, all, language));
    if (ending == ".ics")
      files.add(place, report::icalendar(plan, all, language, calendar_scope_of(plan, options)));
    if (ending == ".svg") files.add(place, report::gantt_svg(plan, all, {.language = language}));
    if (ending == ".pdf") files.add(place, report::gantt_pdf(plan, all, language));
    if (ending == ".json") files.add(place, report::schedule_json(plan, all, language));
  }
  return written;
}

}  // namespace

std::vector<std::string> write_outputs(const formats::ReadPlan& read, const solve::Answer& answer,
                                       const Options& options, const ForPages& more) {
  formats::FileSet files;
  Findings lost;
  std::vector<std::string> written = prepare_outputs(read, answer, options, more, files, lost);
  files.commit();
  print_findings(lost, options.language);
  return written;
}

void tell_of_outputs(const std::vector<std::string>& outputs, Language language) {
  for (const std::string& output : outputs) {
    std::cerr << report::say(words::cli_written, language, {output}) << "\n";
  }
}

int show_json(const formats::ReadPlan& read, const solve::Answer& answer, const Options& options,
              const ForPages& more) {
  formats::FileSet files;
  std::vector<std::string> written;
  solve::Answer told = with_findings_of(read, answer);
  std::string complaint;
  try {
    Findings lost;
    written = prepare_outputs(read, answer, options, more, files, lost);
    told.findings.append(lost);
  } catch (const std::filesystem::filesystem_error& error) {
    complaint = complaint_of(error, options.language);
  }
  std::cout << report::schedule_json(read.plan, told, options.language);
  try {
    if (complaint.empty()) {
      files.commit();
      tell_of_outputs(written, options.language);
      return status_of(answer);
    }
  } catch (const std::filesystem::filesystem_error& error) {
    complaint = complaint_of(error, options.language);
  }
  Options beside = options;
  beside.json = false;  // the document is out already
  return fail(beside, kWorldFailed, complaint);
}

int write_outputs(const Options& options, Exit status, const std::function<void()>& write) {
  try {
    write();
    return status;
  } catch (const std::filesystem::filesystem_error& error) {
    Options beside = options;
    beside.json = false;
    return fail(beside, kWorldFailed, complaint_of(error, options.language));
  }
}

int tell_of_wrong_plan(const Plan& plan, const Findings& findings, const Options& options) {
  if (options.json) {
    std::cout << report::check_json(plan, findings, nullptr, nullptr, options.language);
  } else {
    print_findings(findings, options.language);
  }
  return kPlanIsWrong;
}

int tell_of_new_plan(const Options& options, const Findings& findings) {
  const std::string& name = options.arguments.back();
  if (options.json) {
    report::JsonWriter json;
    json.begin_object();
    json.key("written");
    findings.has_errors() ? json.null() : json.text(name);
    report::write_findings_json(json, findings, options.language);
    json.end_object();
    std::cout << json.take();
  } else if (!findings.has_errors()) {
    std::cout << report::say(words::cli_written, options.language, {name}) << "\n";
  }
  return findings.has_errors() ? kPlanIsWrong : kDone;
}

TaskId find_task(const Plan& plan, const std::string& wanted, const Options& options) {
  const Language language = options.language;
  std::vector<TaskId> named;
  std::vector<TaskId> containing;
  for (TaskId id : plan.tasks.ids()) {
    const Task& task = plan.tasks[id];
    if (task.id == wanted) return id;
    if (task.name == wanted || task.name_zh == wanted) named.push_back(id);
    const bool contains = task.name.view().find(wanted) != std::string_view::npos ||
                          task.name_zh.view().find(wanted) != std::string_view::npos;
    if (contains && !wanted.empty()) containing.push_back(id);
  }
  if (named.empty()) named = containing;
  if (named.size() == 1) return named.front();
  if (named.empty()) {
    fail(options, kWrongUsage, report::say(words::cli_no_task, language, {wanted}));
    return {};
  }
  constexpr std::size_t kMostNamed = 10;
  fail(options, kWrongUsage, report::say(words::cli_several_tasks, language, {wanted}));
  for (std::size_t i = 0; i < std::min(named.size(), kMostNamed); ++i) {
    std::cerr << "  " << plan.tasks[named[i]].id.view() << "  "
              << path_name(plan, named[i], language) << "\n";
  }
  return {};
}

}  // namespace diaodu::cli
