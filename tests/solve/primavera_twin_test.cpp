#include <sstream>

#include "diaodu/solve/critical_path.h"
#include "support/property.h"
#include "support/random_network.h"
#include "support/random_progress.h"
#include "support/slow_primavera.h"

namespace diaodu::solve {
namespace {

/// As a plan from Primavera may be.
Plan random_primavera_plan() {
  Plan plan = random_plan({.has_max_lags = false, .has_upper_windows = true});
  plan.options.late_dates = Options::LateDates::wanted;
  plan.options.start_lag = static_cast<Options::StartLag>(number(0, 2));
  plan.options.total_float = static_cast<Options::TotalFloat>(number(0, 3));
  plan.options.progress_rule = static_cast<Options::ProgressRule>(one_in(2) ? number(0, 3) : 0);
  plan.options.open_ends_are_critical = one_in(6);
  if (one_in(4)) plan.must_finish = plan.start + Elapsed{number(0, 60)};
  for (Link& link : plan.links) {  // Primavera has no shares
    if (link.lag.unit == Lag::Unit::percent || link.lag.unit == Lag::Unit::elapsed_percent)
      link.lag = {link.lag.amount / 5000, Lag::Unit::work};
  }
  for (TaskId task : plan.tasks.ids()) {
    if (one_in(6)) plan.tasks[task].constraint = {ConstraintKind::as_late_as_possible, {}};
  }
  if (one_in(2)) add_progress(plan);
  return plan;
}

std::string told(const Plan& plan) {
  std::ostringstream out;
  const auto offset = [&](Instant instant) { return (instant - plan.start).count(); };
  const Options& options = plan.options;
  out << "lag calendar " << static_cast<int>(options.lag_calendar) << " start lag "
      << static_cast<int>(options.start_lag) << " float " << static_cast<int>(options.total_float)
      << " progress " << static_cast<int>(options.progress_rule);
  if (plan.must_finish) out << " must finish @" << offset(*plan.must_finish);
  if (plan.data_date) out << " data date @" << offset(*plan.data_date);
  for (const NamedCalendar& calendar : plan.calendars) {
    const DayShifts& shifts = calendar.pattern.week[0];
    out << "\ncalendar " << calendar.rule.id;
    if (shifts.size() > 1) {
      const int period = shifts[1].begin - shifts[0].begin;
      out << ": " << shifts[0].end - shifts[0].begin << " of every " << period << " first @"
          << ((shifts[0].begin - plan.start.minutes()) % period + period) % period;
    }
  }
  for (const Task& task : plan.tasks) {
    out << '\n'
        << task.id.str() << ": kind " << static_cast<int>(task.kind) << " work "
        << task.duration.count() << ' '
        << (task.is_elapsed ? "clock"
            : task.calendar ? "b"
                            : "a");
    for (const Constraint& each : {task.constraint, task.second_constraint}) {
      if (each.kind != ConstraintKind::none)
        out << " constraint " << static_cast<int>(each.kind) << '@' << offset(each.date);
    }
    if (task.deadline != kNever) out << " deadline@" << offset(task.deadline);
  }
  for (const Progress& progress : plan.progress) {
    out << '\n'
        << plan.tasks[progress.task].id.str() << " began @" << offset(*progress.actual_start);
    if (progress.actual_finish) out << " ended @" << offset(*progress.actual_finish);
    if (progress.remaining) out << " remains " << progress.remaining->count();
    if (progress.resumes) out << " resumes @" << offset(*progress.resumes);
  }
  static constexpr std::array kTypes = {"FS", "SS", "FF", "SF"};
  for (const Link& link : plan.links) {
    out << '\n'
        << plan.tasks[link.from].id.str() << " -> " << plan.tasks[link.to].id.str() << ' '
        << kTypes[static_cast<std::size_t>(link.type)] << ' ' << link.lag.amount
        << (link.lag.unit == Lag::Unit::elapsed ? "e" : "");
  }
  return out.str();
}

void compare(const Plan& plan) {
  const SlowPrimavera slow(plan);
  const WorkingTimes times(plan);
  const TaskStates states(plan, times);
  const Network network = make_network(plan, times, states);
  ForwardPass forward = forward_pass(network);
  CriticalPath& path = forward.path;
  backward_pass(network, path);
  place_as_late_as_possible(network, path);
  std::ostringstream different;
  for (TaskId task : plan.tasks.ids()) {
    const SlowPrimavera::Row& row = slow.rows[task.index()];
    if (row.is_completed) continue;
    const Node node = network.node_of[task];
    const auto tell = [&](const char* what, std::int64_t fast, std::int64_t expected) {
      if (fast == expected) return;
      different << '\n'
                << what << " of " << plan.tasks[task].id.str() << " is " << fast
                << ", by the rules " << expected;
    };
    const auto offset = [&](Instant instant) { return (instant - plan.start).count(); };
    tell("early start", offset(path.earliest_start[node]), offset(row.early_start));
    tell("early finish", offset(path.earliest_finish[node]), offset(row.early_finish));
    tell("late start", offset(path.latest_start[node]), offset(row.late_start));
    tell("late finish", offset(path.latest_finish[node]), offset(row.late_finish));
    tell("total float", total_float(network, path, node).count(), row.total_float);
    tell("free float", free_float(network, path, node).count(), row.free_float);
  }
  if (!different.str().empty()) RC_FAIL(told(plan) + different.str());
}

TEST(Primavera, dates_and_floats_follow_its_rules_applied_minute_by_minute) {
  holds(10'000, [] { compare(random_primavera_plan()); });
}

}  // namespace
}  // namespace diaodu::solve
