#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "diaodu/core/finding.h"
#include "diaodu/forecast/correlation.h"
#include "diaodu/forecast/flow.h"
#include "diaodu/forecast/quantile.h"
#include "diaodu/plan/plan.h"
#include "diaodu/plan/progress.h"
#include "diaodu/plan/schedule.h"

namespace diaodu::forecast {

/// The variables of a plan's trials, and what they come to.  A number depends on the seed of `source`, the
/// name of its variable and the trial alone, so that a plan to which a task is added keeps the others'.
///
/// * A duration or a cost is drawn for each task that it concerns; a rate once for its row.
/// * A risk strikes or not, all its tasks at once and by one impact; a share is of what is planned.
/// * Of the tasks of a branch's group one is done; the others take no time and cost nothing.
/// * What is completed stays; of a task under way, what remains changes as the duration would.
///
/// Durations are whole minutes, rounded, never below 0; milestones take none.
class Trials {
 public:
  static constexpr std::size_t kLanes = FlowEngine::kLanes;

  Trials(const Plan& plan, const Schedule& schedule, const TaskStates& states, Source source);
  Trials(const Trials&) = delete;
  Trials& operator=(const Trials&) = delete;

  /// What the trials of a block have besides their work.
  struct Drawn {
    std::array<double, kLanes> cost{};  ///< in cents
    std::vector<std::uint64_t> struck;  ///< of each risk of the plan, a bit a lane
  };

  /// Draws `lanes` (at most `kLanes`) trials.  Of each node of a task the block gets its work; other lanes
  /// stay as they are.  Thread-safe.
  void fill(const solve::Network& network, std::uint64_t first_trial, std::size_t lanes,
            FlowEngine::Block& block, Drawn& drawn) const;

  /// True where a trial may differ from the plan.
  bool is_uncertain() const { return is_uncertain_; }
  bool is_uncertain(TaskId task) const { return works_[task].is_uncertain; }
  bool has_cost() const { return has_cost_; }
  /// What still is to be done of the task as planned, in minutes.
  double planned(TaskId task) const { return works_[task].planned; }
  /// Correlations that no numbers can have.
  const std::vector<Copula::Repair>& repairs() const { return copula_->repairs(); }
  /// What of the plan's tables these trials leave out.
  const Findings& findings() const { return findings_; }

 private:
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};

  struct Variable {
    std::size_t member = 0;  // of the copula
    Quantile quantile;
  };
  struct Pricing {  // of one resource that a task takes
    double per_minute = 0;
    double once = 0;
    double planned_rate = 0;     // of the resource, for amounts
    std::uint32_t rate = kNone;  // variable
    bool is_relative = true;
  };
  struct Work {
    bool is_open = false;       // neither completed nor left out, nor a summary or a hammock
    bool takes_time = false;    // all but milestones, and of those whoever is given a duration
    bool is_uncertain = false;  // in its duration
    double planned = 0;         // minutes that remain
    double done = 0;            // minutes worked already
    double scale = 1;           // of the variable's values
    std::uint32_t variable = kNone;
    std::uint32_t branch = kNone;  // group of `branches_`
    std::uint32_t choice = 0;      // in it
    std::vector<std::uint32_t> risks;
    double cost = 0;  // fixed
    double cost_scale = 1;
    std::uint32_t cost_variable = kNone;
    std::vector<Pricing> pricings;
  };
  struct Event {
    std::uint64_t variable = 0;  // struck or not; not correlated
    double probability = 0;
    bool is_open = false;  // any of its tasks is
    bool is_relative = false;
    std::uint32_t impact = kNone;
    double fixed_impact = 0;
    std::uint32_t cost = kNone;
    double fixed_cost = 0;
  };
  struct Group {
    std::uint64_t variable = 0;
    std::vector<double> up_to;  // cumulative probability of each choice
  };

  class Builder;
  using Numbers = std::array<float, kLanes>;
  using Costs = std::array<double, kLanes>;
  void draw(std::uint32_t variable, Copula::Block& numbers, std::size_t lanes,
            Numbers& values) const;
  void price(const Work& work, const Costs& minutes, std::uint64_t done, std::size_t lanes,
             Copula::Block& numbers, const std::vector<Numbers>& rates, Drawn& drawn) const;

  const Plan& plan_;
  Source source_;
  Table<TaskId, Work> works_;
  std::vector<Event> events_;
  std::vector<Group> groups_;
  std::vector<Variable> variables_;
  std::vector<std::uint32_t> rates_;        // variables of rates, drawn once a block
  std::vector<std::uint32_t> rate_number_;  // of each variable among them
  std::unique_ptr<Copula> copula_;
  double certain_cost_ = 0;  // of summaries
  bool has_cost_ = false;
  bool is_uncertain_ = false;
  Findings findings_;
};

}  // namespace diaodu::forecast
