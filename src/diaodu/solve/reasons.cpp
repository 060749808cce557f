#include "diaodu/solve/reasons.h"

#include <algorithm>
#include <functional>

#include "diaodu/plan/tree.h"
#include "diaodu/solve/held_by.h"
#include "diaodu/solve/objectives.h"
#include "diaodu/solve/tail.h"

namespace diaodu::solve {
namespace {

/// What one of `Driver`'s values means for the node.
Reason by_driver(const Network& network, const CriticalPath& path, Node node, Driver driver) {
  const Plan& plan = *network.plan;
  const Window& window = network.window(node);
  switch (driver) {
    case kByPlanStart:
      if (plan.data_date && *plan.data_date > plan.start) {
        return {.kind = Reason::Kind::data_date, .date = *plan.data_date};
      }
      return {.kind = Reason::Kind::plan_start, .date = plan.start};
    case kByStartFrom:
      return {.kind = Reason::Kind::start_date, .date = window.start_from};
    case kByFinishFrom:
      return {.kind = Reason::Kind::finish_date, .date = window.finish_from};
    case kByPin:
      return {.kind = Reason::Kind::mandatory,
              .date = window.pinned_start != kNever ? window.pinned_start : window.pinned_finish};
    case kByRecord:
      return {.kind = Reason::Kind::record};
    case kAsLateAsPossible:
      return {.kind = Reason::Kind::as_late_as_possible};
    default:
      break;
  }
  const Arc& arc = network.arcs[static_cast<std::size_t>(driver)];
  const Instant date = earliest_head(network, path, static_cast<std::uint32_t>(driver));
  return {.kind = Reason::Kind::link, .link = arc.link, .by = network.task[arc.from], .date = date};
}

/// As `by_driver`, but a summary's gate does not hold anybody: what holds the gate does.
Reason through_gates(const Network& network, const CriticalPath& path,
                     const std::function<Driver(Node)>& driver_of, Node node) {
  Driver driver = driver_of(node);
  while (driver >= 0) {
    const Arc& arc = network.arcs[static_cast<std::size_t>(driver)];
    if (arc.link || network.role[arc.from] != Network::Role::gate) break;
    node = arc.from;
    driver = driver_of(node);
  }
  return by_driver(network, path, node, driver);
}

/// Notes where a task waits for its calendar to open again after everything else has let it go.
void note_calendar(Reason& reason, Instant start) {
  constexpr Elapsed kWeekend{64 * 60};
  const bool has_date =
      reason.kind != Reason::Kind::record && reason.kind != Reason::Kind::choice &&
      reason.kind != Reason::Kind::baseline && reason.kind != Reason::Kind::children &&
      reason.kind != Reason::Kind::left_out && reason.kind != Reason::Kind::as_late_as_possible &&
      reason.kind != Reason::Kind::finish_date && reason.kind != Reason::Kind::mandatory;
  reason.waits_for_calendar = has_date && start - reason.date > kWeekend;
}

/// Summaries begin with their first children.
void add_summaries(const Plan& plan, const std::function<Instant(TaskId)>& start,
                   Table<TaskId, Reason>& reasons) {
  for (TaskId task : children_first(plan)) {
    const TaskId parent = plan.tasks[task].parent;
    if (!parent) continue;
    Reason& reason = reasons[parent];
    if (reason.kind != Reason::Kind::children || !reason.by || start(task) < start(reason.by)) {
      reason = {.kind = Reason::Kind::children, .by = task, .date = start(task)};
    }
  }
}

class ScheduleReasons {
 public:
  ScheduleReasons(const Model& model, Generator& generator,
                  const Table<TaskId, Placement>& placements)
      : model_(model),
        generator_(generator),
        network_(generator.network()),
        placements_(placements),
        held_by_(model, generator) {
    held_by_.settle();
  }

  Table<TaskId, Reason> all() {
    Table<TaskId, Reason> reasons(placements_.size());
    for (Node node = 0; node < network_.size(); ++node) {
      if (network_.role[node] != Network::Role::task) continue;
      const TaskId task = network_.task[node];
      reasons[task] = reason(node);
      note_calendar(reasons[task], placements_[task].resumes);
    }
    add_summaries(
        *network_.plan, [this](TaskId task) { return placements_[task].start; }, reasons);
    return reasons;
  }

 private:
  Reason reason(Node node) {
    if (state_of(network_, node).stage == TaskState::Stage::completed)
      return {.kind = Reason::Kind::record};
    if (is_pinned(network_.window(node)))
      return on_clock(by_driver(network_, generator_.path(), node, kByPin));
    const Generator::Hindrance hindrance = generator_.hindrance(node);
    const TaskId task = network_.task[node];
    if (hindrance.alone.start >= generator_.start(node)) {
      const auto driver = [&](Node of) {
        if (of == node) return held_by_.driver(node, hindrance.hold);
        return held_by_.driver(of, generator_.hindrance(of).hold);
      };
      return on_clock(through_gates(network_, generator_.path(), driver, node));
    }
    const Constraint& first = network_.plan->tasks[task].constraint;
    const Constraint& second = network_.plan->tasks[task].second_constraint;
    if (hindrance.is_free || !hindrance.blocked) {
      const bool is_late = first.kind == ConstraintKind::as_late_as_possible ||
                           second.kind == ConstraintKind::as_late_as_possible;
      const auto& baseline = model_.wanted.baseline;
      if (!baseline.empty() && baseline[node] != kNever &&
          displacement(model_, network_.calendar_of(node), node, generator_.start(node)) == 0) {
        return {.kind = Reason::Kind::baseline};
      }
      return {.kind = is_late ? Reason::Kind::as_late_as_possible : Reason::Kind::choice};
    }
    const Generator::Blocked& blocked = *hindrance.blocked;
    Reason reason{
        .kind = Reason::Kind::resource, .resource = blocked.resource, .date = blocked.during.to};
    const Plan& plan = *network_.plan;
    if (is_renewable(plan.resources[blocked.resource].kind)) {
      for (const Node holder : held_by_.holders(node, blocked))
        reason.tasks.push_back(network_.task[holder]);
    }
    return on_clock(reason);
  }

  Reason on_clock(Reason reason) const {
    reason.date = model_.axis.from_axis(reason.date);
    // Plan start and data date are told by their own instants already.
    const Plan& plan = *network_.plan;
    if (reason.kind == Reason::Kind::plan_start) reason.date = plan.start;
    if (reason.kind == Reason::Kind::data_date) reason.date = *plan.data_date;
    return reason;
  }

  const Model& model_;
  Generator& generator_;
  const Network& network_;
  const Table<TaskId, Placement>& placements_;
  HeldBy held_by_;
};

}  // namespace

Table<TaskId, Reason> reasons(const Network& network, const CriticalPath& path) {
  Table<TaskId, Reason> reasons(network.plan->tasks.size());
  const auto driver = [&path](Node node) { return path.driver[node]; };
  for (Node node = 0; node < network.size(); ++node) {
    if (network.role[node] != Network::Role::task) continue;
    Reason& reason = reasons[network.task[node]];
    reason = through_gates(network, path, driver, node);
    note_calendar(reason, path.earliest_start[node]);
  }
  const auto start = [&](TaskId task) {
    const Node node = network.node_of[task];
    return node == kNoNode ? reasons[task].date : path.earliest_start[node];
  };
  add_summaries(*network.plan, start, reasons);
  return reasons;
}

Table<TaskId, Reason> reasons(const Model& model, Generator& generator,
                              const Table<TaskId, Placement>& placements) {
  return ScheduleReasons(model, generator, placements).all();
}

std::vector<TaskId> critical_chain(const Plan& plan, const Table<TaskId, Reason>& reasons,
                                   const Schedule& schedule) {
  const auto is_leaf = [&plan](TaskId task) { return does_work(plan.tasks[task]); };
  TaskId at;
  for (TaskId task : plan.tasks.ids()) {
    const Placement& placed = schedule.placements[task];
    if (!is_leaf(task) || !placed.is_scheduled) continue;
    if (!at || placed.finish > schedule.placements[at].finish) at = task;
  }
  std::vector<TaskId> chain;
  std::vector<char> is_on(plan.tasks.size(), 0);
  while (at && is_on[at.index()] == 0) {
    is_on[at.index()] = 1;
    const Reason& reason = reasons[at];
    if (is_leaf(at)) chain.push_back(at);
    TaskId before;
    if (reason.kind == Reason::Kind::link) before = reason.by;
    if (reason.kind == Reason::Kind::resource && !reason.tasks.empty())
      before = reason.tasks.back();
    // A link from a summary comes from whichever child finishes last.
    while (before && !is_leaf(before)) {
      TaskId last;
      for (TaskId task : plan.tasks.ids()) {
        if (plan.tasks[task].parent != before || !schedule.placements[task].is_scheduled) continue;
        if (!last || schedule.placements[task].finish > schedule.placements[last].finish)
          last = task;
      }
      before = last;
    }
    at = before;
  }
  std::reverse(chain.begin(), chain.end());
  return chain;
}

}  // namespace diaodu::solve
