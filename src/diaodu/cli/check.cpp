#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "diaodu/check/objective.h"
#include "diaodu/check/proof.h"
#include "diaodu/check/schedule_check.h"
#include "diaodu/cli/commands.h"
#include "diaodu/cli/console.h"
#include "diaodu/cli/quality.h"
#include "diaodu/cli/session.h"
#include "diaodu/formats/columns.h"
#include "diaodu/formats/disk.h"
#include "diaodu/formats/schedule_file.h"
#include "diaodu/formats/settings.h"
#include "diaodu/plan/finding_kinds.h"
#include "diaodu/plan/show.h"
#include "diaodu/report/findings_json.h"
#include "diaodu/report/objectives.h"
#include "diaodu/report/table_counts.h"
#include "diaodu/report/words.h"
#include "diaodu/solve/solve.h"

namespace diaodu::cli {
namespace {

namespace words = report::words;

std::string in_all(const Plan& plan, Language language) {
  const auto count = [language](std::size_t number, const Words& one, const Words& several) {
    return report::counted(number, one, several, language);
  };
  const std::vector<std::string> counts = {
      count(plan.tasks.size(), words::one_task, words::num_tasks),
      count(plan.links.size(), words::one_link, words::num_links),
      count(plan.resources.size(), words::one_resource, words::num_resources),
      count(plan.demands.size(), words::one_demand, words::num_demands)};
  std::vector<std::string> others;
  for (const report::TableCount& each : report::table_counts(plan)) {
    using enum TableKind;
    if (each.table == tasks || each.table == links || each.table == resources ||
        each.table == demands)
      continue;
    others.push_back(std::string(formats::sheet_name(each.table, language)) + ' ' +
                     std::to_string(each.num_rows));
  }
  return report::say(words::cli_sound, language, {report::joined(counts, language)}) +
         (others.empty() ? std::string()
                         : report::say(words::other_rows, language,
                                       {report::joined(others, language, others.size())}));
}

/// What links and dates alone make impossible shows in the critical path only: circles of links, dates
/// that cannot be kept.  The judgement of a schedule knows nothing of it.
Findings impossible_dates(const formats::ReadPlan& read) {
  solve::Request request;
  request.with_resources = false;
  return solve::solve(read.plan, read.sources, request).findings;
}

void print_verdict(const Plan& plan, const check::Verdict& verdict, Language language) {
  for (const check::Violation& violation : verdict.first) {
    std::cout << check::to_string(violation, plan, language) << "\n";
  }
  std::cout << (verdict.is_legal ? report::say(words::cli_legal, language)
                                 : report::counted(verdict.num_violations, words::cli_one_violation,
                                                   words::cli_violations, language))
            << "\n";
}

void print_values(const Plan& plan, const ObjectiveValues& values, Language language) {
  const NamedCalendar& terms = formats::calendar_of(plan, {});
  std::cout << report::say(words::cli_values, language,
                           {show(plan, values.finish),
                            report::duration(plan, values.tardiness, terms, language)})
            << "\n";
}

/// Replays the log; it may be longer than what memory holds.
check::ProofVerdict replay(const std::string& file, formats::ReadPlan& read) {
  const std::filesystem::path path = path_of(file);
  const std::string name = formats::shown(path.filename());
  std::ifstream log(path, std::ios::binary);
  if (!log.is_open() || std::filesystem::is_directory(path)) {
    read.findings.add(found::missing_file, {name, 0, 0});
    return {};
  }
  return check::check_proof(log, name, read.plan, read.findings);
}

std::string in_words(const check::ProofVerdict& proof, const Plan& plan, Language language) {
  if (!proof.holds) return report::say(words::proof_rejected, language);
  const Words& sentence =
      proof.is_of_plan
          ? (proof.is_infeasible ? words::proof_replayed_infeasible : words::proof_replayed_finish)
          : (proof.is_infeasible ? words::proof_replayed_numbers_infeasible
                                 : words::proof_replayed_numbers);
  const std::string when =
      proof.is_of_plan ? show(plan, proof.finish) : std::to_string(proof.bound * proof.minutes);
  return report::say(sentence, language,
                     {when, std::to_string(proof.num_clauses), std::to_string(proof.num_rules)});
}

}  // namespace

int run_check(const Options& options) {
  if (options.quality) return run_quality(options);
  if (!options.outputs.empty()) {
    return fail(options, kWrongUsage, report::say(words::cli_output_of_quality, options.language));
  }
  formats::ReadPlan read = read_with_record(options.arguments.front(), options);
  check::Verdict verdict;
  ObjectiveValues values;
  bool has_baseline = false;
  check::Moves moves;
  const bool has_schedule = !options.schedule.empty() && !read.findings.has_errors();
  if (has_schedule) {
    const Schedule schedule =
        formats::read_schedule(path_of(options.schedule), read.plan, read.findings);
    const Baseline baseline = baseline_of(read, options);
    if (!read.findings.has_errors()) {
      verdict = check::judge(read.plan, schedule);
      values = check::objective_values(read.plan, schedule, baseline);
      has_baseline = !baseline.empty();
      moves = check::moves(read.plan, schedule, baseline);
    }
  } else if (!read.findings.has_errors()) {
    read.findings.append(impossible_dates(read));
  }
  check::ProofVerdict proof;
  const bool has_proof = !options.proof.empty() && !read.findings.has_errors();
  if (has_proof) proof = replay(options.proof, read);
  const bool is_fine = !read.findings.has_errors() && verdict.is_legal;
  if (options.json) {
    const bool is_judged = has_schedule && !read.findings.has_errors();
    std::cout << report::check_json(read.plan, read.findings, is_judged ? &verdict : nullptr,
                                    has_proof ? &proof : nullptr, options.language, values,
                                    has_baseline);
    return is_fine ? kDone : kPlanIsWrong;
  }
  print_findings(read.findings, options.language);
  if (has_schedule && !read.findings.has_errors()) {
    print_verdict(read.plan, verdict, options.language);
    print_values(read.plan, values, options.language);
    if (has_baseline)
      std::cout << report::moves_in_words(read.plan, moves, options.language) << "\n";
  } else if (is_fine && !has_proof) {
    std::cout << in_all(read.plan, options.language) << "\n";
  }
  if (has_proof) std::cout << in_words(proof, read.plan, options.language) << "\n";
  return is_fine ? kDone : kPlanIsWrong;
}

}  // namespace diaodu::cli
