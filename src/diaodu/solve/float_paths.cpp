#include "diaodu/solve/float_paths.h"

#include <algorithm>
#include <functional>
#include <queue>
#include <tuple>

#include "diaodu/solve/tail.h"

namespace diaodu::solve {

std::vector<Answer::FloatPath> float_paths(const Network& network, const CriticalPath& path,
                                           std::size_t most) {
  std::vector<char> is_on(network.size(), 0);
  struct Branch {
    WorkTime total_float;
    WorkTime slack;
    Node node;
    bool operator>(const Branch& other) const {
      return std::tie(total_float, slack, node) >
             std::tie(other.total_float, other.slack, other.node);
    }
  };
  std::priority_queue<Branch, std::vector<Branch>, std::greater<>> branches;
  const auto is_history = [&](Node node) {
    return state_of(network, node).stage == TaskState::Stage::completed;
  };

  std::vector<Answer::FloatPath> paths;
  const auto follow = [&](Node last) {
    Answer::FloatPath chain{.total_float = total_float(network, path, last)};
    Node node = last;
    while (true) {
      is_on[node] = 1;
      if (network.role[node] == Network::Role::task) chain.tasks.push_back(network.task[node]);
      for (std::uint32_t i = network.first_in[node]; i < network.first_in[node + 1]; ++i) {
        const Node from = network.arcs[i].from;
        if (is_on[from] != 0 || is_history(from)) continue;
        branches.push({total_float(network, path, from), arc_slack(network, path, i), from});
      }
      if (path.driver[node] < 0) break;
      node = network.arcs[static_cast<std::size_t>(path.driver[node])].from;
      if (is_on[node] != 0 || is_history(node)) break;
    }
    std::reverse(chain.tasks.begin(), chain.tasks.end());
    if (!chain.tasks.empty()) paths.push_back(std::move(chain));
  };

  Node last = kNoNode;
  for (Node node = 0; node < network.size(); ++node) {
    if (!is_history(node) && path.earliest_finish[node] == path.finish) last = node;
  }
  if (last == kNoNode) return paths;
  follow(last);
  while (paths.size() < most && !branches.empty()) {
    const Node node = branches.top().node;
    branches.pop();
    if (is_on[node] == 0) follow(node);
  }
  return paths;
}

}  // namespace diaodu::solve
