#include "diaodu/solve/on_clock.h"

#include <algorithm>

#include "diaodu/solve/tail.h"

namespace diaodu::solve {
namespace {

Span span_of(const Network& network, const Model& model, const Generator& generator,
             const CriticalPath& placed, Node node) {
  if (model.axis.is_clock()) return {generator.start(node), generator.finish(node)};
  const Window& window = network.window(node);
  if (is_pinned(window)) return pinned_span(network, node, window);
  const Instant begin = begin_of(network, node, earliest_remaining(*network.plan));
  Hold hold{.start_from = std::max(begin, model.axis.from_axis(generator.start(node)))};
  hold_by_arcs(network, placed, node, false, hold);
  hold_by_window(window, hold);
  return place(network, node, hold.start_from, hold.finish_from);
}

}  // namespace

CriticalPath on_clock(const Network& network, const Model& model, const Generator& generator) {
  CriticalPath placed;
  placed.earliest_start.assign(network.size(), kEver);
  placed.earliest_finish.assign(network.size(), kEver);
  const auto put = [&](Node node) {
    const Span span = span_of(network, model, generator, placed, node);
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
