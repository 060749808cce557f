// This file is compiled as C++17: LEMON 1.3.1 uses members of std::allocator that C++20 has taken away.
#include "diaodu/dispatch/flow.h"

#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>

#include <numeric>

namespace diaodu::dispatch {

Flow min_cost_flow(const FlowNetwork& network) {
  using Graph = lemon::SmartDigraph;
  using Simplex = lemon::NetworkSimplex<Graph, std::int64_t, std::int64_t>;
  Flow flow;
  // Unequal sums would make a problem of inequalities to LEMON, and its answer one of another question.
  if (std::accumulate(network.supply.begin(), network.supply.end(), std::int64_t{0}) != 0)
    return flow;
  flow.amounts.assign(network.arcs.size(), 0);
  flow.potentials.assign(network.supply.size(), 0);
  if (network.supply.empty()) {
    flow.status = Flow::Status::optimal;
    return flow;
  }

  Graph graph;
  graph.reserveNode(static_cast<int>(network.supply.size()));
  graph.reserveArc(static_cast<int>(network.arcs.size()));
  for (std::size_t i = 0; i < network.supply.size(); ++i) graph.addNode();
  const auto node = [](std::size_t index) { return Graph::nodeFromId(static_cast<int>(index)); };
  const auto arc = [](std::size_t index) { return Graph::arcFromId(static_cast<int>(index)); };
  Graph::ArcMap<std::int64_t> lower(graph);
  Graph::ArcMap<std::int64_t> capacity(graph);
  Graph::ArcMap<std::int64_t> cost(graph);
  Graph::NodeMap<std::int64_t> supply(graph);
  for (const FlowNetwork::Arc& each : network.arcs) {
    if (each.lower > each.capacity) return flow;
    const Graph::Arc made = graph.addArc(node(each.from), node(each.to));
    lower[made] = each.lower;
    capacity[made] = each.capacity;
    cost[made] = each.cost;
  }
  for (std::size_t i = 0; i < network.supply.size(); ++i) supply[node(i)] = network.supply[i];

  Simplex simplex(graph);
  simplex.lowerMap(lower).upperMap(capacity).costMap(cost).supplyMap(supply);
  switch (simplex.run()) {
    case Simplex::INFEASIBLE:
      return flow;
    case Simplex::UNBOUNDED:
      flow.status = Flow::Status::unbounded;
      return flow;
    case Simplex::OPTIMAL:
      break;
  }
  flow.status = Flow::Status::optimal;
  flow.cost = simplex.totalCost<std::int64_t>();
  for (std::size_t i = 0; i < network.arcs.size(); ++i) flow.amounts[i] = simplex.flow(arc(i));
  for (std::size_t i = 0; i < network.supply.size(); ++i)
    flow.potentials[i] = simplex.potential(node(i));
  return flow;
}

}  // namespace diaodu::dispatch
