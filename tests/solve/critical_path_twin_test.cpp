#include <optional>
#include <sstream>

#include "diaodu/check/schedule_check.h"
#include "diaodu/solve/critical_path.h"
#include "support/property.h"
#include "support/random_network.h"
#include "support/slow_path.h"

namespace diaodu::solve {
namespace {

/// The plan as drawing and numbers, for whoever has to find out why the twins disagree.
std::string told(const Plan& plan) {
  std::ostringstream out;
  const auto offset = [&](Instant instant) { return (instant - plan.start).count(); };
  out << "start " << plan.start.minutes() << ", lag calendar "
      << static_cast<int>(plan.options.lag_calendar) << '\n';
  for (const NamedCalendar& calendar : plan.calendars) {
    out << "calendar " << calendar.rule.id << ": ";
    const DayShifts& shifts = calendar.pattern.week[0];
    if (shifts.size() > 1) {
      const int period = shifts[1].begin - shifts[0].begin;
      out << "works " << shifts[0].end - shifts[0].begin << " of every " << period
          << ", first at start + "
          << ((shifts[0].begin - plan.start.minutes()) % period + period) % period;
    }
    out << '\n';
  }
  for (const Task& task : plan.tasks) {
    out << task.id.str() << ": kind " << static_cast<int>(task.kind) << " work "
        << task.duration.count() << " calendar "
        << (task.is_elapsed ? "clock"
            : task.calendar ? "b"
                            : "a");
    if (task.parent) out << " in " << plan.tasks[task.parent].id.str();
    for (const Constraint& constraint : {task.constraint, task.second_constraint}) {
      if (constraint.kind != ConstraintKind::none) {
        out << " constraint " << static_cast<int>(constraint.kind) << '@'
            << offset(constraint.date);
      }
    }
    if (task.deadline != kNever) out << " deadline@" << offset(task.deadline);
    out << '\n';
  }
  static constexpr std::array kTypes = {"FS", "SS", "FF", "SF"};
  static constexpr std::array kUnits = {"", "e", "c%", "ec%"};
  for (const Link& link : plan.links) {
    out << plan.tasks[link.from].id.str() << " -> " << plan.tasks[link.to].id.str() << ' '
        << kTypes[static_cast<std::size_t>(link.type)] << " lag " << link.lag.amount
        << kUnits[static_cast<std::size_t>(link.lag.unit)];
    if (link.has_max_lag) {
      out << " max " << link.max_lag.amount << kUnits[static_cast<std::size_t>(link.max_lag.unit)];
    }
    out << '\n';
  }
  return out.str();
}

/// A finish just before closing time may lie before what a link demands, by minutes that nobody
/// works. Circles that would fit thanks to that are refused all the same: they never make sense.
bool is_held_by_a_finish(const Network& network, const Circle& circle) {
  return std::any_of(circle.arcs.begin(), circle.arcs.end(), [&](std::uint32_t arc) {
    return network.arcs[arc].arrives_start == 0 && network.work[network.arcs[arc].to] > WorkTime{};
  });
}

/// No upper date and no mandatory one: nothing can be late.
bool is_free_of_upper_dates(const Plan& plan) {
  const auto is_lower = [](const Constraint& constraint) {
    return constraint.kind == ConstraintKind::none ||
           constraint.kind == ConstraintKind::start_on_or_after ||
           constraint.kind == ConstraintKind::finish_on_or_after;
  };
  return std::all_of(plan.tasks.begin(), plan.tasks.end(), [&](const Task& task) {
    return task.deadline == kNever && is_lower(task.constraint) && is_lower(task.second_constraint);
  });
}

struct Tally {
  int cases = 0;
  int impossible = 0;
  int late = 0;
};

/// What `check`, which knows nothing of networks, says against the early dates; upper windows, and
/// what a mandatory date breaks, aside.
std::string judged(const Plan& plan, const SlowPath& slow) {
  Schedule schedule{Table<TaskId, Placement>(plan.tasks.size()), {}};
  for (TaskId task : slow.leaves()) {
    const SlowPath::Dates dates = slow.early[task.index()];
    schedule.placements[task] = {dates.start, dates.finish, dates.start, {}, true};
  }
  roll_up(schedule, plan);
  std::string told;
  for (const check::Violation& violation : check::judge(plan, schedule).first) {
    if (violation.kind == check::Violation::Kind::outside_window) continue;
    if (violation.link && slow.is_pinned(plan.links[violation.link].from)) continue;
    if (violation.link && slow.is_any_pinned_in(plan.links[violation.link].to)) continue;
    told += to_string(violation, plan, Language::english) + '\n';
  }
  return told;
}

/// Of impossible plans one in `one_in` is asked about: to see that a circle on several calendars never settles takes
/// the fast twin a long walk through time.
void compare(const Plan& plan, Tally& tally, int one_in = 500) {
  ++tally.cases;
  SlowPath slow(plan);
  const bool is_possible = slow.find_early();
  tally.impossible += is_possible ? 0 : 1;
  if (!is_possible && tally.impossible % one_in != 0) return;

  const WorkingTimes times(plan);
  const TaskStates states(plan, times);
  const Network network = make_network(plan, times, states);
  ForwardPass forward = forward_pass(network);
  std::ostringstream told_dates;
  // Circles may come to rest where the slow twin does not look, at the end of a day.
  constexpr Elapsed kFarthestLook{kMinutesPerDay / 2};
  if (!is_possible && !forward.circle && forward.path.finish > plan.start + kFarthestLook) {
    const CriticalPath& path = forward.path;
    for (TaskId task : slow.leaves()) {
      const Node node = network.node_of[task];
      slow.early[task.index()] = {path.earliest_start[node], path.earliest_finish[node]};
    }
    if (const std::string against = judged(plan, slow); !against.empty())
      RC_FAIL(told(plan) + against);
    return;
  }
  const auto tell = [&](const char* which, TaskId task, Instant fast, Instant expected) {
    if (fast == expected) return;
    told_dates << which << " of " << plan.tasks[task].id.str() << " is "
               << (fast - plan.start).count() << ", minute by minute "
               << (expected - plan.start).count() << '\n';
  };
  if (is_possible && forward.circle && is_held_by_a_finish(network, *forward.circle)) return;
  if (forward.circle.has_value() == is_possible) told_dates << "possible: " << is_possible << '\n';
  if (is_possible && !forward.circle) {
    CriticalPath& path = forward.path;
    for (TaskId task : slow.leaves()) {
      const Node node = network.node_of[task];
      tell("early start", task, path.earliest_start[node], slow.early[task.index()].start);
      tell("early finish", task, path.earliest_finish[node], slow.early[task.index()].finish);
    }
    told_dates << judged(plan, slow);
    if (told_dates.str().empty()) {
      tell("end", TaskId{0}, path.finish, slow.finish());
      backward_pass(network, path);
      // Where largest lags and late dates contradict each other, late dates sink, and how far means
      // nothing.
      const auto has_sunk = [&](TaskId task) {
        return slow.late[task.index()].finish < slow.early[task.index()].finish;
      };
      const std::vector<TaskId> leaves = slow.leaves();
      if (slow.find_late(path.finish) &&
          (network.knots.empty() || std::none_of(leaves.begin(), leaves.end(), has_sunk))) {
        ++tally.late;
        if (is_free_of_upper_dates(plan) && std::any_of(leaves.begin(), leaves.end(), has_sunk)) {
          told_dates << "negative float, and no reason for it\n";
        }
        for (TaskId task : leaves) {
          const Node node = network.node_of[task];
          tell("late start", task, path.latest_start[node], slow.late[task.index()].start);
          tell("late finish", task, path.latest_finish[node], slow.late[task.index()].finish);
        }
      }
    }
  }
  if (!told_dates.str().empty()) RC_FAIL(told(plan) + told_dates.str());
}

void compare_on_random_plans(const Ingredients& with) {
  Tally tally;
  holds(10'000, [&] { compare(random_plan(with), tally); });
  if (testing::Test::HasFailure()) return;
  EXPECT_GT(tally.late, 4'000);  // or the test has not seen much
}

TEST(CriticalPath, on_the_clock_agrees_with_trying_every_minute) {
  compare_on_random_plans(
      {.has_calendars = false, .has_max_lags = false, .has_constraints = false});
}
TEST(CriticalPath, on_calendars_agrees_with_trying_every_minute) {
  compare_on_random_plans({.has_max_lags = false, .has_constraints = false});
}
TEST(CriticalPath, with_lower_windows_agrees_with_trying_every_minute) {
  compare_on_random_plans({.has_max_lags = false});
}
TEST(CriticalPath, with_upper_windows_agrees_with_trying_every_minute) {
  compare_on_random_plans({.has_max_lags = false, .has_upper_windows = true});
}
TEST(CriticalPath, with_largest_lags_on_the_clock_agrees_with_trying_every_minute) {
  compare_on_random_plans({.has_calendars = false, .has_constraints = false});
}
TEST(CriticalPath, with_largest_lags_agrees_with_trying_every_minute) {
  compare_on_random_plans({});
}
TEST(CriticalPath, with_summaries_agrees_with_trying_every_minute) {
  compare_on_random_plans(
      {.has_max_lags = false, .has_upper_windows = true, .has_summaries = true});
}

TEST(CriticalPath, circles_through_summaries_are_all_found_and_no_others) {
  Tally tally;
  holds(500,
        [&] { compare(random_plan({.has_constraints = false, .has_summaries = true}), tally, 1); });
  if (testing::Test::HasFailure()) return;
  EXPECT_GT(tally.impossible, 25);
}

TEST(CriticalPath, circles_through_summaries_on_one_calendar_are_all_found_and_no_others) {
  Tally tally;
  holds(1'000, [&] {
    Plan plan = random_plan({.has_constraints = false, .has_summaries = true});
    for (TaskId task : plan.tasks.ids()) {
      plan.tasks[task].calendar = {};
      plan.tasks[task].is_elapsed = false;
    }
    plan.options.lag_calendar = Options::LagCalendar::project;
    for (Link& link : plan.links) {
      for (Lag* lag : {&link.lag, &link.max_lag}) {
        const bool is_share =
            lag->unit == Lag::Unit::percent || lag->unit == Lag::Unit::elapsed_percent;
        *lag = {is_share ? lag->amount / 5000 : lag->amount, Lag::Unit::work};
      }
    }
    compare(plan, tally, 1);
  });
  if (testing::Test::HasFailure()) return;
  EXPECT_GT(tally.impossible, 50);
}

}  // namespace
}  // namespace diaodu::solve
