#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include "diaodu/check/certify.h"
#include "diaodu/check/objective.h"
#include "diaodu/core/finding.h"
#include "diaodu/plan/plan.h"
#include "diaodu/plan/schedule.h"

namespace diaodu::solve {

enum class Status : std::uint8_t {
  optimal,     ///< proven: of all that the plan wants, in its order, no schedule has better
  feasible,    ///< a legal schedule; a better one may exist
  infeasible,  ///< proven: no schedule keeps all the rules; the findings say why
  unknown,     ///< none was found in time, and none was excluded
};

/// Why a task starts where it starts: the one thing that, taken away, would let it start earlier.
struct Reason {
  enum class Kind : std::uint8_t {
    plan_start,           ///< the plan begins there
    data_date,            ///< nothing that remains begins before
    link,                 ///< `link` from `by`
    resource,             ///< `resource` is taken by `tasks` until `date`
    calendar,             ///< its own calendar does not work from `date` on until its start
    start_date,           ///< its own constraint, `date`
    finish_date,          ///< its own constraint on its finish, `date`
    mandatory,            ///< a mandatory date
    as_late_as_possible,  ///< it waits for its successors, and wants to
    record,               ///< it has happened
    children,             ///< a summary begins with its first child, `by`
    baseline,             ///< nothing forces it: it is kept where the baseline has it
    choice,               ///< nothing forces it: an earlier start would not end the plan earlier
    left_out,             ///< an optional task that is not done
  };
  Kind kind = Kind::plan_start;
  LinkId link;
  TaskId by;
  ResourceId resource;
  std::vector<TaskId> tasks;
  Instant date;
  /// Between `date`, where all else would let it start, and its start lies more than a weekend in which
  /// its calendar does not work.
  bool waits_for_calendar = false;
};

/// What the network says of a task besides where it is placed.
struct TaskDates {
  Instant earliest_start;  ///< by links, windows and calendars alone
  Instant earliest_finish;
  Instant latest_start;   ///< without moving the finish; where resources are levelled, keeping
  Instant latest_finish;  ///< the order in which the schedule uses them
  WorkTime total_float;
  WorkTime free_float;
  bool has_float = true;     ///< false: completed
  bool is_critical = false;  ///< its total float is within `Options::critical_float`
};

/// Why no schedule can end earlier.
struct LowerBound {
  enum class Kind : std::uint8_t {
    critical_path,  ///< the longest chain of links
    resource_load,  ///< `resource` has `work` to do in `during`, and can do no more than `room`
    packing,  ///< `tasks` stand in each other's way: weighed, they are `work`, and `during` has `room`
    search,  ///< every other way was tried
  };
  Instant finish;
  Kind kind = Kind::critical_path;
  ResourceId resource;
  Interval during;  ///< all of `tasks` must lie in it, if the plan ended a minute earlier
  Effort work;      ///< what they take together
  Effort room;      ///< what the resource offers there, calendars and capacity considered
  std::vector<TaskId> tasks;
  /// Of a load: `work` and `room` count the minutes in which one of these could be at work, and no others; empty:
  /// those of any of `tasks`.
  std::vector<TaskId> hours_of;
  std::vector<std::int64_t> weights;  ///< of a packing: of each of the tasks
  std::int64_t limit = 0;             ///< of a packing: of tasks at work at once, no more
};

/// As the witness wants it; not of a search.
inline check::BoundClaim claim_of(const LowerBound& bound) {
  using Kind = check::BoundClaim::Kind;
  const Kind kind = bound.kind == LowerBound::Kind::packing         ? Kind::packing
                    : bound.kind == LowerBound::Kind::resource_load ? Kind::resource_load
                                                                    : Kind::critical_path;
  return {bound.finish, kind,           bound.resource, bound.during,
          bound.tasks,  bound.hours_of, bound.weights,  bound.limit};
}

/// What became of the proof log that was asked for.
struct ProofOutcome {
  enum class Kind : std::uint8_t {
    not_asked,
    written,      ///< it proves that no schedule finishes before `finish`, or that there is none
    cut,          ///< likewise; it grew too long, and the search went on without it
    links_alone,  ///< not written: no resource was levelled, so nothing was searched
    form,  ///< not written: calendars that differ, modes, progress ...; a log knows whole numbers only
    size,  ///< not written: too many tasks for a search that proves
  };
  Kind kind = Kind::not_asked;
  Instant finish;
  bool is_infeasible = false;
  std::int64_t bytes = 0;

  bool is_written() const { return kind == Kind::written || kind == Kind::cut; }
};

/// One step forward of the search.
struct Improvement {
  double seconds = 0;
  std::int64_t steps = 0;
  Instant finish;  ///< of the best schedule so far
  Instant bound;   ///< no schedule ends before
  WorkTime tardiness;
  WorkTime stability;
};

/// All that `solve` has to say about a plan.
struct Answer {
  Status status = Status::unknown;
  bool is_levelled = true;    ///< false: links alone were asked for
  bool has_schedule = false;  ///< also true where the dates break a limit (`infeasible`)
  Schedule schedule;
  Table<TaskId, TaskDates> dates;
  Table<TaskId, Reason> reasons;
  std::vector<TaskId>
      critical_chain;  ///< from the start to the finish, each held by the one before
  /// The most critical chains of links that end with the finish, the longest first, by their float.
  struct FloatPath {
    WorkTime total_float;
    std::vector<TaskId> tasks;  ///< in order of time
  };
  std::vector<FloatPath> float_paths;
  Instant start;  ///< where the makespan counts from: the plan's start
  Instant finish;
  LowerBound bound;
  /// What the witness that knows no solver says of it; nothing where a search found it: see the proof log.
  std::optional<check::BoundVerdict> bound_verdict;
  /// What was wanted, in order; stability only if there was a baseline.
  std::vector<Objective> objectives = {Objective::finish};
  ObjectiveValues values;  ///< of the schedule, all of them
  /// Of those that were wanted: no schedule that is as good on the ones before has less.
  ObjectiveValues bounds;
  Baseline baseline;  ///< that it was compared with; empty: none
  check::Moves moves;
  ProofOutcome proof_log;
  std::vector<Improvement> log;
  Findings findings;  ///< what makes the plan impossible, and what it misses
  std::int64_t steps = 0;
  double seconds = 0;
  double seconds_to_best = 0;
  std::uint64_t seed = 0;
  bool was_cancelled = false;

  bool wants(Objective objective) const {
    return std::find(objectives.begin(), objectives.end(), objective) != objectives.end();
  }
  bool is_proven(Objective objective) const {
    switch (objective) {
      case Objective::finish:
        return values.finish <= bounds.finish;
      case Objective::tardiness:
        return values.tardiness <= bounds.tardiness;
      case Objective::stability:
        return values.stability <= bounds.stability;
    }
    return false;
  }

  Elapsed makespan() const { return finish - start; }
  /// (makespan - bound) / makespan; 0 when proven.
  double gap() const {
    const std::int64_t length = makespan().count();
    return length <= 0
               ? 0
               : static_cast<double>((finish - bound.finish).count()) / static_cast<double>(length);
  }
};

}  // namespace diaodu::solve
