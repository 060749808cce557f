#include "diaodu/forecast/trials.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <utility>

#include "diaodu/forecast/distribution.h"
#include "diaodu/forecast/vectorised.h"
#include "diaodu/plan/finding_kinds.h"
#include "diaodu/plan/tree.h"

namespace diaodu::forecast {
namespace {

using Of = Uncertainty::Of;
using Stage = TaskState::Stage;

constexpr double kMostMinutes = 1 << 27;  // two and a half centuries
constexpr double kMinutesPerHour = 60;

/// All lanes, of which those beyond the last trial hold anything finite.
DIAODU_VECTORISED
void scale_by(const float* values, double scale, double* minutes) {
  for (std::size_t i = 0; i < Trials::kLanes; ++i) minutes[i] = double{values[i]} * scale;
}

/// To whole minutes, half up, never below 0.
DIAODU_VECTORISED
void round_minutes(double* minutes) {
  for (std::size_t i = 0; i < Trials::kLanes; ++i) {
    const double above = std::min(std::max(minutes[i], 0.0), kMostMinutes) + 0.5;
    minutes[i] = static_cast<std::int32_t>(above);
  }
}

/// Both at once.
DIAODU_VECTORISED
void to_minutes(const float* __restrict values, double scale, Minute* __restrict minutes) {
  // In two loops: in one GCC converts first, and then chooses between whole numbers.
  std::array<double, Trials::kLanes> bounded;
  for (std::size_t i = 0; i < Trials::kLanes; ++i)
    bounded[i] = std::min(std::max(double{values[i]} * scale, 0.0), kMostMinutes);
  for (std::size_t i = 0; i < Trials::kLanes; ++i)
    minutes[i] = static_cast<std::int32_t>(bounded[i] + 0.5);
}

}  // namespace

Particular::Key Particular::key(TaskId task, ModeId mode, ResourceId resource, Of of) {
  constexpr std::size_t kAny = static_cast<std::size_t>(-1);
  return {task ? task.index() : kAny, mode ? mode.index() : kAny,
          resource ? resource.index() : kAny, static_cast<std::size_t>(of)};
}

Particular::Particular(const Plan& plan)
    : plan_(plan), estimates_(plan.tasks.size(), nullptr), demands_(plan.tasks.size()) {
  for (const Uncertainty& row : plan.uncertainties)
    rows_.emplace_back(key(row.task, row.mode, row.resource, row.of), &row);
  std::stable_sort(rows_.begin(), rows_.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  for (const Estimate& estimate : plan.estimates) estimates_[estimate.task] = &estimate;
  for (const Demand& demand : plan.demands) demands_[demand.task].push_back(&demand);
}

const Uncertainty* Particular::at(TaskId task, ModeId mode, ResourceId resource, Of of) const {
  const Key wanted = key(task, mode, resource, of);
  const auto found =
      std::lower_bound(rows_.begin(), rows_.end(), wanted,
                       [](const auto& row, const Key& than) { return row.first < than; });
  return found == rows_.end() || found->first != wanted ? nullptr : found->second;
}

/// `resources` in the order in which they go before each other.
Particular::Found Particular::among(Of of, TaskId task, ModeId mode,
                                    const Resources& resources) const {
  const bool is_rate = of == Of::rate;  // always of a resource
  const auto here = [&](TaskId at_task, ModeId at_mode) -> const Uncertainty* {
    for (const ResourceId resource : resources) {
      if (const Uncertainty* row = at(at_task, at_mode, resource, of)) return row;
    }
    return is_rate ? nullptr : at(at_task, at_mode, {}, of);
  };
  if (mode) {
    if (const Uncertainty* row = here(task, mode)) return {.row = row};
  }
  if (const Uncertainty* row = here(task, {})) return {.row = row};
  if (of == Of::duration && estimates_[task] != nullptr) return {.estimate = estimates_[task]};
  for (TaskId above = plan_.tasks[task].parent; above; above = plan_.tasks[above].parent) {
    if (const Uncertainty* row = here(above, {})) return {.row = row};
  }
  return {.row = here({}, {})};
}

Particular::Found Particular::find(Of of, TaskId task, ModeId mode) const {
  Resources resources;
  for (const Demand* demand : demands_[task]) {
    if (demand->resource && (!demand->mode || demand->mode == mode))
      resources.push_back(demand->resource);
  }
  return among(of, task, mode, resources);
}

Particular::Found Particular::rate(TaskId task, ModeId mode, ResourceId resource) const {
  return among(Of::rate, task, mode, {resource});
}

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
    if (task.kind == TaskKind::summary) return;
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
    if (!task.is_milestone()) add_duration(id, mode, full, work);
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
    if (rate == 0 && pricing.rate == kNone) return;
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
                            plan_.tasks[demand.task].kind != TaskKind::summary;
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
    if (plan_.tasks[task].is_milestone() || is_there) return;
    if (event.impact == kNone && event.fixed_impact == 0) return;
    work.risks.push_back(number);
    work.is_uncertain = true;
  }

  void add_branches() {
    std::map<std::string_view, std::uint32_t> groups;
    for (const Branch& branch : plan_.branches) {
      const auto [found, is_new] = groups.try_emplace(
          branch.group.view(), static_cast<std::uint32_t>(trials_.groups_.size()));
      if (is_new) trials_.groups_.push_back({.variable = variable_number('b', branch.group)});
      Group& group = trials_.groups_[found->second];
      const double before = group.up_to.empty() ? 0 : group.up_to.back();
      for (const TaskId task : leaves_[branch.task]) {
        Work& work = trials_.works_[task];
        if (!work.is_open) continue;
        work.branch = found->second;
        work.choice = static_cast<std::uint32_t>(group.up_to.size());
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

void Trials::draw(std::uint32_t variable, Copula::Block& numbers, std::size_t lanes,
                  Numbers& values) const {
  std::array<Uniform, kLanes> uniforms;
  const Variable& each = variables_[variable];
  numbers.uniforms(each.member, std::span(uniforms).first(lanes));
  each.quantile.values(std::span<const Uniform>(uniforms).first(lanes),
                       std::span(values).first(lanes));
}

void Trials::price(const Work& work, const Costs& minutes, std::uint64_t done, std::size_t lanes,
                   Copula::Block& numbers, const std::vector<Numbers>& rates, Drawn& drawn) const {
  Costs cost;
  cost.fill(work.cost);
  if (work.cost_variable != kNone) {
    Numbers values;
    draw(work.cost_variable, numbers, lanes, values);
    for (std::size_t i = 0; i < lanes; ++i) cost[i] = double{values[i]} * work.cost_scale;
  }
  for (const Pricing& each : work.pricings) {
    const bool is_drawn = each.rate != kNone;
    const Numbers* const values = is_drawn ? &rates[rate_number_[each.rate]] : nullptr;
    const double planned = is_drawn && !each.is_relative ? 1 : each.planned_rate;
    for (std::size_t i = 0; i < lanes; ++i) {
      const double rate = is_drawn ? planned * double{(*values)[i]} : planned;
      cost[i] += rate * (each.once + each.per_minute * (minutes[i] + work.done));
    }
  }
  for (std::size_t i = 0; i < lanes; ++i) {
    if ((done >> i & 1) != 0) drawn.cost[i] += cost[i];
  }
}

void Trials::fill(const solve::Network& network, std::uint64_t first_trial, std::size_t lanes,
                  FlowEngine::Block& block, Drawn& drawn) const {
  Copula::Block numbers(*copula_, source_, first_trial, lanes);
  std::array<Uniform, kLanes> uniforms;
  drawn.cost.fill(certain_cost_);
  drawn.struck.assign(events_.size(), 0);
  std::vector<Numbers> impacts(events_.size());  // 0 where it does not strike
  for (std::size_t r = 0; r < events_.size(); ++r) {
    const Event& event = events_[r];
    Numbers& impact = impacts[r];
    Numbers cost;
    source_(event.variable, first_trial, std::span(uniforms).first(lanes));
    impact.fill(static_cast<float>(event.fixed_impact));
    cost.fill(static_cast<float>(event.fixed_cost));
    if (event.impact != kNone) draw(event.impact, numbers, lanes, impact);
    if (event.cost != kNone) draw(event.cost, numbers, lanes, cost);
    for (std::size_t i = 0; i < lanes; ++i) {
      const bool strikes = event.is_open && unit_of(uniforms[i]) < event.probability;
      drawn.struck[r] |= std::uint64_t{strikes} << i;
      if (!strikes) impact[i] = 0;
      if (strikes) drawn.cost[i] += double{cost[i]};
    }
  }
  std::vector<std::array<std::uint32_t, kLanes>> chosen(groups_.size());
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    source_(groups_[g].variable, first_trial, std::span(uniforms).first(lanes));
    const auto& up_to = groups_[g].up_to;
    for (std::size_t i = 0; i < lanes; ++i) {
      const auto at = std::upper_bound(up_to.begin(), up_to.end(), unit_of(uniforms[i]));
      chosen[g][i] = static_cast<std::uint32_t>(at - up_to.begin());
    }
  }
  std::vector<Numbers> rates(rates_.size());
  for (std::size_t i = 0; i < rates_.size(); ++i) draw(rates_[i], numbers, lanes, rates[i]);

  for (const TaskId task : plan_.tasks.ids()) {
    const Work& work = works_[task];
    const bool is_summary = plan_.tasks[task].kind == TaskKind::summary;
    if (is_summary) continue;
    const bool is_worked = work.is_open && !plan_.tasks[task].is_milestone();
    Minute* const told =
        is_worked ? &block.work[std::size_t{network.node_of[task]} * kLanes] : nullptr;
    if (work.variable != kNone && is_worked && !has_cost_ && work.risks.empty() &&
        work.branch == kNone && lanes == kLanes) {
      Numbers values;
      draw(work.variable, numbers, lanes, values);
      to_minutes(values.data(), work.scale, told);
      continue;
    }
    std::uint64_t done = ~std::uint64_t{0};
    Costs minutes;
    minutes.fill(std::round(work.planned));
    if (work.is_uncertain) {
      Numbers values{};
      minutes.fill(work.planned);
      if (work.variable != kNone) {
        draw(work.variable, numbers, lanes, values);
        scale_by(values.data(), work.scale, minutes.data());
      }
      for (const std::uint32_t risk : work.risks) {
        const double scale = events_[risk].is_relative ? work.planned : 1;
        for (std::size_t i = 0; i < lanes; ++i) minutes[i] += double{impacts[risk][i]} * scale;
      }
      if (work.branch != kNone) {
        done = 0;
        for (std::size_t i = 0; i < lanes; ++i)
          done |= std::uint64_t{chosen[work.branch][i] == work.choice} << i;
      }
      round_minutes(minutes.data());
      if (work.branch != kNone) {
        for (std::size_t i = 0; i < lanes; ++i) minutes[i] = (done >> i & 1) != 0 ? minutes[i] : 0;
      }
    }
    if (has_cost_) price(work, minutes, done, lanes, numbers, rates, drawn);
    if (!is_worked) continue;
    for (std::size_t i = 0; i < lanes; ++i) told[i] = static_cast<Minute>(minutes[i]);
  }
}

}  // namespace diaodu::forecast
