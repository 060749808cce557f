#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace diaodu::dispatch {

/// A network in which something flows at least cost: successive shortest paths (Busacker & Gowen 1961) with potentials
/// (Edmonds & Karp 1972).  Costs may be negative where no circle of arcs with capacity costs less than nothing.  For
/// networks of some ten thousand arcs and flows of some thousands.
class CheapestFlow {
 public:
  explicit CheapestFlow(std::size_t num_nodes) : first_(num_nodes) {}

  /// Returns the arc's number.
  std::size_t add(std::size_t from, std::size_t to, std::int64_t capacity, std::int64_t cost);

  /// Sends `amount` from source to sink, or as much as goes; returns how much.
  std::int64_t send(std::size_t source, std::size_t sink, std::int64_t amount);

  std::int64_t cost() const { return cost_; }
  std::int64_t flow(std::size_t arc) const { return arcs_[2 * arc + 1].left; }

 private:
  struct Arc {
    std::size_t to;
    std::int64_t left;
    std::int64_t cost;
  };

  std::vector<std::vector<std::size_t>> first_;  ///< arcs out of each node
  std::vector<Arc> arcs_;                        ///< each followed by its reverse
  std::int64_t cost_ = 0;
};

}  // namespace diaodu::dispatch
