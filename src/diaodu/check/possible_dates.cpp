#include "diaodu/check/possible_dates.h"

#include <algorithm>

#include "diaodu/plan/hammock.h"
#include "diaodu/plan/tree.h"

namespace diaodu::check {
namespace {

using Stage = TaskState::Stage;

/// Neither "never" nor "since ever", which know no arithmetic.
bool is_date(Instant instant) { return instant > kEver && instant < kNever; }

Instant next_working(const Calendar& calendar, Instant instant) {
  return is_date(instant) ? calendar.next_working(instant) : instant;
}
Instant previous_working(const Calendar& calendar, Instant instant) {
  return is_date(instant) ? calendar.previous_working(instant) : instant;
}
/// The first instant after which `minutes` have passed; before, if negative.
Instant moved(const Calendar& calendar, Instant from, std::int64_t minutes) {
  if (!is_date(from) || minutes == 0) return from;
  return minutes > 0 ? calendar.advance(from, WorkTime{minutes})
                     : calendar.retreat(from, WorkTime{-minutes});
}

/// A share of a summary's duration is known only once the summary is placed.
bool is_open(const Plan& plan, const Link& link, const Lag& lag) {
  const bool is_share = lag.unit == Lag::Unit::percent || lag.unit == Lag::Unit::elapsed_percent;
  return is_share && plan.tasks[link.from].kind == TaskKind::summary;
}

}  // namespace

PossibleDates::PossibleDates(const Plan& plan, const WorkingTimes& times, const TaskStates& states)
    : plan_(plan),
      states_(states),
      ways_(plan, times, states),
      is_certain_(plan.tasks.size(), 0),
      early_(plan.tasks.size(), {kEver, kEver}),
      begin_(plan.tasks.size(), kEver),
      gate_(plan.tasks.size(), kEver),
      late_(plan.tasks.size(), {kNever, kNever}) {
  collect_lists();
  for (TaskId task : children_first(plan)) {
    const Task& row = plan.tasks[task];
    if (!is_summary(task)) is_certain_[task] = row.is_optional || row.is_hammock() ? 0 : 1;
    if (row.parent && is_certain_[task] != 0) is_certain_[row.parent] = 1;
  }
  order_ = visit_order(plan, links_from_);
}

void PossibleDates::collect_lists() {
  std::vector<Lists::Pair> from;
  std::vector<Lists::Pair> to;
  std::vector<Lists::Pair> children;
  for (LinkId link : plan_.links.ids()) {
    if (!counts(plan_.links[link])) continue;
    from.emplace_back(plan_.links[link].from.index(), link.index());
    to.emplace_back(plan_.links[link].to.index(), link.index());
  }
  for (TaskId task : plan_.tasks.ids()) {
    if (const TaskId parent = plan_.tasks[task].parent)
      children.emplace_back(parent.index(), task.index());
  }
  links_from_ = Lists(plan_.tasks.size(), from);
  links_to_ = Lists(plan_.tasks.size(), to);
  children_ = Lists(plan_.tasks.size(), children);
}

bool PossibleDates::is_pinned(TaskId task) const {
  return diaodu::is_pinned(plan_, task, states_[task]);
}

/// False where `judge` looks away.
bool PossibleDates::counts(const Link& link) const {
  if (!binds(plan_, link)) return false;
  if (is_pinned(link.to) || is_completed(link.to)) return false;
  return !arrives_at_start(link.type) || states_[link.to].stage != Stage::started ||
         plan_.options.progress_rule == Options::ProgressRule::retained_logic;
}

/// What is under way goes on before what its summary waits for, unless the plan's logic is retained.
bool PossibleDates::waits_for_gate(TaskId task) const {
  return states_[task].stage != Stage::started ||
         plan_.options.progress_rule == Options::ProgressRule::retained_logic;
}

/// One that can still be kept or broken: not where it arrives at a start that has happened.  Of summaries nobody may ask
/// for any.
bool PossibleDates::has_max_lag(const Link& link) const {
  if (is_summary(link.from) || is_summary(link.to)) return false;
  return link.has_max_lag && (!arrives_at_start(link.type) || has_not_started(link.to));
}

/// So that a large plan full of circles costs no more than a moment.
std::size_t PossibleDates::most_rounds() const {
  constexpr std::size_t kMostVisits = 2'000'000;
  return 3 + kMostVisits / (1 + order_.size());
}

// --- earliest dates

void PossibleDates::find_earliest() {
  for (TaskId task : plan_.tasks.ids()) {
    const TaskState state = states_[task];
    if (state.stage != Stage::not_started) begin_[task] = *state.actual_start;
    if (state.stage == Stage::completed) early_[task].finish = *state.actual_finish;
  }
  for (std::size_t round = most_rounds(); round > 0; --round) {
    bool is_moved = false;
    for (const Visit visit : order_) {
      const bool is_gate = visit >= plan_.tasks.size();
      const TaskId task{is_gate ? visit - plan_.tasks.size() : visit};
      if (is_gate && !is_summary(task)) continue;
      const bool moves =
          is_gate ? raise_gate(task) : (is_summary(task) ? raise_summary(task) : raise_task(task));
      is_moved = is_moved || moves;
      if (is_beyond_time_) return;
    }
    if (!is_moved) return;
  }
}

Instant PossibleDates::finish() const {
  Instant latest = plan_.start;
  for (TaskId task : plan_.tasks.ids()) {
    if (is_certain_[task] != 0) latest = std::max(latest, early_[task].finish);
  }
  return latest;
}

bool PossibleDates::raise_task(TaskId task) {
  if (is_completed(task)) return false;
  Dates dates = early_[task];
  if (!is_pinned(task)) {
    dates.start =
        std::max({dates.start, earliest_remaining(plan_), states_[task].resumes.value_or(kEver)});
  }
  if (const TaskId parent = plan_.tasks[task].parent; parent && waits_for_gate(task))
    dates.start = std::max(dates.start, gate_[parent]);
  raise_by_dates(task, dates);
  raise_by_links(task, true, dates);
  raise_by_links(task, false, dates);
  settle_earliest(task, dates);
  if (dates == early_[task]) return false;
  early_[task] = dates;
  if (has_not_started(task)) begin_[task] = dates.start;
  return true;
}

bool PossibleDates::raise_gate(TaskId task) {
  Dates dates{gate_[task], kEver};
  if (const TaskId parent = plan_.tasks[task].parent)
    dates.start = std::max(dates.start, gate_[parent]);
  for (const Constraint& written :
       {plan_.tasks[task].constraint, plan_.tasks[task].second_constraint}) {
    const Constraint constraint = kept(plan_.options, written);
    if (constraint.kind == ConstraintKind::start_on_or_after)
      dates.start = std::max(dates.start, constraint.date);
  }
  raise_by_links(task, true, dates);
  if (dates.start == gate_[task]) return false;
  gate_[task] = dates.start;
  return true;
}

bool PossibleDates::raise_summary(TaskId task) {
  Dates dates{kNever, early_[task].finish};
  Instant begin = kNever;
  for (const std::uint32_t number : children_.of(task.index())) {
    const TaskId child{number};
    dates.start = std::min(dates.start, early_[child].start);
    begin = std::min(begin, begin_[child]);
    if (is_certain_[child] != 0) dates.finish = std::max(dates.finish, early_[child].finish);
  }
  if (dates.start == kNever) return false;  // no children
  dates.start = std::max(dates.start, early_[task].start);
  raise_by_links(task, false, dates);
  if (dates == early_[task] && begin == begin_[task]) return false;
  early_[task] = dates;
  begin_[task] = begin;
  return true;
}

/// By the links that arrive at this end, and by largest lags that leave from it.
void PossibleDates::raise_by_links(TaskId task, bool at_start, Dates& dates) {
  Instant& end = at_start ? dates.start : dates.finish;
  for (const std::uint32_t number : links_to_.of(task.index())) {
    const Link& link = plan_.links[LinkId{number}];
    if (arrives_at_start(link.type) != at_start || !takes_links_of(link.from)) continue;
    end = std::max(end, earliest_arrival(link));
  }
  if (at_start && !has_not_started(task)) return;  // it has left
  for (const std::uint32_t number : links_from_.of(task.index())) {
    const Link& link = plan_.links[LinkId{number}];
    if (!has_max_lag(link) || leaves_from_start(link.type) != at_start || !takes_links_of(link.to))
      continue;
    end = std::max(end, earliest_leave(link));
  }
}

void PossibleDates::raise_by_dates(TaskId task, Dates& dates) const {
  for (const Constraint& written :
       {plan_.tasks[task].constraint, plan_.tasks[task].second_constraint}) {
    const Constraint constraint = kept(plan_.options, written);
    switch (constraint.kind) {
      case ConstraintKind::start_on_or_after:
      case ConstraintKind::start_on:
      case ConstraintKind::mandatory_start:
        if (has_not_started(task)) dates.start = std::max(dates.start, constraint.date);
        break;
      case ConstraintKind::finish_on_or_after:
      case ConstraintKind::finish_on:
      case ConstraintKind::mandatory_finish: {
        // By Primavera's rules no date holds the finish of what is under way.
        if (!has_not_started(task) && plan_.options.late_dates == Options::LateDates::wanted) break;
        Instant soonest = constraint.date;
        for (const Way& way : ways(task)) {
          if (way.work > WorkTime{})
            soonest = std::min(soonest, previous_working(*way.calendar, constraint.date));
        }
        dates.finish = std::max(dates.finish, soonest);
        break;
      }
      default:
        break;
    }
  }
}

/// Start and finish by each other: the soonest of all ways.
void PossibleDates::settle_earliest(TaskId task, Dates& dates) {
  Dates soonest{kNever, kNever};
  for (const Way& way : ways(task)) {
    Instant start = dates.start;
    Instant finish = dates.finish;
    if (way.work > WorkTime{}) {
      start = std::max(start, moved(*way.calendar, dates.finish, -way.work.count()));
      start = next_working(*way.calendar, start);
      finish = std::max(finish, moved(*way.calendar, start, way.work.count()));
    } else {
      start = finish = std::max(start, finish);
    }
    soonest = {std::min(soonest.start, start), std::min(soonest.finish, finish)};
  }
  if (soonest.start >= kNever || soonest.finish >= kNever) {
    is_beyond_time_ = true;
    return;
  }
  dates = {std::max(dates.start, soonest.start), std::max(dates.finish, soonest.finish)};
}

Instant PossibleDates::earliest_arrival(const Link& link) {
  const Instant leaves =
      leaves_from_start(link.type) ? begin_[link.from] : early_[link.from].finish;
  if (!is_date(leaves)) return kEver;
  Instant soonest = kNever;
  if (is_open(plan_, link, link.lag)) {
    if (link.lag.amount < 0) return kEver;
    soonest = leaves;  // a share of something is at least nothing
  } else {
    for (const LagClock& clock : ways_.clocks(link, link.lag))
      soonest = std::min(soonest, moved(*clock.calendar, leaves, clock.minutes));
  }
  if (soonest >= kNever) is_beyond_time_ = true;
  if (!is_date(soonest)) return kEver;
  if (arrives_at_start(link.type) || is_summary(link.to)) return soonest;
  Instant arrives = soonest;
  for (const Way& way : ways(link.to)) {
    if (way.work > WorkTime{})
      arrives = std::min(arrives, previous_working(*way.calendar, soonest));
  }
  return arrives;
}

/// By the largest lag.
Instant PossibleDates::earliest_leave(const Link& link) {
  const Instant arrives =
      arrives_at_start(link.type) ? early_[link.to].start : early_[link.to].finish;
  if (!is_date(arrives) || is_open(plan_, link, link.max_lag)) return kEver;
  Instant soonest = kNever;
  for (const LagClock& clock : ways_.clocks(link, link.max_lag)) {
    const Instant leaves = moved(*clock.calendar, arrives, -clock.minutes);
    soonest =
        std::min(soonest, clock.minutes >= 0 ? previous_working(*clock.calendar, leaves) : leaves);
  }
  return is_date(soonest) ? soonest : kEver;
}

// --- latest dates

void PossibleDates::find_latest(Instant finish_by) {
  for (TaskId task : plan_.tasks.ids()) late_[task] = {finish_by, finish_by};
  for (std::size_t round = most_rounds(); round > 0; --round) {
    bool is_moved = false;
    for (auto visit = order_.rbegin(); visit != order_.rend(); ++visit) {
      const bool is_gate = *visit >= plan_.tasks.size();
      const TaskId task{is_gate ? *visit - plan_.tasks.size() : *visit};
      if (is_gate && !is_summary(task)) continue;
      const bool moves =
          is_gate ? lower_gate(task) : (is_summary(task) ? lower_summary(task) : lower_task(task));
      is_moved = is_moved || moves;
    }
    if (!is_moved) return;
  }
}

bool PossibleDates::lower_task(TaskId task) {
  if (is_completed(task)) return false;
  Dates dates = late_[task];
  if (const TaskId parent = plan_.tasks[task].parent)
    dates.finish = std::min(dates.finish, late_[parent].finish);
  lower_by_dates(task, dates);
  lower_by_links(task, dates);
  settle_latest(task, dates);
  if (dates == late_[task]) return false;
  late_[task] = dates;
  return true;
}

/// A summary begins with the first of its children, and ends with the last.
bool PossibleDates::lower_gate(TaskId task) {
  Dates dates = late_[task];
  Instant last = kEver;
  for (const std::uint32_t number : children_.of(task.index())) {
    const TaskId child{number};
    last = std::max(last, late_[child].finish);
    const bool waits = is_summary(child) || (!is_completed(child) && waits_for_gate(child));
    if (is_certain_[child] != 0 && waits) dates.start = std::min(dates.start, late_[child].start);
  }
  if (is_date(last)) dates.finish = std::min(dates.finish, last);
  if (dates == late_[task]) return false;
  late_[task] = dates;
  return true;
}

bool PossibleDates::lower_summary(TaskId task) {
  Dates dates = late_[task];
  if (const TaskId parent = plan_.tasks[task].parent)
    dates.finish = std::min(dates.finish, late_[parent].finish);
  for (const Constraint& written :
       {plan_.tasks[task].constraint, plan_.tasks[task].second_constraint}) {
    const Constraint constraint = kept(plan_.options, written);
    if (constraint.kind == ConstraintKind::finish_on_or_before)
      dates.finish = std::min(dates.finish, constraint.date);
  }
  lower_by_links(task, dates);
  if (dates == late_[task]) return false;
  late_[task] = dates;
  return true;
}

/// By the links that leave, and by largest lags of those that arrive.
void PossibleDates::lower_by_links(TaskId task, Dates& dates) {
  for (const std::uint32_t number : links_from_.of(task.index())) {
    const Link& link = plan_.links[LinkId{number}];
    const bool at_start = leaves_from_start(link.type);
    // A summary may begin with any of its children, one that has begun already among them.
    if (!takes_links_of(link.to) || (at_start && (is_summary(task) || !has_not_started(task))))
      continue;
    Instant& end = at_start ? dates.start : dates.finish;
    end = std::min(end, latest_leave(link));
  }
  for (const std::uint32_t number : links_to_.of(task.index())) {
    const Link& link = plan_.links[LinkId{number}];
    if (!has_max_lag(link) || !takes_links_of(link.from)) continue;
    Instant& end = arrives_at_start(link.type) ? dates.start : dates.finish;
    end = std::min(end, latest_arrival(link));
  }
}

void PossibleDates::lower_by_dates(TaskId task, Dates& dates) const {
  for (const Constraint& written :
       {plan_.tasks[task].constraint, plan_.tasks[task].second_constraint}) {
    const Constraint constraint = kept(plan_.options, written);
    switch (constraint.kind) {
      case ConstraintKind::start_on_or_before:
      case ConstraintKind::start_on:
      case ConstraintKind::mandatory_start: {
        if (!has_not_started(task)) break;
        Instant latest = constraint.date;
        for (const Way& way : ways(task))
          latest = std::max(latest, next_working(*way.calendar, constraint.date));
        dates.start = std::min(dates.start, latest);
        break;
      }
      case ConstraintKind::finish_on:
      case ConstraintKind::mandatory_finish:
        if (!has_not_started(task) && plan_.options.late_dates == Options::LateDates::wanted) break;
        dates.finish = std::min(dates.finish, constraint.date);
        break;
      case ConstraintKind::finish_on_or_before:
        dates.finish = std::min(dates.finish, constraint.date);
        break;
      default:
        break;
    }
  }
}

void PossibleDates::settle_latest(TaskId task, Dates& dates) const {
  Dates latest{kEver, kEver};
  for (const Way& way : ways(task)) {
    Instant start = std::min(dates.start, dates.finish);
    Instant finish = start;
    if (way.work > WorkTime{}) {
      start = std::min(dates.start, moved(*way.calendar, dates.finish, -way.work.count()));
      finish = std::min(dates.finish, moved(*way.calendar, start, way.work.count()));
      finish = previous_working(*way.calendar, finish);
    }
    latest = {std::max(latest.start, start), std::max(latest.finish, finish)};
  }
  if (!is_date(latest.start) || !is_date(latest.finish)) return;
  dates = {std::min(dates.start, latest.start), std::min(dates.finish, latest.finish)};
}

Instant PossibleDates::latest_leave(const Link& link) {
  const Instant arrives =
      arrives_at_start(link.type) ? late_[link.to].start : late_[link.to].finish;
  if (!is_date(arrives)) return kNever;
  Instant by = arrives;
  if (!arrives_at_start(link.type) && !is_summary(link.to)) {
    for (const Way& way : ways(link.to)) {
      if (way.work > WorkTime{}) by = std::max(by, next_working(*way.calendar, arrives));
    }
  }
  if (!is_date(by)) return kNever;
  if (is_open(plan_, link, link.lag)) {
    if (link.lag.amount < 0) return kNever;
    return by;
  }
  Instant latest = kEver;
  for (const LagClock& clock : ways_.clocks(link, link.lag)) {
    if (clock.minutes >= 0) {
      latest = std::max(latest, moved(*clock.calendar, by, -clock.minutes));
      continue;
    }
    // A lead goes back to where its work would begin; that is no later than `by`, so before the rest it lies in.
    const std::int64_t lead = -clock.minutes - (clock.calendar->is_working(by) ? 0 : 1);
    latest = std::max(latest, next_working(*clock.calendar, moved(*clock.calendar, by, lead)));
  }
  return is_date(latest) ? latest : kNever;
}

/// By the largest lag.
Instant PossibleDates::latest_arrival(const Link& link) {
  Instant leaves = leaves_from_start(link.type) ? late_[link.from].start : late_[link.from].finish;
  if (!is_summary(link.from)) {
    const TaskState state = states_[link.from];
    if (leaves_from_start(link.type) && state.stage != Stage::not_started)
      leaves = *state.actual_start;
    if (!leaves_from_start(link.type) && state.stage == Stage::completed)
      leaves = *state.actual_finish;
  }
  if (!is_date(leaves) || is_open(plan_, link, link.max_lag)) return kNever;
  Instant latest = kEver;
  for (const LagClock& clock : ways_.clocks(link, link.max_lag)) {
    const Instant arrives = moved(*clock.calendar, leaves, clock.minutes);
    latest =
        std::max(latest, clock.minutes >= 0 ? next_working(*clock.calendar, arrives) : arrives);
  }
  return is_date(latest) ? latest : kNever;
}

}  // namespace diaodu::check
