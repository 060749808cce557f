#include "diaodu/solve/polish.h"

#include <algorithm>
#include <numeric>
#include <span>

#include "diaodu/solve/hold.h"

namespace diaodu::solve {
namespace {

/// The longest stretch that is shaken at once, and how far its starts are moved at most, in usual tasks.
/// Measured on 10,000 tasks: half and twice as much of either is within the noise.
constexpr double kLongestStretch = 0.1;
constexpr double kFarthestShake = 2;
/// In the stretch, so many nodes take another way.
constexpr std::uint64_t kOtherWayOneIn = 20;
/// ... and so many are held where the baseline has them if they were free, or the other way round.
constexpr std::uint64_t kOtherHoldOneIn = 4;

}  // namespace

Polisher::Polisher(const Model& model, const CriticalPath& late, RandomStream random)
    : model_(model), late_(late), random_(random), generator_(model), start_(model.size()) {
  for (Node node = 0; node < model.size(); ++node) {
    if (model.ways_of(node).size() > 1) choosers_.push_back(node);
  }
}

void Polisher::run(std::int64_t steps, const Cost::Values& bounds,
                   const std::function<bool()>& is_over) {
  const std::int64_t until = generator_.steps() + steps;
  bool is_first = best_.order.empty();
  while (is_first || (generator_.steps() < until && !meets(best_cost_, bounds) && !is_over())) {
    if (!model_.wanted.baseline.empty() && !is_baseline_followed_) {
      follow_baseline();
    } else if (num_rules_ < kRules.size()) {
      follow_rule(kRules[num_rules_++], 0);
    } else if (best_cost_.finish == kNever) {  // nothing has fitted yet: anything may
      follow_rule(kRules[random_.below(kRules.size())], random_.unit());
    } else {
      shake();
    }
    if (!is_first) justify();  // the first schedule is wanted at once
    if (!model_.wanted.baseline.empty()) approach();
    is_first = false;
  }
}

/// `noise`: a share of how far the rule's values lie apart; with any, ways are taken at random too.
void Polisher::follow_rule(Rule rule, double noise) {
  keys_ = priority_values(model_, late_, rule);
  if (noise > 0) {
    const auto [low, high] = std::minmax_element(keys_.begin(), keys_.end());
    const double scale = noise * (*high - *low);
    for (double& key : keys_) key += scale * random_.unit();
  }
  genes_.order.resize(model_.size());
  std::iota(genes_.order.begin(), genes_.order.end(), Node{0});
  genes_.way = quickest_ways(model_);
  genes_.release.clear();
  for (const Node node : choosers_) {
    if (noise > 0)
      genes_.way[node] = static_cast<std::uint16_t>(random_.below(model_.ways_of(node).size()));
  }
  generate();
}

/// Everybody's quickest way, in the baseline's order, nothing before it.
void Polisher::follow_baseline() {
  is_baseline_followed_ = true;
  genes_.order.resize(model_.size());
  std::iota(genes_.order.begin(), genes_.order.end(), Node{0});
  genes_.way = quickest_ways(model_);
  genes_.release = releases_at_baseline(model_);
  keys_ = baseline_values(model_);
  generate();
}

/// Generates the best anew with a stretch of its starts, and some ways in there, shaken.
void Polisher::shake() {
  if (is_learnt_) {
    genes_ = best_;
    cost_ = generator_.forward(genes_);
    keep();
  }
  const std::size_t size = model_.size();
  const double longest = kLongestStretch * static_cast<double>(size) * random_.unit();
  const std::size_t length = std::min(size, 2 + static_cast<std::size_t>(longest));
  const std::size_t first = random_.below(size - length + 1);
  const double noise = kFarthestShake * usual_length_ * random_.unit();
  genes_.order = by_start_;
  genes_.way = best_.way;
  genes_.release.clear();  // else what was learnt could not move to the left
  if (!model_.wanted.baseline.empty()) genes_.release = held_or_free(model_, best_);
  keys_ = start_;
  for (const Node node : std::span(by_start_).subspan(first, length)) {
    keys_[node] += noise * (2 * random_.unit() - 1);
    const std::size_t num_ways = model_.ways_of(node).size();
    if (num_ways > 1 && random_.one_in(kOtherWayOneIn)) {
      genes_.way[node] = static_cast<std::uint16_t>(random_.below(num_ways));
    }
    if (!genes_.release.empty() && random_.one_in(kOtherHoldOneIn))
      turn_hold(model_, genes_, node, random_);
  }
  generate();
}

/// The schedule in the order of the keys, kept unless another is better.
void Polisher::generate() {
  std::stable_sort(genes_.order.begin(), genes_.order.end(),
                   [this](Node a, Node b) { return keys_[a] < keys_[b]; });
  generator_.make_legal(genes_.order);
  cost_ = generator_.forward(genes_);
  if (best_.order.empty() || cost_ <= best_cost_) keep();
}

void Polisher::justify() {
  if (cost_.finish == kNever) return;
  generator_.order_by_latest(genes_);
  cost_ = generator_.forward(genes_);
  if (cost_ <= best_cost_) keep();
}

void Polisher::approach() {
  if (cost_.finish == kNever) return;
  generator_.approach_baseline(genes_);
  cost_ = generator_.forward(genes_);
  if (cost_ <= best_cost_) keep();
}

/// The schedule in hand is the best from now on.
void Polisher::keep() {
  best_ = genes_;
  best_cost_ = cost_;
  is_learnt_ = false;
  if (cost_.finish == kNever) return;
  Elapsed sum;
  for (Node node = 0; node < model_.size(); ++node) {
    start_[node] = static_cast<double>(generator_.start(node).minutes());
    sum += generator_.finish(node) - generator_.start(node);
  }
  usual_length_ = static_cast<double>(sum.count()) / static_cast<double>(model_.size());
  generator_.order_by_start(genes_);
  by_start_ = genes_.order;
}

void Polisher::learn(const Cost& cost, const Genes& genes) {
  if (!(cost < best_cost_)) return;
  best_cost_ = cost;
  best_ = genes;
  is_learnt_ = true;
}

}  // namespace diaodu::solve
