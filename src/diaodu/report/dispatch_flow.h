#pragma once

#include <cstdint>
#include <vector>

#include "diaodu/plan/movement.h"
#include "diaodu/plan/plan.h"

namespace diaodu::report {

/// Who went through where, however long it took: places by how many legs lie behind (a Sankey diagram).
struct DispatchFlow {
  struct Node {
    PlaceId place;
    std::size_t column = 0;  ///< from the left; where ways end is always the last
    std::int64_t people = 0;
  };
  struct Link {
    std::size_t from = 0;  ///< nodes
    std::size_t to = 0;
    std::int64_t people = 0;
  };
  std::size_t num_columns = 0;
  std::vector<Node> nodes;  ///< by column, then by place
  std::vector<Link> links;
};

/// Those who go nowhere are in none of its nodes.
DispatchFlow flow_of(const Movement& movement);

/// All who go directly from one place to another, by whatever route.
struct Arc {
  PlaceId from;
  PlaceId to;
  std::int64_t people = 0;
};

/// By places; those that nobody takes are left out.
std::vector<Arc> arcs_of(const Plan& plan, const Movement& movement);

}  // namespace diaodu::report
