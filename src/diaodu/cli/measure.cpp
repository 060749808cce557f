#include "diaodu/cli/measure.h"

#include <algorithm>

#include "diaodu/cli/session.h"
#include "diaodu/formats/disk.h"
#include "diaodu/formats/schedule_file.h"
#include "diaodu/track/budget.h"

namespace diaodu::cli {
namespace {

std::vector<TaskId> critical_in(const Plan& plan, const solve::Answer& answer) {
  std::vector<TaskId> critical;
  if (answer.dates.empty()) return critical;
  for (const TaskId task : plan.tasks.ids()) {
    const bool is_summary = plan.tasks[task].kind == TaskKind::summary;
    if (!is_summary && answer.dates[task].is_critical) critical.push_back(task);
  }
  return critical;
}

track::Hold hold_of(const solve::Reason& reason) {
  using By = track::Hold::By;
  if (reason.kind == solve::Reason::Kind::link) return {By::predecessor, reason.by, {}};
  if (reason.kind == solve::Reason::Kind::resource) {
    return {By::resource, reason.tasks.empty() ? TaskId{} : reason.tasks.front(), reason.resource};
  }
  return {By::other, {}, {}};
}

Measure measure_in_file(formats::ReadPlan& read, const solve::Answer& answer,
                        const Options& options) {
  const std::filesystem::path path = path_of(options.baseline);
  const formats::AgreedSchedule agreed = formats::read_agreed(path, read.plan, read.findings);
  Measure measure;
  if (read.findings.has_errors()) return measure;
  // What it costs, the plan says: in the ways in which tasks are done now.
  Schedule schedule = answer.schedule;
  for (const TaskId task : read.plan.tasks.ids()) {
    Placement& placed = schedule.placements[task];
    placed.is_scheduled = agreed.dates[task].from < kNever;
    placed.start = placed.resumes = agreed.dates[task].from;
    placed.finish = agreed.dates[task].to;
    if (agreed.critical[task] != 0) measure.critical.push_back(task);
  }
  measure.knows_critical = agreed.knows_critical;
  measure.baseline =
      track::take_baseline(read.plan, schedule, formats::shown(path.filename()), read.plan.start);
  return measure;
}

/// Levels the plan as it was, in the same way.
Measure measure_of_plan(const formats::ReadPlan& read, const Options& options) {
  formats::ReadPlan before{read.plan, read.sources, {}};
  before.plan.progress.clear();
  before.plan.data_date.reset();
  const solve::Answer answer = solve_with_progress(before, options, {});
  Measure measure;
  if (!answer.has_schedule) return measure;
  measure.baseline = track::take_baseline(before.plan, answer.schedule, "", before.plan.start);
  measure.critical = critical_in(before.plan, answer);
  measure.knows_critical = true;
  return measure;
}

}  // namespace

track::Course course_of(const Plan& plan, const solve::Answer& answer) {
  track::Course course;
  course.schedule = answer.schedule;
  course.critical = critical_in(plan, answer);
  if (!answer.reasons.empty()) {
    course.holds = Table<TaskId, track::Hold>(plan.tasks.size());
    for (const TaskId task : plan.tasks.ids()) course.holds[task] = hold_of(answer.reasons[task]);
  }
  if (!answer.dates.empty()) {
    course.total_float = Table<TaskId, std::optional<WorkTime>>(plan.tasks.size());
    for (const TaskId task : plan.tasks.ids()) {
      if (answer.dates[task].has_float) course.total_float[task] = answer.dates[task].total_float;
    }
  }
  return course;
}

Measure measure_of(formats::ReadPlan& read, const track::Record& record,
                   const solve::Answer& answer, const Options& options) {
  if (options.baseline.empty()) return measure_of_plan(read, options);
  const auto named = std::find_if(
      record.baselines.rbegin(), record.baselines.rend(),
      [&](const track::Baseline& baseline) { return baseline.name == options.baseline; });
  if (named != record.baselines.rend()) return {.baseline = *named, .critical = {}};
  return measure_in_file(read, answer, options);
}

}  // namespace diaodu::cli
