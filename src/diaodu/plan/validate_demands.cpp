#include "diaodu/plan/validate_demands.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "diaodu/core/decimal.h"
#include "diaodu/plan/finding_kinds.h"

namespace diaodu {
namespace {

constexpr Words kOwnDemands{"demands", "资源需求"};

class DemandsValidator {
 public:
  DemandsValidator(const Plan& plan, const Sources& sources, Findings& findings)
      : plan_(plan), sources_(sources), findings_(findings) {}

  void run() {
    check_demands();
    check_availability();
  }

 private:
  void add(const FindingKind& kind, TableKind table, std::size_t row,
           std::vector<Argument> arguments, std::string_view column) {
    findings_.add(kind, sources_.at(table, row, column), std::move(arguments));
  }
  std::string id(TaskId task) const { return plan_.tasks[task].id.str(); }

  void check_demands() {
    Table<SkillId, Amount> holders(plan_.skills.size());
    const Table<ResourceId, Amount> largest = largest_capacities(plan_);
    for (ResourceId resource : plan_.resources.ids()) {
      for (SkillId skill : plan_.resources[resource].skills) {
        holders[skill] = std::min(kUnlimited, holders[skill] + largest[resource]);
      }
    }
    std::map<std::pair<TaskId, ModeId>, std::map<ResourceId, Amount>> used_up;
    for (DemandId demand_id : plan_.demands.ids()) {
      const Demand& demand = plan_.demands[demand_id];
      const Task& task = plan_.tasks[demand.task];
      if (task.kind == TaskKind::summary) {
        add(found::summary_with_work, TableKind::tasks, demand.task.index(),
            {id(demand.task), kOwnDemands}, {});
        continue;
      }
      if (task.is_hammock()) {
        add(found::hammock_with_work, TableKind::demands, demand_id.index(),
            {id(demand.task), kOwnDemands}, "task");
        continue;
      }
      if (demand.skill) {
        check_amount(demand_id, holders[demand.skill], plan_.skills[demand.skill].id);
        continue;
      }
      const Resource& resource = plan_.resources[demand.resource];
      if (is_renewable(resource.kind)) {
        if (task.is_milestone() && task.duration == WorkTime{}) {
          add(found::milestone_with_demand, TableKind::demands, demand_id.index(),
              {id(demand.task)}, "task");
        }
        check_amount(demand_id, largest[demand.resource], resource.id);
      } else if (resource.kind != ResourceKind::reservoir && !task.is_optional) {
        Amount& sum = used_up[{demand.task, demand.mode}][demand.resource];
        sum = std::min(kUnlimited, sum + demand.amount);
      }
    }
    check_used_up(used_up);
  }

  void check_amount(DemandId demand_id, Amount largest, Text of) {
    const Demand& demand = plan_.demands[demand_id];
    if (demand.amount <= largest) return;
    add(found::demand_above_capacity, TableKind::demands, demand_id.index(),
        {id(demand.task), to_string(demand.amount), of.str(), to_string(largest)}, "amount");
  }

  /// What all tasks use up together, each in the mode that takes least of it.
  void check_used_up(
      const std::map<std::pair<TaskId, ModeId>, std::map<ResourceId, Amount>>& used_up) {
    Table<TaskId, std::size_t> num_modes(plan_.tasks.size(), 0);
    for (const Mode& mode : plan_.modes) ++num_modes[mode.task];
    struct Use {
      Amount always;
      Amount in_some_mode = kUnlimited;
      std::size_t num_modes = 0;  // that take any
    };
    std::map<std::pair<TaskId, ResourceId>, Use> uses;
    for (const auto& [key, amounts] : used_up) {
      for (const auto& [resource, amount] : amounts) {
        Use& use = uses[{key.first, resource}];
        if (!key.second) {
          use.always = amount;
        } else {
          use.in_some_mode = std::min(use.in_some_mode, amount);
          ++use.num_modes;
        }
      }
    }
    Table<ResourceId, Amount> least(plan_.resources.size());
    for (const auto& [key, use] : uses) {
      const bool is_avoidable = use.num_modes == 0 || use.num_modes < num_modes[key.first];
      const Amount in_some_mode = is_avoidable ? Amount{} : use.in_some_mode;
      least[key.second] = std::min(kUnlimited, least[key.second] + in_some_mode + use.always);
    }
    for (ResourceId resource : plan_.resources.ids()) {
      const Amount capacity = plan_.resources[resource].capacity;
      if (least[resource] <= capacity) continue;
      add(found::used_up_above_capacity, TableKind::resources, resource.index(),
          {to_string(least[resource]), plan_.resources[resource].id.str(), to_string(capacity)},
          "capacity");
    }
  }

  void check_availability() {
    std::vector<std::size_t> order(plan_.availability.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    const auto key = [this](std::size_t row) {
      const Availability& availability = plan_.availability[row];
      return std::tuple{availability.resource, availability.during.from, row};
    };
    std::sort(order.begin(), order.end(),
              [&key](std::size_t a, std::size_t b) { return key(a) < key(b); });
    std::optional<std::size_t> longest;  // of the rows so far, the one that reaches furthest
    for (const std::size_t number : order) {
      const Availability& row = plan_.availability[number];
      if (row.during.is_empty()) {
        add(found::empty_interval, TableKind::availability, number, {}, "to");
        continue;
      }
      if (longest && plan_.availability[*longest].resource != row.resource) longest.reset();
      if (longest && overlap(plan_.availability[*longest].during, row.during)) {
        add(found::overlapping_availability, TableKind::availability, number,
            {plan_.resources[row.resource].id.str(),
             std::to_string(sources_.at(TableKind::availability, *longest).line)},
            "from");
      }
      if (!longest || plan_.availability[*longest].during.to < row.during.to) longest = number;
    }
  }

  const Plan& plan_;
  const Sources& sources_;
  Findings& findings_;
};

}  // namespace

void validate_demands(const Plan& plan, const Sources& sources, Findings& findings) {
  DemandsValidator(plan, sources, findings).run();
}

Table<ResourceId, Amount> largest_capacities(const Plan& plan) {
  Table<ResourceId, Amount> largest(plan.resources.size());
  for (ResourceId resource : plan.resources.ids())
    largest[resource] = plan.resources[resource].capacity;
  for (const Availability& availability : plan.availability) {
    Amount& so_far = largest[availability.resource];
    so_far = std::max(so_far, availability.capacity);
  }
  return largest;
}

}  // namespace diaodu
