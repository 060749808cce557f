#include "diaodu/check/left_over.h"

#include <algorithm>

namespace diaodu::check {

using Stage = TaskState::Stage;

LeftOver::LeftOver(const Plan& plan, const WorkingTimes& times, const TaskStates& states,
                   const Schedule& schedule)
    : plan_(plan),
      times_(times),
      states_(states),
      demands_(plan.tasks.size()),
      rows_(plan.resources.size()),
      capacities_(plan.resources.size()),
      uses_(plan.resources.size()),
      taken_(plan.resources.size()) {
  for (DemandId id : plan.demands.ids()) demands_[plan.demands[id].task.index()].push_back(id);
  for (const Availability& row : plan.availability) rows_[row.resource.index()].push_back(row);
  for (ResourceId resource : plan.resources.ids())
    capacities_[resource.index()] = capacity_steps(plan, resource, rows_[resource.index()]);
  for (TaskId task : plan.tasks.ids()) {
    const TaskState state = states[task];
    if (state.stage == Stage::not_started) continue;
    for (const Need& need : needs(task, schedule.placements[task].mode)) {
      if (is_renewable(plan.resources[need.resource].kind)) continue;
      // What is under way has drawn, and will fill when it is done.
      const bool will_fill = state.stage == Stage::started && need.amount < Amount{};
      if (!will_fill) take(need, *state.actual_start, state.actual_finish.value_or(kNever));
    }
  }
}

std::vector<LeftOver::Need> LeftOver::needs(TaskId task, ModeId mode) const {
  std::vector<Need> needs;
  if (!does_work(plan_.tasks[task])) return needs;
  for (const DemandId id : demands_[task.index()]) {
    const Demand& demand = plan_.demands[id];
    if (!demand.resource || (demand.mode && demand.mode != mode)) continue;
    needs.push_back({demand.resource, demand.amount});
  }
  return needs;
}

bool LeftOver::is_active(const Demand& demand, const Stay& stay) const {
  return !demand.mode || demand.mode == stay.mode;
}

std::vector<Interval> LeftOver::worked(const Stay& stay) const {
  return times_.of(stay.task, stay.mode).intervals({stay.start, stay.finish});
}

Amount LeftOver::capacity_at(ResourceId resource, Instant minute) const {
  Amount capacity;
  for (const CapacityChange& step : capacities_[resource.index()]) {
    if (step.from <= minute) capacity = step.capacity;
  }
  return capacity;
}

Amount LeftOver::free_at(ResourceId resource, Instant minute) const {
  Amount free = capacity_at(resource, minute);
  for (const Use& use : uses_[resource.index()]) {
    if (use.during.contains(minute)) free -= use.amount;
  }
  return free;
}

/// The instants in `during` at which more or less of a renewable becomes free, and its beginning.
std::vector<Instant> LeftOver::changes(ResourceId resource, Interval during) const {
  std::vector<Instant> instants = {during.from};
  for (const CapacityChange& step : capacities_[resource.index()]) instants.push_back(step.from);
  for (const Use& use : uses_[resource.index()]) {
    instants.push_back(use.during.from);
    instants.push_back(use.during.to);
  }
  std::erase_if(instants, [&](Instant instant) { return !during.contains(instant); });
  std::sort(instants.begin(), instants.end());
  return instants;
}

Amount LeftOver::least_free(ResourceId resource, const std::vector<Interval>& worked) const {
  Amount least = kUnlimited;
  for (const Interval& interval : worked) {
    for (const Instant instant : changes(resource, interval))
      least = std::min(least, free_at(resource, instant));
  }
  return least;
}

/// Too little in a minute of the work stays too little until something changes, and a start until then would meet it.
Instant LeftOver::next_try_renewable(const Need& need, const std::vector<Interval>& worked,
                                     Instant start) const {
  for (const Interval& interval : worked) {
    for (const Instant instant : changes(need.resource, interval)) {
      if (free_at(need.resource, instant) >= need.amount) continue;
      const auto later = changes(need.resource, {instant + Elapsed{1}, kNever});
      const auto change = std::find_if(later.begin(), later.end(), [&](Instant each) {
        return free_at(need.resource, each) > free_at(need.resource, instant);
      });
      return change == later.end() ? kNever : *change;
    }
  }
  return start;
}

/// A row says how much tasks may take that start in it.  Whether there is enough in all, no date can change.
Instant LeftOver::next_try_material(const Need& need, Instant start) const {
  for (const Availability& row : rows_[need.resource.index()]) {
    if (!row.during.contains(start)) continue;
    Amount left = row.capacity;
    for (const Taken& taken : taken_[need.resource.index()]) {
      if (row.during.contains(taken.when)) left -= taken.amount;
    }
    if (left < need.amount) return row.during.to;
  }
  return start;
}

Amount LeftOver::level_at(ResourceId resource, Instant instant) const {
  Amount level = plan_.resources[resource].capacity;
  for (const Taken& taken : taken_[resource.index()]) {
    if (taken.when <= instant) level -= taken.amount;
  }
  return level;
}

/// What is drawn is missing ever after, so there must be enough then, and at every later draw.
Instant LeftOver::next_try_reservoir(const Need& need, Instant start) const {
  std::vector<Instant> instants = {start};
  for (const Taken& taken : taken_[need.resource.index()]) {
    if (taken.when > start) instants.push_back(taken.when);
  }
  std::sort(instants.begin(), instants.end());
  Instant next = start;
  for (std::size_t i = 0; i < instants.size(); ++i) {
    if (level_at(need.resource, instants[i]) >= need.amount) continue;
    next = kNever;
    for (std::size_t later = i + 1; later < instants.size() && next == kNever; ++later) {
      if (instants[later] > instants[i]) next = instants[later];
    }
  }
  return next;
}

Instant LeftOver::next_try(const Stay& stay) const {
  std::vector<Need> sums;  // two demands of one task for the same add up
  for (const Need& need : needs(stay.task, stay.mode)) {
    if (need.amount <= Amount{}) continue;
    const auto same = std::find_if(
        sums.begin(), sums.end(), [&](const Need& each) { return each.resource == need.resource; });
    if (same == sums.end()) {
      sums.push_back(need);
    } else {
      same->amount += need.amount;
    }
  }
  const std::vector<Interval> minutes = worked(stay);
  for (const Need& need : sums) {
    const ResourceKind kind = plan_.resources[need.resource].kind;
    Instant next = stay.start;
    if (is_renewable(kind)) {
      next = next_try_renewable(need, minutes, stay.start);
    } else if (states_[stay.task].stage != Stage::not_started) {
      continue;  // taken long ago
    } else {
      next = kind == ResourceKind::reservoir ? next_try_reservoir(need, stay.start)
                                             : next_try_material(need, stay.start);
    }
    if (next > stay.start) return next;
  }
  if (choose(stay)) return stay.start;
  return times_.of(stay.task, stay.mode).next_working(stay.start + Elapsed{1});
}

bool LeftOver::is_present(ResourceId person, TaskId task,
                          const std::vector<Interval>& worked) const {
  const CalendarId own = plan_.resources[person].calendar;
  if (!own || plan_.tasks[task].ignores_resource_calendars) return true;
  const Calendar& calendar = plan_.calendars[own].calendar;
  return std::all_of(worked.begin(), worked.end(), [&](const Interval& interval) {
    return calendar.work_between(interval.from, interval.to).count() == interval.length().count();
  });
}

std::vector<ResourceId> LeftOver::holders(SkillId skill) const {
  std::vector<ResourceId> holders;
  for (ResourceId id : plan_.resources.ids()) {
    const Resource& resource = plan_.resources[id];
    const bool has_skill =
        std::find(resource.skills.begin(), resource.skills.end(), skill) != resource.skills.end();
    if (has_skill && is_renewable(resource.kind)) holders.push_back(id);
  }
  std::stable_sort(holders.begin(), holders.end(), [this](ResourceId a, ResourceId b) {
    return plan_.resources[a].skills.size() < plan_.resources[b].skills.size();
  });
  return holders;
}

std::optional<std::vector<Assignment>> LeftOver::choose(const Stay& stay) const {
  std::vector<Assignment> chosen;
  if (stay.start == stay.finish) return chosen;
  const std::vector<Interval> minutes = worked(stay);
  const auto reserved = [&](ResourceId person) {  // for this task itself, by name or for a skill
    Amount sum;
    for (const Need& need : needs(stay.task, stay.mode)) {
      if (need.resource == person) sum += need.amount;
    }
    for (const Assignment& each : chosen) {
      if (each.resource == person) sum += each.amount;
    }
    return sum;
  };
  for (const DemandId id : demands_[stay.task.index()]) {
    const Demand& demand = plan_.demands[id];
    if (!demand.skill || !is_active(demand, stay)) continue;
    Amount missing = demand.amount;
    for (const ResourceId person : holders(demand.skill)) {
      if (missing <= Amount{}) break;
      if (!is_present(person, stay.task, minutes)) continue;
      // Whole people where whole ones are wanted; a crew may give several.
      const Amount wanted = std::min(missing, kOne);
      const Amount free = least_free(person, minutes) - reserved(person);
      if (free < wanted) continue;
      const Amount whole{free.count() / kOne.count() * kOne.count()};
      const Amount given = std::min(missing, std::max(wanted, whole));
      chosen.push_back({id, person, given});
      missing -= given;
    }
    if (missing > Amount{}) return {};
  }
  return chosen;
}

void LeftOver::book(const Stay& stay, const std::vector<Assignment>& chosen) {
  const std::vector<Interval> minutes = worked(stay);
  const auto use = [&](ResourceId resource, Amount amount) {
    for (const Interval& interval : minutes)
      uses_[resource.index()].push_back({interval, amount, stay.task});
  };
  const bool has_begun = states_[stay.task].stage != Stage::not_started;
  for (const Need& need : needs(stay.task, stay.mode)) {
    if (is_renewable(plan_.resources[need.resource].kind)) {
      if (need.amount > Amount{}) use(need.resource, need.amount);
    } else if (!has_begun || need.amount < Amount{}) {
      take(need, stay.start, stay.finish);
    }
  }
  for (const Assignment& each : chosen) use(each.resource, each.amount);
}

/// What is used up or drawn is gone from `start` on; what is filled is there from `finish` on.
void LeftOver::take(const Need& need, Instant start, Instant finish) {
  taken_[need.resource.index()].push_back({need.amount > Amount{} ? start : finish, need.amount});
}

Instant LeftOver::settled_from() const {
  Instant last = kEver;
  for (const auto& steps : capacities_) {
    for (const CapacityChange& step : steps) last = std::max(last, step.from);
  }
  for (const Availability& row : plan_.availability) last = std::max(last, row.during.to);
  return last;
}

}  // namespace diaodu::check
