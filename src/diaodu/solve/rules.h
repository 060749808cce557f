#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "diaodu/solve/model.h"

namespace diaodu::solve {

/// Who goes first where resources are short (Kolisch 1996 compares them).
enum class Rule : std::uint8_t {
  priority,  ///< the planner's own priorities, then the latest start
  latest_finish,
  latest_start,
  most_successors,  ///< counting all that wait, directly or not, up to a limit of effort
  greatest_rank,    ///< the most work in itself and its direct successors
  most_resources,   ///< the greatest share of what its resources have
};
inline constexpr std::array kRules = {Rule::priority,      Rule::latest_finish,
                                      Rule::latest_start,  Rule::most_successors,
                                      Rule::greatest_rank, Rule::most_resources};

/// A value for each node; the smaller goes first.
std::vector<double> priority_values(const Model& model, const CriticalPath& dates, Rule rule);

}  // namespace diaodu::solve
