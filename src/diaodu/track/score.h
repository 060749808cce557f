#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "diaodu/plan/plan.h"

namespace diaodu::track {

inline constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

/// Has a value reached its goal?  It has when it is short by rounding alone.
bool reaches(double value, double goal, Target::Direction direction);

/// The value of each target (by its number) and of each peer (by its row), NaN where there is none.
struct Values {
  std::span<const double> targets;
  std::span<const double> peers;
};

/// The points, of 100, that each target of a plan is worth by its rule, and a parent without a rule by its
/// children's: their mean, weighted.  What has no value has no points, and weighs nothing in its parent.
///
///   points[p] = sum(weight[c] * points[c]) / sum(weight[c])    over the children c that have points
///
/// A veto: a child that has one and less than 100 points makes its parent's 0.  Complexity: linear in targets
/// and peers.
class ScoreTree {
 public:
  explicit ScoreTree(const Plan& plan);

  /// One number a target, NaN without points.
  void score(const Values& values, std::span<double> points) const {
    score(values, weights_, points);
  }
  /// With other weights, one a target.
  void score(const Values& values, std::span<const double> weights, std::span<double> points) const;

  /// The points of one target by its own rule; NaN without a rule or a value.
  double points_of(TargetId target, const Values& values) const;

  /// Works out again what stands above a target whose points have changed.
  void refresh_above(TargetId target, std::span<const double> weights,
                     std::span<double> points) const;

  /// How many peers are better, plus one; 0 where the target has no value.
  int rank_of(TargetId target, const Values& values) const;

  std::span<const double> weights() const { return weights_; }
  std::size_t size() const { return nodes_.size(); }

 private:
  struct Node {
    std::int32_t parent = -1;
    std::int32_t scored = 0;  ///< whose value counts
    std::int32_t first_child = 0;
    std::int32_t num_children = 0;
    std::int32_t first_peer = 0;
    std::int32_t num_peers = 0;
    Target::Rule rule = Target::Rule::none;
    bool more_is_better = true;
    bool is_veto = false;
    bool has_goal = false;
    double goal = 0;
    double low = 0;
    double high = 0;
    double step = 0;
    double cap = 0;
  };

  double mean_of_children(const Node& node, std::span<const double> weights,
                          std::span<const double> points) const;

  std::vector<Node> nodes_;
  std::vector<double> weights_;
  std::vector<std::int32_t> children_;
  std::vector<std::int32_t> peers_;      ///< rows of the plan's peers, grouped by target
  std::vector<std::int32_t> bottom_up_;  ///< children before their parents
};

}  // namespace diaodu::track
