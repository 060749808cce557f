#include <algorithm>
#include <array>
#include <chrono>
#include <ctime>
#include <filesystem>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "diaodu/cli/commands.h"
#include "diaodu/cli/console.h"
#include "diaodu/cli/for_page.h"
#include "diaodu/cli/plan_watch.h"
#include "diaodu/cli/session.h"
#include "diaodu/cli/simulate.h"
#include "diaodu/formats/disk.h"
#include "diaodu/plan/finding_kinds.h"
#include "diaodu/report/brief.h"
#include "diaodu/report/summary.h"
#include "diaodu/report/words.h"
#include "diaodu/track/ledger.h"

namespace diaodu::cli {
namespace {

namespace words = report::words;

constexpr std::string_view kPage = "report.html";
constexpr std::string_view kBrief = "brief.html";
constexpr auto kPause = std::chrono::milliseconds(500);

/// The outputs that are asked for; a page, if none is; and the drawings beside it.
Options with_outputs(Options options) {
  if (options.outputs.empty()) options.outputs.emplace_back(options.brief ? kBrief : kPage);
  std::string page = options.outputs.front();
  for (const std::string& output : options.outputs) {
    if (ending_of(path_of(output)) == ".html") {
      page = output;
      break;
    }
  }
  const auto beside = [&page](const char* ending) {
    return formats::shown(path_of(page).replace_extension(ending));
  };
  if (options.svg) options.outputs.push_back(beside(".svg"));
  if (options.pdf) options.outputs.push_back(beside(".pdf"));
  std::vector<std::string> once;  // a drawing that is asked for by name as well
  for (std::string& output : options.outputs) {
    if (std::find(once.begin(), once.end(), output) == once.end())
      once.push_back(std::move(output));
  }
  options.outputs = std::move(once);
  return options;
}

/// A plan as it was read, its answer, how sure that is, and what is on record of it and of its targets.
struct Solved {
  RecordedPlan recorded;
  solve::Answer answer;
  std::optional<forecast::Forecast> forecast;
  std::optional<report::ToldOutlook> outlook;
  std::optional<track::Status> status;

  const formats::ReadPlan& read() const { return recorded.read; }
  ForPages for_pages() const {
    return {.forecast = forecast ? &*forecast : nullptr,
            .outlook = outlook ? &*outlook : nullptr,
            .status = status ? &*status : nullptr};
  }
};

/// Trials, where anything is uncertain and there is a schedule that keeps the rules; what is to be said of them
/// joins the answer's findings.
void simulate(Solved& solved, const Options& options) {
  const Plan& plan = solved.read().plan;
  const bool is_good = solved.answer.has_schedule && status_of(solved.answer) == kDone;
  if (options.without_risk || !is_good || !has_uncertainty(plan)) return;
  forecast::Forecast forecast = simulate_with_progress(plan, solved.answer, options);
  if (!forecast.has_trials) return;  // what is uncertain has happened, or is left out
  solved.answer.findings.append(forecast.findings);
  solved.forecast = std::move(forecast);
}

/// `tells`: what is wrong with the plan is said on stderr before it is solved.
Solved read_and_solve(const Options& options, bool tells) {
  Solved solved{.recorded = read_recorded(options.arguments.front(), options)};
  formats::ReadPlan& read = solved.recorded.read;
  const Baseline baseline = baseline_of(read, options);
  if (!options.since.empty() && !instant_of(read.plan, options.since)) {
    read.findings.add(found::bad_date, {.file = "--since"}, {options.since});
  }
  if (tells) print_findings(read.findings, options.language);
  if (read.findings.has_errors()) {
    solved.answer = answer_to_nothing(options);
    return solved;
  }
  solved.answer = solve_with_progress(read, options, baseline);
  simulate(solved, options);
  solved.status = status_for_page(solved.recorded, solved.answer, options);
  solved.outlook = outlook_for_page(solved.recorded, solved.answer, options);
  return solved;
}

void show(const Solved& solved, const Options& options) {
  if (solved.read().findings.has_errors()) return;  // they were told already
  std::cout << report::summary(solved.read().plan, solved.answer, options.language,
                               width_of_output(), has_colour());
  std::cout.flush();
}

/// What a clock on the wall shows, `14:03:22`.
std::string time_of_day() {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  localtime_r(&now, &local);
  std::array<char, 16> text{};
  return {text.data(), std::strftime(text.data(), text.size(), "%H:%M:%S", &local)};
}

/// In one line what was made of a change.
void tell_of_change(const Solved& solved, const std::vector<std::string>& outputs,
                    const Options& options) {
  const Language language = options.language;
  const std::string files = report::joined(outputs, language, outputs.size());
  const Findings& findings = solved.read().findings;
  std::cout << (findings.has_errors()
                    ? report::say(words::cli_written_findings, language,
                                  {time_of_day(), files,
                                   report::counted(findings.num_errors(), words::one_error,
                                                   words::num_errors, language)})
                    : report::say(words::cli_written_again, language,
                                  {time_of_day(), files,
                                   report::headline(solved.read().plan, solved.answer, language)}))
            << std::endl;
}

/// What cannot stand beside `--brief`, or be written of one.
int judge_brief(const Options& options) {
  for (const auto& [is_asked, name] : {std::pair{options.watch, "--watch"},
                                       {options.json, "--json"},
                                       {options.pdf, "--pdf"},
                                       {options.svg, "--svg"}}) {
    if (is_asked) {
      return fail(options, kWrongUsage,
                  report::say(words::cli_not_together, options.language, {"--brief", name}));
    }
  }
  for (const std::string& output : options.outputs) {
    if (ending_of(path_of(output)) == ".html") continue;
    return fail(options, kWrongUsage,
                report::say(words::cli_brief_output, options.language, {output}));
  }
  return kDone;
}

int write_brief(const Solved& solved, const Options& options) {
  if (solved.read().findings.has_errors()) return kPlanIsWrong;  // they were told already
  const report::Brief brief =
      report::brief_of(solved.read().plan, solved.outlook ? &*solved.outlook : nullptr,
                       solved.status ? &*solved.status : nullptr, options.language);
  formats::FileSet files;
  for (const std::string& output : options.outputs) {
    files.add(path_of(output), report::brief_html(brief, options.language));
  }
  files.commit();
  print_findings(solved.answer.findings, options.language);
  std::cout << report::brief_text(brief, width_of_output());
  tell_of_outputs(options.outputs, options.language);
  return status_of(solved.answer);
}

/// Until Ctrl-C; a plan that is half saved, or has errors, makes a page of findings.
int watch(const Options& options) {
  const Interruptible interruptible;
  const std::string& plan = options.arguments.front();
  std::vector<std::filesystem::path> others;
  if (!options.baseline.empty()) others.push_back(path_of(options.baseline));
  // What is entered goes into the log first.
  const std::filesystem::path record = track::record_of(place_of_plan(plan));
  others.push_back(record);
  others.push_back(record.string() + "-wal");
  PlanWatch watched(place_of_plan(plan), std::move(others));
  for (bool is_first = true; !*interruptible.flag(); is_first = false) {
    if (!watched.has_changed()) {
      std::this_thread::sleep_for(kPause);
      continue;
    }
    const Solved solved = read_and_solve(options, is_first);
    const std::vector<std::string> written =
        write_outputs(solved.read(), solved.answer, options, solved.for_pages());
    if (is_first) show(solved, options);
    tell_of_change(solved, written, options);
    if (is_first) {
      std::cout << report::say(words::cli_watching, options.language, {plan}) << std::endl;
    }
  }
  return kDone;
}

}  // namespace

int run_report(const Options& asked) {
  Options options = with_outputs(asked);
  if (options.json)
    outlive_reader();  // the page that nobody names is put in its place after the document
  if (options.watch && options.json) {
    return fail(options, kWrongUsage,
                report::say(words::cli_not_together, options.language, {"--watch", "--json"}));
  }
  if (options.brief) {
    if (const int status = judge_brief(options); status != kDone) return status;
  }
  if (const int status = judge_outputs(options); status != kDone) return status;
  std::error_code unknown;
  const bool is_there = std::filesystem::exists(path_of(options.arguments.front()), unknown);
  if (!is_there) options.outputs.clear();  // a slip of the pen must not replace a good page
  if (options.watch && is_there) return watch(options);
  const Solved solved = read_and_solve(options, !options.json);
  if (options.brief) return write_brief(solved, options);
  if (options.json) return show_json(solved.read(), solved.answer, options, solved.for_pages());
  // The page first: whoever reads only the first lines of the summary has it nevertheless.
  const std::vector<std::string> written =
      write_outputs(solved.read(), solved.answer, options, solved.for_pages());
  show(solved, options);
  tell_of_outputs(written, options.language);
  return status_of(solved.answer);
}

}  // namespace diaodu::cli
