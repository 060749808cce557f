#include "diaodu/report/load.h"

#include <algorithm>
#include <map>
#include <optional>

#include "diaodu/check/usage.h"
#include "diaodu/plan/progress.h"
#include "diaodu/plan/working_times.h"
#include "diaodu/report/time_axis.h"

namespace diaodu::report {
namespace {

using Uses = std::vector<std::vector<check::Use>>;

Uses uses_of(const Plan& plan, const Schedule& schedule) {
  const WorkingTimes times(plan);
  const TaskStates states(plan, times);
  return check::uses_by_resource(plan, schedule, times, states);
}

/// What changes at an instant.
struct Change {
  Amount use;
  std::optional<Amount> capacity;
  std::optional<bool> is_open;
};

void add_capacities(const Plan& plan, ResourceId resource, std::map<Instant, Change>& changes) {
  std::vector<Availability> rows;
  for (const Availability& row : plan.availability) {
    if (row.resource == resource && !row.during.is_empty()) rows.push_back(row);
  }
  std::sort(rows.begin(), rows.end(), [](const Availability& a, const Availability& b) {
    return a.during.from < b.during.from;
  });
  const Amount usual = plan.resources[resource].capacity;
  changes[kEver].capacity = usual;
  for (const Availability& row : rows) {
    changes[row.during.from].capacity = row.capacity;
    changes[row.during.to].capacity = usual;
  }
}

const Calendar& calendar_of(const Plan& plan, ResourceId resource) {
  static const Calendar around_the_clock;
  const CalendarId own = plan.resources[resource].calendar;
  const CalendarId chosen = own ? own : plan.calendar;
  return chosen ? plan.calendars[chosen].calendar : around_the_clock;
}

/// There is no share of no limit: it offers what is used.
Amount offered_of(Amount capacity, Amount used) { return capacity < kUnlimited ? capacity : used; }

ResourceLoad load_of(const Plan& plan, ResourceId resource, const std::vector<check::Use>& uses) {
  ResourceLoad load;
  if (uses.empty()) return load;
  load.during = {kNever, kEver};
  std::map<Instant, Change> changes;
  for (const check::Use& use : uses) {
    load.during.from = std::min(load.during.from, use.during.from);
    load.during.to = std::max(load.during.to, use.during.to);
    changes[use.during.from].use += use.amount;
    changes[use.during.to].use -= use.amount;
  }
  add_capacities(plan, resource, changes);
  for (const Interval& open : calendar_of(plan, resource).intervals(load.during)) {
    changes[open.from].is_open = true;
    Change& end = changes[open.to];
    if (!end.is_open) end.is_open = false;
  }
  Amount used;
  Amount capacity;
  bool is_open = false;
  for (auto change = changes.begin(); change != changes.end(); ++change) {
    used += change->second.use;
    capacity = change->second.capacity.value_or(capacity);
    is_open = change->second.is_open.value_or(is_open);
    const auto following = std::next(change);
    const bool is_there = is_open || used > Amount{};
    if (following == changes.end() || change->first < load.during.from || !is_there) continue;
    if (change->first >= load.during.to) break;
    const Interval during{change->first, std::min(following->first, load.during.to)};
    load.stretches.push_back({during, used, capacity});
    const WorkTime length{during.length().count()};
    load.used += used * length;
    load.offered += offered_of(capacity, used) * length;
    load.peak = std::max(load.peak, used);
  }
  return load;
}

/// Does the schedule do what the demand belongs to, and does that take something?
bool takes(const Plan& plan, const Schedule& schedule, const Demand& demand) {
  const Placement& placed = schedule.placements[demand.task];
  const bool is_done = placed.is_scheduled && (!demand.mode || demand.mode == placed.mode);
  return is_done && demand.amount > Amount{} && plan.tasks[demand.task].kind != TaskKind::summary;
}

}  // namespace

Table<ResourceId, ResourceLoad> resource_loads(const Plan& plan, const Schedule& schedule) {
  const Uses uses = uses_of(plan, schedule);
  Table<ResourceId, ResourceLoad> loads;
  for (ResourceId resource : plan.resources.ids()) {
    loads.add(load_of(plan, resource, uses[resource.index()]));
  }
  return loads;
}

std::vector<Bucket> in_buckets(const ResourceLoad& load, const std::vector<Interval>& intervals) {
  std::vector<Bucket> buckets;
  auto first = load.stretches.begin();
  for (const Interval& interval : intervals) {
    Bucket bucket{.during = interval};
    while (first != load.stretches.end() && first->during.to <= interval.from) ++first;
    for (auto stretch = first; stretch != load.stretches.end(); ++stretch) {
      if (stretch->during.from >= interval.to) break;
      const Instant from = std::max(stretch->during.from, interval.from);
      const Instant to = std::min(stretch->during.to, interval.to);
      const WorkTime length{(to - from).count()};
      bucket.used += stretch->used * length;
      bucket.offered += offered_of(stretch->capacity, stretch->used) * length;
      bucket.is_over = bucket.is_over || stretch->used > stretch->capacity;
      if (stretch->used > bucket.peak) {
        bucket.peak = stretch->used;
        bucket.capacity_at_peak = stretch->capacity;
      }
    }
    buckets.push_back(bucket);
  }
  return buckets;
}

Amount consumption(const Plan& plan, const Schedule& schedule, ResourceId resource,
                   const Interval& during) {
  Amount sum;
  for (const Demand& demand : plan.demands) {
    if (demand.resource != resource || !takes(plan, schedule, demand)) continue;
    if (during.contains(schedule.placements[demand.task].start)) sum += demand.amount;
  }
  return sum;
}

Table<ResourceId, std::vector<Amount>> consumption(const Plan& plan, const Schedule& schedule,
                                                   const std::vector<Interval>& intervals) {
  Table<ResourceId, std::vector<Amount>> taken(plan.resources.size());
  for (ResourceId resource : plan.resources.ids()) {
    if (!is_renewable(plan.resources[resource].kind)) taken[resource].resize(intervals.size());
  }
  for (const Demand& demand : plan.demands) {
    if (!demand.resource || taken[demand.resource].empty()) continue;
    if (!takes(plan, schedule, demand)) continue;
    const Instant start = schedule.placements[demand.task].start;
    const auto during =
        std::partition_point(intervals.begin(), intervals.end(),
                             [start](const Interval& each) { return each.to <= start; });
    if (during == intervals.end() || !during->contains(start)) continue;
    taken[demand.resource][static_cast<std::size_t>(during - intervals.begin())] += demand.amount;
  }
  return taken;
}

std::vector<Overload> overloads(const Plan& plan, const Schedule& schedule) {
  const Uses uses = uses_of(plan, schedule);
  const Scale scale = plan.is_abstract ? Scale::period : Scale::day;
  std::vector<Overload> found;
  for (ResourceId resource : plan.resources.ids()) {
    const ResourceLoad load = load_of(plan, resource, uses[resource.index()]);
    Overload overload{.resource = resource};
    Amount worst;
    for (const LoadStretch& stretch : load.stretches) {
      const Amount excess = stretch.used - stretch.capacity;
      if (excess <= worst) continue;
      worst = excess;
      overload.when = stretch.during.from;
      overload.used = stretch.used;
      overload.capacity = stretch.capacity;
    }
    if (worst == Amount{}) continue;
    const auto days = in_buckets(load, divisions(plan, load.during, scale));
    overload.num_days = static_cast<std::size_t>(
        std::count_if(days.begin(), days.end(), [](const Bucket& day) { return day.is_over; }));
    for (const check::Use& use : uses[resource.index()]) {
      if (use.during.contains(overload.when)) overload.tasks.push_back(use.task);
    }
    found.push_back(std::move(overload));
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Overload& a, const Overload& b) { return a.num_days > b.num_days; });
  return found;
}

}  // namespace diaodu::report
