#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "diaodu/cli/options.h"
#include "diaodu/forecast/risk.h"
#include "diaodu/formats/plan_file.h"
#include "diaodu/formats/planned_dates.h"
#include "diaodu/report/outlook_text.h"
#include "diaodu/solve/solve.h"
#include "diaodu/track/record.h"
#include "diaodu/track/status.h"

namespace diaodu::cli {

/// A path as the user typed it, in UTF-8.
std::filesystem::path path_of(const std::string& argument);

/// Where the plan of that name lies: a folder's `plan.toml` stands for the folder.
std::filesystem::path place_of_plan(const std::string& argument);

/// The plan, and what its record says of its progress: as known at the end of `--as-of`, or now.  A finding tells which
/// record was used.  Without a record, with `--without-record`, or where the plan has errors, the plan alone.
formats::ReadPlan read_with_record(const std::string& plan, const Options& options);

/// The same with all that has happened: what the plan's own tables say, then what is on record.
struct RecordedPlan {
  formats::ReadPlan read;
  track::Record record;
  Instant as_of;  ///< the end of `--as-of`, or now
};
RecordedPlan read_recorded(const std::string& plan, const Options& options);

/// Says on stderr which record was used, for a verb that says nothing else of the plan's files.
void tell_of_record(const Findings& findings, Language language);

/// The end of the day, or the instant, that a user wrote; nothing if it is no date.
std::optional<Instant> instant_of(const Plan& plan, const std::string& written);

/// What a clock on the wall shows.
Instant present();

/// What `--seconds`, `--steps`, `--seed`, `--threads`, `--objective` and `--without-resources` ask for.
solve::Request request_of(const Options& options);

/// The schedule that `--baseline` names; empty if none is asked for, or if it has errors, which then are among the
/// plan's findings.
Baseline baseline_of(formats::ReadPlan& read, const Options& options);

/// Solves with a progress line, and with Ctrl-C taking the best so far.
solve::Answer solve_with_progress(const formats::ReadPlan& read, const Options& options,
                                  const Baseline& baseline, solve::ProofLog* proof = nullptr);

/// The answer where the plan has errors: no dates, no bound.
solve::Answer answer_to_nothing(const Options& options);

/// 0 where there is a schedule that keeps the rules, else 1.
Exit status_of(const solve::Answer& answer);

/// What is wrong with the `--output`s, judged before anything is searched: an ending that says no
/// form, a file of the plan itself, a folder that is not there.  `kDone` if nothing is.
int judge_outputs(const Options& options);

/// `kDone` if calendars are limited to nobody, or to whom the plan knows.
int judge_calendar_scope(const Options& options, const Plan& plan);

/// `kDone` if `file` may be written: it is no part of a plan that is read, and its folder is there.  An empty name asks
/// for none.
int judge_output(const Options& options, const std::string& file);

/// The answer with the findings of the plan's files before its own.
solve::Answer with_findings_of(const formats::ReadPlan& read, solve::Answer answer);

/// The answer as writers of foreign files tell it.
formats::PlannedTable planned_dates(const Plan& plan, const solve::Answer& answer);

/// What pages tell besides the schedule; what there is not they leave out.
struct ForPages {
  const forecast::Forecast* forecast = nullptr;
  const report::ToldOutlook* outlook = nullptr;
  const track::Status* status = nullptr;
};

/// Writes the schedule to every `--output`, by the ending of its name, and returns their names.  Where
/// there is none, only pages are written: they tell why.
std::vector<std::string> write_outputs(const formats::ReadPlan& read, const solve::Answer& answer,
                                       const Options& options, const ForPages& more = {});

/// Writes files after the answer was shown, and returns `status`; where the disk fails, says so on stderr, because the
/// document is out already, and returns that.
int write_outputs(const Options& options, Exit status, const std::function<void()>& write);

/// Says on stderr what was written.
void tell_of_outputs(const std::vector<std::string>& outputs, Language language);

/// Prints the one document of `--json`, writes every `--output`, and returns the status.
int show_json(const formats::ReadPlan& read, const solve::Answer& answer, const Options& options,
              const ForPages& more = {});

/// The ending of a path in small letters: `.xlsx`.
std::string ending_of(const std::filesystem::path& path);

/// Says what is wrong with a plan of which nothing more can be told: lines, or the document of `check`.
int tell_of_wrong_plan(const Plan& plan, const Findings& findings, const Options& options);

/// Where a new plan may be written: nothing is there yet, and the ending is none, or one of `write_plan`.
int judge_new_plan(const Options& options, const std::filesystem::path& place);

/// Says that the plan was written, or why not: a line, or a document `{ "written": ..., "findings": [] }`.
int tell_of_new_plan(const Options& options, const Findings& findings);

/// The task of that id or, failing that, name; none (after `fail`) if there is no such task, or if
/// several have the name.
TaskId find_task(const Plan& plan, const std::string& wanted, const Options& options);

}  // namespace diaodu::cli
