#pragma once

#include <cstdint>
#include <vector>

#include "diaodu/plan/plan.h"

namespace diaodu::check {

/// The statement that no legal schedule finishes before an instant, and the evidence for it.
struct BoundClaim {
  enum class Kind : std::uint8_t {
    critical_path,  ///< dates, calendars and links alone take so long
    resource_load,  ///< else `tasks` would all have to lie in `during`, where `resource` has no room for them
    packing,  ///< likewise; at once they never weigh more than `limit`, and together too much for the minutes there
  };
  Instant finish;
  Kind kind = Kind::critical_path;
  ResourceId resource;
  Interval during;
  std::vector<TaskId> tasks;
  /// Of a load: only minutes in which one of these could be at work are counted; empty: those of any of `tasks`.
  std::vector<TaskId> hours_of;
  std::vector<std::int64_t> weights;  ///< of a packing: of each of the tasks
  std::int64_t limit = 0;             ///< likewise
};

enum class BoundVerdict : std::uint8_t {
  verified,      ///< the plan's tables prove it
  not_verified,  ///< they do not, by these means; it may be true or false
};

/// Do the plan's tables prove the claim?  Shares no code with the solver and takes no word of the evidence for
/// granted: that the tasks must lie in the stretch, how much work they are and how much room there is are worked out
/// again.  `verified` means that no schedule which `judge` calls legal finishes before `claim.finish`.
///
/// A critical path: no earliest finish that `PossibleDates` finds is later than all others by mistake, so the latest
/// of them is a bound.  A load: suppose a finish one minute sooner; then each task has an earliest start and a latest
/// finish, and a resource cannot work more than its capacity in the minutes in which at least one of the tasks'
/// calendars works (the energy argument; Baptiste, Le Pape & Nuijten 2001, chapter 3).  Where only some minutes are
/// counted, of each task only what falls into them however it lies: it works without a break from start to finish.  A
/// packing: the same argument by
/// weights, after a search through the sets of tasks that could be at work at once has found none that weighs more than
/// the limit (`AtOnce`).
///
/// Costs a few rounds of `PossibleDates`, and for a load O(k log k), k = working intervals of its calendars there; where
/// only some minutes are counted, O(k) for each calendar and duration.
BoundVerdict certify(const Plan& plan, const BoundClaim& claim);

}  // namespace diaodu::check
