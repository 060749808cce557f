#include "diaodu/solve/improve.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "diaodu/solve/hold.h"

namespace diaodu::solve {
namespace {

constexpr std::size_t kPopulation = 40;
constexpr std::size_t kMostBarren = 4000;
constexpr std::uint64_t kMutateOneIn = 20;

}  // namespace

Improver::Improver(const Model& model, const CriticalPath& late, RandomStream random)
    : model_(model),
      random_(random),
      generator_(model),
      is_taken_(model.size()),
      has_baseline_(!model.wanted.baseline.empty()) {
  for (const Rule rule : kRules) {
    values_.push_back(priority_values(model, late, rule));
    const auto [low, high] = std::minmax_element(values_.back().begin(), values_.back().end());
    scale_.push_back(values_.back().empty() ? 0 : *high - *low);
  }
  for (Node node = 0; node < model.size(); ++node) {
    if (model.ways_of(node).size() > 1) choosers_.push_back(node);
  }
}

void Improver::run(std::int64_t steps, const Cost::Values& bounds,
                   const std::function<bool()>& is_over) {
  const std::int64_t until = generator_.steps() + steps;
  bool is_first = best_.genes.order.empty();
  while (is_first || (generator_.steps() < until && !meets(best_.cost, bounds) && !is_over())) {
    is_first = false;
    if (population_.size() < kPopulation) {
      admit(evaluate(sample()));
      continue;
    }
    if (num_barren_ > kMostBarren) {
      num_barren_ = 0;
      population_.clear();
      if (random_.one_in(2)) population_.push_back(best_);
      continue;
    }
    Genes child = has_baseline_ ? held_child() : cross(tournament(), tournament());
    mutate(child);
    admit(evaluate(std::move(child)));
  }
}

void Improver::learn(const Cost& cost, const Genes& genes) {
  if (!(cost < best_.cost)) return;
  best_ = {cost, genes, 0};
  if (!population_.empty()) population_.back() = best_;
  if (has_baseline_) admit(evaluate(genes));
}

/// Few children of two keep a finish that was hard to reach; those of the best alone do more often.  And where
/// everybody is held, nobody finds a better finish: some are let go.
Genes Improver::held_child() {
  constexpr std::uint64_t kKinds = 4;
  const std::uint64_t kind = random_.below(kKinds);
  Genes child = kind < 2 ? best_.genes : cross(tournament(), tournament());
  if (kind < 2) child.release = held_or_free(model_, best_.genes);
  if (kind == 2) child.release.assign(model_.size(), kEver);
  return child;
}

/// The schedule that the genes make, justified to and fro as long as that helps.
Improver::Individual Improver::evaluate(Genes genes) {
  Individual individual;
  individual.cost = generator_.forward(genes);
  individual.genes = std::move(genes);
  constexpr int kMostTurns = 3;
  for (int turn = 0; turn < kMostTurns && individual.cost.finish != kNever; ++turn) {
    Genes justified = individual.genes;
    generator_.order_by_latest(justified);
    const Cost cost = generator_.forward(justified);
    const bool is_better = cost < individual.cost;
    if (cost <= individual.cost) {
      if (model_.starts_repeat) generator_.order_by_start(justified);
      individual = {cost, std::move(justified)};
    }
    if (!is_better) break;
  }
  if (has_baseline_) approach_baseline(individual);
  std::uint64_t fingerprint = 0;
  for (const Node node : individual.genes.order) {
    fingerprint = (fingerprint ^ node) * 0x9E37'79B9'7F4A'7C15;
    fingerprint ^= fingerprint >> 29;
  }
  for (const Instant release : individual.genes.release) {
    fingerprint =
        (fingerprint ^ static_cast<std::uint64_t>(release.minutes())) * 0x9E37'79B9'7F4A'7C15;
    fingerprint ^= fingerprint >> 29;
  }
  individual.fingerprint = fingerprint;
  return individual;
}

void Improver::approach_baseline(Individual& individual) {
  constexpr int kMostTurns = 3;
  for (int turn = 0; turn < kMostTurns && individual.cost.finish != kNever; ++turn) {
    Genes near = individual.genes;
    generator_.forward(near);
    generator_.approach_baseline(near);
    const Cost cost = generator_.forward(near);
    const bool is_better = cost < individual.cost;
    if (cost <= individual.cost) {
      if (model_.starts_repeat) generator_.order_by_start(near);
      individual = {cost, std::move(near)};
    }
    if (!is_better) return;
  }
}

/// All where the baseline has them, or none, or each as chance has it.
void Improver::hold_some(Genes& genes) {
  genes.release = releases_at_baseline(model_);
  const std::uint64_t how = random_.below(3);
  if (how == 0) return;
  for (Instant& release : genes.release) {
    if (how == 1 || random_.one_in(2)) release = kEver;
  }
}

Genes Improver::sample() {
  if (has_baseline_ && !is_baseline_tried_) {
    is_baseline_tried_ = true;
    Genes genes = from_values(baseline_values(model_), 0);
    genes.way = quickest_ways(model_);
    genes.release = releases_at_baseline(model_);
    return genes;
  }
  const std::size_t number = num_samples_++;
  if (number < values_.size()) return from_values(values_[number], 0);
  const std::size_t rule = random_.below(values_.size());
  const double noise = scale_[rule] * 0.5 * random_.unit();
  return from_values(values_[rule], noise);
}

Genes Improver::from_values(const std::vector<double>& values, double noise) {
  Genes genes;
  genes.order.resize(model_.size());
  std::iota(genes.order.begin(), genes.order.end(), Node{0});
  std::vector<double> keys = values;
  if (noise > 0) {
    for (double& key : keys) key += noise * random_.unit();
  }
  std::stable_sort(genes.order.begin(), genes.order.end(),
                   [&keys](Node a, Node b) { return keys[a] < keys[b]; });
  generator_.make_legal(genes.order);
  genes.way = sample_ways();
  if (has_baseline_) hold_some(genes);
  return genes;
}

/// The first sample takes everybody's quickest way; later ones choose more and more freely.
std::vector<std::uint16_t> Improver::sample_ways() {
  std::vector<std::uint16_t> way = quickest_ways(model_);
  const bool is_free = num_samples_ > values_.size();
  for (const Node node : choosers_) {
    if (is_free && random_.one_in(2))
      way[node] = static_cast<std::uint16_t>(random_.below(model_.ways_of(node).size()));
  }
  return way;
}

const Improver::Individual& Improver::tournament() {
  const Individual& a = population_[random_.below(population_.size())];
  const Individual& b = population_[random_.below(population_.size())];
  return b.cost < a.cost ? b : a;
}

/// The mother's order at both ends, the father's in the middle.  Both orders are legal, so the child's is.
Genes Improver::cross(const Individual& mother, const Individual& father) {
  const std::size_t size = model_.size();
  std::size_t first = random_.below(size + 1);
  std::size_t last = random_.below(size + 1);
  if (first > last) std::swap(first, last);
  Genes child;
  child.order.reserve(size);
  child.way.resize(size);
  if (has_baseline_) child.release.resize(size);
  std::fill(is_taken_.begin(), is_taken_.end(), 0);
  const auto inherit = [&](Node node, const Individual& parent) {
    child.order.push_back(node);
    child.way[node] = parent.genes.way[node];
    if (has_baseline_) child.release[node] = held_or_free(model_, parent.genes, node);
    is_taken_[node] = 1;
  };
  for (std::size_t i = 0; i < first; ++i) inherit(mother.genes.order[i], mother);
  for (std::size_t i = 0; i < size && child.order.size() < last; ++i) {
    if (is_taken_[father.genes.order[i]] == 0) inherit(father.genes.order[i], father);
  }
  for (std::size_t i = 0; i < size; ++i) {
    if (is_taken_[mother.genes.order[i]] == 0) inherit(mother.genes.order[i], mother);
  }
  return child;
}

void Improver::mutate(Genes& genes) {
  for (std::size_t i = 0; i < genes.order.size(); ++i) {
    if (random_.one_in(kMutateOneIn)) move_node(genes.order, i);
  }
  for (const Node node : choosers_) {
    if (random_.one_in(kMutateOneIn)) {
      genes.way[node] = static_cast<std::uint16_t>(random_.below(model_.ways_of(node).size()));
    }
  }
  for (Node node = 0; node < genes.release.size(); ++node) {
    if (random_.one_in(kMutateOneIn)) turn_hold(model_, genes, node, random_);
  }
}

/// Moves a node some places forward or back, stopping at what it depends on and what depends on it.
void Improver::move_node(std::vector<Node>& order, std::size_t at) {
  constexpr std::size_t kFarthest = 12;
  const Network& network = model_.network;
  const auto depends = [&network](Node later, Node earlier) {
    for (const Arc& arc : network.arcs_into(later)) {
      if (arc.from == earlier && arc.from < arc.to && arc.is_at_most == 0) return true;
    }
    return false;
  };
  const std::size_t distance = 1 + random_.below(kFarthest);
  if (random_.one_in(2)) {
    for (std::size_t i = at; i > 0 && at - i < distance; --i) {
      if (depends(order[i], order[i - 1])) return;
      std::swap(order[i], order[i - 1]);
    }
  } else {
    for (std::size_t i = at; i + 1 < order.size() && i - at < distance; ++i) {
      if (depends(order[i + 1], order[i])) return;
      std::swap(order[i], order[i + 1]);
    }
  }
}

/// Keeps the best, and in the population whoever is better than its worst and like nobody in it.
void Improver::admit(Individual individual) {
  ++num_barren_;
  if (best_.genes.order.empty() || individual.cost < best_.cost) {
    best_ = individual;
    num_barren_ = 0;
  }
  const bool is_known =
      std::any_of(population_.begin(), population_.end(), [&](const Individual& other) {
        return other.fingerprint == individual.fingerprint &&
               other.genes.way == individual.genes.way;
      });
  if (population_.size() < kPopulation) {
    // While it grows, a twin is as good as nobody; but a plan with one order only must not wait for more.
    if (!is_known || num_samples_ > 4 * kPopulation) population_.push_back(std::move(individual));
    return;
  }
  if (is_known) return;
  const auto worst =
      std::max_element(population_.begin(), population_.end(),
                       [](const Individual& a, const Individual& b) { return a.cost < b.cost; });
  if (individual.cost <= worst->cost) *worst = std::move(individual);
}

}  // namespace diaodu::solve
