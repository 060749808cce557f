#include <filesystem>
#include <iostream>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "diaodu/check/muster_check.h"
#include "diaodu/cli/commands.h"
#include "diaodu/cli/console.h"
#include "diaodu/cli/session.h"
#include "diaodu/dispatch/carry_over.h"
#include "diaodu/dispatch/field.h"
#include "diaodu/dispatch/muster.h"
#include "diaodu/formats/disk.h"
#include "diaodu/formats/outline.h"
#include "diaodu/report/dispatch_document.h"
#include "diaodu/report/dispatch_text.h"
#include "diaodu/report/field_report.h"
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

/// The plan of `--against`, with what people were told of it.
struct Before {
  Plan plan;
  Movement movement;
  dispatch::FieldAnswer field;
};

dispatch::FieldRun run_of(const Options& options, const Movement* movement) {
  return {.seed = options.seed,
          .steps = options.steps.value_or(0),
          .seconds = options.seconds,
          .movement = movement};
}

/// The same plan gives the same answer, so no file need be kept; a search by the clock does not, so its steps count.
Before told_before(Plan plan, const Options& options) {
  Before before{.plan = std::move(plan)};
  if (!before.plan.groups.empty())
    before.movement = dispatch::muster(before.plan, {.has_bottlenecks = false}).movement;
  dispatch::FieldRun run = run_of(options, before.plan.groups.empty() ? nullptr : &before.movement);
  run.seconds.reset();
  before.field = dispatch::plan_field(before.plan, run);
  return before;
}

/// What the independent check says is wrong with the field, if anything is.
std::optional<std::string> rejected(const dispatch::FieldAnswer& field, Language language) {
  const auto complaint = [language](const Words& what) {
    return report::say(words::field_rejected, language, {report::say(what, language)});
  };
  if (field.tours && !field.tours->is_legal) return complaint(words::field_the_tours);
  if (field.teams && !field.teams->is_legal) return complaint(words::field_the_teams);
  for (const dispatch::LaboratoryOutcome& laboratory : field.laboratories) {
    if (!laboratory.is_legal) return complaint(words::field_the_laboratories);
  }
  return {};
}

/// Is everything done that the plan wants?
bool is_all_met(const dispatch::FieldAnswer& field) {
  if (field.tours && field.tours->cost[TourCriterion::unserved] > 0) return false;
  if (field.teams && !field.teams->shortages.empty()) return false;
  for (const dispatch::TestingDay& day : field.days) {
    if (day.people_sampled < day.people || day.people_late > 0) return false;
  }
  return !field.exchange || field.exchange->missing == 0;
}

bool has_field(const Plan& plan) {
  return !plan.visits.empty() || !plan.teams.empty() || !plan.arrivals.empty() ||
         !plan.cases.empty() || !plan.testing.empty() || !plan.offers.empty() ||
         !plan.wishes.empty();
}

/// `out.csv` and `-teams` are `out-teams.csv`.
std::filesystem::path beside(const std::filesystem::path& place, const std::string& end) {
  std::filesystem::path other = place;
  other.replace_filename(place.stem().string() + end + place.extension().string());
  return other;
}

void write_dispatch_outputs(const report::Dispatched& told, const Findings& findings,
                            const formats::Outline& outline, const Options& options) {
  formats::FileSet files;
  std::vector<std::string> written;
  for (const std::string& output : options.outputs) {
    const std::filesystem::path place = path_of(output);
    const std::string ending = ending_of(place);
    written.push_back(output);
    if (ending == ".html") {
      files.add(place, report::dispatch_page(told, findings,
                                             {.language = options.language,
                                              .by = "diaodu " DIAODU_VERSION,
                                              .outline = &outline}));
    } else if (ending == ".xlsx") {
      report::write_dispatched_workbook(told, options.language, files.beside(place));
    } else if (ending == ".csv") {
      for (const auto& [end, csv] : report::dispatched_csv(told, options.language)) {
        files.add(beside(place, end), csv);
        if (!end.empty()) written.push_back(beside(place, end).string());
      }
    } else if (ending == ".ics") {
      files.add(place, report::dispatched_calendar(told, options.language));
    } else {
      files.add(place, report::dispatched_json(told, findings, options.language));
    }
  }
  files.commit();
  tell_of_outputs(written, options.language);
}

}  // namespace

int run_dispatch(const Options& options) {
  if (const int status = judge_dispatch_outputs(options); status != kDone) return status;
  formats::ReadPlan read = formats::read_plan(path_of(options.arguments.front()));
  const dispatch::FieldAnswer nothing;
  const auto give_up = [&](const Findings& findings) {
    if (options.json) {
      std::cout << report::dispatched_json({.plan = read.plan, .field = nothing}, findings,
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
  const bool is_mustered =
      !read.plan.groups.empty() && (!read.plan.needs.empty() || !has_field(read.plan));
  if (!is_mustered && !has_field(read.plan))
    return fail(options, kPlanIsWrong, report::say(words::field_nothing, options.language));
  if (!options.only.empty() && !report::Roster(read.plan).knows(options.only) &&
      !report::knows_in_field(read.plan, options.only)) {
    return fail(options, kWrongUsage,
                report::say(words::cli_nobody_such, options.language, {options.only}));
  }
  Plan now = read.plan;
  if (const std::string unknown = cancel(now, options); !unknown.empty()) {
    return fail(options, kWrongUsage,
                report::say(words::cli_no_such_route, options.language, {unknown}));
  }
  std::optional<Before> before;
  if (!options.against.empty()) {
    formats::ReadPlan old = formats::read_plan(path_of(options.against));
    if (old.findings.has_errors()) return give_up(old.findings);
    before = told_before(std::move(old.plan), options);
  } else if (!options.cancelled.empty()) {
    before = told_before(read.plan, options);
  }
  Movement published;
  if (before) published = dispatch::carry_over(before->plan, before->movement, now);
  dispatch::MusterAnswer answer;
  if (is_mustered) {
    answer = dispatch::muster(now, {.published = before ? &published : nullptr});
    const check::MusterVerdict verdict = check::judge(now, answer.movement);
    if (!verdict.is_legal()) {
      return fail(
          options, kPlanIsWrong,
          report::say(words::dispatch_rejected, options.language,
                      {check::to_string(verdict.violations.front(), now, options.language)}));
    }
  }
  dispatch::FieldRun run = run_of(options, is_mustered ? &answer.movement : nullptr);
  if (before) {
    run.before = &before->plan;
    run.published = &before->field;
  }
  const dispatch::FieldAnswer field = dispatch::plan_field(now, run);
  if (const auto complaint = rejected(field, options.language))
    return fail(options, kPlanIsWrong, *complaint);
  const report::Mustered mustered{.plan = now,
                                  .answer = answer,
                                  .published = before ? &published : nullptr,
                                  .only = options.only};
  const report::Dispatched told{.plan = now,
                                .field = field,
                                .muster = is_mustered ? &mustered : nullptr,
                                .only = options.only};
  if (options.json) {
    std::cout << report::dispatched_json(told, read.findings, options.language);
  } else {
    print_findings(read.findings, options.language);
    const int width = width_of_output();
    if (is_mustered)
      std::cout << report::dispatch_text(mustered, options.language, width, has_colour());
    std::cout << report::field_text(told, options.language, width, has_colour());
  }
  const Exit status = answer.value.unmet == 0 && is_all_met(field) ? kDone : kPlanIsWrong;
  return write_outputs(options, status,
                       [&] { write_dispatch_outputs(told, read.findings, outline, options); });
}

}  // namespace diaodu::cli
