#include "diaodu/solve/rules.h"

#include <algorithm>

namespace diaodu::solve {
namespace {

/// How many nodes wait for each, counted exactly on small plans; on large ones a node that is reached
/// on several ways counts several times, which ranks them much the same.
std::vector<double> successors(const Network& network) {
  constexpr std::size_t kExactUpTo = 2000;
  const std::size_t size = network.size();
  std::vector<double> count(size, 0);
  if (size <= kExactUpTo) {
    std::vector<std::vector<bool>> after(size, std::vector<bool>(size, false));
    for (Node node = static_cast<Node>(size); node-- > 0;) {
      for (const std::uint32_t i : network.arcs_out_of(node)) {
        const Node to = network.arcs[i].to;
        if (to <= node) continue;
        after[node][to] = true;
        for (Node later = to; later < size; ++later) {
          if (after[to][later]) after[node][later] = true;
        }
      }
      count[node] = static_cast<double>(std::count(after[node].begin(), after[node].end(), true));
    }
    return count;
  }
  for (Node node = static_cast<Node>(size); node-- > 0;) {
    for (const std::uint32_t i : network.arcs_out_of(node)) {
      const Node to = network.arcs[i].to;
      if (to > node) count[node] = std::min(1e15, count[node] + count[to] + 1);
    }
  }
  return count;
}

double share_of_resources(const Model& model, Node node) {
  double share = 0;
  for (const Way& way : model.ways_of(node).first(1)) {
    for (const Need& need : model.needs_of(way)) {
      const auto& capacity = model.renewables[need.resource].capacity;
      const auto most = std::max_element(
          capacity.begin(), capacity.end(),
          [](const CapacityStep& a, const CapacityStep& b) { return a.amount < b.amount; });
      share += static_cast<double>(need.amount.count()) /
               static_cast<double>(std::max<std::int64_t>(1, most->amount.count()));
    }
    share *= static_cast<double>(way.work.count());
  }
  return share;
}

}  // namespace

std::vector<double> priority_values(const Model& model, const CriticalPath& dates, Rule rule) {
  const Network& network = model.network;
  std::vector<double> values(model.size());
  const auto minutes = [](Instant instant) { return static_cast<double>(instant.minutes()); };
  if (rule == Rule::most_successors) {
    values = successors(network);
    for (double& value : values) value = -value;
    return values;
  }
  for (Node node = 0; node < model.size(); ++node) {
    switch (rule) {
      case Rule::priority: {
        constexpr double kAboveAllDates = 1e10;
        const int priority = network.plan->tasks[network.task[node]].priority;
        values[node] = minutes(dates.latest_start[node]) - kAboveAllDates * priority;
        break;
      }
      case Rule::latest_finish:
        values[node] = minutes(dates.latest_finish[node]);
        break;
      case Rule::latest_start:
      case Rule::most_successors:
        values[node] = minutes(dates.latest_start[node]);
        break;
      case Rule::greatest_rank:
        values[node] = -static_cast<double>(network.work[node].count());
        for (const std::uint32_t i : network.arcs_out_of(node)) {
          values[node] -= static_cast<double>(network.work[network.arcs[i].to].count());
        }
        break;
      case Rule::most_resources:
        values[node] = -share_of_resources(model, node);
        break;
    }
  }
  return values;
}

}  // namespace diaodu::solve
