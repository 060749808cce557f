#include "diaodu/report/page_progress.h"

#include <algorithm>
#include <optional>

#include "diaodu/plan/tree.h"

namespace diaodu::report {
namespace {

constexpr double kWhole = 100;

WorkTime duration_of(const Plan& plan, const Schedule& schedule, TaskId task) {
  const ModeId mode = schedule.placements[task].mode;
  return mode ? plan.modes[mode].duration : plan.tasks[task].duration;
}

double percent_of(const TaskState& state, std::optional<int> recorded, WorkTime duration) {
  if (state.stage == TaskState::Stage::completed) return kWhole;
  if (state.stage == TaskState::Stage::not_started) return 0;
  if (recorded) return *recorded / kWhole;
  if (duration <= WorkTime{}) return 0;
  const double left =
      static_cast<double>(state.remaining.count()) / static_cast<double>(duration.count());
  return std::clamp(kWhole * (1 - left), 0.0, kWhole);
}

/// What a summary's tasks come to together.
struct Sum {
  double work = 0;
  double done = 0;
  std::size_t num_tasks = 0;
  std::size_t num_complete = 0;
};

}  // namespace

Done done_of(const Plan& plan, const Schedule& schedule, const TaskStates& states) {
  Done done{Table<TaskId, double>(plan.tasks.size(), 0), Table<TaskId, char>(plan.tasks.size(), 0)};
  if (!states.is_any()) return done;
  Table<TaskId, std::optional<int>> recorded(plan.tasks.size());
  for (const Progress& progress : plan.progress) recorded[progress.task] = progress.percent;
  Table<TaskId, Sum> sums(plan.tasks.size());
  for (const TaskId task : children_first(plan)) {
    if (!schedule.placements[task].is_scheduled) continue;
    Sum& sum = sums[task];
    if (plan.tasks[task].kind == TaskKind::summary) {
      done.percent[task] = sum.work > 0 ? kWhole * sum.done / sum.work : 0;
      done.is_complete[task] = sum.num_tasks > 0 && sum.num_complete == sum.num_tasks;
      if (done.is_complete[task] != 0) done.percent[task] = kWhole;
    } else {
      const WorkTime duration = duration_of(plan, schedule, task);
      done.percent[task] = percent_of(states[task], recorded[task], duration);
      done.is_complete[task] = states[task].stage == TaskState::Stage::completed;
      const auto work = static_cast<double>(duration.count());
      sum = {work, work * done.percent[task] / kWhole, 1,
             static_cast<std::size_t>(done.is_complete[task])};
    }
    const TaskId parent = plan.tasks[task].parent;
    if (!parent) continue;
    sums[parent].work += sum.work;
    sums[parent].done += sum.done;
    sums[parent].num_tasks += sum.num_tasks;
    sums[parent].num_complete += sum.num_complete;
  }
  return done;
}

}  // namespace diaodu::report
