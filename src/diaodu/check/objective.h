#pragma once

#include <cstddef>

#include "diaodu/plan/objective.h"
#include "diaodu/plan/plan.h"
#include "diaodu/plan/schedule.h"

namespace diaodu::check {

/// What the schedule comes to, straight from the tables.  Without a baseline its stability is 0.
ObjectiveValues objective_values(const Plan& plan, const Schedule& schedule,
                                 const Baseline& baseline = {});

/// How far the schedule is from a baseline.
struct Moves {
  std::size_t num_compared = 0;  ///< tasks and milestones in both that have not started
  std::size_t num_moved = 0;     ///< by any working time
  WorkTime total;                ///< the stability
  WorkTime largest;
  TaskId farthest;  ///< which moved so far; none if nothing moved
};
Moves moves(const Plan& plan, const Schedule& schedule, const Baseline& baseline);

/// How far each task has moved, later being more than 0; 0 for what is not compared.
Table<TaskId, WorkTime> moves_of_tasks(const Plan& plan, const Schedule& schedule,
                                       const Baseline& baseline);

}  // namespace diaodu::check
