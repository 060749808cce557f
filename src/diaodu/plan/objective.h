#pragma once

#include <cstddef>
#include <cstdint>

#include "diaodu/core/id.h"
#include "diaodu/core/quantity.h"
#include "diaodu/core/time.h"
#include "diaodu/plan/ids.h"

namespace diaodu {

/// What a schedule can be good at.  A plan names some of these in order: schedules compare by the first, where
/// that is equal by the second, and so on (lexicographic).  The less the better, of each.
enum class Objective : std::uint8_t {
  finish,     ///< when the plan ends
  tardiness,  ///< by how much deadlines are missed, weighted
  stability,  ///< by how much starts move from where a baseline has them
};
inline constexpr std::size_t kNumObjectives = 3;

/// Where each task starts in a schedule that people already go by; kNever: it was not in it.  An empty table:
/// there is no such schedule.
using Baseline = Table<TaskId, Instant>;

/// How good a schedule is, or at best can be.
///
///   tardiness   sum of weight x working time from the deadline to the finish, over what is late
///   stability   sum of the working time between start and baseline start, over what has not started
///
/// Working time is that of the task's own calendar, as in its duration and its float, a summary's that of the
/// plan's: a weekend between two dates adds nothing, and to fall from Friday evening to Monday morning is not to
/// be late.  Completed tasks do not count, for nothing can be done about them.
struct ObjectiveValues {
  Instant finish;
  WorkTime tardiness;
  WorkTime stability;

  friend bool operator==(const ObjectiveValues&, const ObjectiveValues&) = default;
};

/// More is no weight of a task's deadline: so that no sum over a plan overflows.
inline constexpr std::int32_t kMostWeight = 10'000;

}  // namespace diaodu
