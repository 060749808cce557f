#include "diaodu/solve/ordering.h"

#include <algorithm>
#include <cassert>
#include <numeric>

namespace diaodu::solve {
namespace {

/// Heads of the arcs out of each node.
struct Successors {
  std::vector<std::uint32_t> first;
  std::vector<Node> heads;

  Successors(std::size_t num_nodes, const std::vector<Arc>& arcs)
      : first(num_nodes + 1, 0), heads(arcs.size()) {
    for (const Arc& arc : arcs) ++first[arc.from + 1];
    std::partial_sum(first.begin(), first.end(), first.begin());
    std::vector<std::uint32_t> next(first.begin(), first.end() - 1);
    for (const Arc& arc : arcs) heads[next[arc.from]++] = arc.to;
  }
};

/// Peels off nodes whose predecessors are all numbered (Kahn 1962).  Returns how many that are.
std::size_t peel(const Successors& successors, const std::vector<Arc>& arcs,
                 std::vector<Node>& position) {
  std::vector<std::uint32_t> num_open(position.size(), 0);
  for (const Arc& arc : arcs) ++num_open[arc.to];
  std::vector<Node> queue;
  queue.reserve(position.size());
  for (Node node = 0; node < position.size(); ++node) {
    if (num_open[node] == 0) queue.push_back(node);
  }
  for (std::size_t next = 0; next < queue.size(); ++next) {
    const Node node = queue[next];
    position[node] = static_cast<Node>(next);
    for (std::uint32_t i = successors.first[node]; i < successors.first[node + 1]; ++i) {
      if (--num_open[successors.heads[i]] == 0) queue.push_back(successors.heads[i]);
    }
  }
  return queue.size();
}

/// Tarjan's components, found heads first, so they are numbered from the top down.
class Components {
 public:
  Components(const Successors& successors, Ordering& ordering)
      : successors_(successors),
        ordering_(ordering),
        index_(ordering.position.size(), kNew),
        low_(ordering.position.size(), 0),
        next_number_(static_cast<Node>(ordering.position.size())) {}

  void run() {
    for (Node root = 0; root < index_.size(); ++root) {
      if (index_[root] == kNew) walk(root);
    }
    std::reverse(ordering_.knots.begin(), ordering_.knots.end());
  }

 private:
  static constexpr std::uint32_t kNew = 0xFFFF'FFFF;
  static constexpr std::uint32_t kNumbered = 0xFFFF'FFFE;

  struct Visit {
    Node node;
    std::uint32_t next_arc;
  };

  void walk(Node root) {
    std::vector<Visit> path;
    enter(root, path);
    while (!path.empty()) {
      Visit& visit = path.back();
      if (visit.next_arc < successors_.first[visit.node + 1]) {
        const Node head = successors_.heads[visit.next_arc++];
        if (index_[head] == kNew) {
          enter(head, path);
        } else if (index_[head] != kNumbered) {
          low_[visit.node] = std::min(low_[visit.node], index_[head]);
        }
        continue;
      }
      const Node node = visit.node;
      path.pop_back();
      if (low_[node] == index_[node]) close(node);
      if (!path.empty()) low_[path.back().node] = std::min(low_[path.back().node], low_[node]);
    }
  }

  void enter(Node node, std::vector<Visit>& path) {
    index_[node] = low_[node] = num_entered_++;
    open_.push_back(node);
    path.push_back({node, successors_.first[node]});
  }

  /// `root` and all that is open above it are one component.
  void close(Node root) {
    const Node last = next_number_;
    Node node = kNoNode;
    do {
      node = open_.back();
      open_.pop_back();
      index_[node] = kNumbered;
      ordering_.position[node] = --next_number_;
    } while (node != root);
    if (last - next_number_ > 1) ordering_.knots.push_back({next_number_, last});
  }

  const Successors& successors_;
  Ordering& ordering_;
  std::vector<std::uint32_t> index_;
  std::vector<std::uint32_t> low_;
  std::vector<Node> open_;
  std::uint32_t num_entered_ = 0;
  Node next_number_;
};

}  // namespace

Ordering order_along_arcs(std::size_t num_nodes, const std::vector<Arc>& arcs) {
  Ordering ordering;
  ordering.position.assign(num_nodes, kNoNode);
  // People mostly write a plan in the order of its work.  Then neighbours in the table stay neighbours in
  // memory, which at a million tasks is worth more than the sort.
  if (std::all_of(arcs.begin(), arcs.end(), [](const Arc& arc) { return arc.from < arc.to; })) {
    std::iota(ordering.position.begin(), ordering.position.end(), Node{0});
    return ordering;
  }
  const Successors successors(num_nodes, arcs);
  if (peel(successors, arcs, ordering.position) < num_nodes) {
    Components(successors, ordering).run();
  }
  return ordering;
}

}  // namespace diaodu::solve
