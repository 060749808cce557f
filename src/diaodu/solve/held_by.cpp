#include "diaodu/solve/held_by.h"

#include <algorithm>
#include <utility>

#include "diaodu/solve/tail.h"

namespace diaodu::solve {

HeldBy::HeldBy(const Model& model, const Generator& generator)
    : model_(model),
      generator_(generator),
      network_(generator.network()),
      users_(model.renewables.size()) {
  for (Node node = 0; node < network_.size(); ++node) {
    const auto ways = model.ways_of(node);
    const auto way = std::find_if(ways.begin(), ways.end(), [&](const Way& each) {
      return each.mode == network_.mode[node];
    });
    if (way == ways.end()) continue;
    for (const Need& need : model.needs_of(*way)) users_[need.resource].push_back(node);
  }
}

Driver HeldBy::driver(Node node, const Hold& hold) const {
  // A predecessor that wants to be late has come up to this one; it is not what holds it.
  const Instant own = network_.window(node).start_from;
  const bool is_own_date =
      own != kEver && place(network_, node, own, kEver).start >= generator_.start(node);
  if (is_own_date) return kByStartFrom;
  const bool by_finish =
      hold.finish_from != kEver &&
      place(network_, node, hold.start_from, kEver).start < generator_.start(node);
  return by_finish ? hold.finish_driver : hold.start_driver;
}

void HeldBy::settle() {
  for (const Assignment& each : generator_.assignments()) {
    const TaskId task = network_.plan->demands[each.demand].task;
    users_[model_.number_of[each.resource]].push_back(network_.node_of[task]);
  }
  for (auto& users : users_) {
    std::sort(users.begin(), users.end(), [this](Node a, Node b) {
      return std::pair{generator_.start(a), a} < std::pair{generator_.start(b), b};
    });
    std::vector<Instant>& latest = latest_finish_.emplace_back();
    for (const Node node : users)
      latest.push_back(std::max(latest.empty() ? kEver : latest.back(), generator_.finish(node)));
  }
}

std::vector<Node> HeldBy::holders(Node waiting, const Generator::Blocked& blocked) const {
  std::vector<std::pair<Instant, TaskId>> holders;
  const Instant last = blocked.during.to - Elapsed{1};
  const auto consider = [&](Node node) {
    if (node == waiting || generator_.start(node) > last || generator_.finish(node) <= last) return;
    holders.push_back({generator_.finish(node), network_.task[node]});
  };
  const std::vector<Node>& users = users_[blocked.renewable];
  if (latest_finish_.empty()) {
    for (const Node node : users) consider(node);
    for (const Assignment& each : generator_.assignments()) {
      if (each.resource == blocked.resource) {
        consider(network_.node_of[network_.plan->demands[each.demand].task]);
      }
    }
  } else {
    const auto after = std::partition_point(
        users.begin(), users.end(), [&](Node node) { return generator_.start(node) <= last; });
    auto at = static_cast<std::size_t>(after - users.begin());
    while (at > 0 && latest_finish_[blocked.renewable][at - 1] > last) consider(users[--at]);
  }
  std::sort(holders.begin(), holders.end());
  holders.erase(std::unique(holders.begin(), holders.end()), holders.end());
  std::vector<Node> nodes;
  for (const auto& [finish, task] : holders) nodes.push_back(network_.node_of[task]);
  return nodes;
}

}  // namespace diaodu::solve
