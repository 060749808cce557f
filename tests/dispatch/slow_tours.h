#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

#include "diaodu/plan/tour.h"

namespace diaodu {

/// All ways to make tours, one by one: the slow twin of `dispatch::solve_tours` for a handful of visits.
class SlowTours {
 public:
  explicit SlowTours(const TourProblem& problem)
      : problem_(problem), tours_(problem.duties.size()) {}

  TourCost best() {
    put(0);
    return *best_;
  }

 private:
  /// Puts each visit anywhere or nowhere, then each pause anywhere in its tour.
  void put(std::size_t visit) {
    if (visit == problem_.visits.size()) return put_pause(0, 0);
    put(visit + 1);
    for (std::size_t duty = 0; duty < tours_.size(); ++duty) {
      if ((problem_.visits[visit].skills & ~problem_.duties[duty].skills) != 0) continue;
      put_in(duty, {.is_pause = false, .index = visit}, [&] { put(visit + 1); });
    }
  }

  void put_pause(std::size_t duty, std::size_t pause) {
    if (duty == tours_.size()) return judge();
    if (tours_[duty].empty() || pause == problem_.duties[duty].pauses.size())
      return put_pause(duty + 1, 0);
    put_in(duty, {.is_pause = true, .index = pause}, [&] { put_pause(duty, pause + 1); });
  }

  template <class Then>
  void put_in(std::size_t duty, TourStep stop, Then&& then) {
    for (std::size_t at = 0; at <= tours_[duty].size(); ++at) {
      tours_[duty].insert(tours_[duty].begin() + static_cast<std::ptrdiff_t>(at), stop);
      then();
      tours_[duty].erase(tours_[duty].begin() + static_cast<std::ptrdiff_t>(at));
    }
  }

  /// The first start from `soonest` on in a window.
  static std::optional<Tick> in_window(const std::vector<VisitWindow>& windows, Tick soonest) {
    if (windows.empty()) return soonest;
    std::optional<Tick> first;
    for (const VisitWindow& window : windows) {
      const Tick start = std::max(soonest, window.from);
      if (start < window.until && (!first || start < *first)) first = start;
    }
    return first;
  }

  /// As early as can be: starts are swept over until those that are made together agree.
  void judge() {
    std::map<std::size_t, Tick> agreed;
    std::map<std::size_t, std::vector<std::size_t>> made_by;
    for (std::size_t duty = 0; duty < tours_.size(); ++duty)
      for (const TourStep& stop : tours_[duty])
        if (!stop.is_pause && problem_.visits[stop.index].together != kNobody)
          made_by[problem_.visits[stop.index].together].push_back(duty);
    for (const Visit& visit : problem_.visits) {
      if (visit.together == kNobody) continue;
      const auto members = static_cast<std::size_t>(
          std::count_if(problem_.visits.begin(), problem_.visits.end(),
                        [&](const Visit& other) { return other.together == visit.together; }));
      std::vector<std::size_t>& duties = made_by[visit.together];
      std::sort(duties.begin(), duties.end());
      const bool is_apart = std::adjacent_find(duties.begin(), duties.end()) == duties.end();
      if (!duties.empty() && (duties.size() != members || !is_apart)) return;
    }
    constexpr int kMostSweeps = 200;
    for (int sweep = 0; sweep < kMostSweeps; ++sweep) {
      bool is_settled = true;
      TourCost cost;
      std::vector<bool> is_made(problem_.visits.size());
      for (std::size_t number = 0; number < tours_.size(); ++number) {
        const Duty& duty = problem_.duties[number];
        Tick now = duty.from;
        Tick ready = duty.from;
        Tick paused = 0;
        std::size_t here = duty.start_place;
        std::int64_t load = 0;
        if (tours_[number].empty()) continue;
        for (const TourStep& stop : tours_[number]) {
          if (stop.is_pause) {
            const Pause& pause = duty.pauses[stop.index];
            const auto start = in_window({{.from = pause.from, .until = pause.until}}, now);
            if (!start) return;
            now = *start + pause.duration;
            paused += pause.duration;
            continue;
          }
          const Visit& visit = problem_.visits[stop.index];
          cost[TourCriterion::travel] += problem_.travel.between(here, visit.place);
          now = std::max(now, ready + paused + problem_.travel.between(here, visit.place));
          here = visit.place;
          if (visit.together != kNobody) now = std::max(now, agreed[visit.together]);
          const auto start = in_window(visit.windows, now);
          if (!start) return;
          if (visit.together != kNobody && *start > agreed[visit.together]) {
            agreed[visit.together] = *start;
            is_settled = false;
          }
          cost[TourCriterion::lateness] += std::max<Tick>(0, *start - visit.due);
          if (visit.published != kNobody && visit.published != number)
            ++cost[TourCriterion::change];
          is_made[stop.index] = true;
          load += visit.load;
          now = ready = *start + visit.duration;
          paused = 0;
        }
        now = std::max(now, ready + paused + problem_.travel.between(here, duty.end_place));
        cost[TourCriterion::travel] += problem_.travel.between(here, duty.end_place);
        cost[TourCriterion::overtime] += std::max<Tick>(0, now - duty.until);
        if (now > duty.latest || load > duty.capacity) return;
      }
      if (!is_settled) continue;
      for (std::size_t i = 0; i < is_made.size(); ++i) {
        if (is_made[i]) continue;
        cost[TourCriterion::unserved] += problem_.visits[i].priority;
        cost[TourCriterion::travel] += problem_.visits[i].prize;
      }
      if (!best_ || compare(problem_, cost, *best_) < 0) best_ = cost;
      return;
    }
  }

  const TourProblem& problem_;
  std::vector<std::vector<TourStep>> tours_;
  std::optional<TourCost> best_;
};

}  // namespace diaodu
