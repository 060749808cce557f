#include "diaodu/dispatch/tour_moves.h"

#include <algorithm>
#include <numeric>
#include <unordered_map>
#include <vector>

namespace diaodu::dispatch {

namespace {

using Stops = std::span<const TourStop>;

class Mover {
 public:
  explicit Mover(TourState& state) : state_(state), layout_(state.layout()) {}

  std::int64_t run(std::span<const std::size_t> around) {
    const std::size_t count = state_.tours().size();
    // What has been looked at since its tours last changed need not be looked at again.
    std::vector<std::int64_t> changed(count, 0);
    std::unordered_map<std::size_t, std::int64_t> looked;  // pairs of tours
    for (const std::size_t duty : around) changed[duty] = 1;
    std::int64_t now = 1;
    std::int64_t moves = 0;
    for (bool improves = true; improves;) {
      improves = false;
      for (std::size_t a = 0; a < count; ++a) {
        if (state_.tour(a).num_visits == 0) continue;
        find_near(a);
        for (const std::size_t b : near_) {
          std::int64_t& looked_at = looked[a * count + b];
          if (std::max(changed[a], changed[b]) <= looked_at) continue;
          looked_at = now;
          while (a == b ? improve_one(a) : improve_two(a, b)) {
            ++moves;
            improves = true;
            changed[a] = changed[b] = ++now;
            looked_at = now;
          }
        }
      }
    }
    return moves;
  }

 private:
  /// The tours that pass near a tour, itself among them, and of the empty ones one of each kind.
  void find_near(std::size_t duty) {
    constexpr std::size_t kNearest = 20;
    const std::size_t count = state_.tours().size();
    is_near_.assign(count, 0);
    is_near_[duty] = 1;
    for (const TourStop& stop : stops_of(duty)) {
      if (static_cast<std::size_t>(stop.node) >= layout_.num_visits()) continue;
      const std::vector<std::int32_t>& nearest =
          layout_.nearest[static_cast<std::size_t>(stop.node)];
      for (std::size_t i = 0; i < std::min(kNearest, nearest.size()); ++i)
        if (const std::int32_t other = state_.duty_of(nearest[i]); other != kNone)
          is_near_[static_cast<std::size_t>(other)] = 1;
    }
    has_empty_.assign(count, 0);
    near_.clear();
    for (std::size_t other = 0; other < count; ++other) {
      std::uint8_t& has_one = has_empty_[static_cast<std::size_t>(layout_.kind[other])];
      if (state_.tour(other).num_visits == 0 && has_one == 0) {
        has_one = 1;
        is_near_[other] = 1;
      }
      if (is_near_[other] != 0) near_.push_back(other);
    }
  }

  Stops stops_of(std::size_t duty) const {
    return {state_.tour(duty).stops.data(), state_.tour(duty).size()};
  }

  /// The place before stop `i` of a tour, and that of stop `i`, the way back included.
  std::size_t before(std::size_t duty, std::size_t i) const {
    return i == 0 ? layout_.problem.duties[duty].start_place : state_.tour(duty).stops[i - 1].place;
  }
  std::size_t place(std::size_t duty, std::size_t i) const {
    return state_.tour(duty).stops[i].place;
  }

  bool has_groups(Stops stops) const {
    return !layout_.groups.empty() && std::any_of(stops.begin(), stops.end(), [&](const auto& s) {
      return layout_.nodes[static_cast<std::size_t>(s.node)].group != kNone;
    });
  }

  /// True if only a move that saves travel can make these tours cheaper.
  bool is_calm(std::size_t a, std::size_t b) const {
    const std::size_t travel = layout_.rank_of(TourCriterion::travel);
    for (std::size_t i = 0; i < kTourCriteria; ++i)
      if (i != travel && (state_.tour(a).cost[i] != 0 || state_.tour(b).cost[i] != 0)) return false;
    return true;
  }

  static void add(std::vector<TourStop>& made, Stops piece) {
    made.insert(made.end(), piece.begin(), piece.end());
  }
  static void add_turned(std::vector<TourStop>& made, Stops piece) {
    made.insert(made.end(), piece.rbegin(), piece.rend());
  }

  bool try_one(std::size_t a) {
    const auto cost = state_.measure(a, one_);
    return cost && *cost < state_.tour(a).cost && state_.replace(a, one_);
  }

  bool try_two(std::size_t a, std::size_t b) {
    const auto first = state_.measure(a, one_);
    if (!first) return false;
    const auto second = state_.measure(b, other_);
    if (!second) return false;
    RankedCost difference = *first;
    difference += *second;
    difference -= state_.tour(a).cost;
    difference -= state_.tour(b).cost;
    if (difference >= RankedCost{}) return false;
    return state_.replace(a, one_) && state_.replace(b, other_);
  }

  bool improve_one(std::size_t a) {
    const Stops stops = stops_of(a);
    const std::size_t size = stops.size();
    const bool is_calm_tour = is_calm(a, a);
    for (std::size_t i = 0; i < size; ++i) {
      for (std::size_t j = i + 1; j <= std::min(size, i + 3); ++j) {
        const Tick saved = layout_.way(before(a, i), place(a, i)) +
                           layout_.way(place(a, j - 1), place(a, j)) -
                           layout_.way(before(a, i), place(a, j));
        for (std::size_t to = 0; to <= size; ++to) {
          if (to >= i && to <= j) continue;
          const Tick added = layout_.way(before(a, to), place(a, i)) +
                             layout_.way(place(a, j - 1), place(a, to)) -
                             layout_.way(before(a, to), place(a, to));
          if (is_calm_tour && added >= saved) continue;
          one_.clear();
          if (to < i) {
            add(one_, stops.subspan(0, to));
            add(one_, stops.subspan(i, j - i));
            add(one_, stops.subspan(to, i - to));
            add(one_, stops.subspan(j));
          } else {
            add(one_, stops.subspan(0, i));
            add(one_, stops.subspan(j, to - j));
            add(one_, stops.subspan(i, j - i));
            add(one_, stops.subspan(to));
          }
          if (try_one(a)) return true;
        }
      }
      Tick turned = 0;  // what the piece takes more when it is turned round
      for (std::size_t j = i + 2; j <= size; ++j) {
        turned += layout_.way(place(a, j - 1), place(a, j - 2)) -
                  layout_.way(place(a, j - 2), place(a, j - 1));
        const Tick more = turned + layout_.way(before(a, i), place(a, j - 1)) +
                          layout_.way(place(a, i), place(a, j)) -
                          layout_.way(before(a, i), place(a, i)) -
                          layout_.way(place(a, j - 1), place(a, j));
        if (is_calm_tour && more >= 0) continue;
        one_.clear();
        add(one_, stops.subspan(0, i));
        add_turned(one_, stops.subspan(i, j - i));
        add(one_, stops.subspan(j));
        if (try_one(a)) return true;
      }
    }
    return false;
  }

  bool improve_two(std::size_t a, std::size_t b) {
    // A tour into which a pause does not fit makes no visits.
    if (!state_.has_pauses(a) || !state_.has_pauses(b)) return false;
    const bool is_calm_pair = is_calm(a, b);
    return relocate(a, b, is_calm_pair) || (a < b && swap(a, b, is_calm_pair)) ||
           (a < b && exchange_ends(a, b, is_calm_pair));
  }

  bool relocate(std::size_t a, std::size_t b, bool is_calm_pair) {
    const Stops from = stops_of(a);
    const Stops to = stops_of(b);
    for (std::size_t i = 0; i < from.size(); ++i) {
      for (std::size_t j = i + 1; j <= std::min(from.size(), i + 3); ++j) {
        const Stops piece = from.subspan(i, j - i);
        if (has_groups(piece)) break;
        const bool empties = piece.size() == from.size();
        const Tick left = empties ? 0 : layout_.way(before(a, i), place(a, j));
        const Tick saved = layout_.way(before(a, i), place(a, i)) +
                           layout_.way(place(a, j - 1), place(a, j)) - left;
        for (std::size_t at = 0; at <= to.size(); ++at) {
          const Tick was = to.empty() ? 0 : layout_.way(before(b, at), place(b, at));
          for (const bool is_turned : {false, true}) {
            if (is_turned && piece.size() == 1) break;
            const std::size_t first = is_turned ? place(a, j - 1) : place(a, i);
            const std::size_t last = is_turned ? place(a, i) : place(a, j - 1);
            const Tick added =
                layout_.way(before(b, at), first) + layout_.way(last, place(b, at)) - was;
            if (is_calm_pair && inner_change(piece, is_turned) + added >= saved) continue;
            one_.clear();
            add(one_, from.subspan(0, i));
            add(one_, from.subspan(j));
            other_.clear();
            add(other_, to.subspan(0, at));
            if (is_turned) {
              add_turned(other_, piece);
            } else {
              add(other_, piece);
            }
            add(other_, to.subspan(at));
            if (try_two(a, b)) return true;
          }
        }
      }
    }
    return false;
  }

  /// What a piece takes more when it is made the other way round.
  Tick inner_change(Stops piece, bool is_turned) const {
    if (!is_turned) return 0;
    Tick change = 0;
    for (std::size_t i = 1; i < piece.size(); ++i) {
      change += layout_.way(piece[i].place, piece[i - 1].place) -
                layout_.way(piece[i - 1].place, piece[i].place);
    }
    return change;
  }

  bool swap(std::size_t a, std::size_t b, bool is_calm_pair) {
    const Stops first = stops_of(a);
    const Stops second = stops_of(b);
    for (std::size_t i = 0; i < first.size(); ++i) {
      if (has_groups(first.subspan(i, 1))) continue;
      for (std::size_t j = 0; j < second.size(); ++j) {
        if (has_groups(second.subspan(j, 1))) continue;
        const Tick saved = detour(a, i, place(a, i)) - detour(a, i, place(b, j)) +
                           detour(b, j, place(b, j)) - detour(b, j, place(a, i));
        if (is_calm_pair && saved <= 0) continue;
        one_.assign(first.begin(), first.end());
        other_.assign(second.begin(), second.end());
        std::swap(one_[i], other_[j]);
        if (try_two(a, b)) return true;
      }
    }
    return false;
  }

  Tick detour(std::size_t duty, std::size_t i, std::size_t over) const {
    return layout_.way(before(duty, i), over) + layout_.way(over, place(duty, i + 1));
  }

  bool exchange_ends(std::size_t a, std::size_t b, bool is_calm_pair) {
    const Stops first = stops_of(a);
    const Stops second = stops_of(b);
    if (second.empty()) return false;
    const bool ends_alike =
        layout_.problem.duties[a].end_place == layout_.problem.duties[b].end_place;
    for (std::size_t i = 0; i <= first.size(); ++i) {
      for (std::size_t j = 0; j <= second.size(); ++j) {
        const Tick saved =
            layout_.way(before(a, i), place(a, i)) + layout_.way(before(b, j), place(b, j)) -
            layout_.way(before(a, i), place(b, j)) - layout_.way(before(b, j), place(a, i));
        const bool empties = (i == 0 && j == second.size()) || (j == 0 && i == first.size());
        if (is_calm_pair && ends_alike && !empties && saved <= 0) continue;
        if (has_groups(first.subspan(i)) || has_groups(second.subspan(j))) continue;
        one_.clear();
        add(one_, first.subspan(0, i));
        add(one_, second.subspan(j));
        other_.clear();
        add(other_, second.subspan(0, j));
        add(other_, first.subspan(i));
        if (try_two(a, b)) return true;
      }
    }
    return false;
  }

  TourState& state_;
  const TourLayout& layout_;
  std::vector<std::uint8_t> is_near_;
  std::vector<std::uint8_t> has_empty_;
  std::vector<std::size_t> near_;
  std::vector<TourStop> one_;
  std::vector<TourStop> other_;
};

}  // namespace

std::int64_t improve_tours(TourState& state) {
  std::vector<std::size_t> all(state.tours().size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  return Mover(state).run(all);
}

std::int64_t improve_tours(TourState& state, std::span<const std::size_t> around) {
  return Mover(state).run(around);
}

}  // namespace diaodu::dispatch
