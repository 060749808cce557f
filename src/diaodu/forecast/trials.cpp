#include "diaodu/forecast/trials.h"

#include <algorithm>
#include <cmath>

#include "diaodu/forecast/vectorised.h"

namespace diaodu::forecast {
namespace {

constexpr double kMostMinutes = 1 << 27;  // two and a half centuries

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
    const bool is_worked = work.is_open && work.takes_time;
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
