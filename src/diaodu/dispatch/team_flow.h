#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "diaodu/dispatch/team.h"

namespace diaodu::dispatch {

/// Sizes as given, or as equal as can be.
std::vector<TeamSize> sizes_of(const TeamProblem& problem);

/// A team's share of the people with a trait: `part` of `whole`.  The parts of all teams make the
/// whole.
struct TeamShare {
  std::int64_t part = 1;
  std::int64_t whole = 1;
};

/// Of each team.  Equal teams share equally; others by the size that they may have on average.
std::vector<TeamShare> shares_of(const TeamProblem& problem);

/// What a rule that counts a trait costs a team that has `have` of the `all` people with the trait.
std::int64_t units_broken(const TeamRule& rule, std::int64_t have, std::int64_t all,
                          const TeamShare& share);

struct TeamFlow {
  std::vector<std::size_t> team_of;
  std::int64_t cost = 0;
};

/// The optimum where these rules are all there is: they count traits of which nobody has two, or are the one `stay`.
/// nullopt if the sizes do not fit.
std::optional<TeamFlow> solve_flow(const TeamProblem& problem, std::span<const std::size_t> rules);

/// The rules that a flow understands, in bundles each of which it solves; `stay` is in the first.
std::vector<std::vector<std::size_t>> bundles_of(const TeamProblem& problem);

}  // namespace diaodu::dispatch
