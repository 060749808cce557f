#include "diaodu/plan/progress.h"

#include <algorithm>

namespace diaodu {

TaskStates::TaskStates(const Plan& plan, const WorkingTimes& times) {
  if (plan.progress.empty()) return;
  states_ = Table<TaskId, TaskState>(plan.tasks.size());
  Table<TaskId, ModeId> first_mode(plan.tasks.size());
  for (std::size_t i = plan.modes.size(); i-- > 0;) {
    first_mode[plan.modes[ModeId{i}].task] = ModeId{i};
  }
  for (const Progress& progress : plan.progress) {
    const Task& task = plan.tasks[progress.task];
    TaskState& state = states_[progress.task];
    if (!does_work(task)) continue;
    const ModeId mode = first_mode[progress.task];
    const WorkTime duration = mode ? plan.modes[mode].duration : task.duration;
    const Calendar& calendar = times.of(progress.task, mode);
    if (progress.actual_finish) {
      state.stage = TaskState::Stage::completed;
      state.actual_finish = progress.actual_finish;
      const Instant in_time = calendar.retreat(*progress.actual_finish, duration);
      state.actual_start = progress.actual_start.value_or(in_time);
      continue;
    }
    if (!progress.actual_start) continue;
    state.stage = TaskState::Stage::started;
    state.actual_start = progress.actual_start;
    state.resumes = progress.resumes;
    // Of a start that is yet to come nothing lies before it.  Primavera takes what remains to begin at the data date.
    const bool is_to_come = *progress.actual_start > earliest_remaining(plan) &&
                            plan.options.late_dates == Options::LateDates::kept;
    if (is_to_come) state.resumes = std::max(state.resumes.value_or(kEver), *progress.actual_start);
    if (progress.remaining) {
      state.remaining = *progress.remaining;
    } else if (progress.percent) {
      constexpr std::int64_t kWhole = 100 * 100;
      state.remaining = WorkTime{(duration * (kWhole - *progress.percent)).count() / kWhole};
    } else {
      const WorkTime done = calendar.work_between(*progress.actual_start, earliest_remaining(plan));
      state.remaining = std::max(WorkTime{}, duration - std::max(WorkTime{}, done));
    }
  }
}

bool is_pinned(const Plan& plan, TaskId task, const TaskState& state) {
  using Stage = TaskState::Stage;
  if (!does_work(plan.tasks[task])) return false;
  const auto holds = [&](const Constraint& constraint) {
    if (!constraint.is_mandatory() || state.stage == Stage::completed) return false;
    return state.stage == Stage::not_started ||
           (constraint.kind == ConstraintKind::mandatory_finish &&
            plan.options.late_dates == Options::LateDates::kept);
  };
  return holds(plan.tasks[task].constraint) || holds(plan.tasks[task].second_constraint);
}

}  // namespace diaodu
