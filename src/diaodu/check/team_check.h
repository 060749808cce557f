#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "diaodu/plan/plan.h"

namespace diaodu::check {

/// The teams of one place, and who is said to be in them.
struct TeamRoster {
  std::vector<TeamId> teams;
  std::vector<Member> members;
  std::vector<TeamId> team_of;    ///< of each member
  std::vector<TeamId> yesterday;  ///< likewise; unset: none that counts
};

struct TeamVerdict {
  bool is_legal = false;             ///< everybody is in one of the teams, and all sizes are kept
  std::vector<std::int64_t> broken;  ///< units, of each rule
  std::int64_t cost = 0;             ///< weights times units
};

/// Counts from the definitions in `dispatch/team.h`, rule by rule and team by team; sees no solver.
TeamVerdict judge_teams(const Plan& plan, std::span<const PlannedTeamRule> rules,
                        const TeamRoster& roster);

}  // namespace diaodu::check
