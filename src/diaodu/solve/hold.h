#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "diaodu/core/random.h"
#include "diaodu/solve/generate.h"

namespace diaodu::solve {

// What searches that keep a baseline do to genes.  A node is held (its release is its start in the baseline,
// now and then an earlier one) or free (it has none); a node that the baseline does not have is always free.

/// Everything held.
inline std::vector<Instant> releases_at_baseline(const Model& model) {
  std::vector<Instant> releases = model.wanted.baseline;
  std::replace(releases.begin(), releases.end(), kNever, kEver);
  return releases;
}

/// Held where the genes let the node start no earlier than in the baseline.
inline Instant held_or_free(const Model& model, const Genes& genes, Node node) {
  const Instant baseline = model.wanted.baseline[node];
  const bool is_held =
      baseline != kNever && !genes.release.empty() && genes.release[node] >= baseline;
  return is_held ? baseline : kEver;
}
inline std::vector<Instant> held_or_free(const Model& model, const Genes& genes) {
  std::vector<Instant> releases(model.size());
  for (Node node = 0; node < model.size(); ++node)
    releases[node] = held_or_free(model, genes, node);
  return releases;
}

/// Lets go a node that is held; holds one that is free, at the baseline or somewhere on the way there.
inline void turn_hold(const Model& model, Genes& genes, Node node, RandomStream& random) {
  const Instant baseline = model.wanted.baseline[node];
  const Instant early = model.early.earliest_start[node];
  Instant& release = genes.release[node];
  if (baseline == kNever) return;
  if (release != kEver) {
    release = kEver;
  } else if (baseline <= early || random.one_in(2)) {
    release = baseline;
  } else {
    const auto length = static_cast<std::uint64_t>((baseline - early).count());
    release = early + Elapsed{random.below(length)};
  }
}

/// The order of the baseline; by early dates what it does not have.
inline std::vector<double> baseline_values(const Model& model) {
  std::vector<double> values;
  for (Node node = 0; node < model.size(); ++node) {
    const Instant baseline = model.wanted.baseline[node];
    const Instant at = baseline == kNever ? model.early.earliest_start[node] : baseline;
    values.push_back(static_cast<double>(at.minutes()));
  }
  return values;
}

/// For each node the number of its quickest way.
inline std::vector<std::uint16_t> quickest_ways(const Model& model) {
  std::vector<std::uint16_t> quickest(model.size(), 0);
  if (!model.has_choice_of_ways) return quickest;
  for (Node node = 0; node < model.size(); ++node) {
    const auto ways = model.ways_of(node);
    const auto best = std::min_element(ways.begin(), ways.end(),
                                       [](const Way& a, const Way& b) { return a.work < b.work; });
    quickest[node] = static_cast<std::uint16_t>(best - ways.begin());
  }
  return quickest;
}

}  // namespace diaodu::solve
