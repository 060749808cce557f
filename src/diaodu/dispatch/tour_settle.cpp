#include "diaodu/dispatch/tour_settle.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "diaodu/check/tour_check.h"

namespace diaodu::dispatch {
namespace {

struct Timing {
  Tick back = 0;
  Tick lateness = 0;
};

/// The soonest start from `now` on in any of the windows.
std::optional<Tick> soonest(const std::vector<VisitWindow>& windows, Tick now) {
  if (windows.empty()) return now;
  std::optional<Tick> best;
  for (const VisitWindow& window : windows) {
    const Tick start = std::max(now, window.from);
    if (start < window.until && (!best || start < *best)) best = start;
  }
  return best;
}

/// Starts each stop as soon as can be; nothing where that is outside its windows or ends too late.
std::optional<Timing> set_starts(const TourProblem& problem, const Duty& duty,
                                 std::vector<TourStep>& stops) {
  Timing timing;
  Tick now = duty.from;
  Tick base = duty.from;  // from which the way counts: pauses on it prolong it
  std::size_t here = duty.start_place;
  for (TourStep& stop : stops) {
    if (stop.is_pause) {
      const Pause& pause = duty.pauses[stop.index];
      stop.start = std::max(now, pause.from);
      if (stop.start >= pause.until) return std::nullopt;
      now = stop.start + pause.duration;
      base += pause.duration;
      continue;
    }
    const Visit& visit = problem.visits[stop.index];
    const auto start =
        soonest(visit.windows, std::max(now, base + problem.travel.between(here, visit.place)));
    if (!start) return std::nullopt;
    stop.start = *start;
    timing.lateness += std::max<Tick>(0, *start - visit.due);
    now = *start + visit.duration;
    base = now;
    here = visit.place;
  }
  timing.back = std::max(now, base + problem.travel.between(here, duty.end_place));
  if (timing.back > duty.latest) return std::nullopt;
  return timing;
}

/// The visits at their told starts, with the duty's pause where it fits between; nothing where it does not.
std::optional<std::vector<TourStep>> as_told(const TourProblem& problem, const Duty& duty,
                                             const std::vector<TourStep>& told) {
  if (duty.pauses.size() > 1 || told.empty()) return std::nullopt;
  const auto holds = [&](std::vector<TourStep>& stops) {
    Tick now = duty.from;
    Tick base = duty.from;
    std::size_t here = duty.start_place;
    for (TourStep& stop : stops) {
      if (stop.is_pause) {
        stop.start = std::max(now, duty.pauses[stop.index].from);
        if (stop.start >= duty.pauses[stop.index].until) return false;
        now = stop.start + duty.pauses[stop.index].duration;
        base += duty.pauses[stop.index].duration;
        continue;
      }
      const Visit& visit = problem.visits[stop.index];
      if (stop.start < std::max(now, base + problem.travel.between(here, visit.place)))
        return false;
      now = stop.start + visit.duration;
      base = now;
      here = visit.place;
    }
    return std::max(now, base + problem.travel.between(here, duty.end_place)) <= duty.latest;
  };
  for (std::size_t place = 0; place <= told.size(); ++place) {
    std::vector<TourStep> stops = told;
    if (!duty.pauses.empty()) {
      stops.insert(stops.begin() + static_cast<std::ptrdiff_t>(place),
                   TourStep{.is_pause = true, .index = 0});
    }
    if (holds(stops)) return stops;
  }
  return std::nullopt;
}

std::vector<std::size_t> visits_of(const std::vector<TourStep>& tour) {
  std::vector<std::size_t> visits;
  for (const TourStep& stop : tour) {
    if (!stop.is_pause) visits.push_back(stop.index);
  }
  std::sort(visits.begin(), visits.end());
  return visits;
}

bool is_no_worse(const TourProblem& problem, const TourPlan& plan, const TourPlan& than) {
  const check::TourVerdict now = check::judge_tours(problem, plan);
  const check::TourVerdict before = check::judge_tours(problem, than);
  const bool is_legal =
      std::all_of(now.violations.begin(), now.violations.end(), [](const auto& violation) {
        return violation.kind == check::TourViolation::Kind::wrong_cost;
      });
  using enum TourCriterion;
  return is_legal && now.cost[lateness] <= before.cost[lateness] &&
         now.cost[overtime] <= before.cost[overtime];
}

}  // namespace

void keep_told(const TourProblem& problem, const TourPlan& told, TourPlan& plan) {
  // All that can be kept at once; else those alone whose visits meet nobody, one after the other.
  TourPlan kept = plan;
  std::vector<std::size_t> able;
  for (std::size_t duty = 0; duty < plan.tours.size(); ++duty) {
    const std::vector<TourStep>& tour = told.tours[duty];
    const bool is_told = std::all_of(tour.begin(), tour.end(),
                                     [](const TourStep& stop) { return stop.start != kNoTick; });
    if (!is_told || visits_of(tour) != visits_of(plan.tours[duty])) continue;
    if (auto stops = as_told(problem, problem.duties[duty], tour)) {
      kept.tours[duty] = std::move(*stops);
      able.push_back(duty);
    }
  }
  if (is_no_worse(problem, kept, plan)) {
    plan = std::move(kept);
    return;
  }
  for (const std::size_t duty : able) {
    TourPlan one = plan;
    one.tours[duty] = kept.tours[duty];
    if (is_no_worse(problem, one, plan)) plan = std::move(one);
  }
}

void settle_pauses(const TourProblem& problem, TourPlan& plan) {
  for (std::size_t number = 0; number < plan.tours.size(); ++number) {
    std::vector<TourStep>& tour = plan.tours[number];
    const Duty& duty = problem.duties[number];
    const bool is_shared = std::any_of(tour.begin(), tour.end(), [&](const TourStep& stop) {
      return !stop.is_pause && problem.visits[stop.index].together != kNobody;
    });
    const auto is_pause = [](const TourStep& stop) { return stop.is_pause; };
    if (is_shared || std::count_if(tour.begin(), tour.end(), is_pause) != 1) continue;
    std::vector<TourStep> best = tour;
    auto least = set_starts(problem, duty, best);
    if (!least) continue;
    const auto at = std::find_if(tour.begin(), tour.end(), is_pause);
    const TourStep pause = *at;
    std::vector<TourStep> others = tour;
    others.erase(others.begin() + (at - tour.begin()));
    for (std::size_t place = 0; place <= others.size(); ++place) {
      std::vector<TourStep> tried = others;
      tried.insert(tried.begin() + static_cast<std::ptrdiff_t>(place), pause);
      const auto timing = set_starts(problem, duty, tried);
      if (!timing || timing->lateness > least->lateness || timing->back >= least->back) continue;
      least = timing;
      best = std::move(tried);
    }
    tour = std::move(best);
  }
}

}  // namespace diaodu::dispatch
