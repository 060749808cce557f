#include "diaodu/check/usage.h"

#include <algorithm>
#include <map>
#include <utility>

namespace diaodu::check {
namespace {

using Kind = Violation::Kind;

bool is_active(const Demand& demand, const Placement& placed) {
  return placed.is_scheduled && (!demand.mode || demand.mode == placed.mode);
}

/// Sweeps the uses of one resource in time and reports each stretch in which they exceed the capacity
/// once, with the tasks in use where it begins.
void sweep(ResourceId resource, const std::vector<Use>& uses,
           const std::vector<CapacityChange>& steps, std::vector<Violation>& violations) {
  enum class Order { release, resize, take };  // at the same instant, in this order
  struct Event {
    Instant when;
    Order order;
    std::size_t index;
    auto operator<=>(const Event&) const = default;
  };
  std::vector<Event> events;
  events.reserve(uses.size() * 2 + steps.size());
  for (std::size_t i = 0; i < uses.size(); ++i) {
    if (uses[i].during.is_empty()) continue;
    events.push_back({uses[i].during.from, Order::take, i});
    events.push_back({uses[i].during.to, Order::release, i});
  }
  for (std::size_t i = 0; i < steps.size(); ++i)
    events.push_back({steps[i].from, Order::resize, i});
  std::sort(events.begin(), events.end());

  Amount used;
  Amount capacity;
  std::map<TaskId, int> running;
  bool was_exceeded = false;
  for (std::size_t i = 0; i < events.size(); ++i) {
    const Event& event = events[i];
    if (event.order == Order::resize) {
      capacity = steps[event.index].capacity;
    } else {
      const Use& use = uses[event.index];
      used += event.order == Order::take ? use.amount : -use.amount;
      int& count = running[use.task];
      count += event.order == Order::take ? 1 : -1;
      if (count == 0) running.erase(use.task);
    }
    const bool is_instant_over = i + 1 == events.size() || events[i + 1].when != event.when;
    if (!is_instant_over) continue;
    const bool is_exceeded = used > capacity;
    if (is_exceeded && !was_exceeded) {
      Violation violation{.kind = Kind::capacity_exceeded,
                          .resource = resource,
                          .when = event.when,
                          .used = used,
                          .capacity = capacity};
      for (const auto& [task, times] : running) violation.tasks.push_back(task);
      violation.limit = event.when;
      violations.push_back(std::move(violation));
    }
    was_exceeded = is_exceeded;
  }
}

/// What is used up is taken when a task starts: in all, and within each row of availability.
void judge_used_up(const Plan& plan, const Schedule& schedule,
                   const std::vector<std::vector<Availability>>& rows, const TaskStates& states,
                   std::vector<Violation>& violations) {
  struct Taken {
    Instant when;
    Amount amount;
    TaskId task;
  };
  std::vector<std::vector<Taken>> taken(plan.resources.size());
  for (const Demand& demand : plan.demands) {
    if (!demand.resource || !does_work(plan.tasks[demand.task])) continue;
    const ResourceKind kind = plan.resources[demand.resource].kind;
    const Placement& placed = schedule.placements[demand.task];
    if (is_renewable(kind) || kind == ResourceKind::reservoir || !is_active(demand, placed))
      continue;
    taken[demand.resource.index()].push_back({placed.start, demand.amount, demand.task});
  }
  for (ResourceId resource : plan.resources.ids()) {
    const auto judge = [&](Interval during, Amount capacity) {
      Violation violation{
          .kind = Kind::used_up, .resource = resource, .when = during.from, .limit = during.to};
      for (const Taken& each : taken[resource.index()]) {
        if (!during.contains(each.when)) continue;
        violation.used += each.amount;
        violation.tasks.push_back(each.task);
      }
      violation.capacity = capacity;
      // What has been taken has been taken; only what is still to come can break the rule.
      const bool is_history = std::all_of(
          violation.tasks.begin(), violation.tasks.end(),
          [&](TaskId task) { return states[task].stage != TaskState::Stage::not_started; });
      if (violation.used > capacity && !is_history) violations.push_back(std::move(violation));
    };
    if (taken[resource.index()].empty()) continue;
    judge({kEver, kNever}, plan.resources[resource].capacity);
    for (const Availability& row : rows[resource.index()]) judge(row.during, row.capacity);
  }
}

/// Positive demands draw at the start, negative ones fill at the finish; filling comes first.
void judge_reservoirs(const Plan& plan, const Schedule& schedule, const TaskStates& states,
                      std::vector<Violation>& violations) {
  struct Flow {
    Instant when;
    Amount drawn;
    TaskId task;
  };
  std::vector<std::vector<Flow>> flows(plan.resources.size());
  for (const Demand& demand : plan.demands) {
    if (!demand.resource || !does_work(plan.tasks[demand.task])) continue;
    const Placement& placed = schedule.placements[demand.task];
    if (plan.resources[demand.resource].kind != ResourceKind::reservoir) continue;
    if (!is_active(demand, placed)) continue;
    const Instant when = demand.amount > Amount{} ? placed.start : placed.finish;
    flows[demand.resource.index()].push_back({when, demand.amount, demand.task});
  }
  for (ResourceId resource : plan.resources.ids()) {
    auto& of_resource = flows[resource.index()];
    std::stable_sort(of_resource.begin(), of_resource.end(), [](const Flow& a, const Flow& b) {
      return std::pair{a.when, a.drawn} < std::pair{b.when, b.drawn};
    });
    Amount level = plan.resources[resource].capacity;
    for (const Flow& flow : of_resource) {
      level -= flow.drawn;
      const bool is_history = states[flow.task].stage != TaskState::Stage::not_started;
      if (level >= Amount{} || flow.drawn <= Amount{} || is_history)
        continue;  // who fills is not to blame
      violations.push_back({.kind = Kind::reservoir_empty,
                            .task = flow.task,
                            .resource = resource,
                            .when = flow.when,
                            .tasks = {flow.task},
                            .used = flow.drawn,
                            .capacity = level + flow.drawn});
    }
  }
}

}  // namespace

std::vector<CapacityChange> capacity_steps(const Plan& plan, ResourceId resource,
                                           std::vector<Availability> rows) {
  std::sort(rows.begin(), rows.end(), [](const Availability& a, const Availability& b) {
    return a.during.from < b.during.from;
  });
  const Amount usual = plan.resources[resource].capacity;
  std::vector<CapacityChange> steps = {{kEver, usual}};
  for (const Availability& row : rows) {
    if (row.during.is_empty()) continue;
    if (steps.back().from == row.during.from) steps.pop_back();
    steps.push_back({row.during.from, row.capacity});
    steps.push_back({row.during.to, usual});
  }
  return steps;
}

std::vector<std::vector<Use>> uses_by_resource(const Plan& plan, const Schedule& schedule,
                                               const WorkingTimes& times,
                                               const TaskStates& states) {
  std::vector<std::vector<Use>> uses(plan.resources.size());
  const auto add = [&](TaskId task, ResourceId resource, Amount amount) {
    const Placement& placed = schedule.placements[task];
    if (states[task].stage == TaskState::Stage::completed) return;
    const Calendar& calendar = times.of(task, placed.mode);
    for (const Interval& worked : calendar.intervals({placed.resumes, placed.finish})) {
      uses[resource.index()].push_back({worked, amount, task});
    }
  };
  for (const Demand& demand : plan.demands) {
    if (!demand.resource || !does_work(plan.tasks[demand.task])) continue;
    if (!is_renewable(plan.resources[demand.resource].kind)) continue;
    if (is_active(demand, schedule.placements[demand.task])) {
      add(demand.task, demand.resource, demand.amount);
    }
  }
  for (const Assignment& assignment : schedule.assignments) {
    add(plan.demands[assignment.demand].task, assignment.resource, assignment.amount);
  }
  return uses;
}

std::vector<Violation> judge_resources(const Plan& plan, const Schedule& schedule,
                                       const WorkingTimes& times, const TaskStates& states) {
  std::vector<Violation> violations;
  std::vector<std::vector<Availability>> rows(plan.resources.size());
  for (const Availability& row : plan.availability) rows[row.resource.index()].push_back(row);
  const auto uses = uses_by_resource(plan, schedule, times, states);
  for (ResourceId resource : plan.resources.ids()) {
    if (!is_renewable(plan.resources[resource].kind)) continue;
    sweep(resource, uses[resource.index()], capacity_steps(plan, resource, rows[resource.index()]),
          violations);
  }
  judge_used_up(plan, schedule, rows, states, violations);
  judge_reservoirs(plan, schedule, states, violations);
  return violations;
}

}  // namespace diaodu::check
