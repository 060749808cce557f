#pragma once

#include <optional>
#include <vector>

#include "diaodu/core/finding.h"
#include "diaodu/core/id.h"
#include "diaodu/plan/plan.h"
#include "diaodu/track/record.h"

namespace diaodu::track {

/// What is known of a task by some date, from all facts up to it.
struct TaskFacts {
  /// How far it was at one time; what was said of it then or before, and is not out of date.
  struct Report {
    Instant when;
    std::optional<WorkTime> remaining;
    std::optional<int> percent;
    std::optional<int> physical_percent;
    std::int64_t weight_done = 0;  ///< of its steps, thousandths
  };
  std::optional<Instant> actual_start;
  std::optional<Instant> actual_finish;
  std::vector<Report> reports;  ///< ascending, one for each instant
};

/// An instant of the day on which the money was spent.
inline Instant within_day(const Spending& spent) {
  return spent.ends_day ? spent.when - Elapsed{1} : spent.when;
}

/// The record of one plan as of a date, by the plan's own ids.
struct Facts {
  Table<TaskId, TaskFacts> tasks;
  std::vector<Spending> costs;  ///< by date, in the order of the record where that is equal
  /// What the record says and cannot be: unknown names, a finish before its start, 130 %.  Left out above.
  Findings findings;
};

/// Facts later than `as_of` are not known yet.  A later statement of how much is done, in percent or as what remains,
/// puts an earlier one out of date; steps that are done stay done.
Facts read_facts(const Plan& plan, const Record& record, Instant as_of);

/// What the plan's own tables say has happened: `progress`, `steps` and `costs`, all as of its data date.
Record record_in(const Plan& plan);

/// The facts as rows of the plan's table, for whoever schedules the rest.
std::vector<Progress> progress_of(const Facts& facts);

}  // namespace diaodu::track
