#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "diaodu/plan/working_times.h"
#include "diaodu/track/budget.h"
#include "diaodu/track/status.h"
#include "support/random_network.h"

// Small plans with money, records of them and schedules that nobody planned well, drawn at random.
namespace diaodu::track {

struct RandomStatus {
  Plan plan;
  Record record;
  Course course;
  StatusRequest request;

  Status status() const { return track::status(plan, record, course, request); }
};

class StatusMaker {
 public:
  RandomStatus make() {
    made_.plan = random_plan({.has_calendars = true, .has_summaries = true});
    add_money();
    const WorkingTimes times(made_.plan);
    made_.request.as_of = made_.plan.start + Elapsed{number(0, 120)};
    made_.course.schedule = schedule(times);
    made_.request.baseline = take_baseline(made_.plan, schedule(times), "any", made_.plan.start);
    change_baseline();
    for (const TaskId task : leaves()) add_facts(task, times);
    roll_up(made_.course.schedule, made_.plan);
    for (int i = number(0, 8); i > 0; --i) {
      made_.record.costs.push_back({.task = any_task(),
                                    .resource = one_in(2)   ? "crew"
                                                : one_in(2) ? "sand"
                                                            : "",
                                    .when = some_time(),
                                    .amount = Money{number(0, 100'000)}});
    }
    std::stable_sort(made_.record.costs.begin(), made_.record.costs.end(),
                     [](const auto& a, const auto& b) { return a.when < b.when; });
    made_.course.holds = Table<TaskId, Hold>(made_.plan.tasks.size());
    for (const TaskId task : leaves()) {
      if (one_in(3)) made_.course.holds[task] = {Hold::By::resource, {}, ResourceId{0}};
    }
    return std::move(made_);
  }

 private:
  std::vector<TaskId> leaves() const {
    std::vector<TaskId> tasks;
    for (const TaskId task : made_.plan.tasks.ids()) {
      if (made_.plan.tasks[task].kind != TaskKind::summary) tasks.push_back(task);
    }
    return tasks;
  }
  std::string any_task() const {
    const int any = number(0, static_cast<int>(made_.plan.tasks.size()));
    return made_.plan.tasks[TaskId{static_cast<std::size_t>(any)}].id.str();
  }
  Instant some_time() const { return made_.plan.start + Elapsed{number(0, 140)}; }

  void add_money() {
    Plan& plan = made_.plan;
    plan.resources.add({.id = plan.text("crew"), .rate = Money{number(0, 50'000)}});
    plan.resources.add(
        {.id = plan.text("sand"), .kind = ResourceKind::material, .rate = Money{number(0, 5000)}});
    for (const TaskId id : plan.tasks.ids()) {
      Task& task = plan.tasks[id];
      if (one_in(2)) task.cost = Money{number(0, 100'000)};
      if (task.kind == TaskKind::summary) continue;
      task.earned_by = static_cast<EarningRule>(number(0, 6));
      for (int i = number(0, 3); i > 0; --i) {
        plan.steps.push_back({.task = id,
                              .id = plan.text(std::to_string(i)),
                              .weight = static_cast<std::int64_t>(number(0, 5)) * 500});
      }
      for (std::size_t resource = 0; resource < 2; ++resource) {
        if (one_in(2)) continue;
        plan.demands.add(
            {.task = id, .resource = ResourceId{resource}, .amount = Amount{number(1, 4000)}});
      }
    }
  }

  /// Anywhere, in working time.
  Schedule schedule(const WorkingTimes& times) const {
    const Plan& plan = made_.plan;
    Schedule schedule;
    schedule.placements = Table<TaskId, Placement>(plan.tasks.size());
    for (const TaskId task : leaves()) {
      const Calendar& calendar = times.of(task, {});
      Placement& placed = schedule.placements[task];
      placed.start = placed.resumes = calendar.next_working(plan.start + Elapsed{number(0, 80)});
      const WorkTime takes =
          plan.tasks[task].duration + WorkTime{plan.tasks[task].is_milestone() ? 0 : number(0, 4)};
      placed.finish = calendar.advance(placed.start, takes);
      placed.is_scheduled = !one_in(12);
    }
    roll_up(schedule, plan);
    return schedule;
  }

  void change_baseline() {
    auto& rows = made_.request.baseline.rows;
    for (Baseline::Row& row : rows) {
      if (one_in(4)) row.cost = Money{number(0, 300'000)};
    }
    if (rows.size() > 1 && one_in(4)) rows.pop_back();
  }

  void add_facts(TaskId task, const WorkingTimes& times) {
    Placement& placed = made_.course.schedule.placements[task];
    if (one_in(3)) return;
    const Calendar& calendar = times.of(task, {});
    const Instant start = calendar.next_working(made_.plan.start + Elapsed{number(0, 60)});
    TaskFact fact{.task = made_.plan.tasks[task].id.str(), .when = start, .actual_start = start};
    made_.record.tasks.push_back(fact);
    Instant when = start;
    for (int i = number(0, 4); i > 0; --i) {
      when = when + Elapsed{number(1, 30)};
      TaskFact report{.task = fact.task, .when = when};
      if (one_in(2)) report.percent = number(0, 100'01);
      if (one_in(2)) report.physical_percent = number(0, 100'01);
      if (one_in(2)) report.remaining = WorkTime{number(0, 9)};
      for (const Step& step : made_.plan.steps) {
        if (step.task == task && one_in(3)) report.steps_done.push_back(step.id.str());
      }
      made_.record.tasks.push_back(report);
    }
    const Instant as_of = made_.request.as_of;
    placed.is_scheduled = true;
    placed.start = placed.resumes = start;
    placed.finish = std::max(placed.finish, start);
    if (start <= as_of) {
      placed.resumes = calendar.next_working(std::max(start, as_of) + Elapsed{number(0, 5)});
      placed.finish = calendar.advance(placed.resumes, WorkTime{number(0, 6)});
    }
    if (one_in(2)) return;
    when = when + Elapsed{number(0, 20)};
    made_.record.tasks.push_back({.task = fact.task, .when = when, .actual_finish = when});
    if (when <= as_of) placed.finish = placed.resumes = when;
  }

  RandomStatus made_;
};

inline RandomStatus random_status() { return StatusMaker().make(); }

}  // namespace diaodu::track
