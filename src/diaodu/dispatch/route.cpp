#include "diaodu/dispatch/route.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "diaodu/core/random.h"
#include "diaodu/dispatch/left_out.h"
#include "diaodu/dispatch/rebuild.h"
#include "diaodu/dispatch/tour_moves.h"
#include "diaodu/dispatch/tour_state.h"

namespace diaodu::dispatch {

namespace {

// Temperatures at the beginning and at the end, in mean ways between two stops.
constexpr double kHot = 1.0;
constexpr double kCold = 0.03;
constexpr std::int64_t kStepsBetweenLooks = 128;

/// What is accepted: in the first criterion that differs, a loss that chance allows at its temperature.
class Annealing {
 public:
  Annealing(const TourLayout& layout, const RankedCost& first) : layout_(layout) {
    const auto visits = static_cast<double>(std::max<std::size_t>(1, layout.num_visits()));
    const auto travel = static_cast<double>(first[layout.rank_of(TourCriterion::travel)]);
    const double way = std::max(1.0, travel / visits);
    std::int64_t priorities = 0;
    for (const Visit& visit : layout.problem.visits) priorities += visit.priority;
    scale_[layout.rank_of(TourCriterion::unserved)] = static_cast<double>(priorities) / visits;
    scale_[layout.rank_of(TourCriterion::lateness)] = way;
    scale_[layout.rank_of(TourCriterion::overtime)] = way;
    scale_[layout.rank_of(TourCriterion::travel)] = way;
    scale_[layout.rank_of(TourCriterion::change)] = 1;
  }

  void cool(double share) { temperature_ = kHot * std::pow(kCold / kHot, std::min(1.0, share)); }

  bool accepts(const RankedCost& now, const RankedCost& before, const RankedCost& best,
               RandomStream& random) const {
    for (std::size_t i = 0; i < kTourCriteria; ++i) {
      if (now[i] == before[i]) continue;
      if (now[i] < before[i]) return true;
      // Where all visits can be made, none is given up.
      if (i == layout_.rank_of(TourCriterion::unserved) && best[i] == 0) return false;
      const double limit = -temperature_ * scale_[i] * std::log(1 - random.unit());
      return static_cast<double>(now[i] - before[i]) < limit;
    }
    return true;
  }

 private:
  const TourLayout& layout_;
  std::array<double, kTourCriteria> scale_{};
  double temperature_ = kHot;
};

/// Puts the tours of an earlier plan in, each stop behind the last, as far as they still fit; of a
/// tour that leaves no time for its pauses, the first stops that do.
void follow(TourState& state, const TourPlan& plan) {
  const TourLayout& layout = state.layout();
  const std::size_t duties = std::min(plan.tours.size(), layout.problem.duties.size());
  for (std::size_t duty = 0; duty < duties; ++duty) {
    std::vector<TourStop> stops;
    for (const TourStep& stop : plan.tours[duty]) {
      const auto first = stop.is_pause ? static_cast<std::size_t>(layout.first_pause[duty]) : 0;
      const std::size_t count =
          stop.is_pause ? layout.problem.duties[duty].pauses.size() : layout.num_visits();
      if (stop.index >= count) continue;
      const auto node = static_cast<std::int32_t>(first + stop.index);
      const TourNode& what = layout.nodes[first + stop.index];
      // Those that are made together are put in by the search, which knows when.
      if (state.duty_of(node) != kNone || what.group != kNone) continue;
      for (const VisitWindow& window : what.windows) {
        stops.push_back({.node = node, .open = window.from, .close = window.until - 1});
        if (state.replace(duty, stops)) break;
        stops.pop_back();
      }
    }
    // Each shorter tour was in time before the next stop went in.
    while (!stops.empty() && !state.put_in_pauses(duty)) {
      stops.pop_back();
      state.replace(duty, stops);
    }
  }
}

}  // namespace

TourAnswer solve_tours(const TourProblem& problem, Budget& budget, const TourOptions& options) {
  const TourLayout layout(problem);
  TourAnswer answer;
  TourState state(layout);
  RandomStream random(options.seed);
  Rebuilder rebuilder(layout);
  if (options.from != nullptr) follow(state, *options.from);
  rebuilder.recreate(state, random);
  improve_tours(state);
  state.advance_groups();
  TourState best = state;

  Annealing annealing(layout, state.cost());
  while (!budget.is_spent() && layout.num_visits() > 0) {
    if (answer.steps % kStepsBetweenLooks == 0) annealing.cool(budget.share());
    state.mark();
    const RankedCost before = state.cost();
    rebuilder.ruin(state, random);
    rebuilder.recreate(state, random);
    if (!layout.groups.empty()) state.advance_groups();
    if (state.lacks_pause() || !annealing.accepts(state.cost(), before, best.cost(), random)) {
      state.roll_back();
    } else if (state.cost() < best.cost()) {
      improve_tours(state, state.changed_since_mark());
      best = state;
    }
    ++answer.steps;
    budget.spend(1);
  }
  improve_tours(best);
  best.advance_groups();
  // Who finds no time for a pause is given no visits, and no step takes one from who makes some.
  assert(!best.lacks_pause());
  answer.plan = best.plan();
  answer.left_out = explain_left_out(best);
  return answer;
}

}  // namespace diaodu::dispatch
