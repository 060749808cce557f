#include "diaodu/check/possible_ways.h"

#include <algorithm>

#include "diaodu/check/lists.h"

namespace diaodu::check {

using Stage = TaskState::Stage;

PossibleWays::PossibleWays(const Plan& plan, const WorkingTimes& times, const TaskStates& states)
    : plan_(plan), times_(times) {
  std::vector<Lists::Pair> pairs;
  for (ModeId mode : plan.modes.ids())
    pairs.emplace_back(plan.modes[mode].task.index(), mode.index());
  const Lists modes(plan.tasks.size(), pairs);
  first_way_.reserve(plan.tasks.size() + 1);
  for (TaskId task : plan.tasks.ids()) {
    first_way_.push_back(ways_.size());
    if (plan.tasks[task].kind == TaskKind::summary) continue;
    const TaskState state = states[task];
    const auto add = [&](ModeId mode, WorkTime duration) {
      const WorkTime work = state.stage == Stage::started ? state.remaining : duration;
      ways_.push_back({mode, &times.of(task, mode), work, duration});
    };
    const auto own = modes.of(task.index());
    for (const std::uint32_t mode : own) add(ModeId{mode}, plan.modes[ModeId{mode}].duration);
    if (own.empty()) add({}, plan.tasks[task].duration);
    const bool is_placed = is_pinned(plan, task, state) || state.stage == Stage::completed;
    if (own.size() > 1 && !is_placed) drop_hopeless_ways(first_way_.back());
  }
  first_way_.push_back(ways_.size());
}

/// Ways whose calendar never again works so long are no ways, unless all are like that.
void PossibleWays::drop_hopeless_ways(std::size_t first) {
  const auto begin = ways_.begin() + static_cast<std::ptrdiff_t>(first);
  const auto kept = std::stable_partition(begin, ways_.end(), [this](const Way& way) {
    const Instant from = earliest_remaining(plan_);
    return way.work == WorkTime{} || way.calendar->advance(from, way.work) < kNever;
  });
  if (kept != begin) ways_.erase(kept, ways_.end());
}

std::span<const PossibleWays::LagClock> PossibleWays::clocks(const Link& link, const Lag& lag) {
  clocks_.clear();
  const auto is_summary = [this](TaskId task) {
    return plan_.tasks[task].kind == TaskKind::summary;
  };
  const auto calendar_of = [&](TaskId task, const Way& way) {
    return is_summary(task) ? &times_.of_project() : way.calendar;
  };
  const Way of_summary{{}, &times_.of_project(), {}, {}};
  const auto ways_of = [&](TaskId task) {
    return is_summary(task) ? std::span<const Way>(&of_summary, 1) : of(task);
  };
  const bool is_share = lag.unit == Lag::Unit::percent || lag.unit == Lag::Unit::elapsed_percent;
  const bool is_elapsed = lag.unit == Lag::Unit::elapsed ||
                          lag.unit == Lag::Unit::elapsed_percent ||
                          plan_.options.lag_calendar == Options::LagCalendar::around_the_clock;
  const auto add = [&](const Way& from, const Calendar* calendar) {
    const std::int64_t minutes =
        is_share ? from.duration.count() * lag.amount / (100 * 100) : lag.amount;
    clocks_.push_back({is_elapsed ? &around_the_clock_ : calendar, minutes});
  };
  for (const Way& from : ways_of(link.from)) {
    switch (plan_.options.lag_calendar) {
      case Options::LagCalendar::predecessor:
        add(from, calendar_of(link.from, from));
        break;
      case Options::LagCalendar::successor:
        for (const Way& to : ways_of(link.to)) add(from, calendar_of(link.to, to));
        break;
      case Options::LagCalendar::project:
      case Options::LagCalendar::around_the_clock:
        add(from, &times_.of_project());
        break;
    }
  }
  return clocks_;
}

}  // namespace diaodu::check
