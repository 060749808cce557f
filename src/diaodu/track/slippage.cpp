#include "diaodu/track/slippage.h"

#include <algorithm>
#include <string_view>

#include "diaodu/plan/tree.h"

namespace diaodu::track {
namespace {

using Kind = Slip::Cause::Kind;

/// The end of a task that a dated constraint keeps from coming too early; nothing: neither.
enum class Kept { nothing, start, finish };

Kept kept_by(ConstraintKind kind) {
  switch (kind) {
    case ConstraintKind::start_on_or_after:
    case ConstraintKind::start_on:
    case ConstraintKind::mandatory_start:
      return Kept::start;
    case ConstraintKind::finish_on_or_after:
    case ConstraintKind::finish_on:
    case ConstraintKind::mandatory_finish:
      return Kept::finish;
    case ConstraintKind::none:
    case ConstraintKind::start_on_or_before:
    case ConstraintKind::finish_on_or_before:
    case ConstraintKind::as_late_as_possible:
      break;
  }
  return Kept::nothing;
}

void add_cause(Slip& slip, Kind kind, WorkTime time, TaskId task = {}, ResourceId resource = {}) {
  if (time != WorkTime{})
    slip.causes.push_back({.kind = kind, .time = time, .task = task, .resource = resource});
}

void put_largest_first(Slip& slip) {
  std::stable_sort(slip.causes.begin(), slip.causes.end(),
                   [](const auto& a, const auto& b) { return a.time > b.time; });
}

}  // namespace

Slippage::Slippage(const Plan& plan, const WorkingTimes& times, const Course& course, Instant as_of,
                   const Table<TaskId, TaskStatus>& tasks)
    : plan_(plan),
      times_(times),
      course_(course),
      as_of_(as_of),
      tasks_(tasks),
      states_(plan, times),
      rules_(plan, times, states_),
      dates_(course.schedule),
      links_to_(plan.tasks.size()),
      children_(plan.tasks.size()) {
  for (const LinkId link : plan.links.ids()) links_to_[plan.links[link].to.index()].push_back(link);
  for (const TaskId task : plan.tasks.ids()) {
    if (const TaskId parent = plan.tasks[task].parent) children_[parent.index()].push_back(task);
    Placement& placed = dates_.placements[task];
    placed.start = tasks[task].now.from;
    placed.finish = tasks[task].now.to;
  }
}

Table<TaskId, Slip> Slippage::slips() const {
  Table<TaskId, Slip> slips(plan_.tasks.size());
  for (const TaskId task : plan_.tasks.ids()) {
    const TaskStatus& status = tasks_[task];
    if (!status.has_baseline || status.stage == Stage::left_out) continue;
    slips[task] = plan_.tasks[task].kind == TaskKind::summary
                      ? slip_of_summary(task, children_[task.index()])
                      : slip_of_task(task);
  }
  find_roots(slips);
  return slips;
}

Slip Slippage::slip_of_plan(Instant baseline, const Table<TaskId, Slip>& slips) const {
  std::vector<TaskId> leaves;
  for (const TaskId task : plan_.tasks.ids()) {
    if (plan_.tasks[task].kind != TaskKind::summary) leaves.push_back(task);
  }
  Slip slip;
  const TaskId last = last_of(leaves);
  if (!last) return slip;
  slip.total = times_.of_project().work_between(baseline, tasks_[last].now.to);
  add_cause(slip, Kind::child, slip.total, last);
  if (slip.total > WorkTime{}) slip.root = slips[last].root ? slips[last].root : last;
  return slip;
}

Slip Slippage::slip_of_task(TaskId task) const {
  const TaskStatus& status = tasks_[task];
  const Calendar& calendar = times_.of(task, dates_.placements[task].mode);
  Slip slip;
  slip.total = calendar.work_between(status.baseline.to, status.now.to);
  slip.start = calendar.work_between(status.baseline.from, status.now.from);
  explain_start(task, slip);
  explain_duration(task, slip);
  put_largest_first(slip);
  return slip;
}

Slip Slippage::slip_of_summary(TaskId task, std::span<const TaskId> children) const {
  const TaskStatus& status = tasks_[task];
  const Calendar& calendar = times_.of_project();
  Slip slip;
  slip.total = calendar.work_between(status.baseline.to, status.now.to);
  slip.start = calendar.work_between(status.baseline.from, status.now.from);
  add_cause(slip, Kind::child, slip.total, last_of(children));
  return slip;
}

WorkTime Slippage::behind(TaskId task, Instant limit, bool arrives_at_start) const {
  const TaskStatus& status = tasks_[task];
  if (limit >= kNever || limit <= kEver) return WorkTime{};
  const Calendar& calendar = times_.of(task, dates_.placements[task].mode);
  const WorkTime takes =
      arrives_at_start ? WorkTime{} : calendar.work_between(status.now.from, status.now.to);
  const WorkTime behind = calendar.work_between(status.baseline.from, limit) - takes;
  return std::clamp(
      behind, WorkTime{},
      std::max(WorkTime{}, calendar.work_between(status.baseline.from, status.now.from)));
}

void Slippage::explain_start(TaskId task, Slip& slip) const {
  if (slip.start <= WorkTime{}) {
    add_cause(slip, Kind::other_start, slip.start);
    return;
  }
  const auto name = [this](TaskId of) { return plan_.tasks[of].id.view(); };
  WorkTime explained;
  TaskId predecessor;
  WorkTime dated;
  TaskId by_date;
  for (TaskId at = task; at; at = plan_.tasks[at].parent) {
    for (const LinkId number : links_to_[at.index()]) {
      const Link& link = plan_.links[number];
      if (!dates_.placements[link.from].is_scheduled) continue;
      if (at != task && !arrives_at_start(link.type)) continue;  // no child alone is held by it
      const Instant limit = rules_.earliest(link, dates_, rules_.leaves(link, dates_));
      const WorkTime behind = this->behind(task, limit, arrives_at_start(link.type));
      const bool is_first = behind == explained && predecessor && behind > WorkTime{} &&
                            name(link.from) < name(predecessor);
      if (behind > explained || is_first) {
        explained = behind;
        predecessor = link.from;
      }
    }
    for (const Constraint& each : {plan_.tasks[at].constraint, plan_.tasks[at].second_constraint}) {
      const Kept kept = kept_by(each.kind);
      if (kept == Kept::nothing || (at != task && kept == Kept::finish)) continue;
      const WorkTime behind = this->behind(task, each.date, kept == Kept::start);
      if (behind <= dated) continue;
      dated = behind;
      by_date = at;
    }
  }
  add_cause(slip, Kind::predecessor, explained, predecessor);
  const auto explain_up_to = [&](WorkTime behind, Kind kind, TaskId by, ResourceId resource) {
    if (behind <= explained) return;
    add_cause(slip, kind, behind - explained, by, resource);
    explained = behind;
  };
  explain_up_to(dated, Kind::constraint, by_date, {});
  if (tasks_[task].stage != Stage::not_started) {
    explain_up_to(slip.start, Kind::late_start, {}, {});
    return;
  }
  const Hold hold = course_.holds.empty() ? Hold{} : course_.holds[task];
  if (hold.by == Hold::By::resource)
    explain_up_to(slip.start, Kind::resource, hold.task, hold.resource);
  explain_up_to(behind(task, as_of_, true), Kind::not_begun, {}, {});
  explain_up_to(slip.start, Kind::other_start, {}, {});
}

void Slippage::explain_duration(TaskId task, Slip& slip) const {
  const TaskStatus& status = tasks_[task];
  const Placement& placed = dates_.placements[task];
  const Calendar& calendar = times_.of(task, placed.mode);
  WorkTime longer = slip.total - slip.start;
  if (status.stage == Stage::started) {
    const Instant from = std::max(as_of_, status.now.from);
    const WorkTime rests = std::max(WorkTime{}, calendar.work_between(from, placed.resumes));
    const Hold hold = course_.holds.empty() ? Hold{} : course_.holds[task];
    add_cause(slip, Kind::interruption, rests, hold.task, hold.resource);
    longer -= rests;
  }
  add_cause(slip, Kind::duration, longer);
}

void Slippage::find_roots(Table<TaskId, Slip>& slips) const {
  Table<TaskId, char> is_known(plan_.tasks.size(), 0);
  std::vector<TaskId> way;
  for (const TaskId task : plan_.tasks.ids()) {
    way.clear();
    TaskId at = task;
    // Marked on the way, so that a circle of facts ends where it began.
    while (is_known[at] == 0) {
      is_known[at] = 1;
      way.push_back(at);
      const Slip& slip = slips[at];
      if (slip.total <= WorkTime{} || slip.causes.empty()) break;
      const Slip::Cause& most = slip.causes.front();
      const bool leads_on = most.kind == Kind::predecessor || most.kind == Kind::child;
      if (!leads_on || !most.task || slips[most.task].total <= WorkTime{}) {
        slips[at].root = at;
        break;
      }
      at = most.task;
    }
    const TaskId root = slips[at].root ? slips[at].root : way.empty() ? TaskId{} : way.back();
    for (const TaskId each : way) {
      if (slips[each].total > WorkTime{}) slips[each].root = root;
    }
  }
}

TaskId Slippage::last_of(std::span<const TaskId> tasks) const {
  TaskId last;
  for (const TaskId task : tasks) {
    if (tasks_[task].stage == Stage::left_out) continue;
    if (!last) {
      last = task;
      continue;
    }
    const Instant finish = tasks_[task].now.to;
    const Instant latest = tasks_[last].now.to;
    const bool is_first = plan_.tasks[task].id.view() < plan_.tasks[last].id.view();
    if (finish > latest || (finish == latest && is_first)) last = task;
  }
  return last;
}

}  // namespace diaodu::track
