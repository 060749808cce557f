#pragma once

#include <vector>

#include "diaodu/check/schedule_check.h"
#include "diaodu/plan/progress.h"
#include "diaodu/plan/working_times.h"

namespace diaodu::check {

/// `amount` of a resource is in use during `during`.
struct Use {
  Interval during;
  Amount amount;
  TaskId task;
};

/// The capacity of a resource from `from` on, until the next change.
struct CapacityChange {
  Instant from;
  Amount capacity;
};

/// How a renewable's capacity changes over time; the first change is at `kEver`.
std::vector<CapacityChange> capacity_steps(const Plan& plan, ResourceId resource,
                                           std::vector<Availability> rows);

/// Everything that uses a renewable resource after the data date: tasks take what they demand in their
/// working minutes, from where they (re)start to their finish.
std::vector<std::vector<Use>> uses_by_resource(const Plan& plan, const Schedule& schedule,
                                               const WorkingTimes& times, const TaskStates& states);

/// The capacity rules: never more in use than there is, never more used up than there is, no
/// reservoir below zero.
std::vector<Violation> judge_resources(const Plan& plan, const Schedule& schedule,
                                       const WorkingTimes& times, const TaskStates& states);

}  // namespace diaodu::check
