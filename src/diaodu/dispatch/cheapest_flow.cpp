#include "diaodu/dispatch/cheapest_flow.h"

#include <algorithm>
#include <limits>
#include <queue>

namespace diaodu::dispatch {

namespace {
constexpr std::int64_t kFar = std::numeric_limits<std::int64_t>::max() / 4;
}

std::size_t CheapestFlow::add(std::size_t from, std::size_t to, std::int64_t capacity,
                              std::int64_t cost) {
  first_[from].push_back(arcs_.size());
  arcs_.push_back({.to = to, .left = capacity, .cost = cost});
  first_[to].push_back(arcs_.size());
  arcs_.push_back({.to = from, .left = 0, .cost = -cost});
  return arcs_.size() / 2 - 1;
}

std::int64_t CheapestFlow::send(std::size_t source, std::size_t sink, std::int64_t amount) {
  const std::size_t count = first_.size();
  std::vector<std::int64_t> potential(count, kFar);
  potential[source] = 0;
  for (bool changes = true; changes;) {
    changes = false;
    for (std::size_t node = 0; node < count; ++node) {
      if (potential[node] == kFar) continue;
      for (const std::size_t arc : first_[node]) {
        const Arc& way = arcs_[arc];
        if (way.left == 0 || potential[node] + way.cost >= potential[way.to]) continue;
        potential[way.to] = potential[node] + way.cost;
        changes = true;
      }
    }
  }

  using Reached = std::pair<std::int64_t, std::size_t>;
  std::vector<std::int64_t> distance(count);
  std::vector<std::size_t> by(count);
  std::int64_t sent = 0;
  while (sent < amount) {
    std::fill(distance.begin(), distance.end(), kFar);
    distance[source] = 0;
    std::priority_queue<Reached, std::vector<Reached>, std::greater<>> open;
    open.emplace(0, source);
    while (!open.empty()) {
      const auto [far, node] = open.top();
      open.pop();
      if (far > distance[node]) continue;
      for (const std::size_t arc : first_[node]) {
        const Arc& way = arcs_[arc];
        if (way.left == 0 || potential[way.to] == kFar) continue;
        const std::int64_t next = far + way.cost + potential[node] - potential[way.to];
        if (next >= distance[way.to]) continue;
        distance[way.to] = next;
        by[way.to] = arc;
        open.emplace(next, way.to);
      }
    }
    if (distance[sink] == kFar) break;
    for (std::size_t node = 0; node < count; ++node)
      if (potential[node] < kFar) potential[node] += std::min(distance[node], distance[sink]);
    std::int64_t most = amount - sent;
    for (std::size_t node = sink; node != source; node = arcs_[by[node] ^ 1].to)
      most = std::min(most, arcs_[by[node]].left);
    for (std::size_t node = sink; node != source; node = arcs_[by[node] ^ 1].to) {
      arcs_[by[node]].left -= most;
      arcs_[by[node] ^ 1].left += most;
      cost_ += most * arcs_[by[node]].cost;
    }
    sent += most;
  }
  return sent;
}

}  // namespace diaodu::dispatch
