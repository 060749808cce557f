#include "diaodu/solve/circle.h"

#include <algorithm>
#include <numeric>

#include "diaodu/core/civil.h"
#include "diaodu/solve/ordering.h"
#include "diaodu/solve/tail.h"

namespace diaodu::solve {
namespace {

using Stage = TaskState::Stage;

/// Starts and finishes of a knot's nodes as vertices, and what never runs backwards between them as
/// arcs: from a start to its finish, and along links without a lead.
class EventGraph {
 public:
  EventGraph(const Network& network, const Network::Knot& knot) : network_(network), knot_(knot) {
    for (Node node = knot.first; node < knot.last; ++node) {
      if (stage(node) == Stage::completed) continue;
      add(start_of(node), finish_of(node), network.work[node] > WorkTime{}, kInside);
      if (network.work[node] == WorkTime{}) add(finish_of(node), start_of(node), false, kInside);
      const Window& window = network.window(node);
      if (window.pinned_start != kNever || window.pinned_finish != kNever) continue;
      for (std::uint32_t i = network.first_in[node]; i < network.first_in[node + 1]; ++i) {
        if (never_runs_back(network.arcs[i])) add_link(i);
      }
    }
  }

  std::optional<Circle> circle() const {
    const Ordering ordering = order_along_arcs(num_events(), arcs_);
    std::vector<std::uint32_t> knot_of(num_events(), kNone);
    for (std::uint32_t k = 0; k < ordering.knots.size(); ++k) {
      for (Node at = ordering.knots[k].first; at < ordering.knots[k].last; ++at) knot_of[at] = k;
    }
    const auto knot = [&](Node event) { return knot_of[ordering.position[event]]; };
    for (std::size_t i = 0; i < arcs_.size(); ++i) {
      if (!takes_time_[i] || knot(arcs_[i].from) == kNone) continue;
      if (knot(arcs_[i].from) == knot(arcs_[i].to)) return close(i);
    }
    return {};
  }

 private:
  static constexpr std::uint32_t kNone = 0xFFFF'FFFF;
  static constexpr std::uint32_t kInside = 0xFFFF'FFFF;  // no arc of the network: start to finish

  Stage stage(Node node) const {
    return network_.role[node] == Network::Role::task
               ? (*network_.states)[network_.task[node]].stage
               : Stage::not_started;
  }
  bool never_runs_back(const Arc& arc) const {
    if (arc.from < knot_.first || arc.from >= knot_.last) return false;
    if (stage(arc.from) == Stage::completed) return false;
    if (stage(arc.from) == Stage::started && arc.leaves_start) return false;
    if (stage(arc.to) == Stage::started && arc.arrives_start &&
        network_.plan->options.progress_rule != Options::ProgressRule::retained_logic) {
      return false;
    }
    return arc.is_at_most ? arc.lag > 0 : arc.lag >= 0;
  }

  Node start_of(Node node) const { return (node - knot_.first) * 2; }
  Node finish_of(Node node) const { return (node - knot_.first) * 2 + 1; }
  std::size_t num_events() const { return (knot_.last - knot_.first) * std::size_t{2}; }

  void add(Node from, Node to, bool takes_time, std::uint32_t origin) {
    arcs_.push_back({.from = from, .to = to});
    takes_time_.push_back(takes_time);
    origin_.push_back(origin);
  }
  void add_link(std::uint32_t i) {
    const Arc& arc = network_.arcs[i];
    add(arc.leaves_start ? start_of(arc.from) : finish_of(arc.from),
        arc.arrives_start ? start_of(arc.to) : finish_of(arc.to), arc.lag > 0, i);
  }

  /// The shortest way from the head of arc `closing` back to its tail, and the arc itself.
  Circle close(std::size_t closing) const {
    std::vector<std::uint32_t> first(num_events() + 1, 0);
    for (const Arc& arc : arcs_) ++first[arc.from + 1];
    std::partial_sum(first.begin(), first.end(), first.begin());
    std::vector<std::uint32_t> next(first.begin(), first.end() - 1);
    std::vector<std::uint32_t> out(arcs_.size());
    for (std::uint32_t i = 0; i < arcs_.size(); ++i) out[next[arcs_[i].from]++] = i;

    std::vector<std::uint32_t> reached_by(num_events(), kNone);
    std::vector<Node> queue = {arcs_[closing].to};
    for (std::size_t q = 0; q < queue.size() && reached_by[arcs_[closing].from] == kNone; ++q) {
      for (std::uint32_t i = first[queue[q]]; i < first[queue[q] + 1]; ++i) {
        const Node head = arcs_[out[i]].to;
        if (head == arcs_[closing].to || reached_by[head] != kNone) continue;
        reached_by[head] = out[i];
        queue.push_back(head);
      }
    }
    Circle circle;
    const auto keep = [&](std::size_t i) {
      if (origin_[i] != kInside) circle.arcs.push_back(origin_[i]);
    };
    for (Node at = arcs_[closing].from; at != arcs_[closing].to; at = arcs_[reached_by[at]].from) {
      keep(reached_by[at]);
    }
    std::reverse(circle.arcs.begin(), circle.arcs.end());
    keep(closing);
    return circle;
  }

  const Network& network_;
  const Network::Knot& knot_;
  std::vector<Arc> arcs_;
  std::vector<char> takes_time_;
  std::vector<std::uint32_t> origin_;
};

/// Some circle in "who drives whom", as arcs in their direction; empty if there is none.
std::vector<std::uint32_t> circle_of_drivers(const Network& network, const Network::Knot& knot,
                                             const CriticalPath& path) {
  std::vector<std::uint32_t> walk_of(knot.last - knot.first, 0);
  for (Node root = knot.first; root < knot.last; ++root) {
    Node at = root;
    const std::uint32_t walk = root - knot.first + 1;
    while (at >= knot.first && at < knot.last && walk_of[at - knot.first] == 0) {
      walk_of[at - knot.first] = walk;
      if (path.driver[at] < 0) break;
      at = network.arcs[static_cast<std::size_t>(path.driver[at])].from;
    }
    const bool is_closed = at >= knot.first && at < knot.last && path.driver[at] >= 0 &&
                           walk_of[at - knot.first] == walk;
    if (!is_closed) continue;
    // `at` may merely have ended this walk; it is on a circle only if its drivers lead back to it.
    std::vector<std::uint32_t> arcs;
    Node behind = at;
    do {
      const Driver driver = path.driver[behind];
      if (driver < 0) break;
      arcs.push_back(static_cast<std::uint32_t>(driver));
      behind = network.arcs[arcs.back()].from;
    } while (behind != at && behind >= knot.first && behind < knot.last &&
             arcs.size() <= walk_of.size());
    if (behind != at) continue;
    std::reverse(arcs.begin(), arcs.end());
    return arcs;
  }
  return {};
}

/// True if every lap takes time by the working minutes of one calendar, wherever it begins: then no date will ever do.
///
/// With W counting that calendar's minutes, an arc adds its lag to W, and a node that is entered at its start and left
/// at its finish its work (the other way round it takes that off).  Steps that other calendars count are passed over
/// only where they can but add: into working time from a start, a milestone, a summary's end.
bool takes_time_each_lap(const Network& network, const std::vector<std::uint32_t>& arcs) {
  std::optional<std::uint32_t> counts;
  bool is_one = true;
  const auto needs = [&](std::uint32_t calendar) {
    is_one = is_one && counts.value_or(calendar) == calendar;
    counts = calendar;
  };
  std::int64_t gain = 0;
  for (std::size_t i = 0; i < arcs.size(); ++i) {
    const Arc& in = network.arcs[arcs[i]];
    const Arc& out = network.arcs[arcs[(i + 1) % arcs.size()]];
    const TaskState state = state_of(network, in.to);
    if (state.stage == Stage::completed || (state.stage == Stage::started && out.leaves_start != 0))
      return false;  // what has happened does not move
    const bool looks_back = in.is_at_most != 0 && !network.times->calendar(in.calendar).is_always();
    if (in.lag != 0 || looks_back) needs(in.calendar);
    gain += in.lag;
    const WorkTime work = network.work[in.to];
    if (work > WorkTime{} && (in.arrives_start == 0 || out.leaves_start == 0)) {
      needs(network.calendar[in.to]);
      gain += out.leaves_start == 0 ? work.count() : 0;
      gain -= in.arrives_start == 0 ? work.count() : 0;
    }
  }
  return is_one && gain > 0;
}

/// When the calendars of these arcs and their nodes differ from their weeks for the last time.
Instant last_exception(const Network& network, const std::vector<std::uint32_t>& arcs) {
  Instant last = network.times->replaced_until();
  for (const std::uint32_t i : arcs) {
    for (const std::uint32_t calendar :
         {std::uint32_t{network.arcs[i].calendar}, network.calendar[network.arcs[i].to]}) {
      const WorkPattern& pattern = network.times->pattern(calendar);
      if (pattern.dated.empty()) continue;
      last = std::max(
          last, Instant{(std::int64_t{pattern.dated.rbegin()->first.days} + 2) * kMinutesPerDay});
    }
  }
  return last;
}

/// Watches a knot that is swept: circles that push each other by turns show in no single lap.
///
/// A sweep only raises dates, raises more of what begins higher, and after the last exception is the same every week.
/// So if some nodes have moved by a week or more since then, and all others not at all, as many sweeps more will
/// move them by a week again, and so on for ever.
class Drift {
 public:
  Drift(const Network& network, const Network::Knot& knot, const CriticalPath& path)
      : network_(network), knot_(knot), path_(path) {}

  /// Counts from the present dates on.
  void begin() {
    const auto first = path_.earliest_start.begin();
    from_.assign(first + knot_.first, first + knot_.last);
    lowest_.assign(from_.size(), kNever);
    for (Node node = knot_.first; node < knot_.last; ++node)
      lowest_[node - knot_.first] = lowest(node);
  }

  /// The circle in which those push each other that will move for ever.
  std::optional<Circle> circle() const {
    if (from_.empty()) return {};
    Node mover = kNoNode;
    std::vector<std::uint32_t> arcs;
    Instant lowest = kNever;
    for (Node node = knot_.first; node < knot_.last; ++node) {
      if (!has_moved(node)) continue;
      if (path_.earliest_start[node] - from_[node - knot_.first] < Elapsed{kMinutesPerWeek})
        return {};
      mover = node;
      lowest = std::min(lowest, lowest_[node - knot_.first]);
      for (std::uint32_t i = network_.first_in[node]; i < network_.first_in[node + 1]; ++i)
        if (is_in_knot(network_.arcs[i].from)) arcs.push_back(i);
    }
    if (mover == kNoNode || lowest < last_exception(network_, arcs)) return {};
    return circle_from(mover);
  }

 private:
  bool is_in_knot(Node node) const { return node >= knot_.first && node < knot_.last; }
  bool has_moved(Node node) const {
    return path_.earliest_start[node] != from_[node - knot_.first];
  }

  /// The first instant that calendars are asked about where the node is placed.
  Instant lowest(Node node) const {
    Instant lowest = path_.earliest_start[node];
    for (std::uint32_t i = network_.first_in[node]; i < network_.first_in[node + 1]; ++i) {
      const Arc& arc = network_.arcs[i];
      if (!is_in_knot(arc.from) || early_tail(path_, arc) == kEver) continue;
      lowest = std::min(lowest, earliest(arc, early_tail(path_, arc), *network_.times));
    }
    return network_.calendar_of(node).retreat(lowest, network_.work[node]);
  }

  /// What has moved was pushed by what has moved, so drivers lead round.
  std::optional<Circle> circle_from(Node mover) const {
    std::vector<char> is_passed(from_.size(), 0);
    Node at = mover;
    while (is_passed[at - knot_.first] == 0) {
      is_passed[at - knot_.first] = 1;
      // A date that spreads through the knot once is no circle, though it may end at one that has settled.
      if (path_.driver[at] < 0 || !has_moved(at)) return {};
      at = network_.arcs[static_cast<std::size_t>(path_.driver[at])].from;
      if (!is_in_knot(at)) return {};
    }
    Circle circle;
    const Node end = at;
    do {
      circle.arcs.push_back(static_cast<std::uint32_t>(path_.driver[at]));
      at = network_.arcs[circle.arcs.back()].from;
    } while (at != end);
    std::reverse(circle.arcs.begin(), circle.arcs.end());
    return circle;
  }

  const Network& network_;
  const Network::Knot& knot_;
  const CriticalPath& path_;
  std::vector<Instant> from_;    // starts, of the knot's nodes
  std::vector<Instant> lowest_;  // of each, then
};

}  // namespace

std::optional<Circle> structural_circle(const Network& network, const Network::Knot& knot) {
  return EventGraph(network, knot).circle();
}

std::optional<Circle> sweep_until_settled(const Network& network, const Network::Knot& knot,
                                          const CriticalPath& path,
                                          const std::function<bool(Node)>& update) {
  constexpr std::size_t kMostPlacements = 20'000'000;  // while following one circle round and round
  constexpr std::size_t kBetweenLooks = 256;
  std::size_t next_look = 2;
  Drift drift(network, knot, path);
  for (std::size_t sweep = 1;; ++sweep) {
    bool any_moved = false;
    for (Node node = knot.first; node < knot.last; ++node) any_moved = update(node) || any_moved;
    if (!any_moved) return {};
    if (sweep % kBetweenLooks == 0) {
      if (auto circle = drift.circle()) return circle;
    }
    if (sweep < next_look) continue;
    next_look *= 2;
    drift.begin();

    const std::vector<std::uint32_t> arcs = circle_of_drivers(network, knot, path);
    if (arcs.empty()) continue;
    const bool is_on_the_clock = std::all_of(arcs.begin(), arcs.end(), [&](std::uint32_t i) {
      const Arc& arc = network.arcs[i];
      return network.calendar_of(arc.to).is_always() &&
             network.times->calendar(arc.calendar).is_always();
    });
    if (is_on_the_clock || takes_time_each_lap(network, arcs)) return Circle{arcs};
    // One lap never runs backwards and, after the last exception, is the same every week.  So a circle that
    // has passed two weeks there has passed every place where it could have come to rest.
    constexpr Elapsed kTwoWeeks{2 * kMinutesPerWeek};
    const Node last = network.arcs[arcs.back()].to;
    const Instant begin = std::max(path.earliest_start[last], last_exception(network, arcs));
    bool moved = true;
    std::size_t placements = 0;
    while (moved && placements < kMostPlacements && path.earliest_start[last] < begin + kTwoWeeks) {
      moved = false;
      for (const std::uint32_t i : arcs) moved = update(network.arcs[i].to) || moved;
      placements += arcs.size();
    }
    if (moved) return Circle{arcs};
  }
}

}  // namespace diaodu::solve
