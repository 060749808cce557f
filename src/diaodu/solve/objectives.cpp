#include "diaodu/solve/objectives.h"

#include <algorithm>

#include "diaodu/solve/bound.h"
#include "diaodu/solve/tail.h"

namespace diaodu::solve {
namespace {

/// The fewest minutes over the calendars of the node's ways from `from` to `to`; 0 where that runs back.
std::int64_t least_between(const Model& model, Node node, Instant from, Instant to) {
  if (to <= from) return 0;
  if (!model.axis.is_clock()) return (to - from).count();
  std::int64_t least = Cost::kMost;
  for (const Way& way : model.ways_of(node)) {
    const Calendar& calendar = model.network.times->calendar(way.calendar);
    least = std::min(least, calendar.work_between(from, to).count());
  }
  return least;
}

/// Latest starts for schedules that are as good as `best` on what comes before stability.
std::vector<Instant> latest_starts(const Model& model, const Cost& best) {
  const std::size_t rank = model.wanted.rank(Objective::stability);
  const bool is_finish_before = model.wanted.rank(Objective::finish) < rank;
  CriticalPath late = model.early;
  if (model.wanted.rank(Objective::tardiness) < rank &&
      best.values[model.wanted.rank(Objective::tardiness)] == 0) {
    Network on_time = model.relaxed;
    for (const Due& due : model.wanted.dues) {
      Window& window = on_time.windows[static_cast<std::size_t>(on_time.window_of[due.node])];
      window.finish_by = std::min(window.finish_by, latest_on_time(model, due.node));
    }
    latest_possible(on_time, late, is_finish_before ? best.finish : model.give_up_at);
  } else if (is_finish_before) {
    latest_possible(model.relaxed, late, best.finish);
  } else {
    return {};
  }
  return late.latest_start;
}

std::int64_t least_stability(const Model& model, const Cost& best) {
  if (model.wanted.baseline.empty()) return 0;
  const std::vector<Instant> latest = latest_starts(model, best);
  std::int64_t sum = 0;
  for (Node node = 0; node < model.size(); ++node) {
    const Instant baseline = model.wanted.baseline[node];
    if (baseline == kNever || is_pinned(model.network.window(node))) continue;
    const std::int64_t later =
        least_between(model, node, baseline, model.early.earliest_start[node]);
    const std::int64_t earlier =
        latest.empty() ? 0 : least_between(model, node, latest[node], baseline);
    sum += std::max(later, earlier);
  }
  return sum;
}

}  // namespace

void set_objectives(Model& model, std::span<const Objective> named, const Baseline& baseline) {
  Wanted& wanted = model.wanted;
  std::vector<Objective> order;
  for (const Objective objective : named) {
    const bool has_meaning = objective != Objective::stability || !baseline.empty();
    const bool is_new = std::find(order.begin(), order.end(), objective) == order.end();
    if (has_meaning && is_new) order.push_back(objective);
  }
  wanted.num_named = order.size();
  for (const Objective objective :
       {Objective::finish, Objective::tardiness, Objective::stability}) {
    if (std::find(order.begin(), order.end(), objective) == order.end()) order.push_back(objective);
  }
  std::copy(order.begin(), order.end(), wanted.order.begin());
  const Plan& plan = *model.network.plan;
  const bool is_limit = plan.must_finish && plan.options.late_dates == Options::LateDates::kept &&
                        order.front() != Objective::finish;
  wanted.finish_by = is_limit ? model.axis.to_axis(*plan.must_finish) : kNever;
  if (wanted.finish_by < model.early.finish) wanted.finish_by = kNever;  // no search can mend that
  wanted.baseline.clear();
  if (!wanted.is_named(Objective::stability)) return;
  wanted.baseline.assign(model.size(), kNever);
  for (Node node = 0; node < model.size(); ++node) {
    if (model.network.role[node] != Network::Role::task) continue;
    if (state_of(model.network, node).stage != TaskState::Stage::not_started) continue;
    wanted.baseline[node] = model.axis.to_axis(baseline[model.network.task[node]]);
  }
}

bool is_late_by_another_calendar(const Model& model, Node node) {
  return !model.axis.is_clock() && model.network.role[node] == Network::Role::end &&
         model.axis.calendar() != &model.network.times->of_project();
}

Instant latest_on_time(const Model& model, Node node) {
  const Instant wanted = model.network.window(node).wanted_by;
  if (is_late_by_another_calendar(model, node)) return kNever;
  if (!model.axis.is_clock()) return wanted;
  // No working time later is not late: a night may pass.
  const bool is_end = model.network.role[node] == Network::Role::end;
  Instant latest = wanted;
  for (const Way& way : model.ways_of(node)) {
    const Calendar& calendar =
        is_end ? model.network.times->of_project() : model.network.times->calendar(way.calendar);
    latest = std::max(latest, calendar.next_working(wanted));
  }
  return latest;
}

std::vector<Instant> earliest_dues(const Model& model, Instant upper) {
  constexpr std::size_t kMostWork = 50'000;  // due nodes times nodes: some tenths of a second
  const bool is_quick = model.wanted.dues.size() * model.size() <= kMostWork;
  std::vector<Instant> earliest;
  for (const Due& due : model.wanted.dues) {
    const Instant alone = model.early.earliest_finish[due.node];
    earliest.push_back(is_quick ? earliest_finish(model, due.node, upper) : alone);
  }
  return earliest;
}

Cost::Values lower_bounds(const Model& model, const std::vector<Instant>& earliest_dues,
                          Instant finish, const Cost& best) {
  Cost::Values bounds{};
  const auto of = [&](Objective objective) -> std::int64_t& {
    return bounds[model.wanted.rank(objective)];
  };
  of(Objective::finish) = finish.minutes();
  for (std::size_t i = 0; i < model.wanted.dues.size(); ++i) {
    const Due& due = model.wanted.dues[i];
    const Node node = due.node;
    // What is worked on another calendar in another way may be less late there.
    const auto ways = model.ways_of(node);
    const bool varies = std::any_of(ways.begin(), ways.end(), [&](const Way& way) {
      return way.calendar != ways.front().calendar;
    });
    const std::int64_t late =
        varies ? least_between(model, node, model.network.window(node).wanted_by, earliest_dues[i])
               : lateness(model, model.network, node, earliest_dues[i]);
    of(Objective::tardiness) += due.weight * late;
  }
  of(Objective::stability) = least_stability(model, best);
  return bounds;
}

}  // namespace diaodu::solve
