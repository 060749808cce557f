#include "diaodu/solve/delay_test.h"

#include <algorithm>

#include "diaodu/plan/progress.h"
#include "diaodu/plan/working_times.h"
#include "diaodu/solve/solve.h"

namespace diaodu::solve {
namespace {

constexpr std::int64_t kThousandths = 1000;
constexpr std::int64_t kUsualDay = 480;  // minutes, where no calendar says

bool is_open_work(const Plan& plan, const Answer& answer, TaskId task) {
  return plan.tasks[task].kind == TaskKind::task && answer.dates[task].has_float &&
         answer.schedule.placements[task].is_scheduled;
}

TaskId task_to_delay(const Plan& plan, const Answer& answer) {
  if (!answer.float_paths.empty()) {
    for (const TaskId task : answer.float_paths.front().tasks) {
      if (is_open_work(plan, answer, task)) return task;
    }
  }
  TaskId best;
  const auto rank = [&](TaskId task) {
    return std::pair(answer.dates[task].total_float, answer.dates[task].earliest_start);
  };
  for (const TaskId task : plan.tasks.ids()) {
    if (is_open_work(plan, answer, task) && (!best || rank(task) < rank(best))) best = task;
  }
  return best;
}

WorkTime delay_of(const Plan& plan, TaskId task) {
  const Task& row = plan.tasks[task];
  const CalendarId calendar = row.calendar ? row.calendar : plan.calendar;
  const std::int64_t day = row.is_elapsed ? kMinutesPerDay
                           : calendar     ? plan.calendars[calendar].day.count()
                                          : kUsualDay;
  return WorkTime{plan.quality.delay_days * day / kThousandths};
}

void lengthen(Plan& plan, TaskId task, const TaskState& state, WorkTime delay) {
  plan.tasks[task].duration += delay;
  for (Mode& mode : plan.modes) {
    if (mode.task == task) mode.duration += delay;
  }
  if (state.stage != TaskState::Stage::started) return;
  for (Progress& progress : plan.progress) {
    if (progress.task != task) continue;
    progress.remaining = state.remaining + delay;
    progress.percent.reset();
  }
}

}  // namespace

Table<TaskId, check::PlannedDates> quality_dates(const Plan& plan, const Answer& answer) {
  Table<TaskId, check::PlannedDates> dates(plan.tasks.size());
  if (!answer.has_schedule) return dates;
  for (const TaskId task : plan.tasks.ids()) {
    const Placement& placed = answer.schedule.placements[task];
    const TaskDates& of_path = answer.dates[task];
    dates[task] = {.start = placed.start,
                   .finish = placed.finish,
                   .total_float = of_path.total_float,
                   .has_float = of_path.has_float && placed.is_scheduled,
                   .is_scheduled = placed.is_scheduled};
  }
  return dates;
}

std::optional<check::DelayTest> test_by_delay(const Plan& plan, const Sources& sources,
                                              const Answer& answer) {
  if (!answer.has_schedule) return {};
  const TaskId task = task_to_delay(plan, answer);
  if (!task) return {};
  const WorkTime delay = delay_of(plan, task);
  const WorkingTimes times(plan);
  const TaskStates states(plan, times);
  const Calendar& calendar = times.of(task, answer.schedule.placements[task].mode);
  // Far beyond the years of a plan there is nothing to look at.
  if (calendar.advance(answer.finish, delay) >= kNever) return {};
  Plan longer = plan;
  lengthen(longer, task, states[task], delay);
  Request request;
  request.with_resources = false;
  request.num_float_paths = 0;
  const Answer after = solve(longer, sources, request);
  if (!after.has_schedule) return {};
  return check::DelayTest{.task = task,
                          .delay = delay,
                          .moved = calendar.work_between(answer.finish, after.finish),
                          .before = answer.finish,
                          .after = after.finish};
}

}  // namespace diaodu::solve
