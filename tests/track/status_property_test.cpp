#include <algorithm>
#include <numeric>
#include <random>

#include "diaodu/track/earned_schedule.h"
#include "diaodu/track/earning.h"
#include "diaodu/track/periods.h"
#include "diaodu/track/shares.h"
#include "diaodu/track/slippage.h"
#include "support/property.h"
#include "track/random_status.h"
#include "track/status_case.h"

namespace diaodu::track {
namespace {

bool is_within(const EarnedValue& value) {
  return value.planned >= Money{} && value.planned <= value.budget && value.earned >= Money{} &&
         value.earned <= value.budget && value.to_spend >= Money{};
}

TEST(StatusProperties, nothing_earns_or_plans_more_than_its_budget) {
  holds(3000, [] {
    const Status status = random_status().status();
    RC_ASSERT(is_within(status.value));
    for (const TaskStatus& task : status.tasks) {
      RC_ASSERT(is_within(task.value));
      RC_ASSERT(task.share.done >= 0 && task.share.done <= task.share.whole);
    }
    for (const ResourceStatus& resource : status.resources) RC_ASSERT(is_within(resource.value));
  });
}

TEST(StatusProperties, children_and_own_costs_add_up_to_summaries_and_resources_to_the_plan) {
  holds(3000, [] {
    const RandomStatus any = random_status();
    const Status status = any.status();
    Table<TaskId, EarnedValue> below(any.plan.tasks.size());
    EarnedValue of_roots;
    EarnedValue of_leaves;
    EarnedValue own_of_summaries;
    for (const TaskId task : any.plan.tasks.ids()) {
      const TaskId parent = any.plan.tasks[task].parent;
      (parent ? below[parent] : of_roots) += status.tasks[task].value;
      if (any.plan.tasks[task].kind != TaskKind::summary) of_leaves += status.tasks[task].value;
    }
    RC_ASSERT(of_roots == status.value);
    const auto rest = [](const EarnedValue& all, const EarnedValue& part) {
      return EarnedValue{.budget = all.budget - part.budget,
                         .planned = all.planned - part.planned,
                         .earned = all.earned - part.earned,
                         .actual = all.actual - part.actual,
                         .to_spend = all.to_spend - part.to_spend,
                         .has_actual = all.has_actual};
    };
    for (const TaskId task : any.plan.tasks.ids()) {
      if (any.plan.tasks[task].kind != TaskKind::summary) continue;
      const EarnedValue own = rest(status.tasks[task].value, below[task]);
      // What is over is the summary's own, and one of its own again: within its own row's budget.
      RC_ASSERT(is_within(own) && own.actual >= Money{});
      own_of_summaries += own;
    }
    EarnedValue all = of_leaves;
    all += own_of_summaries;
    RC_ASSERT(rest(all, status.value) == (EarnedValue{.has_actual = all.has_actual}));
    EarnedValue of_resources;
    for (const ResourceStatus& resource : status.resources) of_resources += resource.value;
    RC_ASSERT(of_resources == status.value);
  });
}

TEST(StatusProperties, periods_add_up_to_the_whole) {
  holds(3000, [] {
    const RandomStatus any = random_status();
    const Status status = any.status();
    for (const auto* periods : {&status.months, &status.weeks}) {
      if (periods->empty()) continue;
      Money planned;
      Money earned;
      Money actual;
      for (std::size_t i = 0; i < periods->size(); ++i) {
        const PeriodStatus& each = (*periods)[i];
        planned += each.planned;
        earned += each.earned;
        actual += each.actual;
        RC_ASSERT(each.planned >= Money{});
        RC_ASSERT(each.planned_so_far == planned && each.earned_so_far == earned);
        if (i > 0) RC_ASSERT((*periods)[i - 1].during.to == each.during.from);
      }
      RC_ASSERT(planned == status.value.budget);
      RC_ASSERT(earned == status.value.earned);
      RC_ASSERT(actual == status.value.actual);
    }
  });
}

TEST(StatusProperties, any_division_of_time_adds_up_to_the_whole) {
  //  Months and weeks are longer than these plans: here are divisions of a few minutes.
  holds(3000, [] {
    const RandomStatus any = random_status();
    const Status status = any.status();
    const WorkingTimes times(any.plan);
    const TaskCosts costs(any.plan, any.course.schedule);
    const Facts facts = read_facts(any.plan, any.record, any.request.as_of);
    const Instant as_of = any.request.as_of;
    Findings findings;
    const Budget budget(any.plan, times, any.course.schedule, costs, any.request.baseline,
                        findings);
    const Earnings earnings(any.plan, times, any.course.schedule, facts, as_of);
    std::vector<Interval> periods;
    Instant from = any.plan.start - Elapsed{100};
    while (from < any.plan.start + Elapsed{kMinutesPerDay}) {
      const Instant to = from + Elapsed{number(1, 60)};
      periods.push_back({from, to});
      from = to;
    }
    const auto values =
        period_values(any.plan, any.course.schedule, budget, earnings, facts, as_of, periods);
    Money actual;
    for (const PeriodStatus& each : values) {
      const Instant end = each.during.to;
      RC_ASSERT(each.planned_so_far == budget.planned(end));
      // The slow twin: the status of that time, by what is known now.
      if (each.during.from < as_of) {
        const auto shares =
            shares_at(any.plan, any.course.schedule, budget, earnings, std::min(end, as_of));
        Money earned;
        for (const TaskId task : any.plan.tasks.ids()) {
          for (const CostLine& line : budget.of(task)) earned += part_of(line.cost, shares[task]);
        }
        RC_ASSERT(each.earned_so_far == earned);
      } else {
        RC_ASSERT(each.earned == Money{});
      }
      for (const Spending& spent : facts.costs) {
        const Instant day = spent.ends_day ? spent.when - Elapsed{1} : spent.when;
        if (each.during.contains(day)) actual += spent.amount;
      }
      RC_ASSERT(each.actual_so_far == actual);
    }
    RC_ASSERT(values.back().planned_so_far == status.value.budget);
    RC_ASSERT(values.back().earned_so_far == status.value.earned);
    RC_ASSERT(values.back().actual_so_far == status.value.actual);
  });
}

TEST(StatusProperties, a_task_has_the_budget_of_the_baseline) {
  holds(2000, [] {
    const RandomStatus any = random_status();
    const Status status = any.status();
    Money all;
    for (const Baseline::Row& row : any.request.baseline.rows) {
      all += row.cost;
      const TaskId task = task_of(any.plan, row.task);
      if (any.plan.tasks[task].kind != TaskKind::summary)
        RC_ASSERT(status.tasks[task].value.budget == row.cost);
    }
    RC_ASSERT(status.value.budget == all);
  });
}

TEST(StatusProperties, at_its_end_the_baseline_has_planned_its_budget) {
  holds(2000, [] {
    RandomStatus any = random_status();
    any.request.as_of = std::max(any.request.as_of, any.plan.start + Elapsed{3 * kMinutesPerDay});
    const Status status = any.status();
    RC_ASSERT(status.value.planned == status.value.budget);
  });
}

TEST(StatusProperties, who_has_finished_all_has_earned_the_budget) {
  holds(2000, [] {
    RandomStatus any = random_status();
    const Instant end = any.plan.start + Elapsed{3 * kMinutesPerDay};
    any.request.as_of = end;
    for (const TaskId task : any.plan.tasks.ids()) {
      any.record.tasks.push_back({.task = any.plan.tasks[task].id.str(),
                                  .when = end,
                                  .actual_start = any.plan.start,
                                  .actual_finish = end});
    }
    const Status status = any.status();
    RC_ASSERT(status.value.earned == status.value.budget);
    RC_ASSERT(status.value.to_spend == Money{});
    for (const TaskStatus& task : status.tasks) RC_ASSERT(task.share.is_all());
  });
}

TEST(StatusProperties, who_does_just_what_was_planned_is_on_schedule_to_the_minute) {
  holds(2000, [] {
    RandomStatus any = random_status();
    Plan& plan = any.plan;
    const WorkingTimes times(plan);
    any.record = {};
    const Instant now = any.request.as_of;
    for (Baseline::Row& row : any.request.baseline.rows) {
      const TaskId id = task_of(plan, row.task);
      Task& task = plan.tasks[id];
      if (task.kind == TaskKind::summary) {
        row.cost = {};  // is earned as its children are, planned evenly
        continue;
      }
      task.earned_by = EarningRule::duration;
      const Calendar& calendar = times.of(id, {});
      task.duration = calendar.work_between(row.start, row.finish);
      if (row.start > now) continue;
      TaskFact fact{.task = row.task, .when = now, .actual_start = row.start};
      if (row.finish <= now) {
        fact.actual_finish = row.finish;
      } else {
        fact.remaining = calendar.work_between(now, row.finish);
      }
      any.record.tasks.push_back(fact);
    }
    const Status status = any.status();
    RC_ASSERT(status.value.earned == status.value.planned);
    if (status.schedule) RC_ASSERT(status.schedule->variance() <= WorkTime{});
    const bool is_over = now > status.baseline_dates.to;
    if (status.schedule && !is_over) RC_ASSERT(status.schedule->variance() == WorkTime{});
  });
}

TEST(StatusProperties, causes_add_up_to_the_slip) {
  holds(5000, [] {
    const RandomStatus any = random_status();
    const Status status = any.status();
    const WorkingTimes times(any.plan);
    for (const TaskId task : any.plan.tasks.ids()) {
      const TaskStatus& each = status.tasks[task];
      WorkTime sum;
      for (const Slip::Cause& cause : each.slip.causes) {
        RC_ASSERT(cause.time != WorkTime{});
        sum += cause.time;
      }
      RC_ASSERT(sum == each.slip.total);
      if (!each.has_baseline || each.stage == Stage::left_out) {
        RC_ASSERT(each.slip.causes.empty());
        continue;
      }
      const bool is_summary = any.plan.tasks[task].kind == TaskKind::summary;
      const Calendar& calendar = is_summary ? times.of_project() : times.of(task, {});
      RC_ASSERT(each.slip.total == calendar.work_between(each.baseline.to, each.now.to));
      RC_ASSERT(static_cast<bool>(each.slip.root) == (each.slip.total > WorkTime{}));
    }
  });
}

TEST(StatusProperties, every_light_has_a_reason_and_is_the_worst_of_them) {
  holds(2000, [] {
    const Status status = random_status().status();
    for (const TaskStatus& task : status.tasks) {
      const TrafficLight& light = task.light;
      RC_ASSERT(light.reasons.empty() == (light.light == Light::none));
      for (const LightReason& reason : light.reasons) RC_ASSERT(reason.light <= light.light);
      if (!light.reasons.empty()) RC_ASSERT(light.reasons.front().light == light.light);
    }
  });
}

/// The planned value by counting each minute that a calendar works.
Money planned_slowly(const RandomStatus& any, const Budget& budget, Instant when) {
  Money sum;
  for (const TaskId task : any.plan.tasks.ids()) {
    if (!budget.has(task)) continue;
    const Interval& during = budget.during(task);
    const Calendar& calendar = budget.calendar(task);
    std::int64_t done = 0;
    std::int64_t all = 0;
    for (Instant at = during.from; at < during.to; at = at + Elapsed{1}) {
      if (!calendar.is_working(at)) continue;
      ++all;
      if (at < when) ++done;
    }
    for (const CostLine& line : budget.of(task)) {
      const bool is_over = when >= during.to;
      if (is_over) sum += line.cost;
      if (is_over || all == 0) continue;
      const auto exact = static_cast<double>(line.cost.count()) * static_cast<double>(done) /
                         static_cast<double>(all);
      sum += Money{std::llround(exact)};
    }
  }
  return sum;
}

TEST(StatusProperties, planned_value_and_earned_schedule_agree_with_counting_minutes) {
  holds(500, [] {
    const RandomStatus any = random_status();
    const WorkingTimes times(any.plan);
    const TaskCosts costs(any.plan, any.course.schedule);
    Findings findings;
    const Budget budget(any.plan, times, any.course.schedule, costs, any.request.baseline,
                        findings);
    const Interval dates = budget.dates();
    if (dates.is_empty() || budget.total() == Money{}) return;
    const Money earned{*rc::gen::inRange<std::int64_t>(0, budget.total().count() + 1)};
    const auto schedule = earned_schedule(budget, times.of_project(), earned, any.request.as_of);
    RC_ASSERT(schedule.has_value());
    // Of all instants that have planned just so much (or the first that has more) the one nearest to now.
    Instant best = kNever;
    for (Instant at = dates.from; at <= dates.to; at = at + Elapsed{1}) {
      const Money planned = planned_slowly(any, budget, at);
      RC_ASSERT(planned == budget.planned(at));
      const bool is_first_with_more = planned > earned && best == kNever;
      if (planned != earned && !is_first_with_more) {
        if (planned > earned) break;
        continue;
      }
      if (best == kNever || at <= any.request.as_of) best = at;
      if (is_first_with_more) break;
    }
    const Calendar& calendar = times.of_project();
    RC_ASSERT(calendar.work_between(schedule->date, best) == WorkTime{});
    RC_ASSERT(planned_slowly(any, budget, schedule->date) == planned_slowly(any, budget, best));
  });
}

/// The same plan, record and baseline with the rows of every table in another order.
RandomStatus shuffled(const RandomStatus& any, std::uint32_t seed) {
  std::mt19937 random(seed);
  RandomStatus other = any;
  std::vector<std::size_t> order(any.plan.tasks.size());
  std::iota(order.begin(), order.end(), 0U);
  std::shuffle(order.begin(), order.end(), random);
  Table<TaskId, TaskId> moved(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) moved[TaskId{order[i]}] = TaskId{i};
  const auto to = [&](TaskId task) { return task ? moved[task] : task; };
  for (const TaskId task : any.plan.tasks.ids()) {
    Task& row = other.plan.tasks[moved[task]] = any.plan.tasks[task];
    row.parent = to(row.parent);
    other.course.schedule.placements[moved[task]] = any.course.schedule.placements[task];
    other.course.holds[moved[task]] = any.course.holds[task];
  }
  for (Link& link : other.plan.links) {
    link.from = to(link.from);
    link.to = to(link.to);
  }
  for (Demand& demand : other.plan.demands) demand.task = to(demand.task);
  for (Step& step : other.plan.steps) step.task = to(step.task);
  std::shuffle(other.plan.steps.begin(), other.plan.steps.end(), random);
  std::shuffle(other.request.baseline.rows.begin(), other.request.baseline.rows.end(), random);
  std::shuffle(other.record.costs.begin(), other.record.costs.end(), random);
  return other;
}

TEST(StatusProperties, the_order_of_rows_changes_nothing) {
  holds(2000, [] {
    const RandomStatus any = random_status();
    const RandomStatus other = shuffled(any, *rc::gen::arbitrary<std::uint32_t>());
    const Status a = any.status();
    const Status b = other.status();
    RC_ASSERT(a.value == b.value);
    RC_ASSERT(a.finish == b.finish && a.light.light == b.light.light);
    RC_ASSERT(a.slip.total == b.slip.total);
    RC_ASSERT(a.schedule.has_value() == b.schedule.has_value());
    if (a.schedule) RC_ASSERT(a.schedule->date == b.schedule->date);
    for (const TaskId task : any.plan.tasks.ids()) {
      const TaskStatus& one = a.tasks[task];
      const TaskStatus& two = b.tasks[task_of(other.plan, any.plan.tasks[task].id)];
      RC_ASSERT(one.value == two.value);
      RC_ASSERT(one.now == two.now && one.baseline == two.baseline);
      RC_ASSERT(one.slip.total == two.slip.total);
      RC_ASSERT(one.slip.causes.size() == two.slip.causes.size());
      for (std::size_t i = 0; i < one.slip.causes.size(); ++i) {
        RC_ASSERT(one.slip.causes[i].kind == two.slip.causes[i].kind);
        RC_ASSERT(one.slip.causes[i].time == two.slip.causes[i].time);
        const auto name = [](const Plan& plan, TaskId of) {
          return of ? plan.tasks[of].id.str() : std::string();
        };
        RC_ASSERT(name(any.plan, one.slip.causes[i].task) ==
                  name(other.plan, two.slip.causes[i].task));
      }
      RC_ASSERT(one.light.light == two.light.light);
    }
    for (std::size_t i = 0; i < a.months.size(); ++i) {
      RC_ASSERT(a.months[i].earned == b.months[i].earned);
      RC_ASSERT(a.months[i].actual == b.months[i].actual);
    }
  });
}

}  // namespace
}  // namespace diaodu::track
