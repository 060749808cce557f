#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "diaodu/core/finding.h"
#include "diaodu/core/id.h"
#include "diaodu/plan/plan.h"
#include "diaodu/plan/schedule.h"
#include "diaodu/track/earned_value.h"
#include "diaodu/track/record.h"

namespace diaodu::track {

/// What holds a task's next start where the current schedule has it; said by whoever made that schedule.
struct Hold {
  enum class By : std::uint8_t {
    nothing_known,
    predecessor,  ///< a link from `task`
    resource,     ///< `resource`, taken by `task` (if known)
    other,        ///< a date, a calendar, its own record, a choice
  };
  By by = By::nothing_known;
  TaskId task;
  ResourceId resource;
};

/// How things will go on from the status date: a schedule of the plan with what has happened, and what its maker knows
/// of it.  Tables that are empty say nothing.
struct Course {
  Schedule schedule;
  Table<TaskId, Hold> holds;
  Table<TaskId, std::optional<WorkTime>> total_float;  ///< nothing: completed, or not known
  std::vector<TaskId> critical;                        ///< tasks that are critical now
};

/// How much of a task is done, as a fraction that is kept exactly: `done` of `whole`.
struct Share {
  std::int64_t done = 0;
  std::int64_t whole = 1;

  double as_number() const { return static_cast<double>(done) / static_cast<double>(whole); }
  bool is_nothing() const { return done == 0; }
  bool is_all() const { return done == whole; }
};

enum class Stage : std::uint8_t { not_started, started, completed, left_out };

/// Working time by which a task's finish slipped, in parts.  On the task's own calendar; a summary's on the plan's.
///
///   sum of causes == total      (exactly; what came earlier is negative)
struct Slip {
  struct Cause {
    enum class Kind : std::uint8_t {
      predecessor,   ///< `task` let it start later
      resource,      ///< `resource` was not free (`task` had it, if known)
      constraint,    ///< its own date, or that of a summary above it
      late_start,    ///< it began later than it could have
      not_begun,     ///< it could have begun before the status date, and has not
      duration,      ///< it takes longer, or less
      interruption,  ///< begun, it waits for `task` or `resource`
      other_start,   ///< its start moved for another reason: a calendar, a choice
      child,         ///< of a summary: `task`, its child that ends last
    };
    Kind kind = Kind::other_start;
    WorkTime time;
    TaskId task;
    ResourceId resource;
  };
  WorkTime total;             ///< more than 0: later than the baseline
  WorkTime start;             ///< of its start
  std::vector<Cause> causes;  ///< the largest first; none is 0
  /// Where most of it comes from, from largest cause to largest cause: the task itself, or one before or below it.
  /// None where nothing slipped.
  TaskId root;
};

enum class Light : std::uint8_t { none, green, amber, red };

/// One reason for a light, as data; `report` has the words.
struct LightReason {
  enum class Kind : std::uint8_t {
    completed,            ///< done: at `date`
    on_plan,              ///< nothing to complain of
    slips_within_float,   ///< later by `time` because of `task`, with `other_time` of float left
    slips_beyond_float,   ///< later by `time`, and no float left: it moves the plan's finish
    slips_from_baseline,  ///< later by `time`; float is not known
    deadline_missed,      ///< finished after `other_date`, its deadline, at `date`
    deadline_will_miss,   ///< will finish at `date`, after `other_date`
    not_begun,            ///< should have begun at `date`, and nobody has said that it did
    not_finished,         ///< should have finished at `date`
    no_report,            ///< under way or due; nothing was reported since `date` (kEver: ever)
    costs_more,   ///< `ratio` is CPI; `task` (or `resource`) costs `money` more than it earned
    earns_less,   ///< `ratio` is SPI; `task` earned `money` less than planned
    worse_below,  ///< of a summary: `count` tasks below are red, first `task`
  };
  Kind kind = Kind::on_plan;
  Light light = Light::green;
  WorkTime time;
  WorkTime other_time;
  Instant date = kEver;
  Instant other_date = kEver;
  double ratio = 0;
  Money money;
  TaskId task;
  ResourceId resource;
  std::size_t count = 0;
};

/// The worst light of its reasons, and these, the worst first.
struct TrafficLight {
  Light light = Light::none;
  std::vector<LightReason> reasons;
};

struct TaskStatus {
  Stage stage = Stage::not_started;
  Share share;        ///< of the budget earned, by its rule; of a summary by its children's budgets
  EarnedValue value;  ///< of a summary: with all below it
  std::optional<Instant> reported;  ///< when the last fact about it was true
  bool has_baseline = false;        ///< else it is new, and has no slip
  Interval baseline;                ///< its dates in the baseline
  Interval now;                     ///< actual dates where there are some, else those of the course
  Slip slip;
  std::optional<WorkTime> total_float;
  bool is_critical = false;
  bool was_critical = false;
  TrafficLight light;
};

/// Of what one resource does; no resource: fixed costs, and money spent on none in particular.
struct ResourceStatus {
  ResourceId resource;
  EarnedValue value;
};

/// A month or a week: what was planned, earned and spent in it, and up to its end.  Earned and spent know nothing of
/// what comes after the status date: there they are 0, and the sums stay.
struct PeriodStatus {
  Interval during;
  Money planned;
  Money earned;
  Money actual;
  Money planned_so_far;
  Money earned_so_far;
  Money actual_so_far;
  bool is_past = false;  ///< it began before the status date, or something was spent in it
};

/// What comes next, for one owner.
struct LookAhead {
  struct Entry {
    enum class Kind : std::uint8_t { overdue_start, overdue_finish, start, finish, milestone };
    Kind kind = Kind::start;
    TaskId task;
    Instant when;      ///< overdue: when it should have been
    Instant expected;  ///< when it will be, as far as anybody knows
  };
  std::string owner;           ///< empty: nobody is named
  std::vector<Entry> entries;  ///< overdue first, then by date
};

/// All that is to be said of where a plan stands.
struct Status {
  Instant as_of;                           ///< the status date
  std::string baseline;                    ///< its name
  Interval baseline_dates;                 ///< from its first start to its last finish
  Instant finish;                          ///< as expected now
  EarnedValue value;                       ///< of the plan
  std::optional<EarnedSchedule> schedule;  ///< nothing where the baseline has no budget
  std::optional<double> earned_months;     ///< ES in months, worked out month by month
  Slip slip;                               ///< of the plan's finish, on its own calendar
  TrafficLight light;
  Table<TaskId, TaskStatus> tasks;
  std::vector<ResourceStatus>
      resources;  ///< those with money in them, in the order of the table; fixed costs last
  std::vector<PeriodStatus> months;
  std::vector<PeriodStatus> weeks;       ///< from Monday to Monday
  std::vector<TaskId> new_critical;      ///< critical now, and not in the baseline
  std::vector<TaskId> cleared_critical;  ///< the other way round; what is completed is not told
  std::vector<LookAhead> ahead;          ///< by owner, in the order of the outline
  Instant ahead_until;
  Findings findings;  ///< what is wrong with the record
};

/// Where lights change.
struct Tolerances {
  double amber_performance = 0.95;  ///< CPI and SPI below this
  double red_performance = 0.85;
  double red_slip = 0.05;        ///< of the plan's finish, as a share of the baseline's duration
  int days_without_report = 14;  ///< days on the clock
};

struct StatusRequest {
  Instant as_of;
  Baseline baseline;
  std::vector<TaskId> was_critical;  ///< in the baseline, by whoever knows
  bool knows_critical = false;       ///< both sets of critical tasks are known
  int days_ahead = 14;
  Tolerances tolerances;
};

/// Where the plan stands at `as_of`, by the record (facts after it do not count), against the baseline.  Knows no solver:
/// `course` says what is expected from now on.  What is wrong with the record is among the findings, and left out.
/// Costs O(n log n + p n), p = the number of periods.
Status status(const Plan& plan, const Record& record, const Course& course,
              const StatusRequest& request);

}  // namespace diaodu::track
