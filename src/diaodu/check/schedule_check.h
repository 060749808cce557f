#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "diaodu/core/language.h"
#include "diaodu/plan/plan.h"
#include "diaodu/plan/schedule.h"

namespace diaodu::check {

/// One way in which a schedule breaks its plan.
struct Violation {
  enum class Kind : std::uint8_t {
    task_missing,          ///< a task that is not optional is left out
    starts_too_early,      ///< before the plan's start or the data date
    starts_off_work,       ///< at a minute that its calendar does not work
    wrong_finish,          ///< not when its work is done
    wrong_mode,            ///< in a mode of another task, or without one
    not_as_recorded,       ///< against its actual dates
    outside_window,        ///< against a dated constraint
    ends_too_late,         ///< all of it, after the date by which the plan must finish
    link_too_short,        ///< sooner after its predecessor than the link allows
    link_too_long,         ///< later than the link's largest lag allows
    capacity_exceeded,     ///< more in use than there is
    used_up,               ///< more consumed than there is
    reservoir_empty,       ///< more drawn than there is at that time
    wrong_assignment,      ///< a demand for a skill filled by the wrong people, or not in full
    summary_off_children,  ///< a summary that does not span its children
  };
  Kind kind = Kind::task_missing;
  TaskId task;  ///< the task that is wrong (none for capacity)
  LinkId link;
  ResourceId resource;
  Instant when;               ///< where the schedule stands
  Instant limit;              ///< what the plan demands instead
  std::vector<TaskId> tasks;  ///< those that together exceed a capacity
  Amount used;
  Amount capacity;
};

/// In words, for people: `'Pour slab' starts 2024-03-04 08:00, but 'Dig' ...`
std::string to_string(const Violation& violation, const Plan& plan, Language language);

struct Verdict {
  bool is_legal = true;
  std::size_t num_violations = 0;
  std::vector<Violation> first;  ///< at most `kMostNamed`, in the order they were found
  static constexpr std::size_t kMostNamed = 100;
};

/// Is this schedule one that the plan allows?  Judges every rule of the plan, straight from the tables,
/// sharing no code with the solver: windows, calendars, durations, progress, links with minimum and
/// maximum lags, modes, capacities over time, what is used up, reservoirs, skills.
///
/// Dates in non-working time count as the nearest working instants where the difference is no working
/// time at all: a start may be as late as the first working minute after a latest start, a finish as
/// early as the last working minute before an earliest finish.
///
/// Costs O(n log n + u), u = the number of working intervals of tasks that share resources across
/// different calendars.
Verdict judge(const Plan& plan, const Schedule& schedule);

/// What the schedule costs: fixed costs of tasks or modes, and its resources by their rates.
Money cost(const Plan& plan, const Schedule& schedule);

/// The same, by the task that costs it; of a summary only what is its own.
Table<TaskId, Money> cost_by_task(const Plan& plan, const Schedule& schedule);

}  // namespace diaodu::check
