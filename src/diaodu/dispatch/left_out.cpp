#include "diaodu/dispatch/left_out.h"

#include <algorithm>
#include <optional>

namespace diaodu::dispatch {

namespace {

/// Looks everywhere, and takes the first of several that cost the same.
struct NoChance {
  static bool overlooks() { return false; }
  static bool prefers_equal() { return false; }
};

std::optional<Insertion> cheapest(const TourState& state, std::size_t duty, std::int32_t node) {
  std::optional<Insertion> best;
  for (const VisitWindow& window : state.layout().nodes[static_cast<std::size_t>(node)].windows)
    state.offer(duty, node, window, NoChance{}, best);
  return best;
}

class Explainer {
 public:
  explicit Explainer(TourState& state)
      : state_(state), layout_(state.layout()), alone_(state.layout()) {
    // Every duty with its pauses, and nothing else to do.
    for (std::size_t node = layout_.num_visits(); node < layout_.nodes.size(); ++node) {
      const auto pause = static_cast<std::int32_t>(node);
      const auto duty = static_cast<std::size_t>(layout_.nodes[node].pause_of);
      if (const auto where = cheapest(alone_, duty, pause)) alone_.insert(pause, *where);
    }
  }

  LeftOut explain(std::int32_t node) {
    LeftOut why{.visit = static_cast<std::size_t>(node), .instead_of = {}};
    bool has_skill = false;
    bool has_capacity = false;
    std::vector<std::size_t> possible;
    for (std::size_t duty = 0; duty < layout_.problem.duties.size(); ++duty) {
      if (!layout_.may_make(duty, node)) continue;
      has_skill = true;
      if (layout_.nodes[static_cast<std::size_t>(node)].load >
          layout_.problem.duties[duty].capacity)
        continue;
      has_capacity = true;
      if (alone_.has_pauses(duty) && cheapest(alone_, duty, node)) possible.push_back(duty);
    }
    if (possible.empty()) {
      why.reason = !has_skill      ? LeftOut::Reason::no_skill
                   : !has_capacity ? LeftOut::Reason::too_heavy
                                   : LeftOut::Reason::no_hours;
      return why;
    }
    if (layout_.nodes[static_cast<std::size_t>(node)].group != kNone) {
      why.reason = LeftOut::Reason::no_partner;
      return why;
    }
    std::optional<Insertion> fits;
    for (const std::size_t duty : possible) {
      if (!state_.has_pauses(duty)) continue;
      const auto here = cheapest(state_, duty, node);
      if (here && (!fits || here->cost < fits->cost)) fits = here;
    }
    if (fits) {
      why.reason = LeftOut::Reason::not_worth;
      why.duty = fits->duty;
      return why;
    }
    why.reason = LeftOut::Reason::no_room;
    find_price(node, possible, why);
    return why;
  }

 private:
  /// Takes visits out of each tour, the least of priority first, until there is room; the tour in which least is lost.
  void find_price(std::int32_t node, const std::vector<std::size_t>& possible, LeftOut& why) {
    std::int64_t least = 0;
    for (const std::size_t duty : possible) {
      state_.mark();
      std::vector<std::size_t> given_up;
      std::int64_t lost = 0;
      bool has_room = false;
      while (!has_room && state_.tour(duty).num_visits > 0) {
        const std::size_t at = least_of(duty);
        const std::int32_t other = state_.tour(duty).stops[at].node;
        given_up.push_back(static_cast<std::size_t>(other));
        lost += layout_.nodes[static_cast<std::size_t>(other)].priority;
        state_.remove(duty, at, at + 1);
        has_room = cheapest(state_, duty, node).has_value();
      }
      state_.roll_back();
      if (!has_room || (why.duty != kNobody && lost >= least)) continue;
      least = lost;
      why.duty = duty;
      why.instead_of = std::move(given_up);
    }
    std::sort(why.instead_of.begin(), why.instead_of.end());
  }

  std::size_t least_of(std::size_t duty) const {
    const auto& stops = state_.tour(duty).stops;
    std::size_t found = stops.size();
    for (std::size_t i = 0; i + 1 < stops.size(); ++i) {
      const TourNode& node = layout_.nodes[static_cast<std::size_t>(stops[i].node)];
      if (node.pause_of != kNone) continue;
      if (found == stops.size() ||
          node.priority < layout_.nodes[static_cast<std::size_t>(stops[found].node)].priority)
        found = i;
    }
    return found;
  }

  TourState& state_;
  const TourLayout& layout_;
  TourState alone_;
};

}  // namespace

std::vector<LeftOut> explain_left_out(TourState& state) {
  std::vector<LeftOut> all;
  Explainer explainer(state);
  for (std::size_t visit = 0; visit < state.layout().num_visits(); ++visit)
    if (state.duty_of(static_cast<std::int32_t>(visit)) == kNone)
      all.push_back(explainer.explain(static_cast<std::int32_t>(visit)));
  return all;
}

}  // namespace diaodu::dispatch
