#include "diaodu/track/score.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace diaodu::track {
namespace {

constexpr double kFull = 100;
constexpr double kRankStep = 5;
constexpr double kPointStep = 1;
constexpr double kPointCap = 20;
/// What is short by less is short by rounding alone.
constexpr double kRounding = 1e-9;

}  // namespace

bool reaches(double value, double goal, Target::Direction direction) {
  const double slack = kRounding * std::max(1.0, std::abs(goal));
  return direction == Target::Direction::more_is_better ? value >= goal - slack
                                                        : value <= goal + slack;
}

ScoreTree::ScoreTree(const Plan& plan) : nodes_(plan.targets.size()) {
  using Rule = Target::Rule;
  const auto number = [](auto index) { return static_cast<std::int32_t>(index); };
  std::vector<std::vector<std::int32_t>> peers(plan.targets.size());
  std::vector<std::vector<std::int32_t>> children(plan.targets.size());
  for (std::size_t row = 0; row < plan.peers.size(); ++row) {
    peers[plan.peers[row].target.index()].push_back(number(row));
  }
  std::vector<std::int32_t> first_peer;
  for (const auto& each : peers) {
    first_peer.push_back(number(peers_.size()));
    peers_.insert(peers_.end(), each.begin(), each.end());
  }
  for (TargetId id : plan.targets.ids()) {
    const Target& target = plan.targets[id];
    const TargetId scored_id = target.of ? target.of : id;
    const Target& scored = plan.targets[scored_id];
    const auto goal = target.goal ? target.goal : scored.goal;
    const auto base = target.base ? target.base : scored.base;
    Node& node = nodes_[id.index()];
    node.parent = target.parent ? number(target.parent.index()) : -1;
    node.scored = number(scored_id.index());
    node.first_peer = first_peer[scored_id.index()];
    node.num_peers = number(peers[scored_id.index()].size());
    node.rule = target.rule;
    node.more_is_better = scored.direction == Target::Direction::more_is_better;
    node.is_veto = target.is_veto;
    node.has_goal = goal.has_value();
    node.goal = goal.value_or(0);
    node.low = target.low.value_or(base.value_or(0));
    node.high = target.high.value_or(node.goal);
    node.step = target.step.value_or(target.rule == Rule::rank ? kRankStep : kPointStep);
    node.cap = target.cap.value_or(target.rule == Rule::proportional ? kFull : kPointCap);
    weights_.push_back(target.weight);
    if (target.parent) children[target.parent.index()].push_back(number(id.index()));
  }
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    nodes_[i].first_child = number(children_.size());
    nodes_[i].num_children = number(children[i].size());
    children_.insert(children_.end(), children[i].begin(), children[i].end());
  }
  // Tops first, each followed by what is below; read backwards, children come before their parents.
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    if (nodes_[i].parent < 0) bottom_up_.push_back(number(i));
  }
  for (std::size_t at = 0; at < bottom_up_.size(); ++at) {
    const auto& below = children[static_cast<std::size_t>(bottom_up_[at])];
    bottom_up_.insert(bottom_up_.end(), below.begin(), below.end());
  }
  std::reverse(bottom_up_.begin(), bottom_up_.end());
}

int ScoreTree::rank_of(TargetId target, const Values& values) const {
  const Node& node = nodes_[target.index()];
  const double value = values.targets[static_cast<std::size_t>(node.scored)];
  if (std::isnan(value)) return 0;
  int rank = 1;
  for (std::int32_t i = 0; i < node.num_peers; ++i) {
    const auto row = peers_[static_cast<std::size_t>(node.first_peer + i)];
    const double other = values.peers[static_cast<std::size_t>(row)];
    if (node.more_is_better ? other > value : other < value) ++rank;
  }
  return rank;
}

double ScoreTree::points_of(TargetId target, const Values& values) const {
  using Rule = Target::Rule;
  const Node& node = nodes_[target.index()];
  const double value = values.targets[static_cast<std::size_t>(node.scored)];
  if (node.rule == Rule::none || std::isnan(value)) return kUnknown;
  switch (node.rule) {
    case Rule::none:
      break;
    case Rule::threshold:
      return reaches(value, node.goal,
                     node.more_is_better ? Target::Direction::more_is_better
                                         : Target::Direction::less_is_better)
                 ? kFull
                 : 0;
    case Rule::proportional: {
      const double share = node.more_is_better ? value / node.goal : 2 - value / node.goal;
      return std::clamp(kFull * share, 0.0, node.cap);
    }
    case Rule::efficacy:
      return std::clamp(60 + 40 * (value - node.low) / (node.high - node.low), 0.0, kFull);
    case Rule::rank:
      return std::max(0.0, kFull - node.step * (rank_of(target, values) - 1));
    case Rule::per_point: {
      double reference = node.goal;
      if (!node.has_goal) {
        double sum = 0;
        int known = 0;
        for (std::int32_t i = 0; i < node.num_peers; ++i) {
          const auto row = peers_[static_cast<std::size_t>(node.first_peer + i)];
          const double other = values.peers[static_cast<std::size_t>(row)];
          if (std::isnan(other)) continue;
          sum += other;
          ++known;
        }
        if (known == 0) return kUnknown;
        reference = sum / known;
      }
      const double beyond = node.more_is_better ? value - reference : reference - value;
      return kFull + std::clamp(node.step * beyond, -node.cap, node.cap);
    }
  }
  return kUnknown;
}

double ScoreTree::mean_of_children(const Node& node, std::span<const double> weights,
                                   std::span<const double> points) const {
  double sum = 0;
  double weight = 0;
  for (std::int32_t i = 0; i < node.num_children; ++i) {
    const auto child =
        static_cast<std::size_t>(children_[static_cast<std::size_t>(node.first_child + i)]);
    if (std::isnan(points[child])) continue;
    if (nodes_[child].is_veto && points[child] < kFull - kRounding) return 0;
    sum += weights[child] * points[child];
    weight += weights[child];
  }
  return weight > 0 ? sum / weight : kUnknown;
}

void ScoreTree::score(const Values& values, std::span<const double> weights,
                      std::span<double> points) const {
  assert(points.size() == nodes_.size() && values.targets.size() == nodes_.size());
  for (const std::int32_t at : bottom_up_) {
    const auto i = static_cast<std::size_t>(at);
    points[i] = nodes_[i].rule == Target::Rule::none ? mean_of_children(nodes_[i], weights, points)
                                                     : points_of(TargetId{i}, values);
  }
}

void ScoreTree::refresh_above(TargetId target, std::span<const double> weights,
                              std::span<double> points) const {
  for (std::int32_t at = nodes_[target.index()].parent; at >= 0;) {
    const auto i = static_cast<std::size_t>(at);
    if (nodes_[i].rule != Target::Rule::none) return;  // its points are its own
    points[i] = mean_of_children(nodes_[i], weights, points);
    at = nodes_[i].parent;
  }
}

}  // namespace diaodu::track
