#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "diaodu/plan/tour.h"

namespace diaodu::check {

/// What a tour plan breaks.
struct TourViolation {
  enum class Kind : std::uint8_t {
    no_such_stop,     ///< a number that the problem does not have, or not one tour a duty
    visited_twice,    ///< a visit made by two duties, or a pause taken twice
    too_soon,         ///< a stop begins before the team can be there, or a tour before its duty
    outside_windows,  ///< a visit or a pause begins outside all its windows
    lacks_skill,      ///< the team has not all the skills that the visit needs
    overloaded,       ///< the visits of a tour load more than its capacity
    ends_too_late,    ///< the team is back after the duty's `latest`
    lacks_pause,      ///< a team makes visits and does not take one of its pauses
    not_together,     ///< visits of one group begin apart, by one team, or not all of them are made
    wrong_cost,       ///< the plan says another cost than its tours have
  };
  Kind kind = Kind::no_such_stop;
  std::size_t duty = kNobody;
  std::size_t visit = kNobody;
};

struct TourVerdict {
  std::vector<TourViolation> violations;
  TourCost cost;  ///< worked out anew; of no meaning where there is `no_such_stop`

  bool is_legal() const { return violations.empty(); }
};

/// Judges tours from the definitions in `plan/tour.h`, one stop after the other; sees no solver.
/// What a team does in an empty tour, or in one of pauses alone, is not asked: it stays where it is.
TourVerdict judge_tours(const TourProblem& problem, const TourPlan& plan);

}  // namespace diaodu::check
