#include "diaodu/check/usage.h"

#include <algorithm>
#include <random>
#include <set>
#include <tuple>

#include "support/property.h"

namespace diaodu::check {
namespace {

constexpr int kHorizon = 40;

/// A random plan that lives in the first minutes of 1970: a few calendars of short shifts,
/// resources of every kind with availability over time, tasks anywhere.
struct World {
  Plan plan;
  Schedule schedule;
};

World random_world() {
  World world;
  Plan& plan = world.plan;
  for (int i = 0; i < 2; ++i) {
    CalendarRule rule;
    rule.id = std::to_string(i);
    const int gap = number(3, 12);
    rule.week.fill(DayShifts{{0, gap}, {gap + number(1, 5), kHorizon}});
    const CalendarRule* chain[] = {&rule};
    plan.calendars.add(make_calendar(rule, chain, plan.zone));
  }
  plan.calendar = CalendarId{0};
  const int num_resources = number(1, 3);
  for (int i = 0; i < num_resources; ++i) {
    const ResourceId id = plan.resources.add(
        {.kind = static_cast<ResourceKind>(number(0, 5)), .capacity = Amount{number(0, 5)}});
    int from = number(0, 10);
    for (int rows = number(0, 3); rows > 0; --rows) {
      const int to = from + number(1, 10);
      plan.availability.push_back({id, {Instant{from}, Instant{to}}, Amount{number(0, 5)}});
      from = to + number(0, 3);
    }
  }
  for (int i = number(1, 5); i > 0; --i) {
    Task task;
    if (number(0, 2) == 1) task.calendar = CalendarId{1};
    const TaskId id = plan.tasks.add(task);
    const Instant start{number(0, 20)};
    world.schedule.placements.add({.start = start,
                                   .finish = start + Elapsed{number(0, 15)},
                                   .resumes = start,
                                   .is_scheduled = number(0, 6) > 0});
    for (int demands = number(0, 3); demands > 0; --demands) {
      const ResourceId resource{static_cast<std::size_t>(number(0, num_resources))};
      const bool is_reservoir = plan.resources[resource].kind == ResourceKind::reservoir;
      plan.demands.add({.task = id,
                        .resource = resource,
                        .amount = Amount{is_reservoir ? number(-3, 4) : number(1, 4)}});
    }
    if (number(0, 5) == 0) {
      plan.progress.push_back({.task = id, .actual_start = start, .actual_finish = start});
    }
  }
  std::shuffle(plan.availability.begin(), plan.availability.end(), std::minstd_rand(7));
  return world;
}

/// What is wrong, as far as the two can be compared: kind, resource, minute, used, capacity.
using Wrong = std::tuple<Violation::Kind, ResourceId, std::int64_t, std::int64_t, std::int64_t>;

/// The slow twin: looks at every minute, and adds up everything for each.
class MinuteCounter {
 public:
  MinuteCounter(const World& world, const WorkingTimes& times) : world_(world), times_(times) {}

  std::multiset<Wrong> wrong() {
    for (ResourceId resource : world_.plan.resources.ids()) {
      switch (world_.plan.resources[resource].kind) {
        case ResourceKind::people:
        case ResourceKind::machine:
          watch_renewable(resource);
          break;
        case ResourceKind::material:
        case ResourceKind::money:
          count_used_up(resource);
          break;
        case ResourceKind::reservoir:
          watch_reservoir(resource);
          break;
      }
    }
    return wrong_;
  }

 private:
  const Placement& placed(TaskId task) const { return world_.schedule.placements[task]; }
  bool is_completed(TaskId task) const {
    const auto& rows = world_.plan.progress;
    return std::any_of(rows.begin(), rows.end(),
                       [task](const Progress& row) { return row.task == task; });
  }

  Amount capacity_at(ResourceId resource, Instant minute) const {
    for (const Availability& row : world_.plan.availability) {
      if (row.resource == resource && row.during.contains(minute)) return row.capacity;
    }
    return world_.plan.resources[resource].capacity;
  }

  void watch_renewable(ResourceId resource) {
    bool was_exceeded = false;
    for (Instant minute{0}; minute < Instant{kHorizon}; minute = minute + Elapsed{1}) {
      Amount used;
      for (const Demand& demand : world_.plan.demands) {
        const Placement& task = placed(demand.task);
        const bool is_running = task.is_scheduled && task.start <= minute && minute < task.finish &&
                                times_.of(demand.task, {}).is_working(minute);
        if (demand.resource == resource && is_running && !is_completed(demand.task))
          used += demand.amount;
      }
      const Amount capacity = capacity_at(resource, minute);
      const bool is_exceeded = used > capacity;
      if (is_exceeded && !was_exceeded)
        report(Violation::Kind::capacity_exceeded, resource, minute, used, capacity);
      was_exceeded = is_exceeded;
    }
  }

  void count_used_up(ResourceId resource) {
    bool is_history = true;  // what has been taken is not to be judged any more
    const auto taken_in = [&](Interval during) {
      Amount taken;
      is_history = true;
      for (const Demand& demand : world_.plan.demands) {
        if (demand.resource == resource && placed(demand.task).is_scheduled &&
            during.contains(placed(demand.task).start)) {
          taken += demand.amount;
          is_history = is_history && is_completed(demand.task);
        }
      }
      return taken;
    };
    const auto judge = [&](Interval during, Amount capacity) {
      const Amount taken = taken_in(during);
      if (taken > capacity && !is_history) {
        report(Violation::Kind::used_up, resource, during.from, taken, capacity);
      }
    };
    judge({kEver, kNever}, world_.plan.resources[resource].capacity);
    for (const Availability& row : world_.plan.availability) {
      if (row.resource == resource) judge(row.during, row.capacity);
    }
  }

  void watch_reservoir(ResourceId resource) {
    Amount level = world_.plan.resources[resource].capacity;
    for (Instant minute{0}; minute < Instant{kHorizon}; minute = minute + Elapsed{1}) {
      std::vector<std::pair<Amount, bool>> draws;  // and whether it is history
      for (const Demand& demand : world_.plan.demands) {
        const Placement& task = placed(demand.task);
        if (demand.resource != resource || !task.is_scheduled) continue;
        if (demand.amount < Amount{} && task.finish == minute) level -= demand.amount;
        if (demand.amount > Amount{} && task.start == minute) {
          draws.emplace_back(demand.amount, is_completed(demand.task));
        }
      }
      std::stable_sort(draws.begin(), draws.end(),
                       [](const auto& a, const auto& b) { return a.first < b.first; });
      for (const auto& [draw, is_history] : draws) {
        if (draw > level && !is_history)
          report(Violation::Kind::reservoir_empty, resource, minute, draw, level);
        level -= draw;
      }
    }
  }

  void report(Violation::Kind kind, ResourceId resource, Instant when, Amount used,
              Amount capacity) {
    wrong_.insert({kind, resource, when.minutes(), used.count(), capacity.count()});
  }

  const World& world_;
  const WorkingTimes& times_;
  std::multiset<Wrong> wrong_;
};

TEST(Usage, the_sweep_finds_what_counting_minute_by_minute_finds) {
  int num_wrong = 0;
  int num_cases = 0;
  holds(10'000, [&] {
    const World world = random_world();
    const WorkingTimes times(world.plan);
    const TaskStates states(world.plan, times);
    std::multiset<Wrong> swept;
    for (const Violation& each : judge_resources(world.plan, world.schedule, times, states)) {
      swept.insert({each.kind, each.resource, each.when.minutes(), each.used.count(),
                    each.capacity.count()});
    }
    ++num_cases;
    num_wrong += swept.empty() ? 0 : 1;
    RC_ASSERT(swept == MinuteCounter(world, times).wrong());
  });
  EXPECT_EQ(num_cases, 10000);
  // A test that never sees a violation, or never a legal schedule, shows nothing.
  EXPECT_GT(num_wrong, num_cases / 10);
  EXPECT_LT(num_wrong, num_cases * 9 / 10);
}

TEST(Usage, names_the_tasks_that_together_are_too_many) {
  //  capacity 2:   A(1) 0-9    B(2) 3-6     over from 3 to 6
  Plan plan;
  CalendarRule rule;
  rule.week.fill(DayShifts{{0, 1440}});
  const CalendarRule* chain[] = {&rule};
  plan.calendar = plan.calendars.add(make_calendar(rule, chain, plan.zone));
  const ResourceId crew = plan.resources.add({.capacity = kOne * 2});
  Schedule schedule;
  for (const auto& [from, to, amount] : {std::tuple{0, 9, 1}, {3, 6, 2}}) {
    const TaskId task = plan.tasks.add(Task{});
    plan.demands.add({.task = task, .resource = crew, .amount = kOne * amount});
    schedule.placements.add({Instant{from}, Instant{to}, Instant{from}, {}, true});
  }
  const WorkingTimes times(plan);
  const TaskStates states(plan, times);
  const auto violations = judge_resources(plan, schedule, times, states);
  ASSERT_EQ(violations.size(), 1U);
  EXPECT_EQ(violations[0].when, Instant{3});
  EXPECT_EQ(violations[0].tasks, (std::vector<TaskId>{TaskId{0}, TaskId{1}}));
  EXPECT_EQ(violations[0].used, kOne * 3);
}

}  // namespace
}  // namespace diaodu::check
