#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "diaodu/core/id.h"
#include "diaodu/core/time.h"
#include "diaodu/plan/plan.h"

namespace diaodu::check {

/// What links and dates alone make of a task; told by whoever works out critical paths.
struct PlannedDates {
  Instant start;  ///< earliest, or actual
  Instant finish;
  WorkTime total_float;
  bool has_float = false;    ///< false: completed, or nobody knows
  bool is_scheduled = true;  ///< false: optional, and left out
};

/// The plan worked out once more, one task on its critical path longer than it is.
struct DelayTest {
  TaskId task;
  WorkTime delay;  ///< on the task's own calendar
  WorkTime moved;  ///< by how much the plan's finish moved, on the same calendar
  Instant before;  ///< the plan's finish as it is
  Instant after;   ///< and with the delay
};

/// All that the points need besides the plan.
struct QualityEvidence {
  Table<TaskId, PlannedDates> dates;
  Table<TaskId, std::optional<Interval>> baseline;  ///< empty: there is none
  Instant finish;                                   ///< of the plan, by links and dates alone
  std::optional<DelayTest> delay;                   ///< nothing: no task to delay
};

/// One thing that counts against a point; which fields say more depends on the flaw.
struct QualityFlaw {
  enum class Kind : std::uint8_t {
    no_predecessor,
    no_successor,
    no_links,          ///< neither of them
    loose_start,       ///< told, not counted: predecessors hold its finish only
    loose_finish,      ///< told, not counted: successors wait for its start only
    lead,              ///< `link`
    lag,               ///< `link`
    link_type,         ///< `link`
    constraint,        ///< `constraint`
    high_float,        ///< `time`
    negative_float,    ///< `time`
    long_duration,     ///< `time`
    start_in_past,     ///< not begun, and planned for `date`, before the data date
    finish_in_past,    ///< not finished, and planned to end at `date`, before the data date
    actual_in_future,  ///< `date`, recorded, lies after the data date
    no_resource,       ///< nobody, nothing, and no cost
    finished_late,     ///< at `date`, not by `other_date`, its baseline
    not_finished,      ///< was to be by `other_date`; expected at `date`
    not_followed,      ///< delayed by `time`, and the finish moved by `other_time`
    open_before_due,  ///< not finished, and its baseline (`other_date`) had it finished by the data date
  };
  Kind kind = Kind::no_links;
  TaskId task;  ///< of a link: the one it leads to
  LinkId link;
  Constraint constraint;
  WorkTime time;
  WorkTime other_time;
  Instant date;
  Instant other_date;
};

/// What became of one point.
struct QualityResult {
  enum class Verdict : std::uint8_t {
    kept,
    broken,
    not_judged,      ///< its limit is off
    not_applicable,  ///< there is nothing to measure: no links, no baseline, no data date ...
  };
  QualityPoint point = QualityPoint::logic;
  Verdict verdict = Verdict::not_applicable;
  std::size_t count = 0;           ///< what is counted, see `quality`
  std::size_t of = 0;              ///< of how many
  double value = 0;                ///< the share, or the index
  std::vector<QualityFlaw> flaws;  ///< in the order of the tables
};

struct Quality {
  std::array<QualityResult, kNumQualityPoints> points;
  std::size_t num_open = 0;       ///< tasks and milestones that are not completed
  std::size_t num_completed = 0;  ///< and those that are
  WorkTime path_length;  ///< of CPLI: from the data date to the finish, on the plan's calendar
  WorkTime path_float;   ///< of CPLI: from the finish to the date that is to be met
  std::optional<Instant>
      to_meet;  ///< that date: the plan's must-finish, else the baseline's finish

  const QualityResult& operator[](QualityPoint point) const {
    return points[static_cast<std::size_t>(point)];
  }
};

/// Measures the fourteen points (see `QualityPoint`) against `Plan::quality`.  Summaries and what is left out do not
/// count; a summary's links count for all below it.  With "open" for what is not completed:
///
///   logic              open tasks without predecessor or successor / open tasks; one beginning and one end are the plan's own
///   leads, lags        links into open tasks with a negative (positive) lag / links into open tasks
///   link_types         links into open tasks from finish to start / links into open tasks        (at least)
///   hard_constraints   open tasks that must start or finish on, or no later than, a date / open tasks
///   high_float         open tasks with more total float than `float_days` / open tasks
///   negative_float     open tasks with less than none / open tasks
///   long_durations     open tasks longer than `duration_days` / open tasks with work
///   invalid_dates      tasks planned before the data date or recorded after it / tasks
///   resources          open tasks with work that demand nothing and cost nothing / open tasks with work
///   missed_tasks       tasks due by the data date in the baseline that end later than there / tasks due
///   critical_path_test how much of a task's delay the plan's finish follows                       (at least)
///   CPLI               (path length + path float) / path length                                   (at least)
///   BEI                tasks completed / (tasks due by the data date in the baseline + tasks without baseline)
///
/// Costs O((tasks + links + demands) x depth of the outline).
Quality quality(const Plan& plan, const QualityEvidence& evidence);

}  // namespace diaodu::check
