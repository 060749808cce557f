#pragma once

#include <cstdint>
#include <vector>

#include "diaodu/dispatch/team_state.h"

namespace diaodu::dispatch {

/// Why each person is where they are; the same for all in a team whom the rules cannot tell apart.
/// Leaves the teams as they were, though not the order of their members.
std::vector<TeamReason> explain_teams(TeamState& state);

/// How each rule came off.
std::vector<TeamRuleOutcome> outcomes_of(const TeamState& state);

/// No fewer units than these can break the rule, whatever the others are.
std::int64_t least_broken(const TeamProblem& problem, std::size_t rule);

}  // namespace diaodu::dispatch
