#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "diaodu/check/schedule_check.h"
#include "diaodu/solve/solve.h"
#include "support/property.h"

namespace diaodu::solve {
namespace {

/// A quarter of a day: all shifts, work, lags and dates are whole quarters, so that every start can be tried.
constexpr int kQuarter = 360;
constexpr int kPerDay = kMinutesPerDay / kQuarter;
constexpr int kFirstDay = 20'003;  // a Thursday

DayShifts quarters(const char* worked) {  // "x" is a quarter that is worked
  DayShifts shifts;
  for (int i = 0; i < kPerDay; ++i) {
    if (worked[i] == 'x') shifts.push_back({i * kQuarter, (i + 1) * kQuarter});
  }
  return normalised(shifts);
}

/// Office days, two shifts, nights, a shift on every other day, ...; with a holiday or a make-up day.
NamedCalendar random_calendar(const char* id, const Zone& zone) {
  static constexpr std::array kDays = {".xx.", ".xxx", "x..x", "xxxx", "xx..", ".x.x"};
  CalendarRule rule;
  rule.id = id;
  const char* day = kDays[static_cast<std::size_t>(number(0, 6))];
  const int rest = number(0, 4);
  for (std::size_t weekday = 0; weekday < 7; ++weekday) {
    const bool is_off = rest == 1   ? weekday >= 5
                        : rest == 2 ? weekday == 6
                                    : rest == 3 && weekday % 2;
    rule.week[weekday] = is_off ? DayShifts{} : quarters(day);
  }
  if (one_in(2)) {
    const Date date{kFirstDay + number(0, 6)};
    rule.exceptions.push_back(
        {.first = date, .last = date, .shifts = quarters(one_in(2) ? "...." : ".xx.")});
  }
  const CalendarRule* chain[] = {&rule};
  return make_calendar(rule, chain, zone);
}

struct CalendarIngredients {
  int most_tasks = 8;
  bool has_max_lags = true;
  bool has_dates = true;
  bool has_pins = false;
};

Instant quarter(const Plan& plan, int number_of) {
  return plan.start + Elapsed{number_of * kQuarter};
}

Plan random_calendar_plan(const CalendarIngredients& with) {
  Plan plan;
  plan.start = Instant{std::int64_t{kFirstDay} * kMinutesPerDay};
  for (const char* id : {"a", "b", "c"}) plan.calendars.add(random_calendar(id, plan.zone));
  plan.calendar = CalendarId{0};
  const auto any_calendar = [] { return CalendarId{static_cast<std::size_t>(number(0, 3))}; };
  plan.options.lag_calendar = static_cast<Options::LagCalendar>(number(0, 4));
  for (const char* id : {"crew", "crane"}) {
    Resource resource;
    resource.id = plan.text(id);
    resource.capacity = Amount{number(1, 4) * 1000};
    if (one_in(4)) resource.calendar = any_calendar();
    plan.resources.add(resource);
  }
  if (one_in(2)) {
    const int from = number(0, 16);
    plan.availability.push_back({ResourceId{static_cast<std::size_t>(number(0, 2))},
                                 {quarter(plan, from), quarter(plan, from + number(1, 9))},
                                 Amount{number(0, 4) * 1000}});
  }
  const int num_tasks = number(2, with.most_tasks + 1);
  for (int i = 0; i < num_tasks; ++i) {
    Task task;
    task.id = plan.text(std::string(1, static_cast<char>('A' + i)));
    task.duration = WorkTime{number(1, 5) * kQuarter};
    if (one_in(2)) task.calendar = any_calendar();
    if (one_in(8)) task.is_elapsed = true;
    if (with.has_dates && one_in(5)) {
      static constexpr std::array kKinds = {
          ConstraintKind::start_on_or_after, ConstraintKind::start_on_or_before,
          ConstraintKind::finish_on_or_after, ConstraintKind::finish_on_or_before};
      const auto kind = static_cast<std::size_t>(number(0, 4));
      task.constraint = {kKinds[kind], quarter(plan, number(kind % 2 == 1 ? 8 : 0, 24))};
    }
    if (with.has_pins && one_in(6))
      task.constraint = {ConstraintKind::mandatory_start, quarter(plan, number(0, 12))};
    const TaskId id = plan.tasks.add(task);
    for (std::size_t resource = 0; resource < 2; ++resource) {
      if (one_in(3)) continue;
      const auto most =
          static_cast<int>(plan.resources[ResourceId{resource}].capacity.count() / 1000);
      plan.demands.add({.task = id,
                        .resource = ResourceId{resource},
                        .amount = Amount{number(1, most + 1) * 1000}});
    }
  }
  for (std::size_t to = 1; to < plan.tasks.size(); ++to) {
    if (one_in(2)) continue;
    Link link;
    link.from = TaskId{static_cast<std::size_t>(number(0, static_cast<int>(to)))};
    link.to = TaskId{to};
    link.type = one_in(2) ? LinkType::finish_to_start : static_cast<LinkType>(number(0, 4));
    link.lag.amount = one_in(2) ? 0 : number(-1, 3) * kQuarter;
    if (one_in(3)) link.lag.unit = Lag::Unit::elapsed;
    if (with.has_max_lags && one_in(2) && (leaves_from_start(link.type) || one_in(12))) {
      link.has_max_lag = true;
      link.max_lag = {.amount = link.lag.amount + number(0, 4) * kQuarter, .unit = link.lag.unit};
    }
    plan.links.add(link);
  }
  return plan;
}

/// The slow twin: every combination of starts, quarter by quarter, straight from the tables.  What comes through is
/// judged by the witness; what is asked on the way only leaves out what cannot be mended by later tasks.
class EveryStart {
 public:
  explicit EveryStart(const Plan& plan) : plan_(plan) {
    schedule_.placements = Table<TaskId, Placement>(plan.tasks.size());
    for (CalendarId id : plan.calendars.ids()) {
      std::vector<char>& worked = worked_.emplace_back(kQuarters, 0);
      for (int at = 0; at < kQuarters; ++at) {
        for (const Shift& shift : plan.calendars[id].pattern.on(Date{kFirstDay + at / kPerDay})) {
          const int begin = at % kPerDay * kQuarter;
          if (shift.begin <= begin && begin < shift.end) worked[static_cast<std::size_t>(at)] = 1;
        }
      }
    }
    for (TaskId task : plan.tasks.ids()) works_.push_back(works_of(task));
    for (ResourceId resource : plan.resources.ids()) {
      std::vector<std::int64_t>& free =
          free_.emplace_back(kQuarters, plan.resources[resource].capacity.count());
      for (const Availability& row : plan.availability) {
        if (row.resource != resource) continue;
        for (int at = 0; at < kQuarters; ++at) {
          if (row.during.contains(quarter(plan, at)))
            free[static_cast<std::size_t>(at)] = row.capacity.count();
        }
      }
    }
  }

  /// The least finish, in quarters since the plan's start, of all legal schedules that end by `until`; nothing if
  /// there is none.  `is_complete` says whether all were tried.
  std::optional<int> least(int until) {
    best_ = std::min(until + 1, kQuarters);
    is_found_ = false;
    extend(0);
    return is_found_ ? std::optional(best_) : std::nullopt;
  }
  bool is_complete() const { return num_tries_ < kMostTries; }

 private:
  static constexpr int kQuarters = 400;
  static constexpr std::int64_t kMostTries = 30'000;

  std::vector<char> works_of(TaskId task) const {
    std::vector<char> works(kQuarters, 1);
    const Task& row = plan_.tasks[task];
    if (row.is_elapsed) return works;
    bool is_any = false;
    const auto meet = [&](CalendarId calendar) {
      if (!calendar) return;
      is_any = true;
      for (std::size_t at = 0; at < works.size(); ++at)
        works[at] = works[at] != 0 && worked_[calendar.index()][at] != 0 ? 1 : 0;
    };
    meet(row.calendar);
    for (const Demand& demand : plan_.demands) {
      if (demand.task == task) meet(plan_.resources[demand.resource].calendar);
    }
    if (!is_any) meet(plan_.calendar);
    return works;
  }

  void extend(std::size_t depth) {
    if (depth == plan_.tasks.size()) {
      int end = 0;
      for (const int finish : finish_) end = std::max(end, finish);
      roll_up(schedule_, plan_);
      if (!check::judge(plan_, schedule_).is_legal) return;
      best_ = end;
      is_found_ = true;
      return;
    }
    const TaskId task{depth};
    const std::vector<char>& works = works_[depth];
    const std::int64_t work = plan_.tasks[task].duration.count() / kQuarter;
    for (int start = 0; start < best_; ++start) {
      if (works[static_cast<std::size_t>(start)] == 0) continue;
      if (++num_tries_ > kMostTries) return;
      int finish = start;
      for (std::int64_t left = work; left > 0 && finish < best_; ++finish)
        left -= works[static_cast<std::size_t>(finish)];
      if (finish >= best_) return;
      start_.push_back(start);
      finish_.push_back(finish);
      schedule_.placements[task] = {.start = quarter(plan_, start),
                                    .finish = quarter(plan_, finish),
                                    .resumes = quarter(plan_, start)};
      if (keeps_links(task)) {
        if (take(task, start, finish, 1)) extend(depth + 1);
        take(task, start, finish, -1);
      }
      start_.pop_back();
      finish_.pop_back();
    }
  }

  /// Only links that need no counting of lags; the witness knows the others.
  bool keeps_links(TaskId task) const {
    if (plan_.tasks[task].constraint.kind == ConstraintKind::mandatory_start) return true;
    for (const Link& link : plan_.links) {
      if (link.to != task || link.lag.amount < 0) continue;
      if (!arrives_at_start(link.type)) continue;
      const std::size_t from = link.from.index();
      const int leaves = leaves_from_start(link.type) ? start_[from] : finish_[from];
      if (start_[task.index()] < leaves) return false;
    }
    return true;
  }

  bool take(TaskId task, int start, int finish, int sign) {
    bool fits = true;
    for (const Demand& demand : plan_.demands) {
      if (demand.task != task) continue;
      for (int at = start; at < finish; ++at) {
        const auto slot = static_cast<std::size_t>(at);
        if (works_[task.index()][slot] == 0) continue;
        free_[demand.resource.index()][slot] -= sign * demand.amount.count();
        fits = fits && free_[demand.resource.index()][slot] >= 0;
      }
    }
    return fits;
  }

  const Plan& plan_;
  Schedule schedule_;
  std::vector<std::vector<char>> worked_;  // of each calendar
  std::vector<std::vector<char>> works_;   // of each task
  std::vector<std::vector<std::int64_t>> free_;
  std::vector<int> start_;
  std::vector<int> finish_;
  int best_ = 0;
  bool is_found_ = false;
  std::int64_t num_tries_ = 0;
};

std::string drawing(const Plan& plan, const Answer& answer) {
  std::ostringstream out;
  const auto at = [&plan](Instant instant) {
    return double((instant - plan.start).count()) / kQuarter;
  };
  for (const NamedCalendar& calendar : plan.calendars) {
    out << calendar.rule.id << ": ";
    for (int day = 0; day < 8; ++day)
      out << to_string(calendar.pattern.on(Date{kFirstDay + day})) << " | ";
    out << "\n";
  }
  for (TaskId id : plan.tasks.ids()) {
    const Task& task = plan.tasks[id];
    const Placement& placed = answer.schedule.placements[id];
    out << task.id.view() << " " << task.duration.count() / kQuarter << (task.is_elapsed ? "e" : "")
        << " calendar " << (task.calendar ? task.calendar.index() : 0) << " at " << at(placed.start)
        << "-" << at(placed.finish);
    if (task.constraint.kind != ConstraintKind::none) {
      out << " constraint " << static_cast<int>(task.constraint.kind) << " "
          << at(task.constraint.date);
    }
    for (const Demand& demand : plan.demands) {
      if (demand.task == id) {
        out << " " << plan.resources[demand.resource].id.view() << "x"
            << demand.amount.count() / 1000;
      }
    }
    out << "\n";
  }
  for (const Link& link : plan.links) {
    out << plan.tasks[link.from].id.view() << "->" << plan.tasks[link.to].id.view() << " type "
        << static_cast<int>(link.type) << " lag " << link.lag.amount / kQuarter << " unit "
        << static_cast<int>(link.lag.unit);
    if (link.has_max_lag) out << " max " << link.max_lag.amount / kQuarter;
    out << "\n";
  }
  for (const Availability& row : plan.availability) {
    out << plan.resources[row.resource].id.view() << " " << at(row.during.from) << "-"
        << at(row.during.to) << " capacity " << row.capacity.count() / 1000 << "\n";
  }
  for (const Resource& resource : plan.resources) {
    out << resource.id.view() << " capacity " << resource.capacity.count() / 1000 << " calendar "
        << (resource.calendar ? int(resource.calendar.index()) : -1) << "\n";
  }
  out << "lag calendar " << static_cast<int>(plan.options.lag_calendar) << " status "
      << static_cast<int>(answer.status) << " finish " << at(answer.finish) << " bound "
      << at(answer.bound.finish) << " kind " << static_cast<int>(answer.bound.kind) << "\n";
  for (const Finding& finding : answer.findings.kept())
    out << finding.message(Language::english) << "\n";
  return out.str();
}

/// A largest lag after a finish may want work to end a minute after a rest, for which no quarter is whole.
bool keeps_to_quarters(const Plan& plan) {
  return std::none_of(plan.links.begin(), plan.links.end(), [](const Link& link) {
    return link.has_max_lag && !leaves_from_start(link.type);
  });
}

/// The solver finds the best there is and says so, or that there is none.
void agrees_with_trying_everything(const CalendarIngredients& with, int cases) {
  int num_optimal = 0;
  int num_infeasible = 0;
  int num_by_search = 0;
  int num_by_minutes = 0;
  int num_untried = 0;
  holds(cases, [&] {
    const Plan plan = random_calendar_plan(with);
    Request request;
    request.limits.steps = 2'000'000;
    const Answer answer = solve(plan, {}, request);
    RC_LOG(drawing(plan, answer));
    RC_ASSERT(answer.status == Status::optimal || answer.status == Status::infeasible);
    EveryStart twin(plan);
    if (answer.status == Status::infeasible) {
      constexpr int kFarEnough = 40;
      const auto least = twin.least(kFarEnough);
      RC_ASSERT(!least);
      ++(twin.is_complete() ? num_infeasible : num_untried);
      return;
    }
    RC_ASSERT(answer.bound.finish == answer.finish);
    const auto finish = (answer.finish - plan.start).count();
    if (!keeps_to_quarters(plan)) {
      ++num_by_minutes;
      const auto whole = static_cast<int>((finish - 1) / kQuarter);
      RC_ASSERT(!twin.least(whole));
      return;
    }
    RC_ASSERT(finish % kQuarter == 0);
    const auto least = twin.least(static_cast<int>(finish / kQuarter));
    if (!twin.is_complete() && !least) {
      ++num_untried;
      return;
    }
    RC_ASSERT(least.has_value());
    RC_ASSERT(*least == finish / kQuarter);
    ++num_optimal;
    num_by_search += answer.bound.kind == LowerBound::Kind::search ? 1 : 0;
  });
  EXPECT_GE(num_optimal + num_infeasible + num_by_minutes, 10'000);
  EXPECT_GT(num_infeasible, cases / 100);
  EXPECT_GT(num_by_search, cases / 10);
  EXPECT_LT(num_untried, cases / 20);
}

TEST(Calendars, plans_with_links_and_resources_agree_with_trying_everything) {
  agrees_with_trying_everything({.has_max_lags = false, .has_dates = false}, 10'100);
}

TEST(Calendars, plans_with_largest_lags_and_dated_limits_agree_with_trying_everything) {
  agrees_with_trying_everything({}, 10'600);
}

}  // namespace
}  // namespace diaodu::solve
