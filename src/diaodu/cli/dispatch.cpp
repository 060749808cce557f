#include <filesystem>
#include <iostream>
#include <string>

#include "diaodu/check/muster_check.h"
#include "diaodu/cli/commands.h"
#include "diaodu/cli/console.h"
#include "diaodu/cli/session.h"
#include "diaodu/dispatch/carry_over.h"
#include "diaodu/dispatch/muster.h"
#include "diaodu/formats/disk.h"
#include "diaodu/formats/outline.h"
#include "diaodu/report/dispatch_document.h"
#include "diaodu/report/dispatch_text.h"
#include "diaodu/report/words.h"

namespace diaodu::cli {
namespace {

namespace words = report::words;

/// What is wrong with the `--output`s; `kDone` if nothing is.
int judge_dispatch_outputs(const Options& options) {
  for (const std::string& output : options.outputs) {
    const std::string ending = ending_of(path_of(output));
    if (ending == ".html" || ending == ".xlsx" || ending == ".csv" || ending == ".ics" ||
        ending == ".json")
      continue;
    return fail(options, kWrongUsage,
                report::say(words::cli_dispatch_output, options.language, {output}));
  }
  return options.outputs.empty() ? kDone : judge_outputs(options);
}

/// Takes the seats from each route that is cancelled; the name of one that there is not, or nothing.
std::string cancel(Plan& plan, const Options& options) {
  for (const std::string& name : options.cancelled) {
    bool is_found = false;
    for (std::size_t row = 0; row < plan.routes.size(); ++row) {
      if (report::route_name(plan, RouteId{row}) != name) continue;
      plan.routes[row].seats = Amount{};
      is_found = true;
    }
    if (!is_found) return name;
  }
  return {};
}

/// What people were told: the muster of the plan of `--against`, else of this plan before anything was
/// cancelled.  The same plan gives the same answer, so no file need be kept.
Movement published_orders(const Plan& now, const Plan& before) {
  const dispatch::MusterAnswer answer = dispatch::muster(before, {.has_bottlenecks = false});
  return dispatch::carry_over(before, answer.movement, now);
}

void write_dispatch_outputs(const report::Mustered& mustered, const Findings& findings,
                            const formats::Outline& outline, const Options& options) {
  formats::FileSet files;
  for (const std::string& output : options.outputs) {
    const std::filesystem::path place = path_of(output);
    const std::string ending = ending_of(place);
    if (ending == ".html") {
      files.add(place, report::dispatch_page(mustered, findings,
                                             {.language = options.language,
                                              .by = "diaodu " DIAODU_VERSION,
                                              .outline = &outline}));
    } else if (ending == ".xlsx") {
      report::write_dispatch_workbook(mustered, options.language, files.beside(place));
    } else if (ending == ".csv") {
      files.add(place, report::dispatch_csv(mustered, options.language));
    } else if (ending == ".ics") {
      files.add(place, report::dispatch_calendar(mustered, options.language));
    } else {
      files.add(place, report::dispatch_json(mustered, findings, options.language));
    }
  }
  files.commit();
  tell_of_outputs(options.outputs, options.language);
}

}  // namespace

int run_dispatch(const Options& options) {
  if (const int status = judge_dispatch_outputs(options); status != kDone) return status;
  formats::ReadPlan read = formats::read_plan(path_of(options.arguments.front()));
  const auto give_up = [&](const Findings& findings) {
    if (options.json) {
      const dispatch::MusterAnswer nothing;
      std::cout << report::dispatch_json({.plan = read.plan, .answer = nothing}, findings,
                                         options.language);
    } else {
      print_findings(findings, options.language);
    }
    return kPlanIsWrong;
  };
  if (read.findings.has_errors()) return give_up(read.findings);
  formats::Outline outline;
  if (!options.outline.empty()) {
    outline = formats::read_outline(path_of(options.outline), read.findings);
    if (read.findings.has_errors()) return give_up(read.findings);
  }
  if (read.plan.groups.empty())
    return fail(options, kPlanIsWrong, report::say(words::dispatch_no_groups, options.language));
  if (!options.only.empty() && !report::Roster(read.plan).knows(options.only)) {
    return fail(options, kWrongUsage,
                report::say(words::cli_nobody_such, options.language, {options.only}));
  }
  Plan now = read.plan;
  if (const std::string unknown = cancel(now, options); !unknown.empty()) {
    return fail(options, kWrongUsage,
                report::say(words::cli_no_such_route, options.language, {unknown}));
  }
  Movement published;
  const bool is_published = !options.against.empty() || !options.cancelled.empty();
  if (!options.against.empty()) {
    const formats::ReadPlan before = formats::read_plan(path_of(options.against));
    if (before.findings.has_errors()) return give_up(before.findings);
    published = published_orders(now, before.plan);
  } else if (is_published) {
    published = published_orders(now, read.plan);
  }
  const dispatch::MusterAnswer answer =
      dispatch::muster(now, {.published = is_published ? &published : nullptr});
  const check::MusterVerdict verdict = check::judge(now, answer.movement);
  if (!verdict.is_legal()) {
    return fail(options, kPlanIsWrong,
                report::say(words::dispatch_rejected, options.language,
                            {check::to_string(verdict.violations.front(), now, options.language)}));
  }
  const report::Mustered mustered{.plan = now,
                                  .answer = answer,
                                  .published = is_published ? &published : nullptr,
                                  .only = options.only};
  if (options.json) {
    std::cout << report::dispatch_json(mustered, read.findings, options.language);
  } else {
    print_findings(read.findings, options.language);
    std::cout << report::dispatch_text(mustered, options.language, width_of_output(), has_colour());
  }
  try {
    write_dispatch_outputs(mustered, read.findings, outline, options);
  } catch (const std::filesystem::filesystem_error& error) {
    Options told = options;
    told.json = false;  // the document is out already
    return fail(told, kWorldFailed, complaint_of(error, options.language));
  }
  return answer.value.unmet == 0 ? kDone : kPlanIsWrong;
}

}  // namespace diaodu::cli
