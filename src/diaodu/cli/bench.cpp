#include <algorithm>
#include <atomic>
#include <cstdio>
#include <iostream>
#include <optional>
#include <vector>

#include "diaodu/cli/commands.h"
#include "diaodu/cli/console.h"
#include "diaodu/cli/session.h"
#include "diaodu/formats/csv.h"
#include "diaodu/formats/disk.h"
#include "diaodu/plan/finding_kinds.h"
#include "diaodu/report/json.h"
#include "diaodu/report/names.h"
#include "diaodu/report/words.h"

namespace diaodu::cli {
namespace {

std::string seconds(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3f", value);
  return text;
}

/// What came out of one file.  Makespan and bound count minutes from the plan's start (periods, in a
/// benchmark instance).
struct Result {
  std::string file;
  solve::Status status = solve::Status::unknown;
  std::optional<std::int64_t> makespan;
  std::optional<std::int64_t> bound;
  double seconds_to_best = 0;
  double seconds = 0;
};

constexpr std::string_view kHeader = "instance,status,makespan,bound,seconds_to_best,seconds\n";

std::string text_of(const std::optional<std::int64_t>& number) {
  return number ? std::to_string(*number) : "";
}

std::string row(const Result& result) {
  return formats::csv_cell(result.file) + "," + std::string(report::name_of(result.status)) + "," +
         text_of(result.makespan) + "," + text_of(result.bound) + "," +
         seconds(result.seconds_to_best) + "," + seconds(result.seconds) + "\n";
}

std::string document(const std::vector<Result>& results) {
  report::JsonWriter json;
  json.begin_object().key("results").begin_array();
  for (const Result& result : results) {
    json.begin_object();
    json.key("instance").text(result.file);
    json.key("status").text(report::name_of(result.status));
    json.key("makespan");
    result.makespan ? json.number(*result.makespan) : json.null();
    json.key("bound");
    result.bound ? json.number(*result.bound) : json.null();
    json.key("seconds_to_best").number(result.seconds_to_best);
    json.key("seconds").number(result.seconds);
    json.end_object();
  }
  json.end_array().end_object();
  return json.take();
}

/// True if all that is wrong with the plan is that some task needs more than there ever is: then it is a
/// plan without a schedule, not a file that cannot be read.
bool is_only_too_greedy(const Findings& findings) {
  return std::all_of(findings.kept().begin(), findings.kept().end(), [](const Finding& finding) {
    return finding.kind->severity != Severity::error ||
           finding.kind == &found::demand_above_capacity;
  });
}

Result solve_file(const std::string& file, const Options& options,
                  const std::atomic<bool>* cancel) {
  const formats::ReadPlan read = formats::read_plan(path_of(file));
  Result result{.file = file};
  if (read.findings.has_errors()) {
    print_findings(read.findings, options.language);
    if (is_only_too_greedy(read.findings)) result.status = solve::Status::infeasible;
    return result;
  }
  solve::Request request = request_of(options);
  request.limits.cancel = cancel;
  const solve::Answer answer = solve::solve(read.plan, read.sources, request);
  result.status = answer.status;
  if (answer.has_schedule) result.makespan = answer.makespan().count();
  if (answer.bound.finish > kEver) result.bound = (answer.bound.finish - answer.start).count();
  result.seconds_to_best = answer.seconds_to_best;
  result.seconds = answer.seconds;
  return result;
}

}  // namespace

int run_bench(const Options& options) {
  if (const int status = judge_output(options, options.csv); status != kDone) return status;
  const bool prints_rows = options.csv.empty() && !options.json;
  std::string table{kHeader};
  if (prints_rows) std::cout << table << std::flush;
  int status = kDone;
  std::vector<Result> results;
  const Interruptible interruptible;
  for (const std::string& file : options.arguments) {
    if (interruptible.flag()->load()) break;
    results.push_back(solve_file(file, options, interruptible.flag()));
    if (!results.back().bound) status = kPlanIsWrong;
    table += row(results.back());
    if (prints_rows) std::cout << row(results.back()) << std::flush;
  }
  if (!options.csv.empty()) {
    formats::FileSet files;
    files.add(path_of(options.csv), table);
    files.commit();
  }
  if (options.json) std::cout << document(results);
  if (interruptible.flag()->load()) {
    std::cerr << report::say(
                     report::words::cli_bench_broken_off, options.language,
                     {std::to_string(results.size()), std::to_string(options.arguments.size())})
              << "\n";
    return kPlanIsWrong;
  }
  return status;
}

}  // namespace diaodu::cli
