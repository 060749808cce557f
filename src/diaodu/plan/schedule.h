#pragma once

#include <vector>

#include "diaodu/core/id.h"
#include "diaodu/core/time.h"
#include "diaodu/plan/ids.h"
#include "diaodu/plan/plan.h"

namespace diaodu {

/// When a task is done, and how.
struct Placement {
  Instant start;
  Instant finish;
  Instant
      resumes;  ///< where what remains begins: `start`, or for a started task after the data date
  ModeId mode;  ///< none: the task's only way
  bool is_scheduled = true;  ///< false: an optional task that is left out
};

/// Who fills a demand for a skill.
struct Assignment {
  DemandId demand;
  ResourceId resource;
  Amount amount;
};

/// An answer to "when": one placement for each task of the plan, summaries spanning their children.
struct Schedule {
  Table<TaskId, Placement> placements;
  std::vector<Assignment> assignments;
};

/// The last finish of the work in each task: of a summary that of its children; kEver where there is none.  Hammocks
/// end with what they hang from, outside their summaries.
Table<TaskId, Instant> last_work(const Schedule& schedule, const Plan& plan);

/// How often a schedule that is made task by task may begin anew, each time with one start later for a largest lag:
/// a rule of the method, which whoever makes the same schedule again keeps to.
int num_restarts(const Plan& plan);

/// The latest finish of all that is scheduled; the plan's start if nothing is.
Instant finish(const Schedule& schedule, const Plan& plan);

/// Makes every summary span its scheduled descendants.
void roll_up(Schedule& schedule, const Plan& plan);

}  // namespace diaodu
