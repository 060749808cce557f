#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "diaodu/forecast/distribution.h"
#include "diaodu/forecast/particular.h"
#include "diaodu/forecast/trials.h"
#include "diaodu/plan/finding_kinds.h"
#include "diaodu/plan/tree.h"

namespace diaodu::forecast {

namespace {

using Stage = TaskState::Stage;

constexpr double kMinutesPerHour = 60;

}  // namespace

/// Reads the tables.
class Trials::Builder {
 public:
  Builder(Trials& trials, const Schedule& schedule, const TaskStates& states)
      : trials_(trials),
        plan_(trials.plan_),
        schedule_(schedule),
        states_(states),
        particular_(plan_),
        leaves_(plan_.tasks.size()) {}

  void run() {
    for (const TaskId task : children_first(plan_)) find_leaves(task);
    trials_.works_ = Table<TaskId, Work>(plan_.tasks.size());
    for (const TaskId task : plan_.tasks.ids()) add_task(task);
    add_prices();
    add_risks();
    add_branches();
    tie();
    trials_.rate_number_.assign(trials_.variables_.size(), kNone);
    for (std::uint32_t i = 0; i < trials_.rates_.size(); ++i)
      trials_.rate_number_[trials_.rates_[i]] = i;
  }

 private:
  void find_leaves(TaskId task) {
    if (plan_.tasks[task].kind != TaskKind::summary) leaves_[task] = {task};
    const TaskId parent = plan_.tasks[task].parent;
    if (!parent) return;
    leaves_[parent].insert(leaves_[parent].end(), leaves_[task].begin(), leaves_[task].end());
  }

  std::uint32_t add_variable(char kind, std::string_view name, const Distribution& distribution,
                             Text factor = {}, double loading = 0) {
    Copula::Member member{.variable = variable_number(kind, name)};
    if (!factor.empty()) {
      const auto [found, is_new] = factor_of_.try_emplace(factor.view(), factors_.size());
      if (is_new) factors_.push_back(variable_number('f', factor));
      member.factor = found->second;
      member.loading = loading;
    }
    members_.push_back(member);
    trials_.variables_.push_back({members_.size() - 1, Quantile(Law(distribution), shelf_)});
    return static_cast<std::uint32_t>(trials_.variables_.size() - 1);
  }

  void add_task(TaskId id) {
    const Task& task = plan_.tasks[id];
    const Placement& placed = schedule_.placements[id];
    const ModeId mode = placed.mode;
    Work& work = trials_.works_[id];
    work.cost = static_cast<double>(task.cost.count());
    if (mode) work.cost += static_cast<double>(plan_.modes[mode].cost.count());
    if (!placed.is_scheduled) work.cost = 0;
    if (!does_work(task)) return;
    const auto full =
        static_cast<double>((mode ? plan_.modes[mode].duration : task.duration).count());
    const TaskState state = states_[id];
    if (state.stage == Stage::completed) {
      work.done = full;
      return;
    }
    work.is_open = placed.is_scheduled;
    work.planned = full;
    if (state.stage == Stage::started) {
      work.planned = static_cast<double>(state.remaining.count());
      work.done = std::max(0.0, full - work.planned);
    }
    work.takes_time = !task.is_milestone() || full > 0;
    if (work.takes_time) add_duration(id, mode, full, work);
    add_cost(id, mode, work);
  }

  void add_duration(TaskId id, ModeId mode, double full, Work& work) {
    const Particular::Found found = particular_.duration(id, mode);
    Distribution distribution;
    if (found.row != nullptr) {
      distribution = found.row->distribution;
    } else if (found.estimate != nullptr) {
      distribution = distribution_of(*found.estimate, full);
    } else {
      return;
    }
    // Of a task under way, what remains changes as all of it would.
    const double rest = full > 0 ? work.planned / full : 1;
    work.scale = distribution.is_relative ? work.planned : rest;
    if (is_certain(distribution)) {
      work.planned = certain_value(distribution) * work.scale;
      return;
    }
    if (work.scale == 0) return;
    const Text factor = found.row != nullptr ? found.row->factor : Text();
    const double loading = found.row != nullptr ? found.row->loading : 0;
    work.variable = add_variable('d', plan_.tasks[id].id, distribution, factor, loading);
    duration_of_.emplace(plan_.tasks[id].id.view(), members_.size() - 1);
    work.is_uncertain = true;
    trials_.is_uncertain_ = true;
  }

  /// In minutes; of a mode that takes longer than the task says, as much longer.
  Distribution distribution_of(const Estimate& estimate, double full) const {
    const auto likely = static_cast<double>(plan_.tasks[estimate.task].duration.count());
    const double times = likely > 0 ? full / likely : 1;
    return {.shape = plan_.risk.shape,
            .low = static_cast<double>(estimate.low.count()) * times,
            .likely = likely * times,
            .high = static_cast<double>(estimate.high.count()) * times};
  }

  void add_cost(TaskId id, ModeId mode, Work& work) {
    const Particular::Found found = particular_.cost(id, mode);
    if (found.row == nullptr) return;
    const Distribution& distribution = found.row->distribution;
    work.cost_scale = distribution.is_relative ? work.cost : 1;
    if (is_certain(distribution)) {
      work.cost = certain_value(distribution) * work.cost_scale;
      return;
    }
    if (work.cost_scale == 0) return;
    work.cost_variable =
        add_variable('c', plan_.tasks[id].id, distribution, found.row->factor, found.row->loading);
    trials_.is_uncertain_ = true;
  }

  void add_price(TaskId task, ResourceId id, Amount amount) {
    const Resource& resource = plan_.resources[id];
    const auto rate = static_cast<double>(resource.rate.count());
    const bool is_renewable_one = is_renewable(resource.kind);
    if (!is_renewable_one && amount < Amount{}) return;  // filling a store earns nothing
    const double units = static_cast<double>(amount.count()) / static_cast<double>(kOne.count());
    Pricing pricing;
    (is_renewable_one ? pricing.per_minute : pricing.once) =
        is_renewable_one ? units / kMinutesPerHour : units;
    pricing.planned_rate = rate;
    const Work& work = trials_.works_[task];
    const Particular::Found found = particular_.rate(task, schedule_.placements[task].mode, id);
    if (found.row != nullptr && work.is_open) {
      const Distribution& distribution = found.row->distribution;
      pricing.is_relative = distribution.is_relative;
      if (is_certain(distribution)) {
        const double value = certain_value(distribution);
        pricing.planned_rate = distribution.is_relative ? rate * value : value;
      } else {
        pricing.rate = rate_variable(*found.row);
      }
    }
    if (pricing.planned_rate == 0 && pricing.rate == kNone) return;
    trials_.works_[task].pricings.push_back(pricing);
  }

  std::uint32_t rate_variable(const Uncertainty& row) {
    const auto [found, is_new] = rate_of_.try_emplace(&row, kNone);
    if (!is_new) return found->second;
    std::string name = row.resource ? plan_.resources[row.resource].id.str() : std::string();
    if (row.task) name += "\n" + plan_.tasks[row.task].id.str();
    if (row.mode) name += "\n" + plan_.modes[row.mode].id.str();
    found->second = add_variable('r', name, row.distribution, row.factor, row.loading);
    trials_.rates_.push_back(found->second);
    trials_.is_uncertain_ = true;
    return found->second;
  }

  void add_prices() {
    for (const Demand& demand : plan_.demands) {
      const Placement& placed = schedule_.placements[demand.task];
      const bool is_taken = demand.resource && placed.is_scheduled &&
                            (!demand.mode || demand.mode == placed.mode) &&
                            does_work(plan_.tasks[demand.task]);
      if (is_taken) add_price(demand.task, demand.resource, demand.amount);
    }
    for (const Assignment& each : schedule_.assignments)
      add_price(plan_.demands[each.demand].task, each.resource, each.amount);
    for (const TaskId task : plan_.tasks.ids()) {
      const Work& work = trials_.works_[task];
      const bool has_any = work.cost != 0 || work.cost_variable != kNone || !work.pricings.empty();
      trials_.has_cost_ = trials_.has_cost_ || has_any;
      if (plan_.tasks[task].kind == TaskKind::summary) trials_.certain_cost_ += work.cost;
    }
  }

  void add_risks() {
    for (const Risk& risk : plan_.risks) {
      const auto number = static_cast<std::uint32_t>(trials_.events_.size());
      Event event{.variable = variable_number('s', risk.id), .probability = risk.probability};
      event.is_relative = risk.impact.is_relative;
      if (is_certain(risk.impact)) {
        event.fixed_impact = certain_value(risk.impact);
      } else {
        event.impact = add_variable('i', risk.id, risk.impact);
      }
      if (is_certain(risk.cost_impact)) {
        event.fixed_cost = certain_value(risk.cost_impact);
      } else {
        event.cost = add_variable('m', risk.id, risk.cost_impact);
      }
      for (const TaskId named : risk.tasks) {
        for (const TaskId task : leaves_[named]) strike(task, number, event);
      }
      const bool may_strike = event.is_open && risk.probability > 0;
      const bool costs = event.cost != kNone || event.fixed_cost != 0;
      trials_.is_uncertain_ = trials_.is_uncertain_ || may_strike;
      trials_.has_cost_ = trials_.has_cost_ || (may_strike && costs);
      trials_.events_.push_back(event);
    }
  }

  void strike(TaskId task, std::uint32_t number, Event& event) {
    Work& work = trials_.works_[task];
    if (!work.is_open) return;
    event.is_open = true;
    const bool is_there = !work.risks.empty() && work.risks.back() == number;
    if (!work.takes_time || is_there) return;
    if (event.impact == kNone && event.fixed_impact == 0) return;
    work.risks.push_back(number);
    work.is_uncertain = true;
  }

  void add_branches() {
    std::map<std::string_view, std::uint32_t> groups;
    std::map<std::uint32_t, std::uint32_t> made;  // choices that are no longer open, by group
    for (const Branch& branch : plan_.branches) {
      const auto [found, is_new] = groups.try_emplace(
          branch.group.view(), static_cast<std::uint32_t>(trials_.groups_.size()));
      if (is_new) trials_.groups_.push_back({.variable = variable_number('b', branch.group)});
      Group& group = trials_.groups_[found->second];
      const auto choice = static_cast<std::uint32_t>(group.up_to.size());
      const double before = group.up_to.empty() ? 0 : group.up_to.back();
      for (const TaskId task : leaves_[branch.task]) {
        Work& work = trials_.works_[task];
        if (states_[task].stage != Stage::not_started) {  // it has been chosen, and stays
          made.try_emplace(found->second, choice);
          continue;
        }
        if (!work.is_open) continue;
        work.branch = found->second;
        work.choice = choice;
        work.is_uncertain = true;
        trials_.is_uncertain_ = true;
      }
      group.up_to.push_back(before + branch.probability);
    }
    // Three times a third, to so many digits, is 1.
    constexpr double kRounding = 1e-6;
    for (Group& group : trials_.groups_) {
      if (group.up_to.back() > 1 - kRounding) group.up_to.back() = 2;
    }
    for (const auto& [number, choice] : made) {
      std::vector<double>& up_to = trials_.groups_[number].up_to;
      std::fill(up_to.begin(), up_to.begin() + choice, 0);
      std::fill(up_to.begin() + choice, up_to.end(), 2);
    }
  }

  void tie() {
    std::vector<Copula::Pair> pairs;
    for (const Correlation& each : plan_.correlations) {
      const auto one = node(each.a.view());
      const auto other = node(each.b.view());
      if (!one || !other) {
        trials_.findings_.add(found::correlation_of_the_sure, {}, {each.a.view(), each.b.view()});
      } else {
        pairs.push_back({*one, *other, each.value});
      }
    }
    trials_.copula_ = std::make_unique<Copula>(members_, factors_, pairs);
    for (const Copula::Repair& repair : trials_.copula_->repairs()) {
      trials_.findings_.add(
          found::correlations_repaired, {},
          {std::to_string(repair.nodes.size()),
           std::to_string(std::round(repair.largest_change * 1e3) / 1e3).substr(0, 5)});
    }
  }

  /// In the copula.
  std::optional<std::size_t> node(std::string_view name) const {
    const auto is_named = [&](const Task& task) { return task.id == name; };
    if (std::any_of(plan_.tasks.begin(), plan_.tasks.end(), is_named)) {
      const auto found = duration_of_.find(name);
      if (found == duration_of_.end()) return {};
      return found->second;
    }
    const auto found = factor_of_.find(name);
    if (found == factor_of_.end()) return {};
    return members_.size() + found->second;
  }

  Trials& trials_;
  const Plan& plan_;
  const Schedule& schedule_;
  const TaskStates& states_;
  Particular particular_;
  Table<TaskId, std::vector<TaskId>> leaves_;
  Quantile::Shelf shelf_;
  std::vector<Copula::Member> members_;
  std::vector<std::uint64_t> factors_;
  std::map<std::string_view, std::size_t> factor_of_;
  std::map<std::string_view, std::size_t> duration_of_;  // the member of a task's duration
  std::map<const Uncertainty*, std::uint32_t> rate_of_;
};

Trials::Trials(const Plan& plan, const Schedule& schedule, const TaskStates& states, Source source)
    : plan_(plan), source_(std::move(source)) {
  Builder(*this, schedule, states).run();
}

}  // namespace diaodu::forecast
