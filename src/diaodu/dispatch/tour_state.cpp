#include "diaodu/dispatch/tour_state.h"

#include <algorithm>
#include <cassert>
#include <map>
#include <numeric>

namespace diaodu::dispatch {

namespace {

constexpr std::size_t kMostNeighbours = 150;

/// Looks everywhere, and takes the first of several that cost the same.
struct NoChance {
  static bool overlooks() { return false; }
  static bool prefers_equal() { return false; }
};

bool is_same_kind(const Duty& a, const Duty& b) {
  const auto is_same_pause = [](const Pause& one, const Pause& other) {
    return one.from == other.from && one.until == other.until && one.duration == other.duration;
  };
  return a.team == kNobody && b.team == kNobody && a.start_place == b.start_place &&
         a.end_place == b.end_place && a.from == b.from && a.until == b.until &&
         a.latest == b.latest && a.skills == b.skills && a.capacity == b.capacity &&
         std::equal(a.pauses.begin(), a.pauses.end(), b.pauses.begin(), b.pauses.end(),
                    is_same_pause);
}

TourNode node_of(const Visit& visit) {
  TourNode node{.place = visit.place,
                .duration = visit.duration,
                .due = visit.due,
                .load = visit.load,
                .priority = visit.priority,
                .prize = visit.prize,
                .skills = visit.skills,
                .windows = visit.windows};
  if (visit.published != kNobody) node.published = static_cast<std::int32_t>(visit.published);
  if (node.windows.empty()) node.windows.push_back({.from = -kNoTick, .until = kNoTick});
  return node;
}

}  // namespace

TourLayout::TourLayout(const TourProblem& of) : problem(of) {
  for (std::size_t i = 0; i < kTourCriteria; ++i)
    rank[static_cast<std::size_t>(problem.order[i])] = i;

  std::map<std::size_t, std::int32_t> group_of;
  for (const Visit& visit : problem.visits) {
    nodes.push_back(node_of(visit));
    if (visit.together == kNobody) continue;
    const auto number = static_cast<std::int32_t>(groups.size());
    const auto [found, is_new] = group_of.emplace(visit.together, number);
    if (is_new) groups.emplace_back();
    nodes.back().group = found->second;
    groups[static_cast<std::size_t>(found->second)].push_back(
        static_cast<std::int32_t>(nodes.size() - 1));
  }
  for (std::size_t duty = 0; duty < problem.duties.size(); ++duty) {
    first_pause.push_back(static_cast<std::int32_t>(nodes.size()));
    for (const Pause& pause : problem.duties[duty].pauses) {
      TourNode node{.duration = pause.duration, .pause_of = static_cast<std::int32_t>(duty)};
      node.windows.push_back({.from = pause.from, .until = pause.until});
      nodes.push_back(std::move(node));
    }
    std::size_t same = 0;
    while (same < duty && !is_same_kind(problem.duties[same], problem.duties[duty])) ++same;
    kind.push_back(static_cast<std::int32_t>(same));
  }

  const std::size_t count = problem.visits.size();
  std::vector<std::int32_t> others(count);
  for (std::size_t i = 0; i < count; ++i) {
    std::iota(others.begin(), others.end(), 0);
    const std::size_t here = problem.visits[i].place;
    const auto farness = [&](std::int32_t other) {
      const std::size_t there = problem.visits[static_cast<std::size_t>(other)].place;
      return other == static_cast<std::int32_t>(i) ? -kNoTick : way(here, there) + way(there, here);
    };
    const std::size_t kept = std::min(count, kMostNeighbours);
    std::partial_sort(others.begin(), others.begin() + static_cast<std::ptrdiff_t>(kept),
                      others.end(), [&](std::int32_t a, std::int32_t b) {
                        const Tick one = farness(a);
                        const Tick other = farness(b);
                        return one != other ? one < other : a < b;
                      });
    nearest.emplace_back(others.begin(), others.begin() + static_cast<std::ptrdiff_t>(kept));
  }
}

RankedCost TourLayout::cost_of_absence(std::int32_t node) const {
  const TourNode& what = nodes[static_cast<std::size_t>(node)];
  RankedCost cost{};
  if (what.pause_of != kNone) return cost;
  cost[rank_of(TourCriterion::unserved)] = what.priority;
  cost[rank_of(TourCriterion::travel)] = what.prize;
  return cost;
}

bool TourLayout::may_make(std::size_t duty, std::int32_t node) const {
  const TourNode& what = nodes[static_cast<std::size_t>(node)];
  if (what.pause_of != kNone) return what.pause_of == static_cast<std::int32_t>(duty);
  return (what.skills & ~problem.duties[duty].skills) == 0;
}

TourState::TourState(const TourLayout& layout)
    : layout_(&layout),
      tours_(layout.problem.duties.size()),
      duty_of_(layout.nodes.size(), kNone),
      is_kept_(layout.problem.duties.size()) {
  for (std::size_t duty = 0; duty < tours_.size(); ++duty) {
    const Duty& of = layout.problem.duties[duty];
    tours_[duty].stops.push_back({.open = -kNoTick, .close = of.latest, .place = of.end_place});
    refresh(duty);
  }
  for (std::size_t node = 0; node < layout.nodes.size(); ++node)
    cost_ += layout.cost_of_absence(static_cast<std::int32_t>(node));
}

bool TourState::lacks_pause() const {
  for (std::size_t duty = 0; duty < tours_.size(); ++duty)
    if (tours_[duty].num_visits > 0 && !has_pauses(duty)) return true;
  return false;
}

bool TourState::has_pauses(std::size_t duty) const {
  const Tour& tour = tours_[duty];
  return tour.size() - static_cast<std::size_t>(tour.num_visits) ==
         layout_->problem.duties[duty].pauses.size();
}

bool TourState::refresh(std::size_t duty) {
  const TourLayout& layout = *layout_;
  const Duty& of = layout.problem.duties[duty];
  Tour& tour = tours_[duty];
  cost_ -= tour.cost;
  tour.cost = {};
  tour.load = 0;
  tour.num_visits = 0;
  std::int64_t lateness = 0;
  std::int64_t travel = 0;
  std::int64_t change = 0;
  Tick now = of.from;
  Tick base = of.from;
  std::size_t here = of.start_place;
  bool is_in_time = true;
  for (TourStop& stop : tour.stops) {
    if (stop.node == kNone) {
      travel += layout.way(here, stop.place);
      stop.start = std::max({stop.open, now, base + layout.way(here, stop.place)});
      // A team without visits stays where it is: its way back is not made.
      is_in_time = is_in_time && (tour.num_visits == 0 || stop.start <= stop.close);
      break;
    }
    const TourNode& node = layout.nodes[static_cast<std::size_t>(stop.node)];
    const bool is_pause = node.pause_of != kNone;
    stop.place = is_pause ? here : node.place;
    travel += layout.way(here, stop.place);
    stop.start = std::max(stop.open, now);
    if (!is_pause) stop.start = std::max(stop.start, base + layout.way(here, stop.place));
    is_in_time = is_in_time && stop.start <= stop.close;
    if (!is_pause) {
      lateness += std::max<Tick>(0, stop.start - node.due);
      change +=
          node.published != kNone && node.published != static_cast<std::int32_t>(duty) ? 1 : 0;
      tour.load += node.load;
      ++tour.num_visits;
    }
    now = stop.start + node.duration;
    base = is_pause ? base + node.duration : now;
    stop.base = base;
    here = stop.place;
  }
  if (tour.num_visits > 0) {
    tour.cost[layout.rank_of(TourCriterion::lateness)] = lateness;
    tour.cost[layout.rank_of(TourCriterion::overtime)] =
        std::max<Tick>(0, tour.stops.back().start - of.until);
    tour.cost[layout.rank_of(TourCriterion::travel)] = travel;
    tour.cost[layout.rank_of(TourCriterion::change)] = change;
  }
  cost_ += tour.cost;
  tour.is_in_time = is_in_time;

  // A team without visits stays where it is: its way back delays nobody.
  TourStop& back = tour.stops.back();
  back.latest = back.close;
  back.calm = std::min(back.close, std::max(of.until, back.start));
  std::size_t fixed = tour.stops.size() - 1;  // the next stop that is no pause, and
  Tick paused = 0;                            // the pauses before it
  for (std::size_t i = tour.stops.size() - 1; i-- > 0;) {
    TourStop& stop = tour.stops[i];
    const TourStop& next = tour.stops[i + 1];
    const TourNode& node = layout.nodes[static_cast<std::size_t>(stop.node)];
    stop.latest = std::min(stop.close, next.latest - node.duration);
    stop.calm = std::min({stop.close, std::max(node.due, stop.start), next.calm - node.duration});
    if (node.pause_of != kNone) {
      paused += node.duration;
      continue;
    }
    const TourStop& there = tour.stops[fixed];
    const Tick step = node.duration + paused + layout.way(stop.place, there.place);
    stop.latest = std::min(stop.latest, there.latest - step);
    stop.calm = std::min(stop.calm, there.calm - step);
    fixed = i;
    paused = 0;
  }
  return is_in_time && tour.load <= of.capacity;
}

void TourState::touch(std::size_t duty) {
  if (is_kept_[duty] != 0) return;
  is_kept_[duty] = 1;
  if (num_kept_ == kept_.size()) kept_.emplace_back();
  kept_[num_kept_].first = duty;
  kept_[num_kept_].second = tours_[duty];
  ++num_kept_;
}

void TourState::mark() {
  for (std::size_t i = 0; i < num_kept_; ++i) is_kept_[kept_[i].first] = 0;
  num_kept_ = 0;
  cost_at_mark_ = cost_;
}

void TourState::roll_back() {
  for (std::size_t i = 0; i < num_kept_; ++i)
    for (const TourStop& stop : tours_[kept_[i].first].stops)
      if (stop.node != kNone) duty_of_[static_cast<std::size_t>(stop.node)] = kNone;
  for (std::size_t i = 0; i < num_kept_; ++i) {
    const std::size_t duty = kept_[i].first;
    std::swap(tours_[duty], kept_[i].second);
    for (const TourStop& stop : tours_[duty].stops)
      if (stop.node != kNone)
        duty_of_[static_cast<std::size_t>(stop.node)] = static_cast<std::int32_t>(duty);
    is_kept_[duty] = 0;
  }
  num_kept_ = 0;
  cost_ = cost_at_mark_;
}

std::vector<std::size_t> TourState::changed_since_mark() const {
  std::vector<std::size_t> duties;
  for (std::size_t i = 0; i < num_kept_; ++i) duties.push_back(kept_[i].first);
  return duties;
}

std::optional<Insertion> TourState::cheapest(std::size_t duty, std::int32_t node,
                                             VisitWindow within) const {
  std::optional<Insertion> best;
  for (const VisitWindow& window : layout_->nodes[static_cast<std::size_t>(node)].windows) {
    const VisitWindow common{.from = std::max(window.from, within.from),
                             .until = std::min(window.until, within.until)};
    if (common.from < common.until) offer(duty, node, common, NoChance{}, best);
  }
  return best;
}

void TourState::collect_instants(std::int32_t node, std::vector<Tick>& instants) const {
  const TourLayout& layout = *layout_;
  const TourNode& what = layout.nodes[static_cast<std::size_t>(node)];
  for (std::size_t duty = 0; duty < tours_.size(); ++duty) {
    if (!layout.may_make(duty, node)) continue;
    Tick ready = layout.problem.duties[duty].from;
    Tick base = ready;
    std::size_t here = layout.problem.duties[duty].start_place;
    for (const TourStop& next : tours_[duty].stops) {
      const Tick soonest = std::max(ready, base + layout.way(here, what.place));
      const bool is_pause =
          next.node != kNone && layout.nodes[static_cast<std::size_t>(next.node)].pause_of != kNone;
      const Tick way = is_pause ? 0 : layout.way(what.place, next.place);
      const Tick last = next.latest - way - what.duration;
      for (const VisitWindow& window : what.windows) {
        const Tick from = std::max(soonest, window.from);
        const Tick to = std::min(last, window.until - 1);
        if (from > to) continue;
        instants.push_back(from);
        instants.push_back(to);
      }
      if (next.node == kNone) break;
      ready = next.start + layout.nodes[static_cast<std::size_t>(next.node)].duration;
      base = next.base;
      here = next.place;
    }
  }
}

void TourState::note_absence(std::int32_t node, int sign) {
  const RankedCost cost = layout_->cost_of_absence(node);
  for (std::size_t i = 0; i < kTourCriteria; ++i) cost_[i] += sign * cost[i];
}

void TourState::insert(std::int32_t node, const Insertion& where) {
  assert(duty_of(node) == kNone);
  touch(where.duty);
  Tour& tour = tours_[where.duty];
  tour.stops.insert(tour.stops.begin() + static_cast<std::ptrdiff_t>(where.position),
                    TourStop{.node = node, .open = where.open, .close = where.close});
  duty_of_[static_cast<std::size_t>(node)] = static_cast<std::int32_t>(where.duty);
  note_absence(node, -1);
  [[maybe_unused]] const RankedCost before = cost_;
  [[maybe_unused]] const bool is_in_time = refresh(where.duty);
  assert(is_in_time);
  assert([&] {
    RankedCost sum = before;
    sum += where.cost;
    return sum == cost_;
  }());
}

bool TourState::put_in_pauses(std::size_t duty) {
  const std::size_t count = layout_->problem.duties[duty].pauses.size();
  for (std::size_t i = 0; i < count; ++i) {
    const std::int32_t pause = layout_->first_pause[duty] + static_cast<std::int32_t>(i);
    if (duty_of(pause) != kNone) continue;
    const std::optional<Insertion> where = cheapest(duty, pause);
    if (!where) return false;
    insert(pause, *where);
  }
  return true;
}

void TourState::remove(std::size_t duty, std::size_t from, std::size_t to) {
  touch(duty);
  Tour& tour = tours_[duty];
  for (std::size_t i = from; i < to; ++i) {
    duty_of_[static_cast<std::size_t>(tour.stops[i].node)] = kNone;
    note_absence(tour.stops[i].node, 1);
  }
  tour.stops.erase(tour.stops.begin() + static_cast<std::ptrdiff_t>(from),
                   tour.stops.begin() + static_cast<std::ptrdiff_t>(to));
  refresh(duty);
}

bool TourState::replace(std::size_t duty, std::span<const TourStop> stops) {
  if (!measure(duty, stops)) return false;
  touch(duty);
  Tour& tour = tours_[duty];
  for (const TourStop& stop : tour.stops) {
    // Another tour may have taken it over a moment ago.
    if (stop.node == kNone || duty_of(stop.node) != static_cast<std::int32_t>(duty)) continue;
    duty_of_[static_cast<std::size_t>(stop.node)] = kNone;
    note_absence(stop.node, 1);
  }
  const TourStop back = tour.stops.back();
  tour.stops.assign(stops.begin(), stops.end());
  tour.stops.push_back(back);
  for (const TourStop& stop : stops) {
    if (duty_of(stop.node) == kNone) note_absence(stop.node, -1);
    duty_of_[static_cast<std::size_t>(stop.node)] = static_cast<std::int32_t>(duty);
  }
  refresh(duty);
  return true;
}

std::optional<RankedCost> TourState::measure(std::size_t duty,
                                             std::span<const TourStop> stops) const {
  const TourLayout& layout = *layout_;
  const Duty& of = layout.problem.duties[duty];
  Tick now = of.from;
  Tick base = of.from;
  std::size_t here = of.start_place;
  std::int64_t load = 0;
  std::int64_t lateness = 0;
  std::int64_t travel = 0;
  std::int64_t change = 0;
  bool makes_visits = false;
  for (const TourStop& stop : stops) {
    const TourNode& node = layout.nodes[static_cast<std::size_t>(stop.node)];
    if (!layout.may_make(duty, stop.node)) return std::nullopt;
    if (node.pause_of == kNone) {
      travel += layout.way(here, node.place);
      now = std::max(now, base + layout.way(here, node.place));
      here = node.place;
      load += node.load;
      makes_visits = true;
    }
    now = std::max(now, stop.open);
    if (now > stop.close || load > of.capacity) return std::nullopt;
    if (node.pause_of == kNone) {
      lateness += std::max<Tick>(0, now - node.due);
      change +=
          node.published != kNone && node.published != static_cast<std::int32_t>(duty) ? 1 : 0;
    }
    now += node.duration;
    base = node.pause_of == kNone ? now : base + node.duration;
  }
  RankedCost cost{};
  if (!makes_visits) return cost;
  now = std::max(now, base + layout.way(here, of.end_place));
  if (now > of.latest) return std::nullopt;
  cost[layout.rank_of(TourCriterion::lateness)] = lateness;
  cost[layout.rank_of(TourCriterion::overtime)] = std::max<Tick>(0, now - of.until);
  cost[layout.rank_of(TourCriterion::travel)] = travel + layout.way(here, of.end_place);
  cost[layout.rank_of(TourCriterion::change)] = change;
  return cost;
}

void TourState::advance_groups() {
  const TourLayout& layout = *layout_;
  // Starts only move forward in time from tours that hold, so this ends, and each sweep's tours hold too.
  for (bool moves = true; moves;) {
    moves = false;
    for (const std::vector<std::int32_t>& group : layout.groups) {
      if (duty_of(group.front()) == kNone) continue;
      Tick soonest = -kNoTick;
      Tick now = 0;
      for (const std::int32_t node : group) {
        const auto duty = static_cast<std::size_t>(duty_of(node));
        const Tour& tour = tours_[duty];
        Tick ready = layout.problem.duties[duty].from;
        Tick base = ready;
        std::size_t here = layout.problem.duties[duty].start_place;
        std::size_t at = 0;
        for (; tour.stops[at].node != node; ++at) {
          const TourStop& stop = tour.stops[at];
          ready = stop.start + layout.nodes[static_cast<std::size_t>(stop.node)].duration;
          base = stop.base;
          here = stop.place;
        }
        now = tour.stops[at].start;
        soonest = std::max({soonest, ready, base + layout.way(here, tour.stops[at].place)});
        for (const VisitWindow& window : layout.nodes[static_cast<std::size_t>(node)].windows)
          if (window.from <= now && now < window.until) soonest = std::max(soonest, window.from);
      }
      if (soonest >= now) continue;
      moves = true;
      for (const std::int32_t node : group) {
        const auto duty = static_cast<std::size_t>(duty_of(node));
        touch(duty);
        for (TourStop& stop : tours_[duty].stops)
          if (stop.node == node) stop.open = stop.close = soonest;
        refresh(duty);
      }
    }
  }
}

TourPlan TourState::plan() const {
  TourPlan plan;
  for (std::size_t duty = 0; duty < tours_.size(); ++duty) {
    std::vector<TourStep>& tour = plan.tours.emplace_back();
    if (tours_[duty].num_visits == 0) continue;
    for (const TourStop& stop : tours_[duty].stops) {
      if (stop.node == kNone) break;
      const bool is_pause = layout_->nodes[static_cast<std::size_t>(stop.node)].pause_of != kNone;
      const std::int32_t first = is_pause ? layout_->first_pause[duty] : 0;
      tour.push_back({.is_pause = is_pause,
                      .index = static_cast<std::size_t>(stop.node - first),
                      .start = stop.start});
    }
  }
  for (std::size_t i = 0; i < kTourCriteria; ++i) plan.cost[layout_->problem.order[i]] = cost_[i];
  return plan;
}

}  // namespace diaodu::dispatch
