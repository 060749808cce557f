#include "diaodu/solve/on_clock.h"

#include <algorithm>

#include "diaodu/solve/tail.h"

namespace diaodu::solve {
namespace {

/// `early`: by links alone, where something has happened.
Span span_of(const Network& network, const Model& model, const Generator& generator,
             const CriticalPath& early, const CriticalPath& placed, Node node) {
  if (model.axis.is_clock()) return {generator.start(node), generator.finish(node)};
  if (model.is_history[node] != 0) return {early.earliest_start[node], early.earliest_finish[node]};
  const Window& window = network.window(node);
  if (is_pinned(window)) return pinned_span(network, node, window);
  const Instant begin = begin_of(network, node, network.now);
  Hold hold{.start_from = std::max(begin, model.axis.from_axis(generator.start(node)))};
  hold_by_arcs(network, placed, node, ignores_links(network, state_of(network, node)), hold);
  hold_by_window(window, hold);
  return place(network, node, hold.start_from, hold.finish_from);
}

}  // namespace

CriticalPath on_clock(const Network& network, const Model& model, const Generator& generator) {
  CriticalPath placed;
  placed.earliest_start.assign(network.size(), kEver);
  placed.earliest_finish.assign(network.size(), kEver);
  const bool has_history = network.states->is_any() && !model.axis.is_clock();
  const CriticalPath early = has_history ? forward_pass(network).path : CriticalPath();
  const auto put = [&](Node node) {
    const Span span = span_of(network, model, generator, early, placed, node);
    const bool moved =
        span.start > placed.earliest_start[node] || span.finish > placed.earliest_finish[node];
    placed.earliest_start[node] = span.start;
    placed.earliest_finish[node] = span.finish;
    return moved;
  };
  for (Node node = 0; node < network.size(); ++node) put(node);
  for (const Network::Knot& knot : network.knots) {
    bool moved = true;
    while (moved) {  // inside a night only, so never for long
      moved = false;
      for (Node node = knot.first; node < knot.last; ++node) moved = put(node) || moved;
    }
  }
  if (!network.knots.empty()) {  // what follows a knot hears of its moves
    for (Node node = 0; node < network.size(); ++node) put(node);
  }
  return placed;
}

}  // namespace diaodu::solve
