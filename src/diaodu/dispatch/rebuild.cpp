#include "diaodu/dispatch/rebuild.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace diaodu::dispatch {

namespace {

// The values of Christiaens & Vanden Berghe.
constexpr double kMeanRemoved = 10;
constexpr double kLongestString = 10;
constexpr std::uint64_t kSplitOneIn = 2;
constexpr std::uint64_t kGrowOneIn = 100;
constexpr std::uint64_t kOverlookOneIn = 100;

constexpr std::uint64_t kLongOneIn = 8;
constexpr std::uint64_t kGenerousOneIn = 4;
constexpr std::size_t kMostInstants = 48;

}  // namespace

Rebuilder::Rebuilder(const TourLayout& layout)
    : layout_(&layout),
      is_ruined_(layout.problem.duties.size()),
      kind_asked_(layout.problem.duties.size(), -1) {
  for (const Visit& visit : layout.problem.visits) {
    Tick least = kNoTick;
    for (const Duty& duty : layout.problem.duties)
      least = std::min(least, layout.way(duty.start_place, visit.place));
    farness_.push_back(least);
    if (visit.priority != layout.problem.visits.front().priority) has_priorities_ = true;
  }
}

void Rebuilder::remove_with_group(TourState& state, std::size_t duty, std::size_t from,
                                  std::size_t to) {
  std::vector<std::int32_t> partners;
  if (!layout_->groups.empty()) {
    for (std::size_t i = from; i < to; ++i) {
      const std::int32_t node = state.tour(duty).stops[i].node;
      const std::int32_t group = layout_->nodes[static_cast<std::size_t>(node)].group;
      if (group == kNone) continue;
      const auto& members = layout_->groups[static_cast<std::size_t>(group)];
      partners.insert(partners.end(), members.begin(), members.end());
    }
  }
  state.remove(duty, from, to);
  for (const std::int32_t node : partners) {
    const std::int32_t where = state.duty_of(node);
    if (where == kNone) continue;
    const auto& stops = state.tour(static_cast<std::size_t>(where)).stops;
    std::size_t at = 0;
    while (stops[at].node != node) ++at;
    state.remove(static_cast<std::size_t>(where), at, at + 1);
  }
}

void Rebuilder::remove_string(TourState& state, RandomStream& random, std::int32_t through,
                              std::size_t longest) {
  const auto duty = static_cast<std::size_t>(state.duty_of(through));
  const auto& stops = state.tour(duty).stops;
  const std::size_t size = state.tour(duty).size();
  std::size_t at = 0;
  while (stops[at].node != through) ++at;
  const std::size_t length = 1 + random.below(std::min(size, longest));
  // A split string is longer by stops in its middle, which stay.
  std::size_t spared = 0;
  if (length > 1 && length < size && random.one_in(kSplitOneIn)) {
    spared = 1;
    while (length + spared < size && random.one_in(kGrowOneIn)) ++spared;
  }
  const std::size_t span = length + spared;
  const std::size_t earliest = at + 1 > span ? at + 1 - span : 0;
  const std::size_t latest = std::min(at, size - span);
  const std::size_t from = earliest + random.below(latest - earliest + 1);
  if (spared == 0) {
    remove_with_group(state, duty, from, from + length);
    return;
  }
  const std::size_t head = 1 + random.below(length - 1);
  std::array<std::int32_t, 16> tail{};
  std::size_t in_tail = 0;
  for (std::size_t i = from + head + spared; i < from + span && in_tail < tail.size(); ++i)
    tail[in_tail++] = stops[i].node;
  remove_with_group(state, duty, from, from + head);
  for (std::size_t i = 0; i < in_tail; ++i) {
    if (state.duty_of(tail[i]) != static_cast<std::int32_t>(duty)) continue;
    std::size_t where = 0;
    while (state.tour(duty).stops[where].node != tail[i]) ++where;
    remove_with_group(state, duty, where, where + 1);
  }
}

void Rebuilder::ruin(TourState& state, RandomStream& random) {
  std::size_t in_use = 0;
  std::size_t stops = 0;
  for (const Tour& tour : state.tours()) {
    in_use += tour.size() > 0 ? 1 : 0;
    stops += tour.size();
  }
  if (stops == 0) return;
  const double mean_size = static_cast<double>(stops) / static_cast<double>(in_use);
  // Now and then a string may be longer than the mean tour, so that short tours can be emptied.
  const double longest =
      random.one_in(kLongOneIn) ? kLongestString : std::min(kLongestString, mean_size);
  const double most_strings = 4 * kMeanRemoved / (1 + longest) - 1;
  auto strings = static_cast<std::size_t>(1 + random.unit() * std::max(0.0, most_strings));
  std::fill(is_ruined_.begin(), is_ruined_.end(), std::uint8_t{0});
  const std::size_t seed = random.below(layout_->num_visits());
  for (const std::int32_t visit : layout_->nearest[seed]) {
    if (strings == 0) break;
    const std::int32_t duty = state.duty_of(visit);
    if (duty == kNone || is_ruined_[static_cast<std::size_t>(duty)] != 0) continue;
    is_ruined_[static_cast<std::size_t>(duty)] = 1;
    remove_string(state, random, visit, static_cast<std::size_t>(std::max(1.0, longest)));
    --strings;
  }
  remove_late(state);
}

void Rebuilder::remove_late(TourState& state) {
  const auto is_visit = [this](const TourStop& stop) {
    return stop.node != kNone && static_cast<std::size_t>(stop.node) < layout_->num_visits();
  };
  for (std::size_t duty = 0; duty < state.tours().size();) {
    const Tour& tour = state.tour(duty);
    if (tour.is_in_time) {
      ++duty;
      continue;
    }
    std::size_t at = 0;
    while (tour.stops[at].start <= tour.stops[at].close) ++at;
    // A pause or the way back is late only because of the visit before it.
    while (!is_visit(tour.stops[at])) --at;
    remove_with_group(state, duty, at, at + 1);
    // Partners may have left a tour that was in time.
    duty = 0;
  }
}

void Rebuilder::sort_absent(const TourState& state, RandomStream& random) {
  absent_.clear();
  const auto count = static_cast<std::int32_t>(layout_->nodes.size());
  for (std::int32_t node = 0; node < count; ++node)
    if (state.duty_of(node) == kNone) absent_.push_back(node);

  constexpr std::array kOrders = {Order::random, Order::random,   Order::random,  Order::random,
                                  Order::load,   Order::load,     Order::load,    Order::load,
                                  Order::far,    Order::far,      Order::near,    Order::narrow,
                                  Order::narrow, Order::early,    Order::early,   Order::late,
                                  Order::late,   Order::priority, Order::priority};
  const std::size_t among = has_priorities_ ? kOrders.size() : kOrders.size() - 2;
  const Order order = kOrders[random.below(among)];
  for (std::size_t i = absent_.size(); i > 1; --i)
    std::swap(absent_[i - 1], absent_[random.below(i)]);
  keyed_.clear();
  for (const std::int32_t node : absent_) {
    const TourNode& what = layout_->nodes[static_cast<std::size_t>(node)];
    std::int64_t key = 0;
    if (what.pause_of != kNone) {
      key = std::numeric_limits<std::int64_t>::min();
    } else {
      switch (order) {
        case Order::random:
          break;
        case Order::load:
          key = -what.load;
          break;
        case Order::far:
          key = -farness_[static_cast<std::size_t>(node)];
          break;
        case Order::near:
          key = farness_[static_cast<std::size_t>(node)];
          break;
        case Order::narrow:
          for (const VisitWindow& window : what.windows) key += window.until - window.from;
          break;
        case Order::early:
          key = what.windows.front().from;
          break;
        case Order::late:
          key = -what.windows.back().until;
          break;
        case Order::priority:
          key = -what.priority;
          break;
      }
    }
    keyed_.emplace_back(key, node);
  }
  std::stable_sort(keyed_.begin(), keyed_.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  for (std::size_t i = 0; i < keyed_.size(); ++i) absent_[i] = keyed_[i].second;
}

std::optional<Insertion> Rebuilder::find_place(const TourState& state, RandomStream& random,
                                               std::int32_t node, const VisitWindow* at) {
  const TourLayout& layout = *layout_;
  const TourNode& what = layout.nodes[static_cast<std::size_t>(node)];
  std::optional<Insertion> best;
  struct {
    RandomStream& random;
    bool is_pause;
    // A pause is never overlooked: without it the plan would be none.
    bool overlooks() { return !is_pause && random.one_in(kOverlookOneIn); }
    bool prefers_equal() { return random.one_in(2); }
  } chance{random, what.pause_of != kNone};
  ++asking_;
  const auto ask = [&](std::size_t duty) {
    if (!layout.may_make(duty, node)) return;
    if (what.pause_of == kNone && !state.has_pauses(duty)) return;
    const std::size_t team = layout.problem.duties[duty].team;
    for (const std::size_t other : taken_) {
      if (other == duty) return;
      if (team != kNobody && layout.problem.duties[other].team == team) return;
    }
    // Last, because a duty that may not be asked does not stand for others of its kind.
    if (state.tour(duty).num_visits == 0 && what.published != static_cast<std::int32_t>(duty)) {
      std::int64_t& asked = kind_asked_[static_cast<std::size_t>(layout.kind[duty])];
      if (asked == asking_) return;
      asked = asking_;
    }
    for (const VisitWindow& window : what.windows) {
      VisitWindow within = window;
      if (at != nullptr) {
        within = {.from = std::max(window.from, at->from),
                  .until = std::min(window.until, at->until)};
        if (within.from >= within.until) continue;
      }
      state.offer(duty, node, within, chance, best);
    }
  };
  if (what.pause_of != kNone) {
    ask(static_cast<std::size_t>(what.pause_of));
  } else {
    for (std::size_t duty = 0; duty < layout.problem.duties.size(); ++duty) ask(duty);
  }
  return best;
}

void Rebuilder::put_back(TourState& state, RandomStream& random, std::int32_t node) {
  taken_.clear();
  const std::optional<Insertion> where = find_place(state, random, node, nullptr);
  if (!where) return;
  RankedCost difference = where->cost;
  difference -= layout_->cost_of_absence(node);
  if (difference > RankedCost{} && !is_generous_) return;
  state.insert(node, *where);
}

void Rebuilder::put_back_group(TourState& state, RandomStream& random, std::int32_t group) {
  const std::vector<std::int32_t>& members = layout_->groups[static_cast<std::size_t>(group)];
  instants_.clear();
  RankedCost absence{};
  for (const std::int32_t node : members) {
    state.collect_instants(node, instants_);
    absence += layout_->cost_of_absence(node);
  }
  std::sort(instants_.begin(), instants_.end());
  instants_.erase(std::unique(instants_.begin(), instants_.end()), instants_.end());
  while (instants_.size() > kMostInstants)
    instants_.erase(instants_.begin() +
                    static_cast<std::ptrdiff_t>(random.below(instants_.size())));

  std::vector<std::int32_t> in_turn = members;
  std::vector<std::pair<std::int32_t, Insertion>> best;
  RankedCost least{};
  std::uint64_t equals = 0;
  for (const Tick instant : instants_) {
    for (std::size_t i = in_turn.size(); i > 1; --i)
      std::swap(in_turn[i - 1], in_turn[random.below(i)]);
    const VisitWindow at{.from = instant, .until = instant + 1};
    std::vector<std::pair<std::int32_t, Insertion>> tried;
    RankedCost cost{};
    taken_.clear();
    for (const std::int32_t node : in_turn) {
      const std::optional<Insertion> where = find_place(state, random, node, &at);
      if (!where) break;
      tried.emplace_back(node, *where);
      taken_.push_back(where->duty);
      cost += where->cost;
    }
    if (tried.size() < members.size()) continue;
    if (!best.empty() && cost > least) continue;
    // Of several instants that cost the same, each has the same chance: one leaves room before, another behind.
    equals = !best.empty() && cost == least ? equals + 1 : 1;
    if (!random.one_in(equals)) continue;
    best = std::move(tried);
    least = cost;
  }
  if (best.empty()) return;
  least -= absence;
  if (least > RankedCost{} && !is_generous_) return;
  for (const auto& [node, where] : best) state.insert(node, where);
}

void Rebuilder::recreate(TourState& state, RandomStream& random) {
  sort_absent(state, random);
  is_generous_ = random.one_in(kGenerousOneIn);
  for (const std::int32_t node : absent_) {
    if (state.duty_of(node) != kNone) continue;
    const std::int32_t group = layout_->nodes[static_cast<std::size_t>(node)].group;
    if (group == kNone) {
      put_back(state, random, node);
    } else if (layout_->groups[static_cast<std::size_t>(group)].front() == node) {
      put_back_group(state, random, group);
    }
  }
}

}  // namespace diaodu::dispatch
