#include <optional>
#include <sstream>

#include "diaodu/check/schedule_check.h"
#include "diaodu/solve/critical_path.h"
#include "support/property.h"
#include "support/slow_path.h"

namespace diaodu::solve {
namespace {

int number(int from, int below) { return *rc::gen::inRange(from, below); }
bool one_in(int of) { return *rc::gen::resize(100, rc::gen::inRange(0, of)) == 0; }

/// What a random plan may hold.
struct Ingredients {
  bool has_calendars = true;
  bool has_leads = true;
  bool has_max_lags = true;
  bool has_constraints = true;
  bool has_upper_windows = false;
  bool has_summaries = false;
};

/// Works some minutes, rests some, and again, all day long.
CalendarRule short_shifts(const char* id) {
  CalendarRule rule;
  rule.id = id;
  DayShifts shifts;
  const int on = number(1, 7);
  const int period = on + number(1, 7);
  for (int begin = number(0, period); begin + on <= kMinutesPerDay; begin += period) {
    shifts.push_back({begin, begin + on});
  }
  rule.week.fill(shifts);
  return rule;
}

Lag some_lag(int low, int high) {
  Lag lag;
  lag.unit = static_cast<Lag::Unit>(number(0, 4));
  const bool is_share = lag.unit == Lag::Unit::percent || lag.unit == Lag::Unit::elapsed_percent;
  lag.amount = number(low, high) * (is_share ? 5000 : 1);
  return lag;
}

Constraint some_constraint(const Ingredients& with, Instant start) {
  using enum ConstraintKind;
  static constexpr std::array kLower = {start_on_or_after, finish_on_or_after, mandatory_start,
                                        mandatory_finish};
  static constexpr std::array kUpper = {start_on_or_before, finish_on_or_before, start_on,
                                        finish_on};
  const auto pick = static_cast<std::size_t>(number(0, 4));
  const ConstraintKind kind = with.has_upper_windows && one_in(2) ? kUpper[pick] : kLower[pick];
  return {kind, start + Elapsed{number(with.has_summaries ? 0 : -5, 25)}};
}

Plan random_plan(const Ingredients& with) {
  Plan plan;
  plan.start = Instant{600 + number(0, 10)};
  for (const char* id : {"a", "b"}) {
    CalendarRule rule = short_shifts(id);
    if (!with.has_calendars || one_in(4)) rule.week.fill(DayShifts{{0, kMinutesPerDay}});
    const CalendarRule* chain[] = {&rule};
    plan.calendars.add(make_calendar(rule, chain, plan.zone));
  }
  plan.calendar = CalendarId{0};
  plan.options.lag_calendar = static_cast<Options::LagCalendar>(number(0, 4));

  const int num_summaries = with.has_summaries ? number(1, 3) : 0;
  const int num_tasks = 2 * num_summaries + number(1, 6 - num_summaries);
  for (int i = 0; i < num_tasks; ++i) {
    Task task;
    task.id = plan.text(std::string(1, static_cast<char>('A' + i)));
    if (i < num_summaries) {
      task.kind = TaskKind::summary;
      if (i > 0 && one_in(2)) task.parent = TaskId{0};
      if (one_in(4)) {
        task.constraint = {ConstraintKind::start_on_or_after, plan.start + Elapsed{number(0, 25)}};
      }
      if (with.has_upper_windows && one_in(4)) {
        task.second_constraint = {ConstraintKind::finish_on_or_before,
                                  plan.start + Elapsed{number(0, 40)}};
      }
      if (with.has_upper_windows && one_in(4)) task.deadline = plan.start + Elapsed{number(0, 40)};
      plan.tasks.add(task);
      continue;
    }
    task.kind = one_in(5) ? (one_in(2) ? TaskKind::start_milestone : TaskKind::finish_milestone)
                          : TaskKind::task;
    task.duration = WorkTime{task.is_milestone() ? 0 : number(1, 7)};
    task.calendar = one_in(2) ? CalendarId{1} : CalendarId{};
    task.is_elapsed = one_in(6);
    // Every summary has a child: its own number of the tasks, and perhaps others.
    if (i < 2 * num_summaries) {
      task.parent = TaskId{static_cast<std::size_t>(i - num_summaries)};
    } else if (num_summaries > 0 && one_in(2)) {
      task.parent = TaskId{0};
    }
    if (with.has_constraints && one_in(4)) task.constraint = some_constraint(with, plan.start);
    if (with.has_constraints && one_in(10)) {
      const Constraint second = some_constraint(with, plan.start);
      const bool is_mandatory = second.kind == ConstraintKind::mandatory_start ||
                                second.kind == ConstraintKind::mandatory_finish;
      if (!is_mandatory) task.second_constraint = second;
    }
    if (with.has_upper_windows && one_in(5)) task.deadline = plan.start + Elapsed{number(0, 30)};
    plan.tasks.add(task);
  }
  for (int i = num_tasks < 2 ? 0 : number(0, 8); i > 0; --i) {
    Link link;
    int from = number(0, num_tasks - 1);
    int to = number(from + 1, num_tasks);
    if (with.has_max_lags && one_in(6)) std::swap(from, to);  // and round we go
    link.from = TaskId{static_cast<std::size_t>(from)};
    link.to = TaskId{static_cast<std::size_t>(to)};
    link.type = static_cast<LinkType>(number(0, 4));
    if (one_in(2)) link.lag = some_lag(with.has_leads ? -4 : 0, 5);
    const bool has_summary = plan.tasks[link.from].kind == TaskKind::summary ||
                             plan.tasks[link.to].kind == TaskKind::summary;
    if (has_summary) {
      const auto is_above = [&](TaskId above, TaskId task) {
        for (; task; task = plan.tasks[task].parent) {
          if (task == above) return true;
        }
        return false;
      };
      if (is_above(link.from, link.to) || is_above(link.to, link.from)) continue;
      link.type = LinkType::finish_to_start;
      link.lag.unit = Lag::Unit::work;
      link.lag.amount = link.lag.amount % 7;
    } else if (with.has_max_lags && one_in(4)) {
      link.has_max_lag = true;
      link.max_lag =
          one_in(3) ? some_lag(-2, 9) : Lag{link.lag.amount + number(0, 6) * 1000, link.lag.unit};
      if (link.max_lag.unit == Lag::Unit::work || link.max_lag.unit == Lag::Unit::elapsed) {
        link.max_lag.amount %= 50;
      }
    }
    plan.links.add(link);
  }
  return plan;
}

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

void compare(const Plan& plan, Tally& tally) {
  ++tally.cases;
  SlowPath slow(plan);
  const bool is_possible = slow.find_early();
  tally.impossible += is_possible ? 0 : 1;
  // To see that a circle on calendars never settles takes the fast twin a long walk through time.
  if (!is_possible && tally.impossible % 500 != 0) return;

  const WorkingTimes times(plan);
  const TaskStates states(plan, times);
  const Network network = make_network(plan, times, states);
  ForwardPass forward = forward_pass(network);
  std::ostringstream told_dates;
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

}  // namespace
}  // namespace diaodu::solve
