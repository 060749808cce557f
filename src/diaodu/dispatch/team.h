#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "diaodu/core/budget.h"

namespace diaodu::dispatch {

inline constexpr std::size_t kNoTeam = std::numeric_limits<std::size_t>::max();

/// Somebody who must be in exactly one team.
struct TeamPerson {
  /// What can be counted of a person, by numbers that the caller gives out: a role, a skill, a language, being local, being
  /// a leader.
  std::vector<std::size_t> traits;
  /// The team of yesterday, if any; if it is no more (a number too high), nobody of it can stay.
  std::size_t yesterday = kNoTeam;
};

/// What a team should be like.  A rule that is not kept costs its weight for each unit by which it is broken.
struct TeamRule {
  enum class Kind : std::uint8_t {
    balance,  ///< a team has its share of the people with `trait`, rounded down or up; a unit is one above or below
    at_least,  ///< a team has `count` people with `trait`; a unit is one that is missing
    at_most,   ///< a unit is one too many
    together,  ///< `people` are in one team; a unit is one who is not where most of them are
    apart,     ///< no two of `people` are in one team; a unit is one beyond the first of a team
    stay,      ///< whoever had a team yesterday has it today; a unit is one who has another
  };
  Kind kind = Kind::balance;
  std::size_t trait = 0;
  std::int64_t count = 1;
  std::vector<std::size_t> people;
  std::int64_t weight = 1;
};

struct TeamSize {
  std::int64_t min = 0;
  std::int64_t max = 0;
};

struct TeamProblem {
  std::vector<TeamPerson> people;
  std::size_t num_teams = 0;
  /// How many people each team has, between the two; always kept.  Empty: as equal as can be.
  std::vector<TeamSize> sizes;
  std::vector<TeamRule> rules;
};

/// How a rule came off.
struct TeamRuleOutcome {
  std::int64_t broken = 0;          ///< units
  std::int64_t broken_at_best = 0;  ///< no fewer, were it the only rule (proven)
  std::vector<std::size_t> teams;   ///< where it is broken; for `stay`, who left them

  /// Broken, and no teams could keep it better, whatever the other rules were.
  bool cannot_be_met() const { return broken > 0 && broken == broken_at_best; }
};

/// Why a person is in a team: the best of all single moves and exchanges that would put them elsewhere with somebody who
/// differs from them in what the rules ask for.
struct TeamReason {
  std::size_t elsewhere =
      kNoTeam;  ///< `kNoTeam`: nowhere is there room or anybody different to exchange with
  std::size_t exchanged_with = kNoTeam;  ///< `kNoTeam`: they would just move
  std::int64_t more_cost = 0;            ///< 0: they could as well be there
  std::size_t rule =
      kNoTeam;  ///< that would be broken most for it; `kNoTeam`: none would be broken more
};

struct TeamAnswer {
  /// False where the sizes cannot hold all people or ask for more than there are; then nothing else is said.
  bool exists = false;
  std::vector<std::size_t> team_of;       ///< of each person
  std::int64_t cost = 0;                  ///< weights times units
  std::int64_t bound = 0;                 ///< no teams cost less
  std::vector<TeamRuleOutcome> outcomes;  ///< of each rule
  std::vector<TeamReason> reasons;        ///< of each person
  std::int64_t steps = 0;                 ///< of the search; 0: the flow alone was exact

  bool is_optimal() const { return exists && cost == bound; }
};

/// Puts people into teams.
///
/// Rules that count traits of which nobody has two (one attribute, such as the role), and one `stay` rule, make a flow
/// of least cost: people of a kind flow to teams, and each rule is a convex cost of how many come.  Where these are all
/// rules, the flow is the optimum.  Otherwise the rules fall into bundles of such traits, each with its own flow: a
/// bound is the sum of their optima, and of what `together` and `apart` must cost by the sizes alone; and the first
/// flow is where the search starts: exchanges of two people, moves, exchanges of all who belong together, by simulated
/// annealing, until the budget is spent or the bound is met.
///
/// The same problem, seed and steps give the same teams.  A step is one exchange tried.
TeamAnswer make_teams(const TeamProblem& problem, Budget& budget, std::uint64_t seed = 1);

}  // namespace diaodu::dispatch
