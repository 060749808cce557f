#include "diaodu/track/apply_record.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "diaodu/plan/finding_kinds.h"

namespace diaodu::track {
namespace {

/// `later` over `before`: what it does not say stays.
void merge(Progress& before, const Progress& later) {
  if (later.actual_start) before.actual_start = later.actual_start;
  if (later.actual_finish) before.actual_finish = later.actual_finish;
  // The newer measure of what is left decides, whichever it is.
  if (later.percent && !later.remaining) before.remaining.reset();
  if (later.percent) before.percent = later.percent;
  if (later.remaining) before.remaining = later.remaining;
  if (later.resumes) before.resumes = later.resumes;
  if (later.physical_percent) before.physical_percent = later.physical_percent;
}

Progress progress_of(TaskId task, const TaskFact& fact) {
  return {.task = task,
          .actual_start = fact.actual_start,
          .actual_finish = fact.actual_finish,
          .remaining = fact.remaining,
          .percent = fact.percent,
          .physical_percent = fact.physical_percent};
}

bool says_anything(const Progress& progress) {
  return progress.actual_start || progress.actual_finish || progress.remaining ||
         progress.resumes || progress.percent || progress.physical_percent;
}

}  // namespace

Applied apply_record(Plan& plan, const Record& record, Instant as_of, const std::string& file,
                     Findings& findings) {
  if (plan.data_date && *plan.data_date > as_of) {
    plan.progress.clear();
    plan.data_date.reset();
  }
  if (record.tasks.empty()) return {};
  std::unordered_map<std::string_view, TaskId> ids;
  for (TaskId task : plan.tasks.ids()) ids.insert({plan.tasks[task].id.view(), task});
  // A row of a plan without a data date is older than any fact.
  const Instant of_rows = plan.data_date.value_or(kEver);
  std::map<TaskId, Progress> merged;
  const auto take = [&merged](const Progress& told) {
    merge(merged.insert({told.task, {.task = told.task}}).first->second, told);
  };
  std::vector<Progress> after_rows;
  std::set<TaskId> tasks;
  std::set<std::string_view> strangers;
  Applied applied;
  Instant status_date = of_rows;
  for (const TaskFact& fact : record.tasks) {
    const auto named = ids.find(fact.task);
    if (named == ids.end()) {
      strangers.insert(fact.task);
      continue;
    }
    const Progress told = progress_of(named->second, fact);
    tasks.insert(told.task);
    applied.status_date = std::max(applied.status_date.value_or(kEver), fact.when);
    // Nothing has happened after the data date.
    for (const Instant each :
         {fact.when, told.actual_start.value_or(kEver), told.actual_finish.value_or(kEver)})
      status_date = std::max(status_date, each);
    fact.when <= of_rows ? take(told) : after_rows.push_back(told);
  }
  for (const Progress& row : plan.progress) take(row);
  for (const Progress& told : after_rows) take(told);
  applied.num_tasks = tasks.size();
  plan.progress.clear();
  for (const auto& [task, progress] : merged) {
    if (!says_anything(progress)) continue;
    if (progress.actual_start && progress.actual_finish &&
        *progress.actual_finish < *progress.actual_start)
      findings.add(found::finish_before_start, {.file = file}, {plan.tasks[task].id.view()});
    plan.progress.push_back(progress);
  }
  if (status_date > kEver) plan.data_date = status_date;
  for (const std::string_view stranger : strangers)
    findings.add(found::record_of_unknown_task, {.file = file}, {stranger});
  return applied;
}

}  // namespace diaodu::track
