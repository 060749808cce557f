#pragma once

#include <cstdint>
#include <optional>

#include "diaodu/plan/plan.h"
#include "diaodu/plan/working_times.h"

namespace diaodu {

/// How far a task has got by the data date.
struct TaskState {
  enum class Stage : std::uint8_t { not_started, started, completed };
  Stage stage = Stage::not_started;
  std::optional<Instant> actual_start;
  std::optional<Instant> actual_finish;
  /// Work still to be done; only of a started task.  What the record says; else by its percentage;
  /// else what is left after working from the actual start to the data date without a break.
  WorkTime remaining;
  std::optional<Instant> resumes;  ///< what remains begins no earlier; only of a started task
};

/// The state of every task, from the plan's progress rows.
class TaskStates {
 public:
  TaskStates(const Plan& plan, const WorkingTimes& times);

  TaskState operator[](TaskId task) const { return states_.empty() ? TaskState{} : states_[task]; }
  bool is_any() const { return !states_.empty(); }

  /// With all instants elsewhere.
  template <class Move>
  TaskStates moved(const Move& move) const {
    TaskStates there = *this;
    for (TaskState& state : there.states_) {
      for (std::optional<Instant>* instant :
           {&state.actual_start, &state.actual_finish, &state.resumes}) {
        if (*instant) *instant = move(**instant);
      }
    }
    return there;
  }

 private:
  Table<TaskId, TaskState> states_;  // empty when nothing has happened
};

/// Does a mandatory date say where the task lies, or what remains of it?  What has begun has no start to hold any more,
/// by Primavera's rules (`Options::LateDates::wanted`) no finish either.
bool is_pinned(const Plan& plan, TaskId task, const TaskState& state);

/// Nothing that remains to be done begins before this.
inline Instant earliest_remaining(const Plan& plan) {
  return plan.data_date && *plan.data_date > plan.start ? *plan.data_date : plan.start;
}

}  // namespace diaodu
