#include "diaodu/report/milestones.h"

#include <algorithm>

#include "diaodu/report/words.h"

namespace diaodu::report {

std::vector<TaskId> milestones(const Plan& plan, const Schedule& schedule) {
  std::vector<TaskId> found;
  if (schedule.placements.empty()) return found;
  for (TaskId task : plan.tasks.ids()) {
    const Task& row = plan.tasks[task];
    const bool is_one = row.is_milestone() || has_deadline(row);
    if (is_one && schedule.placements[task].is_scheduled) found.push_back(task);
  }
  std::stable_sort(found.begin(), found.end(), [&](TaskId a, TaskId b) {
    return schedule.placements[a].finish < schedule.placements[b].finish;
  });
  return found;
}

std::string deadline_words(const Plan& plan, TaskId task, const Placement& placed,
                           Language language) {
  const Task& row = plan.tasks[task];
  if (!has_deadline(row)) return {};
  const Elapsed spare = row.deadline - placed.finish;
  if (spare == Elapsed{}) return say(words::met_exactly, language);
  if (spare < Elapsed{}) return say(words::missed, language, {rough(plan, -spare, language)});
  // What is to spare is rounded down: whole days where there are many.
  const bool is_long = !plan.is_abstract && spare.count() >= 2 * kMinutesPerDay;
  const Elapsed told = is_long ? Elapsed{spare.count() / kMinutesPerDay * kMinutesPerDay} : spare;
  return say(words::met, language, {rough(plan, told, language)});
}

}  // namespace diaodu::report
