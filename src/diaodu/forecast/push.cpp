#include "diaodu/forecast/push.h"

#include <algorithm>
#include <cmath>

#include "diaodu/forecast/stream.h"

namespace diaodu::forecast {
namespace {

using track::kUnknown;
using track::ScoreTree;

constexpr double kSway = 0.2;  // of weights, up or down
/// The order under other weights is told from this many futures: it takes as many roll-ups as pushes and
/// weightings together.
constexpr std::size_t kFewFutures = 200;

class PushRanker {
 public:
  PushRanker(const Plan& plan, const Outlook& outlook)
      : plan_(plan),
        outlook_(outlook),
        tree_(plan),
        values_(plan.targets.size()),
        peers_(plan.peers.size()),
        points_(plan.targets.size()) {
    for (TargetId id : plan.targets.ids()) {
      const auto& year = outlook[id].year;
      if (!plan.targets[id].effort_gain || !year || year->num_known == year->num_slots()) continue;
      pushes_.push_back({.target = id});
      steps_.push_back(steps_above(id));
    }
  }

  std::vector<Push> rank(std::uint64_t seed, std::size_t num_weightings) {
    measure();
    weigh(seed, num_weightings);
    std::stable_sort(pushes_.begin(), pushes_.end(),
                     [](const Push& a, const Push& b) { return a.points > b.points; });
    return std::move(pushes_);
  }

 private:
  struct Step {
    std::size_t target;
    double weight;  ///< how much it moves when the pushed one moves by one
  };

  /// The pushed target and all above that are rolled up from it.
  std::vector<Step> steps_above(TargetId id) const {
    std::vector<Step> steps = {{id.index(), 1}};
    double weight = 1;
    for (TargetId at = id; plan_.targets[at].parent; at = plan_.targets[at].parent) {
      weight *= roll_up_weight(plan_, at, outlook_.targets);
      if (weight == 0) break;
      steps.push_back({plan_.targets[at].parent.index(), weight});
    }
    return steps;
  }

  void load(std::size_t path) {
    for (std::size_t i = 0; i < values_.size(); ++i) {
      const std::vector<double>& all = outlook_.targets[i].values;
      values_[i] = all.empty() ? kUnknown : all[path];
    }
    for (std::size_t i = 0; i < peers_.size(); ++i) {
      const std::vector<double>& all = outlook_.peer_values[i];
      peers_[i] = all.empty() ? kUnknown : all[path];
    }
  }

  /// Calls `then` with the values as pushed, and puts them back.
  template <class Then>
  void pushed(std::size_t push, std::size_t path, Then then) {
    const TargetId id = pushes_[push].target;
    const double change = outlook_[id].year->pushed(path, *plan_.targets[id].effort_gain) -
                          outlook_[id].year->pushed(path, 0);
    for (const Step& step : steps_[push]) values_[step.target] += step.weight * change;
    then();
    for (const Step& step : steps_[push]) values_[step.target] -= step.weight * change;
  }

  double score(std::span<const double> weights) {
    tree_.score({values_, peers_}, weights, points_);
    return overall(plan_, points_);
  }

  void measure() {
    const auto count = static_cast<double>(outlook_.num_paths);
    std::vector<double> squares(pushes_.size(), 0);
    for (std::size_t path = 0; path < outlook_.num_paths; ++path) {
      load(path);
      const double without = score(tree_.weights());
      const std::vector<double> points_without = points_;
      for (std::size_t i = 0; i < pushes_.size(); ++i) {
        const std::size_t own = pushes_[i].target.index();
        pushed(i, path, [&] {
          const double gain = score(tree_.weights()) - without;
          if (!std::isnan(gain)) {
            pushes_[i].points += gain / count;
            squares[i] += gain * gain / count;
          }
          const double own_gain = points_[own] - points_without[own];
          if (!std::isnan(own_gain)) pushes_[i].own_points += own_gain / count;
          const Target& target = plan_.targets[pushes_[i].target];
          if (target.goal && track::reaches(values_[own], *target.goal, target.direction)) {
            pushes_[i].probability += 1 / count;
          }
        });
      }
    }
    for (std::size_t i = 0; i < pushes_.size(); ++i) {
      const double variance = squares[i] - pushes_[i].points * pushes_[i].points;
      pushes_[i].standard_error = std::sqrt(std::max(0.0, variance) / count);
    }
  }

  void weigh(std::uint64_t seed, std::size_t num_weightings) {
    if (pushes_.empty() || num_weightings == 0) return;
    const std::size_t num_futures = std::min(kFewFutures, outlook_.num_paths);
    const std::size_t size = values_.size();
    const auto weightings = drawn(seed, num_weightings);
    std::vector<std::vector<double>> gains(num_weightings, std::vector<double>(pushes_.size(), 0));
    std::vector<double> without(num_weightings);
    for (std::size_t path = 0; path < num_futures; ++path) {
      load(path);
      for (std::size_t w = 0; w < num_weightings; ++w) {
        without[w] = score(std::span(weightings).subspan(w * size, size));
      }
      for (std::size_t i = 0; i < pushes_.size(); ++i) {
        pushed(i, path, [&] {
          for (std::size_t w = 0; w < num_weightings; ++w) {
            gains[w][i] += score(std::span(weightings).subspan(w * size, size)) - without[w];
          }
        });
      }
    }
    std::vector<std::size_t> order(pushes_.size());
    for (const std::vector<double>& of : gains) {
      for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
      std::stable_sort(order.begin(), order.end(),
                       [&](std::size_t a, std::size_t b) { return of[a] > of[b]; });
      const double share = 1 / static_cast<double>(num_weightings);
      pushes_[order.front()].first_share += share;
      for (std::size_t i = 0; i < std::min<std::size_t>(3, order.size()); ++i) {
        pushes_[order[i]].first_three_share += share;
      }
    }
  }

  std::vector<double> drawn(std::uint64_t seed, std::size_t num_weightings) const {
    const Stream stream(seed);
    std::vector<double> all;
    std::vector<Uniform> uniforms(plan_.targets.size());
    for (std::size_t w = 0; w < num_weightings; ++w) {
      stream.uniforms(variable_number('w', "weights"), w * uniforms.size(), uniforms);
      for (std::size_t i = 0; i < uniforms.size(); ++i) {
        all.push_back(tree_.weights()[i] * (1 + kSway * (2 * unit_of(uniforms[i]) - 1)));
      }
    }
    return all;
  }

  const Plan& plan_;
  const Outlook& outlook_;
  ScoreTree tree_;
  std::vector<Push> pushes_;
  std::vector<std::vector<Step>> steps_;
  std::vector<double> values_;
  std::vector<double> peers_;
  std::vector<double> points_;
};

}  // namespace

std::vector<Push> rank_pushes(const Plan& plan, const Outlook& outlook, std::uint64_t seed,
                              std::size_t num_weightings) {
  return PushRanker(plan, outlook).rank(seed, num_weightings);
}

}  // namespace diaodu::forecast
