#include "diaodu/dispatch/tour_pauses.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

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

}  // namespace

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
