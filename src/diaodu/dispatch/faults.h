#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "diaodu/dispatch/lab.h"
#include "diaodu/dispatch/team.h"
#include "diaodu/plan/tour.h"

namespace diaodu::dispatch {

/// What is wrong with numbers that came from a user: of which kind of thing, the how-manieth, and what.  Who knows the file
/// makes a finding of it.  The solvers take only what has no faults.
struct InputFault {
  enum class Thing : std::uint8_t {
    problem,
    visit,
    duty,
    person,
    rule,
    team,
    stage,
    shift,
    arrival
  };
  enum class What : std::uint8_t {
    unknown_place,   ///< a place that the travel times do not have
    unknown_duty,    ///< `published`
    unknown_person,  ///< in a rule's list
    negative,  ///< a duration, load, priority, prize, count, weight, travel time, number of machines, ...
    empty_window,  ///< a window, pause, duty or shift that ends before it begins
    meets_nobody,  ///< the only visit of its group
    wrong_size,    ///< travel times that are no square; sizes or machines that are not one for each
    not_an_order,  ///< a criterion twice
    out_of_order,  ///< shifts or arrivals that are not in order of time, or shifts that overlap
    not_a_share,   ///< a prevalence outside 0 to 1
    min_above_max,  ///< of a team's size
    does_nothing,   ///< a batch of no tubes, a pool of no people
  };
  Thing thing = Thing::problem;
  std::size_t row = 0;
  What what = What::negative;

  friend bool operator==(const InputFault&, const InputFault&) = default;
};

/// All of them, in the order of the things.
std::vector<InputFault> faults_of(const TourProblem& problem);
std::vector<InputFault> faults_of(const TeamProblem& problem);
std::vector<InputFault> faults_of(const Lab& lab, std::span<const TubeArrival> arrivals);

}  // namespace diaodu::dispatch
