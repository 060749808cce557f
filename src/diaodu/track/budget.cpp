#include "diaodu/track/budget.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "diaodu/core/decimal.h"
#include "diaodu/plan/finding_kinds.h"

namespace diaodu::track {
namespace {

/// Lists of one table's rows, one after the other, from (task, line) pairs in any order.
std::vector<std::size_t> in_rows(std::vector<std::pair<TaskId, CostLine>> pairs,
                                 std::size_t num_tasks, std::vector<CostLine>& lines) {
  std::stable_sort(pairs.begin(), pairs.end(), [](const auto& a, const auto& b) {
    return std::pair(a.first, a.second.resource) < std::pair(b.first, b.second.resource);
  });
  std::vector<std::size_t> first(num_tasks + 1, 0);
  std::size_t next = 0;
  for (std::size_t task = 0; task < num_tasks; ++task) {
    first[task] = lines.size();
    for (; next < pairs.size() && pairs[next].first == TaskId{task}; ++next) {
      const CostLine& line = pairs[next].second;
      const bool is_same = lines.size() > first[task] && lines.back().resource == line.resource;
      if (is_same) {
        lines.back().cost += line.cost;
      } else if (line.cost != Money{}) {
        lines.push_back(line);
      }
    }
  }
  first[num_tasks] = lines.size();
  return first;
}

WorkTime duration_of(const Plan& plan, TaskId task, const Placement& placed) {
  return placed.mode ? plan.modes[placed.mode].duration : plan.tasks[task].duration;
}

Money price(const Resource& resource, Amount amount, WorkTime duration) {
  if (is_renewable(resource.kind)) return cost(amount * duration, resource.rate);
  return amount < Amount{} ? Money{} : cost(amount, resource.rate);  // filling earns nothing
}

}  // namespace

Money part_of(Money cost, const Share& share) {
  const __int128 product = static_cast<__int128>(cost.count()) * share.done * 2;
  const __int128 half = product < 0 ? -share.whole : share.whole;
  return Money{
      static_cast<std::int64_t>((product + half) / (static_cast<__int128>(share.whole) * 2))};
}

TaskCosts::TaskCosts(const Plan& plan, const Schedule& schedule) {
  std::vector<std::pair<TaskId, CostLine>> pairs;
  for (const TaskId task : plan.tasks.ids()) {
    const Placement& placed = schedule.placements[task];
    if (!placed.is_scheduled) continue;
    const Money mode = placed.mode ? plan.modes[placed.mode].cost : Money{};
    pairs.push_back({task, {{}, plan.tasks[task].cost + mode}});
  }
  const auto add = [&](TaskId task, ResourceId resource, Amount amount) {
    const Placement& placed = schedule.placements[task];
    if (!placed.is_scheduled || !does_work(plan.tasks[task])) return;
    const WorkTime duration = duration_of(plan, task, placed);
    pairs.push_back({task, {resource, price(plan.resources[resource], amount, duration)}});
  };
  for (const Demand& demand : plan.demands) {
    if (!demand.resource) continue;
    if (demand.mode && demand.mode != schedule.placements[demand.task].mode) continue;
    add(demand.task, demand.resource, demand.amount);
  }
  for (const Assignment& assignment : schedule.assignments)
    add(plan.demands[assignment.demand].task, assignment.resource, assignment.amount);
  first_ = in_rows(std::move(pairs), plan.tasks.size(), lines_);
}

Money TaskCosts::total(TaskId task) const {
  Money sum;
  for (const CostLine& line : of(task)) sum += line.cost;
  return sum;
}

Baseline take_baseline(const Plan& plan, const Schedule& schedule, std::string name,
                       Instant taken) {
  const TaskCosts costs(plan, schedule);
  Baseline baseline{.name = std::move(name), .taken = taken, .rows = {}};
  for (const TaskId task : plan.tasks.ids()) {
    const Placement& placed = schedule.placements[task];
    if (!placed.is_scheduled) continue;
    baseline.rows.push_back({.task = plan.tasks[task].id.str(),
                             .start = placed.start,
                             .finish = placed.finish,
                             .cost = costs.total(task)});
  }
  return baseline;
}

Budget::Budget(const Plan& plan, const WorkingTimes& times, const Schedule& schedule,
               const TaskCosts& costs, const Baseline& baseline, Findings& findings)
    : plan_(plan),
      during_(plan.tasks.size()),
      is_point_(plan.tasks.size(), 0),
      calendars_(plan.tasks.size()),
      first_(plan.tasks.size() + 1, 0) {
  std::unordered_map<std::string_view, const Baseline::Row*> rows;
  for (const Baseline::Row& row : baseline.rows) rows.insert({row.task, &row});
  for (const TaskId task : plan.tasks.ids()) {
    first_[task.index()] = lines_.size();
    const bool is_summary = plan.tasks[task].kind == TaskKind::summary;
    calendars_[task] =
        is_summary ? &times.of_project() : &times.of(task, schedule.placements[task].mode);
    const auto found = rows.find(plan.tasks[task].id);
    if (found == rows.end()) continue;
    const Baseline::Row& row = *found->second;
    rows.erase(found);
    if (row.finish < row.start) {
      findings.add(found::baseline_reversed, {}, {row.task});
      continue;
    }
    during_[task] = {row.start, row.finish};
    is_point_[task] = row.start == row.finish ? 1 : 0;
    dates_ = {std::min(dates_.from, row.start), std::max(dates_.to, row.finish)};
    if (row.cost < Money{}) {
      findings.add(found::negative_budget, {}, {row.task, to_string(row.cost)});
    } else if (row.cost > kMostMoney - total_) {
      findings.add(found::too_much_money, {}, {row.task, to_string(row.cost)});
    } else {
      add(row.cost, costs.of(task));
    }
  }
  first_[plan.tasks.size()] = lines_.size();
  if (dates_.from == kNever) dates_ = {};
  if (rows.empty()) return;
  // In the order of the baseline, and no more than people read.
  constexpr std::size_t kMostNamed = 5;
  std::string strangers;
  std::size_t num_named = 0;
  for (const Baseline::Row& row : baseline.rows) {
    if (!rows.contains(row.task) || num_named++ >= kMostNamed) continue;
    strangers += (strangers.empty() ? "" : ", ") + row.task;
  }
  if (num_named > kMostNamed) strangers += ", … (" + std::to_string(num_named) + ")";
  findings.add(found::not_in_plan, {}, {strangers});
}

void Budget::add(Money budget, std::span<const CostLine> now) {
  total_ += budget;
  if (budget == Money{}) return;
  Money all;
  for (const CostLine& line : now) all += std::max(Money{}, line.cost);
  if (all == Money{}) {
    lines_.push_back({{}, budget});
    return;
  }
  // Differences of what is cumulated leave no cent over.
  Money so_far;
  Money given;
  for (const CostLine& line : now) {
    so_far += std::max(Money{}, line.cost);
    const Money up_to = part_of(budget, {so_far.count(), all.count()});
    if (up_to > given) lines_.push_back({line.resource, up_to - given});
    given = up_to;
  }
}

Share Budget::share(TaskId task, Instant when) const {
  const Interval& during = during_[task];
  if (!has(task) || when < during.from) return {};
  if (when >= during.to) return {1, 1};
  const Calendar& calendar = *calendars_[task];
  const std::int64_t whole = calendar.work_between(during.from, during.to).count();
  if (whole <= 0) return {};  // no working time: done at its end
  return {calendar.work_between(during.from, when).count(), whole};
}

Money Budget::planned(Instant when) const {
  Money sum;
  for (const TaskId task : plan_.tasks.ids()) {
    const auto lines = of(task);
    if (lines.empty()) continue;
    const Share share = this->share(task, when);
    for (const CostLine& line : lines) sum += part_of(line.cost, share);
  }
  return sum;
}

}  // namespace diaodu::track
