#pragma once

#include <cstdint>
#include <optional>

#include "diaodu/core/quantity.h"
#include "diaodu/core/text.h"
#include "diaodu/core/time.h"
#include "diaodu/plan/ids.h"

namespace diaodu {

enum class TaskKind : std::uint8_t {
  task,
  summary,           ///< spans its children; does no work itself
  start_milestone,   ///< takes no time; sits at the beginning of a working minute
  finish_milestone,  ///< takes no time; sits where its predecessors end, even at closing time
  hammock,  ///< spans what it is linked with (Primavera: level of effort); see `plan/hammock.h`
};

/// What a date on a task demands.  The names of MS Project and of Primavera meet here.
enum class ConstraintKind : std::uint8_t {
  none,
  start_on_or_after,    ///< MSP start no earlier than; P6 start on or after
  start_on_or_before,   ///< MSP start no later than; P6 start on or before
  start_on,             ///< MSP must start on; P6 start on
  finish_on_or_after,   ///< MSP finish no earlier than; P6 finish on or after
  finish_on_or_before,  ///< MSP finish no later than; P6 finish on or before
  finish_on,            ///< MSP must finish on; P6 finish on
  mandatory_start,      ///< P6: starts then, whatever its links say
  mandatory_finish,     ///< P6: finishes then, whatever its links say
  as_late_as_possible,  ///< as late as its successors' own dates allow; carries no date
};

struct Constraint {
  ConstraintKind kind = ConstraintKind::none;
  Instant date;

  /// It holds whatever links say.
  bool is_mandatory() const {
    return kind == ConstraintKind::mandatory_start || kind == ConstraintKind::mandatory_finish;
  }
};

/// How much of its budget a task under way has earned (PMI's measures of work).  Finished, it has earned all.
enum class EarningRule : std::uint8_t {
  duration,      ///< the share of its duration that is done
  work,          ///< of its work, done and remaining: what it takes longer counts as work too
  physical,      ///< of the thing made, as somebody reports it
  zero_hundred,  ///< nothing until it is finished
  fifty_fifty,   ///< half from its start on
  steps,         ///< the weights of its steps that are done
};

struct Task {
  Text id;
  Text name;
  Text name_zh;
  Text owner;
  Text notes;
  WorkTime duration;          ///< the likely one; minutes around the clock if `is_elapsed`
  Instant deadline = kNever;  ///< wanted, not forced: missing it is reported
  Constraint constraint;
  Constraint second_constraint;  ///< Primavera's secondary constraint
  Money cost;                    ///< fixed, besides what its resources cost
  TaskId parent;
  CalendarId calendar;  ///< none: its resources' calendars, else the plan's
  PlaceId place;
  DecisionId decision;          ///< what decided that this be done
  std::int32_t priority = 500;  ///< 0 ... 1000; the higher goes first where resources are short
  std::int32_t weight = 1;      ///< 0 ... kMostWeight; what it counts when its deadline is missed
  TaskKind kind = TaskKind::task;
  EarningRule earned_by = EarningRule::duration;
  bool is_elapsed = false;  ///< works around the clock, whatever the calendars say
  bool is_optional = false;
  bool ignores_resource_calendars = false;

  bool is_hammock() const { return kind == TaskKind::hammock; }
  bool is_milestone() const {
    return kind == TaskKind::start_milestone || kind == TaskKind::finish_milestone;
  }
};

/// False where other tasks decide its dates: what it is said to take or to need means nothing.
inline bool does_work(const Task& task) {
  return task.kind != TaskKind::summary && task.kind != TaskKind::hammock;
}

/// A range around a task's duration; `Task::duration` is its likely value.
struct Estimate {
  TaskId task;
  WorkTime low;
  WorkTime high;
};

enum class LinkType : std::uint8_t {
  finish_to_start,
  start_to_start,
  finish_to_finish,
  start_to_finish
};

constexpr bool leaves_from_start(LinkType type) {
  return type == LinkType::start_to_start || type == LinkType::start_to_finish;
}
constexpr bool arrives_at_start(LinkType type) {
  return type == LinkType::finish_to_start || type == LinkType::start_to_start;
}

/// The time between the two ends of a link; negative is a lead.
struct Lag {
  enum class Unit : std::uint8_t {
    work,             ///< minutes on the plan's choice of calendar, see `Options::lag_calendar`
    elapsed,          ///< minutes on the clock
    percent,          ///< hundredths of a percent of the predecessor's duration, as work
    elapsed_percent,  ///< the same, on the clock
  };
  std::int32_t amount = 0;
  Unit unit = Unit::work;

  friend constexpr bool operator==(const Lag&, const Lag&) = default;
};

/// `to`'s end comes at least `lag`, and at most `max_lag` (if any), after `from`'s end.
struct Link {
  TaskId from;
  TaskId to;
  Lag lag;
  Lag max_lag;
  LinkType type = LinkType::finish_to_start;
  bool has_max_lag = false;
};

/// An alternative way to do a task.  A task without rows in this table has one mode: itself.
struct Mode {
  TaskId task;
  Text id;
  WorkTime duration;
  Money cost;
};

/// What is known to have happened to a task by the data date.
struct Progress {
  TaskId task;
  std::optional<Instant> actual_start;
  std::optional<Instant> actual_finish;
  std::optional<WorkTime> remaining;    ///< of the duration, from the data date on
  std::optional<Instant> resumes;       ///< interrupted: what remains begins no earlier
  std::optional<int> percent;           ///< hundredths of a percent of the duration done
  std::optional<int> physical_percent;  ///< hundredths of a percent of the thing made
};

/// A part of a task that is done or not; of weighted steps the budget is earned, see `EarningRule::steps`.
struct Step {
  TaskId task;
  Text id;  ///< unique within its task
  Text name;
  std::int64_t weight = 1000;  ///< thousandths, at least 0; only their proportions count
  bool is_done = false;
};

/// Money that was spent on a task by the data date.  A negative amount came back.
struct Spending {
  TaskId task;
  ResourceId resource;  ///< none: on none in particular
  Instant when;
  Money amount;
  bool ends_day = false;  ///< `when` is the end of the day it was spent on
};

}  // namespace diaodu
