#include "diaodu/check/link_rules.h"

#include <algorithm>

#include "diaodu/plan/hammock.h"

namespace diaodu::check {

bool LinkRules::counts(const Link& link) const {
  if (!binds(plan_, link) || is_pinned(plan_, link.to, states_[link.to])) return false;
  const TaskState::Stage stage = states_[link.to].stage;
  if (stage == TaskState::Stage::completed) return false;
  return !arrives_at_start(link.type) || stage != TaskState::Stage::started ||
         plan_.options.progress_rule == Options::ProgressRule::retained_logic;
}

bool LinkRules::is_met(const Link& link) const {
  const TaskState::Stage stage = states_[link.to].stage;
  return stage == TaskState::Stage::completed ||
         (stage == TaskState::Stage::started && arrives_at_start(link.type));
}

Instant LinkRules::leaves(const Link& link, const Schedule& schedule) const {
  const Placement& from = schedule.placements[link.from];
  const bool is_start = leaves_from_start(link.type);
  const Instant leaves = is_start ? from.start : from.finish;
  const TaskState state = states_[link.from];
  const bool has_happened =
      is_start ? state.actual_start.has_value() : state.actual_finish.has_value();
  // To Primavera what is recorded after the data date demands nothing later than that.
  const bool is_capped = has_happened && plan_.options.late_dates == Options::LateDates::wanted;
  return is_capped ? std::min(leaves, earliest_remaining(plan_)) : leaves;
}

Instant LinkRules::arrives(const Link& link, const Schedule& schedule) const {
  const Placement& to = schedule.placements[link.to];
  return arrives_at_start(link.type) ? to.resumes : to.finish;
}

Instant LinkRules::earliest(const Link& link, const Schedule& schedule, Instant leaves) const {
  const LagClock lag = clock_of(link, link.lag, schedule);
  if (lag.minutes > 0) return lag.calendar->advance(leaves, WorkTime{lag.minutes});
  if (lag.minutes < 0) return lag.calendar->retreat(leaves, WorkTime{-lag.minutes});
  return leaves;
}

bool LinkRules::reaches(const Link& link, const Schedule& schedule, Instant arrives,
                        Instant earliest) const {
  const Placement& to = schedule.placements[link.to];
  const bool takes_time = plan_.tasks[link.to].kind != TaskKind::summary && to.resumes < to.finish;
  const bool is_forgiven = !arrives_at_start(link.type) && takes_time;
  return arrives >=
         (is_forgiven ? calendar_of(link.to, schedule).previous_working(earliest) : earliest);
}

bool LinkRules::is_close_enough(const Link& link, const Schedule& schedule, Instant leaves,
                                Instant arrives) const {
  if (!link.has_max_lag || is_met(link)) return true;
  const LagClock most = clock_of(link, link.max_lag, schedule);
  return most.calendar->work_between(leaves, arrives) <= WorkTime{most.minutes};
}

Instant LinkRules::latest(const Link& link, const Schedule& schedule, Instant leaves) const {
  const LagClock most = clock_of(link, link.max_lag, schedule);
  return most.calendar->advance(leaves, WorkTime{std::max<std::int64_t>(0, most.minutes)});
}

LinkRules::LagClock LinkRules::clock_of(const Link& link, const Lag& lag,
                                        const Schedule& schedule) const {
  static const Calendar around_the_clock;
  const Calendar* work = &around_the_clock;
  switch (plan_.options.lag_calendar) {
    case Options::LagCalendar::predecessor:
      work = &calendar_of(link.from, schedule);
      break;
    case Options::LagCalendar::successor:
      work = &calendar_of(link.to, schedule);
      break;
    case Options::LagCalendar::project:
      work = &times_.of_project();
      break;
    case Options::LagCalendar::around_the_clock:
      break;
  }
  const auto share = [&] {
    return duration_of(link.from, schedule).count() * lag.amount / (100 * 100);
  };
  switch (lag.unit) {
    case Lag::Unit::work:
      return {work, lag.amount};
    case Lag::Unit::elapsed:
      return {&around_the_clock, lag.amount};
    case Lag::Unit::percent:
      return {work, share()};
    case Lag::Unit::elapsed_percent:
      return {&around_the_clock, share()};
  }
  return {work, 0};
}

const Calendar& LinkRules::calendar_of(TaskId task, const Schedule& schedule) const {
  if (plan_.tasks[task].kind == TaskKind::summary) return times_.of_project();
  return times_.of(task, schedule.placements[task].mode);
}

WorkTime LinkRules::duration_of(TaskId task, const Schedule& schedule) const {
  const Placement& placed = schedule.placements[task];
  if (plan_.tasks[task].kind == TaskKind::summary)
    return times_.of_project().work_between(placed.start, placed.finish);
  return placed.mode ? plan_.modes[placed.mode].duration : plan_.tasks[task].duration;
}

}  // namespace diaodu::check
