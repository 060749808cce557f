#pragma once

#include <vector>

#include "diaodu/solve/network.h"

namespace diaodu::solve {

struct Ordering {
  std::vector<Node> position;        ///< the new number of each node
  std::vector<Network::Knot> knots;  ///< in new numbers, ascending
};

/// Numbers nodes so that every arc runs upwards, except within a knot: a largest set of two or more
/// nodes that can all reach each other (strongly connected component; Tarjan 1972), whose members get
/// neighbouring numbers.  Costs O(nodes + arcs), without recursion.
Ordering order_along_arcs(std::size_t num_nodes, const std::vector<Arc>& arcs);

}  // namespace diaodu::solve
