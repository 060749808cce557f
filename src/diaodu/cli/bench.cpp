#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "diaodu/cli/commands.h"
#include "diaodu/cli/console.h"
#include "diaodu/cli/session.h"
#include "diaodu/formats/csv.h"
#include "diaodu/formats/disk.h"
#include "diaodu/plan/finding_kinds.h"

namespace diaodu::cli {
namespace {

std::string_view word(solve::Status status) {
  switch (status) {
    case solve::Status::optimal:
      return "optimal";
    case solve::Status::feasible:
      return "feasible";
    case solve::Status::infeasible:
      return "infeasible";
    case solve::Status::unknown:
      return "unknown";
  }
  return "";
}

std::string seconds(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3f", value);
  return text;
}

/// `instance,status,makespan,bound,seconds_to_best,seconds`; makespan and bound in minutes from the
/// plan's start (periods, in a benchmark instance).
std::string row(const std::string& file, const solve::Answer& answer) {
  std::string row = formats::csv_cell(file);
  row += ",";
  row += word(answer.status);
  row += ",";
  if (answer.has_schedule) row += std::to_string(answer.makespan().count());
  row += "," + std::to_string((answer.bound.finish - answer.start).count());
  row += "," + seconds(answer.seconds_to_best) + "," + seconds(answer.seconds);
  return row;
}

/// True if all that is wrong with the plan is that some task needs more than there ever is: then it is a
/// plan without a schedule, not a file that cannot be read.
bool is_only_too_greedy(const Findings& findings) {
  return std::all_of(findings.kept().begin(), findings.kept().end(), [](const Finding& finding) {
    return finding.kind->severity != Severity::error || finding.kind == &found::demand_above_capacity;
  });
}

}  // namespace

int run_bench(const Options& options) {
  std::string table = "instance,status,makespan,bound,seconds_to_best,seconds\n";
  if (options.csv.empty()) std::cout << table << std::flush;
  int status = kDone;
  const Interruptible interruptible;
  for (const std::string& file : options.arguments) {
    if (interruptible.flag()->load()) break;
    const formats::ReadPlan read = formats::read_plan(path_of(file));
    solve::Answer answer;
    if (read.findings.has_errors()) {
      print_findings(read.findings, options.language);
      status = kPlanIsWrong;
      if (is_only_too_greedy(read.findings)) answer.status = solve::Status::infeasible;
    } else {
      solve::Request request = request_of(options);
      request.limits.cancel = interruptible.flag();
      answer = solve::solve(read.plan, read.sources, request);
    }
    const std::string line = row(file, answer) + "\n";
    table += line;
    if (options.csv.empty()) std::cout << line << std::flush;
  }
  if (!options.csv.empty()) {
    formats::FileSet files;
    files.add(path_of(options.csv), table);
    files.commit();
  }
  return status;
}

}  // namespace diaodu::cli
