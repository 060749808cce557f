#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "diaodu/check/usage.h"
#include "diaodu/plan/plan.h"
#include "diaodu/plan/progress.h"
#include "diaodu/plan/schedule.h"
#include "diaodu/plan/working_times.h"

namespace diaodu::check {

/// What is left of people, machines, material and stores beside the tasks that are booked.  Lists of uses, gone
/// through whenever somebody asks.
class LeftOver {
 public:
  /// A task with work from `start` to `finish`, or an instant without.
  struct Stay {
    TaskId task;
    ModeId mode;
    Instant start;
    Instant finish;
  };

  /// All must outlive it.  What tasks took that have begun is gone.
  LeftOver(const Plan& plan, const WorkingTimes& times, const TaskStates& states,
           const Schedule& schedule);

  /// `stay.start` if all that the task needs is there; else a later instant before which it is not.
  Instant next_try(const Stay& stay) const;
  /// Who fills its demands for skills, the least versatile first, so that the others stay free for what only they
  /// can do; nullopt if they are too few.
  std::optional<std::vector<Assignment>> choose(const Stay& stay) const;
  void book(const Stay& stay, const std::vector<Assignment>& chosen);

  /// From then on capacities stay as they are.
  Instant settled_from() const;

 private:
  /// Of a material, money, or a reservoir.
  struct Taken {
    Instant when;
    Amount amount;
  };
  /// Amounts by resource, of the demands that name one.
  struct Need {
    ResourceId resource;
    Amount amount;
  };
  std::vector<Need> needs(TaskId task, ModeId mode) const;
  bool is_active(const Demand& demand, const Stay& stay) const;
  std::vector<Interval> worked(const Stay& stay) const;
  Amount capacity_at(ResourceId resource, Instant minute) const;
  Amount free_at(ResourceId resource, Instant minute) const;
  std::vector<Instant> changes(ResourceId resource, Interval during) const;
  Amount least_free(ResourceId resource, const std::vector<Interval>& worked) const;
  Instant next_try_renewable(const Need& need, const std::vector<Interval>& worked,
                             Instant start) const;
  Instant next_try_material(const Need& need, Instant start) const;
  Instant next_try_reservoir(const Need& need, Instant start) const;
  Amount level_at(ResourceId resource, Instant instant) const;
  bool is_present(ResourceId person, TaskId task, const std::vector<Interval>& worked) const;
  std::vector<ResourceId> holders(SkillId skill) const;
  void take(const Need& need, Instant start, Instant finish);

  const Plan& plan_;
  const WorkingTimes& times_;
  const TaskStates& states_;
  std::vector<std::vector<DemandId>> demands_;           // of each task
  std::vector<std::vector<Availability>> rows_;          // of each resource
  std::vector<std::vector<CapacityChange>> capacities_;  // of each renewable
  std::vector<std::vector<Use>> uses_;                   // of each renewable
  std::vector<std::vector<Taken>> taken_;                // of each other resource
};

}  // namespace diaodu::check
