#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

// Read by a translation unit of C++17 as well (flow.cpp says why).
namespace diaodu::dispatch {

/// Goods that flow along arcs from nodes that have some to nodes that want some.
struct FlowNetwork {
  static constexpr std::int64_t kUncapped = std::numeric_limits<std::int64_t>::max();

  struct Arc {
    std::size_t from = 0;
    std::size_t to = 0;
    std::int64_t lower = 0;
    std::int64_t capacity = kUncapped;
    std::int64_t cost = 0;  ///< of one unit
  };

  std::vector<std::int64_t> supply;  ///< of each node; negative: wanted there.  Sums to zero.
  std::vector<Arc> arcs;
};

struct Flow {
  enum class Status : std::uint8_t {
    optimal,
    infeasible,  ///< the arcs cannot carry it, or supply and what is wanted differ in sum
    unbounded,   ///< a circle of uncapped arcs pays for going round for ever
  };

  Status status = Status::infeasible;
  std::int64_t cost = 0;
  std::vector<std::int64_t> amounts;     ///< on each arc
  std::vector<std::int64_t> potentials;  ///< of each node; the proof, see below
};

/// The cheapest flow that takes all supply to where it is wanted, in whole numbers (network simplex,
/// Dantzig 1951; as LEMON does it, Kovács 2015).
///
/// With an optimal flow, for every arc (i, j), reduced = cost + potential[i] - potential[j]:
///   reduced > 0  ⟹  amount = lower         reduced < 0  ⟹  amount = capacity
///
/// The costs of any path must be far below 2^63 over the number of nodes.
Flow min_cost_flow(const FlowNetwork& network);

}  // namespace diaodu::dispatch
