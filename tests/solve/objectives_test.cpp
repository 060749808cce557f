#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <sstream>
#include <string>
#include <vector>

#include "diaodu/check/objective.h"
#include "diaodu/check/schedule_check.h"
#include "diaodu/plan/finding_kinds.h"
#include "diaodu/plan/working_times.h"
#include "diaodu/solve/solve.h"
#include "support/property.h"

namespace diaodu::solve {
namespace {

using Order = std::vector<Objective>;

Answer search(const Plan& plan, const Order& order, const Baseline& baseline = {},
              std::int64_t steps = 60'000) {
  return solve(plan, {}, {.limits = {.steps = steps}, .objectives = order, .baseline = baseline});
}

CalendarId add_calendar(Plan& plan, const char* id, DayShifts shifts) {
  CalendarRule rule;
  rule.id = id;
  rule.week.fill(std::move(shifts));
  const CalendarRule* chain[] = {&rule};
  return plan.calendars.add(make_calendar(rule, chain, plan.zone));
}

/// Works some minutes, rests some, and again, all day long.
DayShifts short_shifts() {
  DayShifts shifts;
  const int on = number(2, 7);
  const int period = on + number(1, 4);
  for (int begin = 0; begin + on <= kMinutesPerDay; begin += period)
    shifts.push_back({begin, begin + on});
  return shifts;
}

struct TimedIngredients {
  int most_tasks = 4;
  int longest = 4;
  bool has_calendars = true;
  bool has_max_lags = false;
};

/// A handful of tasks of some minutes on two resources, with deadlines and weights.
Plan random_plan(const TimedIngredients& with) {
  Plan plan;
  plan.start = Instant{600};
  plan.calendar =
      add_calendar(plan, "a", with.has_calendars ? short_shifts() : DayShifts{{0, kMinutesPerDay}});
  add_calendar(plan, "b", with.has_calendars ? short_shifts() : DayShifts{{0, kMinutesPerDay}});
  for (const char* id : {"crew", "crane"})
    plan.resources.add({.id = plan.text(id), .capacity = kOne * number(1, 3)});
  const int num_tasks = number(1, with.most_tasks + 1);
  for (int i = 0; i < num_tasks; ++i) {
    Task task;
    task.id = plan.text(std::string(1, static_cast<char>('A' + i)));
    task.duration = WorkTime{number(1, with.longest + 1)};
    task.weight = one_in(3) ? number(0, 6) : 1;
    if (one_in(2)) task.deadline = plan.start + Elapsed{number(0, 12)};
    if (with.has_calendars && one_in(3)) task.calendar = CalendarId{1};
    const TaskId id = plan.tasks.add(task);
    if (i > 0 && one_in(2)) {
      Link link{.from = TaskId{static_cast<std::size_t>(number(0, i))}, .to = id};
      link.lag.amount = one_in(3) ? number(0, 3) : 0;
      if (with.has_max_lags && one_in(2)) {
        link.has_max_lag = true;
        link.max_lag.amount = link.lag.amount + number(0, 6);
      }
      plan.links.add(link);
    }
    for (const ResourceId resource : plan.resources.ids()) {
      if (one_in(3)) continue;
      const auto most = static_cast<int>(plan.resources[resource].capacity.count() / 1000);
      plan.demands.add({.task = id, .resource = resource, .amount = kOne * number(1, most + 1)});
    }
  }
  return plan;
}

Baseline random_baseline(const Plan& plan) {
  Baseline baseline(plan.tasks.size(), kNever);
  for (TaskId task : plan.tasks.ids()) {
    if (!one_in(6)) baseline[task] = plan.start + Elapsed{number(0, 14)};
  }
  return baseline;
}

Order random_order(bool with_stability) {
  Order order = {Objective::finish, Objective::tardiness};
  if (with_stability) order.push_back(Objective::stability);
  for (std::size_t i = order.size(); i > 1; --i) {
    std::swap(order[i - 1], order[static_cast<std::size_t>(number(0, static_cast<int>(i)))]);
  }
  order.resize(static_cast<std::size_t>(number(1, static_cast<int>(order.size()) + 1)));
  // A baseline counts last where nothing says otherwise.
  if (with_stability && std::find(order.begin(), order.end(), Objective::stability) == order.end())
    order.push_back(Objective::stability);
  return order;
}

/// The values in their order, as minutes.
std::vector<std::int64_t> values_of(const Order& order, const ObjectiveValues& values) {
  std::vector<std::int64_t> minutes;
  for (const Objective objective : order) {
    switch (objective) {
      case Objective::finish:
        minutes.push_back(values.finish.minutes());
        break;
      case Objective::tardiness:
        minutes.push_back(values.tardiness.count());
        break;
      case Objective::stability:
        minutes.push_back(values.stability.count());
        break;
    }
  }
  return minutes;
}

/// The slow twin: every combination of starts that ends by a horizon, judged and valued by the witness.
class EveryStart {
 public:
  EveryStart(const Plan& plan, const Order& order, const Baseline& baseline)
      : plan_(plan), order_(order), baseline_(baseline), times_(plan) {
    schedule_.placements = Table<TaskId, Placement>(plan.tasks.size());
  }

  /// The lexicographically least values; empty if no schedule ends by `until`.
  std::vector<std::int64_t> least(Instant until) {
    until_ = until;
    extend(0);
    return best_;
  }

 private:
  void extend(std::size_t depth) {
    if (depth == plan_.tasks.size()) {
      const auto values = values_of(order_, check::objective_values(plan_, schedule_, baseline_));
      if (!best_.empty() && best_ <= values) return;
      if (check::judge(plan_, schedule_).is_legal) best_ = values;
      return;
    }
    const TaskId task{depth};
    const Calendar& calendar = times_.of(task, {});
    for (Instant start = plan_.start; start < until_; start = start + Elapsed{1}) {
      if (!calendar.is_working(start)) continue;
      const Instant end = calendar.advance(start, plan_.tasks[task].duration);
      if (end > until_) break;
      schedule_.placements[task] = {.start = start, .finish = end, .resumes = start};
      if (keeps_links(task)) extend(depth + 1);
    }
  }

  /// Only what saves time: a finish-to-start link that cannot hold.
  bool keeps_links(TaskId task) const {
    return std::all_of(plan_.links.begin(), plan_.links.end(), [&](const Link& link) {
      return link.to != task ||
             schedule_.placements[link.from].finish <= schedule_.placements[task].start;
    });
  }

  const Plan& plan_;
  const Order& order_;
  const Baseline& baseline_;
  WorkingTimes times_;
  Schedule schedule_;
  Instant until_;
  std::vector<std::int64_t> best_;
};

std::string drawing(const Plan& plan, const Order& order, const Baseline& baseline,
                    const Answer& answer) {
  std::ostringstream out;
  const auto since = [&plan](Instant instant) { return (instant - plan.start).count(); };
  for (TaskId id : plan.tasks.ids()) {
    const Task& task = plan.tasks[id];
    const Placement& placed = answer.schedule.placements[id];
    out << task.id.view() << " " << task.duration.count() << " at " << since(placed.start) << "-"
        << since(placed.finish) << " calendar " << (task.calendar ? task.calendar.index() : 0);
    if (task.deadline != kNever) out << " due " << since(task.deadline) << " x" << task.weight;
    if (!baseline.empty() && baseline[id] != kNever) out << " baseline " << since(baseline[id]);
    for (const Demand& demand : plan.demands) {
      if (demand.task == id)
        out << " " << plan.resources[demand.resource].id.view() << demand.amount.count() / 1000;
    }
    out << "\n";
  }
  for (const Link& link : plan.links) {
    out << plan.tasks[link.from].id.view() << "->" << plan.tasks[link.to].id.view() << " lag "
        << link.lag.amount;
    if (link.has_max_lag) out << " max " << link.max_lag.amount;
    out << "\n";
  }
  for (const Resource& resource : plan.resources)
    out << resource.id.view() << " " << resource.capacity.count() / 1000 << "\n";
  for (std::size_t i = 0; i < order.size(); ++i) {
    out << "objective " << static_cast<int>(order[i]) << ": " << values_of(order, answer.values)[i]
        << " bound " << values_of(order, answer.bounds)[i] << "\n";
  }
  out << "status " << static_cast<int>(answer.status) << "\n";
  return out.str();
}

struct Tally {
  int num_all = 0;
  int num_best = 0;
  int num_proven = 0;
};

/// Legal, valued as the witness values it, never below a bound, and nothing proven that can be beaten.
Tally compare_with_every_start(const TimedIngredients& with, bool with_stability, int cases) {
  constexpr Elapsed kHorizon{22};
  Tally tally;
  holds(cases, [&] {
    const Plan plan = random_plan(with);
    const Baseline baseline = with_stability ? random_baseline(plan) : Baseline{};
    const Order order = random_order(with_stability);
    const Answer answer = search(plan, order, baseline);
    RC_LOG(drawing(plan, order, baseline, answer));
    for (const Finding& finding : answer.findings.kept()) {
      RC_ASSERT(finding.kind->code != "schedule_rejected");
      RC_ASSERT(finding.kind->code != "value_rejected");
    }
    if (answer.finish > plan.start + kHorizon) return;
    const Instant horizon = plan.start + kHorizon;
    const auto least = EveryStart(plan, order, baseline).least(horizon);
    if (answer.status == Status::infeasible) RC_ASSERT(least.empty());
    if (answer.status != Status::optimal && answer.status != Status::feasible) return;
    RC_ASSERT(check::judge(plan, answer.schedule).is_legal);
    RC_ASSERT(check::objective_values(plan, answer.schedule, baseline) == answer.values);
    const auto found = values_of(order, answer.values);
    const auto bounds = values_of(order, answer.bounds);
    ++tally.num_all;
    // A later schedule than the horizon could move less; only where the twin's is no worse is it the judge.
    const bool is_within = order.front() == Objective::finish || least <= found;
    RC_ASSERT(is_within);
    if (found == least) ++tally.num_best;
    for (std::size_t i = 0; i < order.size(); ++i) {
      RC_ASSERT(bounds[i] <= found[i]);
      RC_ASSERT(bounds[i] <= least[i]);
      if (least[i] < found[i]) break;  // what follows is bounded for the schedule found
    }
    if (answer.status != Status::optimal) return;
    ++tally.num_proven;
    RC_ASSERT(found == least);
  });
  return tally;
}

TEST(Objectives, finish_and_tardiness_in_any_order_are_what_trying_every_start_finds) {
  const Tally tally = compare_with_every_start({}, false, 2000);
  EXPECT_GT(tally.num_all, 1500);
  EXPECT_EQ(tally.num_best, tally.num_all);
  EXPECT_GT(tally.num_proven, tally.num_all / 2);
}

TEST(Objectives, on_one_calendar_too) {
  const Tally tally = compare_with_every_start(
      {.most_tasks = 4, .longest = 5, .has_calendars = false}, false, 2000);
  EXPECT_GT(tally.num_all, 1500);
  EXPECT_EQ(tally.num_best, tally.num_all);
  EXPECT_GT(tally.num_proven, tally.num_all / 2);
}

TEST(Objectives, stability_in_any_place_is_what_trying_every_start_finds) {
  const Tally tally = compare_with_every_start({.most_tasks = 3}, true, 1000);
  EXPECT_GT(tally.num_all, 800);
  EXPECT_GE(tally.num_best, tally.num_all * 998 / 1000);
  EXPECT_GT(tally.num_proven, tally.num_all / 3);
}

TEST(Objectives, with_largest_lags_too) {
  const Tally tally = compare_with_every_start({.most_tasks = 3, .has_max_lags = true}, true, 1000);
  EXPECT_GT(tally.num_all, 700);
  EXPECT_GE(tally.num_best, tally.num_all * 99 / 100);
}

/// The other twin, for more tasks: every order in which each task takes the first minutes that links and
/// resources leave it.  One of these orders is best where earlier is never worse.
class EveryOrder {
 public:
  explicit EveryOrder(const Plan& plan) : plan_(plan), times_(plan) {
    schedule_.placements = Table<TaskId, Placement>(plan.tasks.size());
  }

  std::vector<std::int64_t> least(const Order& order) {
    std::vector<std::size_t> tasks(plan_.tasks.size());
    for (std::size_t i = 0; i < tasks.size(); ++i) tasks[i] = i;
    std::vector<std::int64_t> least;
    do {
      if (!place_all(tasks)) continue;
      auto values = values_of(order, check::objective_values(plan_, schedule_));
      if (least.empty() || values < least) least = std::move(values);
    } while (std::next_permutation(tasks.begin(), tasks.end()));
    return least;
  }

 private:
  static constexpr std::size_t kMinutes = 300;

  /// False if the order runs against a link.
  bool place_all(const std::vector<std::size_t>& tasks) {
    used_.assign(plan_.resources.size(), std::vector<Amount>(kMinutes));
    std::vector<char> is_placed(tasks.size(), 0);
    for (const std::size_t task : tasks) {
      for (const Link& link : plan_.links) {
        if (link.to.index() == task && is_placed[link.from.index()] == 0) return false;
      }
      place(TaskId{task});
      is_placed[task] = 1;
    }
    return true;
  }

  void place(TaskId task) {
    const Calendar& calendar = times_.of(task, {});
    Placement& placed = schedule_.placements[task];
    for (Instant start = plan_.start;; start = start + Elapsed{1}) {
      if (!calendar.is_working(start)) continue;
      placed = {.start = start,
                .finish = calendar.advance(start, plan_.tasks[task].duration),
                .resumes = start};
      if (keeps_links(task) && is_free(task, calendar)) break;
    }
    each_use(task, calendar, [](Amount& used, const Demand& demand) {
      used += demand.amount;
      return true;
    });
  }

  bool keeps_links(TaskId task) const {
    return std::all_of(plan_.links.begin(), plan_.links.end(), [&](const Link& link) {
      if (link.to != task) return true;
      const Instant from = schedule_.placements[link.from].finish;
      return schedule_.placements[task].start >=
             times_.of(link.from, {}).advance(from, WorkTime{link.lag.amount});
    });
  }

  bool is_free(TaskId task, const Calendar& calendar) {
    return each_use(task, calendar, [this](const Amount& used, const Demand& demand) {
      return used + demand.amount <= plan_.resources[demand.resource].capacity;
    });
  }

  template <class Each>
  bool each_use(TaskId task, const Calendar& calendar, Each&& each) {
    const Placement& placed = schedule_.placements[task];
    for (Instant at = placed.start; at < placed.finish; at = at + Elapsed{1}) {
      if (!calendar.is_working(at)) continue;
      for (const Demand& demand : plan_.demands) {
        if (demand.task != task) continue;
        const auto minute = static_cast<std::size_t>((at - plan_.start).count());
        if (!each(used_[demand.resource.index()][minute], demand)) return false;
      }
    }
    return true;
  }

  const Plan& plan_;
  WorkingTimes times_;
  Schedule schedule_;
  std::vector<std::vector<Amount>> used_;  // of each resource, by minute
};

TEST(Objectives, of_six_tasks_finish_and_tardiness_are_what_trying_every_order_finds) {
  int num_late = 0;
  int num_best = 0;
  int num_proven = 0;
  constexpr int kCases = 400;
  holds(kCases, [&] {
    const Plan plan = random_plan({.most_tasks = 6, .longest = 6});
    const Order order = random_order(false);
    const Answer answer = search(plan, order);
    RC_LOG(drawing(plan, order, {}, answer));
    const auto least = EveryOrder(plan).least(order);
    const auto found = values_of(order, answer.values);
    RC_ASSERT(least <= found);
    RC_ASSERT(values_of(order, answer.bounds).front() <= least.front());
    if (answer.status == Status::optimal) RC_ASSERT(found == least);
    num_best += found == least ? 1 : 0;
    num_late += answer.values.tardiness > WorkTime{} ? 1 : 0;
    num_proven += answer.status == Status::optimal ? 1 : 0;
  });
  EXPECT_EQ(num_best, kCases);
  EXPECT_GT(num_late, kCases / 3);
  EXPECT_GT(num_proven, kCases / 3);
}

// --- one machine: the sum of weighted tardiness, by trying every order

struct Job {
  int length;
  int due;
  int weight;
};

Plan one_machine(const std::vector<Job>& jobs) {
  Plan plan;
  plan.start = Instant{600};
  plan.calendar = add_calendar(plan, "always", {{0, kMinutesPerDay}});
  const ResourceId machine = plan.resources.add({.id = plan.text("machine"), .capacity = kOne});
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    Task task;
    task.id = plan.text("J" + std::to_string(i));
    task.duration = WorkTime{jobs[i].length};
    task.deadline = plan.start + Elapsed{jobs[i].due};
    task.weight = jobs[i].weight;
    plan.demands.add({.task = plan.tasks.add(task), .resource = machine, .amount = kOne});
  }
  return plan;
}

std::int64_t least_tardiness(const std::vector<Job>& jobs) {
  std::vector<std::size_t> order(jobs.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::int64_t least = -1;
  do {
    std::int64_t sum = 0;
    int at = 0;
    for (const std::size_t i : order) {
      at += jobs[i].length;
      sum += std::int64_t{jobs[i].weight} * std::max(0, at - jobs[i].due);
    }
    if (least < 0 || sum < least) least = sum;
  } while (std::next_permutation(order.begin(), order.end()));
  return least;
}

TEST(Objectives, three_jobs_on_one_machine_are_done_in_the_order_that_costs_least) {
  //  jobs (length, due, weight): a (4, 4, 1), b (2, 3, 5), c (3, 9, 1)
  //  a b c: 0 + 5 x 3 + 0 = 15;  b a c: 0 + 1 x 2 + 0 = 2;  b c a: 0 + 0 + 1 x 5 = 5
  const Answer answer =
      search(one_machine({{4, 4, 1}, {2, 3, 5}, {3, 9, 1}}), {Objective::tardiness});
  EXPECT_EQ(answer.values.tardiness, WorkTime{2});
}

TEST(Objectives, weighted_tardiness_on_one_machine_is_what_trying_every_order_finds) {
  int num_late = 0;
  holds(300, [&] {
    std::vector<Job> jobs;
    int sum = 0;
    for (int i = number(2, 8); i > 0; --i) {
      jobs.push_back({.length = number(1, 20), .due = 0, .weight = number(1, 10)});
      sum += jobs.back().length;
    }
    for (Job& job : jobs) job.due = number(0, sum + 1);
    const Plan plan = one_machine(jobs);
    const Answer answer = search(plan, {Objective::tardiness}, {}, 40'000);
    const std::int64_t least = least_tardiness(jobs);
    RC_ASSERT(answer.values.tardiness == WorkTime{least});
    RC_ASSERT(answer.bounds.tardiness <= WorkTime{least});
    if (answer.status == Status::optimal) RC_ASSERT(answer.bounds.tardiness == WorkTime{least});
    num_late += least > 0 ? 1 : 0;
  });
  EXPECT_GT(num_late, 100);
}

// --- keeping to a baseline

Baseline starts_of(const Plan& plan, const Schedule& schedule) {
  Baseline baseline(plan.tasks.size(), kNever);
  for (TaskId task : plan.tasks.ids()) baseline[task] = schedule.placements[task].start;
  return baseline;
}

TEST(Objectives, a_baseline_that_still_fits_is_kept_to_the_minute) {
  int num_scheduled = 0;
  holds(500, [&] {
    const Plan plan = random_plan({.most_tasks = 8, .has_max_lags = true});
    const Answer first = search(plan, {Objective::finish});
    if (first.status != Status::optimal && first.status != Status::feasible) return;
    ++num_scheduled;
    const Answer again =
        search(plan, {Objective::stability, Objective::finish}, starts_of(plan, first.schedule));
    RC_ASSERT(again.values.stability == WorkTime{});
    RC_ASSERT(again.moves.num_moved == 0U);
    RC_ASSERT(again.is_proven(Objective::stability));
    for (TaskId task : plan.tasks.ids()) {
      RC_ASSERT(again.schedule.placements[task].start == first.schedule.placements[task].start);
    }
  });
  EXPECT_GT(num_scheduled, 400);
}

TEST(Objectives, after_a_delay_no_more_is_moved_than_without_asking) {
  std::size_t with_asking = 0;
  std::size_t without_asking = 0;
  holds(500, [&] {
    Plan plan = random_plan({.most_tasks = 8});
    const Answer first = search(plan, {Objective::finish});
    if (first.status != Status::optimal && first.status != Status::feasible) return;
    const Baseline baseline = starts_of(plan, first.schedule);
    const TaskId longer{static_cast<std::size_t>(number(0, static_cast<int>(plan.tasks.size())))};
    plan.tasks[longer].duration += WorkTime{2};
    const Answer asked = search(plan, {Objective::finish, Objective::stability}, baseline);
    RC_LOG(drawing(plan, asked.objectives, baseline, asked));
    const Answer not_asked = search(plan, {Objective::finish});
    RC_LOG("not asked:\n" + drawing(plan, not_asked.objectives, {}, not_asked));
    RC_ASSERT(asked.values.finish <= not_asked.values.finish);
    const check::Moves moves = check::moves(plan, not_asked.schedule, baseline);
    if (asked.values.finish == not_asked.values.finish) RC_ASSERT(asked.moves.total <= moves.total);
    with_asking += asked.moves.num_moved;
    without_asking += moves.num_moved;
  });
  EXPECT_LT(with_asking, without_asking);
}

TEST(Objectives, search_and_witness_agree_on_summaries_milestones_and_what_has_begun) {
  int num_late = 0;
  holds(1000, [&] {
    Plan plan = random_plan({.most_tasks = 6});
    Task summary{.id = plan.text("S"), .deadline = plan.start + Elapsed{number(0, 12)}};
    summary.kind = TaskKind::summary;
    const TaskId of_some = plan.tasks.add(summary);
    Task milestone{.id = plan.text("M"), .deadline = plan.start + Elapsed{number(0, 12)}};
    milestone.kind = one_in(2) ? TaskKind::start_milestone : TaskKind::finish_milestone;
    plan.links.add({.from = TaskId{0}, .to = plan.tasks.add(milestone)});
    for (TaskId task : plan.tasks.ids()) {
      if (task != of_some && one_in(2)) plan.tasks[task].parent = of_some;
    }
    plan.tasks[TaskId{0}].parent = of_some;
    if (one_in(3)) {  // everything on one calendar, and the plan on another
      for (Task& task : plan.tasks) task.calendar = CalendarId{1};
    } else if (one_in(2)) {
      plan.data_date = plan.start + Elapsed{number(1, 10)};
      Progress progress{.task = TaskId{0}, .actual_start = plan.start};
      if (one_in(2)) {
        progress.actual_finish = plan.data_date;
      } else {
        progress.remaining = WorkTime{number(1, 5)};
      }
      plan.progress.push_back(progress);
    }
    const bool has_baseline = one_in(2);
    const Baseline baseline = has_baseline ? random_baseline(plan) : Baseline{};
    const Order order = random_order(has_baseline);
    const Answer answer = search(plan, order, baseline, 3000);
    RC_LOG(drawing(plan, order, baseline, answer));
    for (const Finding& finding : answer.findings.kept()) {
      RC_ASSERT(finding.kind->code != "schedule_rejected");
      RC_ASSERT(finding.kind->code != "value_rejected");
    }
    RC_ASSERT(check::objective_values(plan, answer.schedule, baseline) == answer.values);
    for (const Objective objective : order) {
      const auto found = values_of({objective}, answer.values);
      RC_ASSERT(values_of({objective}, answer.bounds) <= found);
    }
    num_late += answer.values.tardiness > WorkTime{} ? 1 : 0;
  });
  EXPECT_GT(num_late, 300);
}

TEST(Objectives, stability_without_a_baseline_is_left_out_and_reported) {
  Plan plan = one_machine({{4, 4, 1}});
  plan.options.objectives = {Objective::stability};
  const Answer answer = search(plan, {});
  EXPECT_EQ(answer.objectives, Order{Objective::finish});
  ASSERT_FALSE(answer.findings.kept().empty());
  EXPECT_EQ(answer.findings.kept().front().kind, &found::no_baseline);
}

}  // namespace
}  // namespace diaodu::solve
