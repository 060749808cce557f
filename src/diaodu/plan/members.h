#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "diaodu/plan/plan.h"

namespace diaodu {

/// Everybody who can be in a team: all of all groups, by name as far as there are names, in their order; then those of
/// `people` who have no group.
std::vector<Member> members_of(const Plan& plan);

/// What can be counted of somebody: role, id of the place they are from, skills, languages, `local`, `leader`.
std::vector<std::string_view> traits_of(const Plan& plan, const Member& member);

/// Where they are before the muster; unset: nowhere that is told.
PlaceId home_of(const Plan& plan, const Member& member);

/// What rules may call somebody by: the person's id, their group's, the team in which it travels; each once,
/// and empty where there is none.
std::array<std::string_view, 3> names_of(const Plan& plan, const Member& member);

/// Is that one of their names?
bool is_called(const Plan& plan, const Member& member, std::string_view name);

}  // namespace diaodu
