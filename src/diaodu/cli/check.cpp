#include <iostream>

#include "diaodu/check/schedule_check.h"
#include "diaodu/cli/commands.h"
#include "diaodu/cli/console.h"
#include "diaodu/cli/session.h"
#include "diaodu/formats/schedule_file.h"
#include "diaodu/report/findings_json.h"
#include "diaodu/solve/limits.h"

namespace diaodu::cli {
namespace {

std::string in_all(const Plan& plan, Language language) {
  const auto count = [](std::size_t number) { return std::to_string(number); };
  if (language == Language::chinese) {
    return count(plan.tasks.size()) + " 项任务，" + count(plan.links.size()) + " 条关系，" +
           count(plan.resources.size()) + " 个资源，" + count(plan.demands.size()) + " 项需求";
  }
  return count(plan.tasks.size()) + " tasks, " + count(plan.links.size()) + " links, " +
         count(plan.resources.size()) + " resources, " + count(plan.demands.size()) + " demands";
}

void print_verdict(const Plan& plan, const check::Verdict& verdict, Language language) {
  for (const check::Violation& violation : verdict.first) {
    std::cout << check::to_string(violation, plan, language) << "\n";
  }
  if (language == Language::chinese) {
    std::cout << (verdict.is_legal ? "该进度合规\n" : "该进度不合规：" + std::to_string(verdict.num_violations) + " 处违反\n");
  } else {
    std::cout << (verdict.is_legal ? "the schedule is legal\n"
                                   : "the schedule is not legal: " + std::to_string(verdict.num_violations) + " violations\n");
  }
}

}  // namespace

int run_check(const Options& options) {
  formats::ReadPlan read = formats::read_plan(path_of(options.arguments.front()));
  if (!read.findings.has_errors() && solve::report_no_dates(read.plan, read.sources, read.findings)) {
    read.findings.sort();
  }
  check::Verdict verdict;
  const bool has_schedule = !options.schedule.empty() && !read.findings.has_errors();
  if (has_schedule) {
    const Schedule schedule =
        formats::read_schedule(path_of(options.schedule), read.plan, read.findings);
    if (!read.findings.has_errors()) verdict = check::judge(read.plan, schedule);
  }
  const bool is_fine = !read.findings.has_errors() && verdict.is_legal;
  if (options.json) {
    std::cout << report::check_json(read.plan, read.findings, has_schedule ? &verdict : nullptr, options.language) << "\n";
    return is_fine ? kDone : kPlanIsWrong;
  }
  print_findings(read.findings, options.language);
  if (has_schedule && !read.findings.has_errors()) {
    print_verdict(read.plan, verdict, options.language);
  } else if (is_fine) {
    std::cout << (options.language == Language::chinese ? "计划有效：" : "the plan is sound: ") << in_all(read.plan, options.language) << "\n";
  }
  return is_fine ? kDone : kPlanIsWrong;
}

}  // namespace diaodu::cli
