#include "diaodu/check/at_once.h"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <optional>

#include "diaodu/check/usage.h"
#include "diaodu/plan/hammock.h"

namespace diaodu::check {
namespace {

constexpr std::int64_t kFinestUnits = 500;
constexpr std::int64_t kMostSteps = 4'000'000;
constexpr std::size_t kMostSearched = 1000;

/// Links through summaries come from below and go down again: so often is followed at most what they say.  Fewer
/// rounds than it takes keep fewer tasks apart.
constexpr int kMostRounds = 100;

bool says_before(const Plan& plan, const TaskStates& states, const Link& link) {
  const auto is_sure = [&](TaskId id) {
    const Task& task = plan.tasks[id];
    return !task.is_optional && !is_pinned(plan, id, states[id]) &&
           states[id].stage == TaskState::Stage::not_started;
  };
  const bool arrives_at_start =
      link.type == LinkType::finish_to_start || link.type == LinkType::start_to_start;
  return binds(plan, link) && arrives_at_start && link.lag.amount >= 0 && is_sure(link.from) &&
         is_sure(link.to);
}

/// What the task needs of the resource in the way that needs least.
Amount least_need(const std::vector<Demand>& demands, const PossibleDates& dates, TaskId task) {
  std::optional<Amount> least;
  for (const PossibleDates::Way& way : dates.ways(task)) {
    Amount amount;
    for (const Demand& demand : demands) {
      if (!demand.mode || demand.mode == way.mode) amount += demand.amount;
    }
    least = least ? std::min(*least, amount) : amount;
  }
  return least.value_or(Amount{});
}

}  // namespace

AtOnce::AtOnce(const Plan& plan, const TaskStates& states, const PossibleDates& dates,
               std::vector<TaskId> tasks, std::vector<Interval> worked)
    : plan_(plan), states_(states), tasks_(std::move(tasks)), worked_(std::move(worked)) {
  find_scarce(dates);
}

void AtOnce::find_scarce(const PossibleDates& dates) {
  Table<TaskId, std::int32_t> place(plan_.tasks.size(), -1);
  for (std::size_t i = 0; i < tasks_.size(); ++i) place[tasks_[i]] = static_cast<std::int32_t>(i);
  Table<ResourceId, std::vector<Demand>> demands_on(plan_.resources.size());
  for (const Demand& demand : plan_.demands) {
    if (demand.resource && place[demand.task] >= 0) demands_on[demand.resource].push_back(demand);
  }
  for (const ResourceId resource : plan_.resources.ids()) {
    if (!is_renewable(plan_.resources[resource].kind) || demands_on[resource].empty()) continue;
    std::vector<Availability> rows;
    std::copy_if(plan_.availability.begin(), plan_.availability.end(), std::back_inserter(rows),
                 [&](const Availability& row) { return row.resource == resource; });
    const std::vector<CapacityChange> steps = capacity_steps(plan_, resource, std::move(rows));
    Amount most;
    for (std::size_t i = 0; i < steps.size(); ++i) {
      const auto worked = std::partition_point(
          worked_.begin(), worked_.end(),
          [&](const Interval& interval) { return interval.to <= steps[i].from; });
      const bool is_met =
          worked != worked_.end() && (i + 1 == steps.size() || worked->from < steps[i + 1].from);
      if (is_met) most = std::max(most, steps[i].capacity);
    }
    if (most >= kUnlimited || most <= Amount{}) continue;
    std::vector<std::vector<Demand>> demands_of(tasks_.size());
    for (const Demand& demand : demands_on[resource])
      demands_of[static_cast<std::size_t>(place[demand.task])].push_back(demand);
    std::vector<std::int64_t> needs;
    std::int64_t unit = most.count();
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < tasks_.size(); ++i) {
      needs.push_back(least_need(demands_of[i], dates, tasks_[i]).count());
      unit = std::gcd(unit, needs.back());
      sum += needs.back();
    }
    if (sum <= most.count()) continue;  // all fit in at once
    unit = std::max(unit, most.count() / kFinestUnits);
    Scarce scarce{static_cast<std::size_t>(most.count() / unit), {}};
    for (const std::int64_t need : needs)
      scarce.needs.push_back(static_cast<std::size_t>(need / unit));
    scarce_.push_back(std::move(scarce));
  }
}

/// The most that they weigh if only this resource counts: a knapsack.
std::int64_t AtOnce::most_by(const Scarce& scarce, const std::vector<std::int64_t>& weights) {
  std::vector<std::int64_t> most(scarce.capacity + 1, 0);
  for (std::size_t i = 0; i < weights.size(); ++i) {
    for (std::size_t room = scarce.capacity + 1; room-- > scarce.needs[i];)
      most[room] = std::max(most[room], most[room - scarce.needs[i]] + weights[i]);
  }
  return most.back();
}

void AtOnce::find_apart() {
  using Marks = std::vector<char>;  // of each of the tasks
  Table<TaskId, Marks> over_before_start(plan_.tasks.size(), Marks(tasks_.size(), 0));
  Table<TaskId, Marks> over_before_finish = over_before_start;
  for (std::size_t i = 0; i < tasks_.size(); ++i) over_before_finish[tasks_[i]][i] = 1;
  bool is_moved = true;
  const auto join = [&is_moved](Marks& to, const Marks& from) {
    for (std::size_t i = 0; i < to.size(); ++i) {
      is_moved = is_moved || to[i] < from[i];
      to[i] = std::max(to[i], from[i]);
    }
  };
  for (int round = 0; is_moved && round < kMostRounds; ++round) {
    is_moved = false;
    for (const Link& link : plan_.links) {
      if (!says_before(plan_, states_, link)) continue;
      const bool leaves_finish = link.type == LinkType::finish_to_start;
      join(over_before_start[link.to],
           leaves_finish ? over_before_finish[link.from] : over_before_start[link.from]);
    }
    for (const TaskId id : plan_.tasks.ids()) {
      const Task& task = plan_.tasks[id];
      const bool is_sure = !task.is_optional && states_[id].stage == TaskState::Stage::not_started;
      if (task.kind != TaskKind::summary && is_sure)
        join(over_before_finish[id], over_before_start[id]);
      if (!task.parent || task.is_hammock()) continue;
      if (!task.constraint.is_mandatory())
        join(over_before_start[id], over_before_start[task.parent]);
      if (is_sure) join(over_before_finish[task.parent], over_before_finish[id]);
    }
  }
  is_apart_.assign(tasks_.size(), Marks(tasks_.size(), 0));
  for (std::size_t i = 0; i < tasks_.size(); ++i) {
    for (std::size_t other = 0; other < tasks_.size(); ++other) {
      if (over_before_start[tasks_[i]][other] == 0) continue;
      is_apart_[i][other] = 1;
      is_apart_[other][i] = 1;
    }
  }
}

/// Takes or leaves one task after the other, as long as the rest might still weigh too much.
class AtOnce::Search {
 public:
  Search(const AtOnce& all, const std::vector<std::int64_t>& weights, std::int64_t limit)
      : all_(all), weights_(weights), limit_(limit) {
    order_.resize(weights.size());
    std::iota(order_.begin(), order_.end(), std::size_t{0});
    std::stable_sort(order_.begin(), order_.end(),
                     [&](std::size_t a, std::size_t b) { return greed(a) > greed(b); });
    for (const Scarce& scarce : all.scarce_) {
      knapsacks_.push_back(knapsack(scarce));
      left_.push_back(scarce.capacity);
    }
    rest_.assign(order_.size() + 1, 0);
    for (std::size_t i = order_.size(); i-- > 0;) rest_[i] = rest_[i + 1] + weights[order_[i]];
  }

  /// False: some weigh more, or it takes too long.
  bool holds() { return stays_within(0, 0); }

 private:
  double greed(std::size_t task) const {
    double most = 0;
    for (const Scarce& scarce : all_.scarce_) {
      most = std::max(
          most, static_cast<double>(scarce.needs[task]) / static_cast<double>(scarce.capacity));
    }
    return most;
  }

  /// [i][room]: the most that tasks from the i-th of the order on weigh if only this resource counts.
  std::vector<std::vector<std::int64_t>> knapsack(const Scarce& scarce) const {
    std::vector<std::vector<std::int64_t>> most(order_.size() + 1,
                                                std::vector<std::int64_t>(scarce.capacity + 1, 0));
    for (std::size_t i = order_.size(); i-- > 0;) {
      const std::size_t need = scarce.needs[order_[i]];
      for (std::size_t room = 0; room <= scarce.capacity; ++room) {
        most[i][room] = most[i + 1][room];
        if (need <= room)
          most[i][room] = std::max(most[i][room], most[i + 1][room - need] + weights_[order_[i]]);
      }
    }
    return most;
  }

  bool can_exceed(std::size_t i, std::int64_t weight) const {
    std::int64_t most = rest_[i];
    for (std::size_t k = 0; k < knapsacks_.size(); ++k)
      most = std::min(most, knapsacks_[k][i][left_[k]]);
    return weight + most > limit_;
  }

  bool fits(std::size_t task) const {
    for (std::size_t k = 0; k < left_.size(); ++k) {
      if (all_.scarce_[k].needs[task] > left_[k]) return false;
    }
    return std::none_of(taken_.begin(), taken_.end(),
                        [&](std::size_t other) { return all_.is_apart_[task][other] != 0; });
  }

  bool stays_within(std::size_t i, std::int64_t weight) {
    if (weight > limit_) return false;
    for (; i < order_.size() && can_exceed(i, weight); ++i) {
      if (++steps_ > kMostSteps) return false;
      const std::size_t task = order_[i];
      if (!fits(task)) continue;
      for (std::size_t k = 0; k < left_.size(); ++k) left_[k] -= all_.scarce_[k].needs[task];
      taken_.push_back(task);
      const bool holds = stays_within(i + 1, weight + weights_[task]);
      taken_.pop_back();
      for (std::size_t k = 0; k < left_.size(); ++k) left_[k] += all_.scarce_[k].needs[task];
      if (!holds) return false;
    }
    return true;
  }

  const AtOnce& all_;
  const std::vector<std::int64_t>& weights_;
  std::int64_t limit_;
  std::vector<std::size_t> order_;
  std::vector<std::vector<std::vector<std::int64_t>>> knapsacks_;
  std::vector<std::int64_t> rest_;
  std::vector<std::size_t> left_;
  std::vector<std::size_t> taken_;
  std::int64_t steps_ = 0;
};

bool AtOnce::weigh_at_most(const std::vector<std::int64_t>& weights, std::int64_t limit) {
  const auto is_enough = [&](const Scarce& scarce) { return most_by(scarce, weights) <= limit; };
  if (std::any_of(scarce_.begin(), scarce_.end(), is_enough)) return true;
  if (tasks_.size() > kMostSearched) return false;
  if (is_apart_.empty()) find_apart();
  return Search(*this, weights, limit).holds();
}

}  // namespace diaodu::check
