#pragma once

#include <cstdint>
#include <vector>

#include "diaodu/core/budget.h"
#include "diaodu/plan/tour.h"

namespace diaodu::dispatch {

/// Why nobody makes a visit.
struct LeftOut {
  enum class Reason : std::uint8_t {
    no_skill,   ///< no team on duty has all the skills that it needs
    too_heavy,  ///< its load exceeds the capacity of every team that has the skills
    no_hours,  ///< no such team, were it to do nothing else, could begin in a window and be back in time
    /// it could be made, but not at one instant with all those it must be made with, even if
    /// nothing else were
    no_partner,
    not_worth,  ///< it could be made, but costs more than its priority and prize are worth
    no_room,    ///< it could be made by some team, but not beside the visits that are made instead
  };
  std::size_t visit = 0;
  Reason reason = Reason::no_room;
  /// `no_room`, `not_worth`: the duty to which it would cost least; otherwise, and of a visit that
  /// must meet others, `kNobody`.
  std::size_t duty = kNobody;
  /// `no_room`: what must be given up there to make room for it, the least priority in all that was found by
  /// taking visits away one by one; empty where there is no such duty.
  std::vector<std::size_t> instead_of;
};

struct TourOptions {
  std::uint64_t seed = 1;
  /// To begin with, and what `Visit::published` most likely came from; its starts are not read.  Null: none.
  const TourPlan* from = nullptr;
};

struct TourAnswer {
  TourPlan plan;
  std::vector<LeftOut> left_out;  ///< in the order of the visits
  std::int64_t steps = 0;         ///< ruins and recreations made
};

/// Tours for the duties of a problem: which visits each makes, in which order and when, as early as can be.
///
/// Begins with the cheapest insertion of every visit, improved by the classical moves (relocate, or-opt, swap, 2-opt,
/// 2-opt*: Potvin & Rousseau 1995; Or 1976).  Then slack induction by string removals (Christiaens & Vanden Berghe
/// 2020): strings of neighbouring visits are taken out of neighbouring tours and put back one by one where they cost
/// least, some places being overlooked by chance; what is worse is accepted as in simulated annealing, for each
/// criterion of the order at a temperature of its own, and not at all where all visits are made and one would be lost.
///
/// Whether a visit fits between two stops is asked in constant time, by the latest instant at which each stop may
/// begin for all after it to be in time (Savelsbergh 1992); only where lateness or overtime would change are the stops
/// behind it followed, until the push is absorbed.
///
/// Visits that are made together are put in at one instant, tried at all those at which one of them could begin
/// earliest or latest; as long as they stand, the instant is a window of no width in each of their tours, and the tours
/// stay independent.
///
/// It ends with the budget, which must therefore have an end.  A step is one ruin and recreation.  The same problem, seed
/// and steps give the same tours; a budget of seconds does not.  `check::judge_tours` finds nothing wrong with what is
/// returned.
///
/// Not looked for: a proof that no better tours exist.
TourAnswer solve_tours(const TourProblem& problem, Budget& budget, const TourOptions& options = {});

}  // namespace diaodu::dispatch
