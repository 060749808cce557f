#pragma once

#include <cstdint>

#include "diaodu/plan/plan.h"
#include "diaodu/plan/progress.h"
#include "diaodu/plan/schedule.h"
#include "diaodu/plan/working_times.h"

namespace diaodu::check {

/// What links say about placements, straight from the tables.
class LinkRules {
 public:
  /// All must outlive it.
  LinkRules(const Plan& plan, const WorkingTimes& times, const TaskStates& states)
      : plan_(plan), times_(times), states_(states) {}

  /// False where nobody asks: what has happened cannot be rescheduled, a mandatory date holds whatever links say,
  /// and the options may let what is under way go on without its predecessors.
  bool counts(const Link& link) const;
  /// Where the end at which it arrives has happened, no largest lag can be asked of it any more.
  bool is_met(const Link& link) const;

  /// Where the link's two ends lie; summaries as they are rolled up.
  Instant leaves(const Link& link, const Schedule& schedule) const;
  Instant arrives(const Link& link, const Schedule& schedule) const;

  /// The first instant at which the link may arrive if it leaves at `leaves`.
  Instant earliest(const Link& link, const Schedule& schedule, Instant leaves) const;
  /// Whether an end of the successor that lies at `arrives` comes no sooner than `earliest`: a finish just before
  /// a rest reaches all of that rest.
  bool reaches(const Link& link, const Schedule& schedule, Instant arrives, Instant earliest) const;
  /// Whether the largest lag holds; true if there is none.
  bool is_close_enough(const Link& link, const Schedule& schedule, Instant leaves,
                       Instant arrives) const;
  /// The last instant at which the largest lag lets the link arrive.
  Instant latest(const Link& link, const Schedule& schedule, Instant leaves) const;

 private:
  /// A lag in the link's own time.
  struct LagClock {
    const Calendar* calendar;
    std::int64_t minutes;
  };
  LagClock clock_of(const Link& link, const Lag& lag, const Schedule& schedule) const;
  const Calendar& calendar_of(TaskId task, const Schedule& schedule) const;
  WorkTime duration_of(TaskId task, const Schedule& schedule) const;

  const Plan& plan_;
  const WorkingTimes& times_;
  const TaskStates& states_;
};

}  // namespace diaodu::check
