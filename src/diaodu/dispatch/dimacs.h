#pragma once

#include <optional>
#include <string_view>

#include "diaodu/dispatch/flow.h"

namespace diaodu::dispatch {

/// A network in the form of the first DIMACS challenge (1991): `p min NODES ARCS`, `n NODE SUPPLY`,
/// `a FROM TO LOWER CAPACITY COST`, `c` for comments; nodes count from 1, a negative capacity says
/// "no limit".  Nothing where a line is none of these or the counts do not agree.
std::optional<FlowNetwork> read_dimacs(std::string_view text);

}  // namespace diaodu::dispatch
