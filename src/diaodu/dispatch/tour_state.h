#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "diaodu/plan/tour.h"

namespace diaodu::dispatch {

/// Criteria in the problem's order, so that arrays compare as costs do.
using RankedCost = std::array<std::int64_t, kTourCriteria>;

inline constexpr std::int32_t kNone = -1;

/// What may stand in a tour: the visits of the problem by their numbers, and behind them the pauses of all duties.
struct TourNode {
  std::size_t place = 0;  ///< of a visit
  Tick duration = 0;
  Tick due = kNoTick;
  std::int64_t load = 0;
  std::int64_t priority = 0;
  Tick prize = 0;
  std::uint64_t skills = 0;
  std::int32_t group = kNone;
  std::int32_t published = kNone;
  std::int32_t pause_of = kNone;     ///< the only duty that may take it; `kNone`: a visit
  std::vector<VisitWindow> windows;  ///< never empty
};

/// A problem laid out for the search.
struct TourLayout {
  explicit TourLayout(const TourProblem& problem);

  const TourProblem& problem;
  std::vector<TourNode> nodes;
  std::vector<std::int32_t> first_pause;           ///< node of each duty's first pause
  std::vector<std::vector<std::int32_t>> groups;   ///< their members
  std::vector<std::int32_t> kind;                  ///< duties of one kind are interchangeable
  std::vector<std::vector<std::int32_t>> nearest;  ///< visits around each visit, itself first
  std::array<std::size_t, kTourCriteria> rank{};   ///< of each criterion

  std::size_t num_visits() const { return problem.visits.size(); }
  Tick way(std::size_t from, std::size_t to) const { return problem.travel.between(from, to); }
  std::size_t rank_of(TourCriterion which) const { return rank[static_cast<std::size_t>(which)]; }
  /// What it costs that a node stands in no tour.
  RankedCost cost_of_absence(std::int32_t node) const;
  bool may_make(std::size_t duty, std::int32_t node) const;
};

/// A stop of a tour: what is decided, and what follows.
struct TourStop {
  std::int32_t node = kNone;  ///< `kNone`: the way back, which ends each tour
  Tick open = 0;              ///< it begins no sooner, in the window chosen
  Tick close = 0;             ///< nor later
  std::size_t place = 0;
  Tick start = 0;
  Tick base = 0;    ///< when it ends; of a pause, when it would if it had begun as soon as it could
  Tick latest = 0;  ///< the last start with which all that follows is in time
  Tick calm = 0;    ///< the last start with which neither lateness nor overtime grows
};

/// A duty's tour.  For every visit i and the stop j before it:
///
///   start[i] = max(open[i], start[j] + duration[j], base[j] + way(j, i)),   base[i] = start[i] + duration[i]
///
/// and of a pause i:  start[i] = max(open[i], start[j] + duration[j]),   base[i] = base[j] + duration[i].
/// Everywhere start[i] <= latest[i] <= close[i], if it is in time.
struct Tour {
  std::vector<TourStop> stops;  ///< the way back is the last
  std::int64_t load = 0;
  std::int32_t num_visits = 0;
  /// Can become false where stops are taken out: travel need not obey the triangle inequality.
  bool is_in_time = true;
  RankedCost cost{};  ///< lateness, overtime, travel, change

  std::size_t size() const { return stops.size() - 1; }
};

/// A place in a tour, the window chosen there, and what it costs.
struct Insertion {
  std::size_t duty = 0;
  std::size_t position = 0;  ///< before this stop
  Tick open = 0;
  Tick close = 0;
  Tick start = 0;
  RankedCost cost{};
};

/// Tours under construction, and what stands in none.
class TourState {
 public:
  explicit TourState(const TourLayout& layout);

  const TourLayout& layout() const { return *layout_; }
  std::span<const Tour> tours() const { return tours_; }
  const Tour& tour(std::size_t duty) const { return tours_[duty]; }
  std::int32_t duty_of(std::int32_t node) const { return duty_of_[static_cast<std::size_t>(node)]; }
  const RankedCost& cost() const { return cost_; }
  /// True if all pauses of a duty are in its tour.
  bool has_pauses(std::size_t duty) const;
  /// True if a team makes visits and takes not all its pauses, which no plan may.
  bool lacks_pause() const;

  /// The cheapest insertion of `node` into `duty` within `window`, if it is cheaper than `best`.  Of each position that
  /// would be, `chance.overlooks()` says whether to pass it by; of one as cheap, `chance.prefers_equal()` whether to take
  /// it instead.
  template <class Chance>
  void offer(std::size_t duty, std::int32_t node, VisitWindow window, Chance&& chance,
             std::optional<Insertion>& best) const;

  /// The cheapest insertion of `node` into `duty` that begins in `within`; of several as cheap the
  /// first.
  std::optional<Insertion> cheapest(std::size_t duty, std::int32_t node,
                                    VisitWindow within = {.from = -kNoTick,
                                                          .until = kNoTick}) const;
  /// Adds the instants at which a visit could begin earliest or latest, at each place in each tour.
  void collect_instants(std::int32_t node, std::vector<Tick>& instants) const;

  void insert(std::int32_t node, const Insertion& where);
  /// Puts in the pauses that a tour lacks, each where it costs least; false if one finds no time.
  bool put_in_pauses(std::size_t duty);
  /// Takes the stops `[from, to)` out of a tour.  Groups are the caller's to keep whole, and tours
  /// to keep in time.
  void remove(std::size_t duty, std::size_t from, std::size_t to);
  /// Sets the stops of a tour, the way back left out; false, and nothing changed, if they are not in time.
  bool replace(std::size_t duty, std::span<const TourStop> stops);
  /// What a tour of these stops would cost; nullopt if they are not in time.  Reads of each stop what is decided.
  std::optional<RankedCost> measure(std::size_t duty, std::span<const TourStop> stops) const;

  /// Lets all groups begin as early as they can together in these tours, which never costs more.
  void advance_groups();

  /// From here on each tour is kept as it was before its first change, until `roll_back` or the next mark.
  void mark();
  void roll_back();
  /// The duties whose tours have changed since.
  std::vector<std::size_t> changed_since_mark() const;

  TourPlan plan() const;

 private:
  void touch(std::size_t duty);
  /// Works out what follows from what is decided; false if it is not in time.
  bool refresh(std::size_t duty);
  void note_absence(std::int32_t node, int sign);

  const TourLayout* layout_;
  std::vector<Tour> tours_;
  std::vector<std::int32_t> duty_of_;
  RankedCost cost_{};
  // What has changed since the mark.
  std::vector<std::pair<std::size_t, Tour>> kept_;
  std::size_t num_kept_ = 0;
  std::vector<std::uint8_t> is_kept_;
  RankedCost cost_at_mark_{};
};

inline RankedCost& operator+=(RankedCost& a, const RankedCost& b) {
  for (std::size_t i = 0; i < kTourCriteria; ++i) a[i] += b[i];
  return a;
}

inline RankedCost& operator-=(RankedCost& a, const RankedCost& b) {
  for (std::size_t i = 0; i < kTourCriteria; ++i) a[i] -= b[i];
  return a;
}

template <class Chance>
void TourState::offer(std::size_t duty, std::int32_t node, VisitWindow window, Chance&& chance,
                      std::optional<Insertion>& best) const {
  const TourLayout& layout = *layout_;
  const TourNode& what = layout.nodes[static_cast<std::size_t>(node)];
  const Tour& tour = tours_[duty];
  const bool is_pause = what.pause_of != kNone;
  const Duty& on_duty = layout.problem.duties[duty];
  if (!is_pause && tour.load + what.load > on_duty.capacity) return;

  const std::size_t lateness = layout.rank_of(TourCriterion::lateness);
  const std::size_t overtime = layout.rank_of(TourCriterion::overtime);
  const std::size_t travel = layout.rank_of(TourCriterion::travel);
  const std::size_t change = layout.rank_of(TourCriterion::change);
  const std::int64_t changed =
      what.published != kNone && what.published != static_cast<std::int32_t>(duty) ? 1 : 0;
  const bool begins_tour = tour.num_visits == 0 && !is_pause;
  const Tick close = window.until - 1;

  Tick ready = on_duty.from;
  Tick base = on_duty.from;
  std::size_t here = on_duty.start_place;
  for (std::size_t position = 0; position < tour.stops.size(); ++position) {
    if (position > 0) {
      const TourStop& before = tour.stops[position - 1];
      ready = before.start + layout.nodes[static_cast<std::size_t>(before.node)].duration;
      base = before.base;
      here = before.place;
    }
    if (ready > close) return;
    const std::size_t place = is_pause ? here : what.place;
    const Tick start =
        std::max(is_pause ? ready : std::max(ready, base + layout.way(here, place)), window.from);
    if (start > close) continue;

    // Pauses that follow are taken behind the new place; behind them comes a stop whose place stands.
    Tick now = start + what.duration;
    Tick from_there = is_pause ? base + what.duration : now;
    std::size_t next = position;
    bool is_late = false;
    while (tour.stops[next].node != kNone &&
           layout.nodes[static_cast<std::size_t>(tour.stops[next].node)].pause_of != kNone) {
      const TourStop& pause = tour.stops[next];
      now = std::max(now, pause.open);
      if (now > pause.close) {
        is_late = true;
        break;
      }
      const Tick duration = layout.nodes[static_cast<std::size_t>(pause.node)].duration;
      now += duration;
      from_there += duration;
      ++next;
    }
    if (is_late) continue;
    const TourStop& after = tour.stops[next];
    RankedCost cost{};
    Tick arrival = std::max(now, from_there + layout.way(place, after.place));
    const Tick moved = std::max(arrival, after.open);
    // An empty tour, though it has a pause, does not go home by the direct way.
    const bool stays_empty = is_pause && tour.num_visits == 0;
    if (!stays_empty && moved > after.latest) continue;
    // Where travel breaks the triangle inequality, the way over a stop more can be the shorter.
    const bool is_sooner = tour.num_visits > 0 && moved < after.start;
    if (!is_pause || tour.num_visits > 0) {
      cost[travel] = layout.way(here, place) + layout.way(place, after.place);
      if (!begins_tour) cost[travel] -= layout.way(here, after.place);
    }
    cost[change] = changed;
    cost[lateness] = is_pause ? 0 : std::max<Tick>(0, start - what.due);
    // Costs beside travel and change only grow from here, unless what follows comes sooner.
    if (best && !is_sooner && cost > best->cost) continue;
    if (chance.overlooks()) continue;
    if (begins_tour) {
      cost[overtime] = std::max<Tick>(0, moved - on_duty.until);
    } else if (is_sooner || (tour.num_visits > 0 && moved > after.calm)) {
      for (std::size_t i = next;; ++i) {
        const TourStop& stop = tour.stops[i];
        const Tick pushed = std::max(arrival, stop.open);
        if (stop.node == kNone) {
          cost[overtime] += std::max<Tick>(0, pushed - on_duty.until) -
                            std::max<Tick>(0, stop.start - on_duty.until);
          break;
        }
        const TourNode& of = layout.nodes[static_cast<std::size_t>(stop.node)];
        const bool stops_there = of.pause_of == kNone;
        if (stops_there && pushed >= stop.start && pushed <= stop.calm) break;
        cost[lateness] +=
            std::max<Tick>(0, pushed - of.due) - std::max<Tick>(0, stop.start - of.due);
        now = pushed + of.duration;
        from_there = stops_there ? now : from_there + of.duration;
        const TourStop& following = tour.stops[i + 1];
        const bool is_way =
            following.node == kNone ||
            layout.nodes[static_cast<std::size_t>(following.node)].pause_of == kNone;
        arrival =
            is_way ? std::max(now, from_there + layout.way(stop.place, following.place)) : now;
      }
    }
    if (best && (cost > best->cost || (cost == best->cost && !chance.prefers_equal()))) continue;
    best = Insertion{.duty = duty,
                     .position = position,
                     .open = window.from,
                     .close = close,
                     .start = start,
                     .cost = cost};
  }
}

}  // namespace diaodu::dispatch
