#pragma once

#include <optional>
#include <string>
#include <vector>

#include "diaodu/core/quantity.h"
#include "diaodu/core/time.h"
#include "diaodu/track/observation.h"

namespace diaodu::track {

/// How far a task was at an instant.  What is not said stays as the fact before said it.
struct TaskFact {
  std::string task;  ///< its id
  Instant when;      ///< of which this is true: the status date
  std::optional<Instant> actual_start;
  std::optional<Instant> actual_finish;
  std::optional<WorkTime> remaining;
  std::optional<int> percent;           ///< of the duration done, hundredths of a percent
  std::optional<int> physical_percent;  ///< of the thing made, hundredths of a percent
  std::vector<std::string> steps_done;  ///< ids of weighted steps
};

/// Money that was spent.  A negative amount is money that came back.
struct CostFact {
  std::string task;
  std::string resource;  ///< empty: on none in particular
  Instant when;
  Money amount;
  bool begins_day =
      false;  ///< `when` is the first minute of its day, as in a plan's table; else the day's end
};

/// A schedule that was agreed upon, to be measured against.
struct Baseline {
  struct Row {
    std::string task;
    Instant start;
    Instant finish;
    Money cost;  ///< the budget at completion
  };
  std::string name;
  Instant taken;
  std::vector<Row> rows;
};

/// A plan file was changed: what it became, by the hash of its content.
struct PlanChange {
  Instant when;
  std::string hash;  ///< BLAKE2b-256 of the canonical content, hexadecimal
  std::string what;
};

/// A decision, or a note.
struct Remark {
  Instant when;
  std::string author;
  std::string subject;  ///< the id of a task, a target or a decision; may be empty
  std::string text;
  bool is_decision = false;
};

/// What the ledger said at an instant, corrections applied: each list in the order of `when` (of
/// `published`, of `taken`), equal ones in the order in which they were entered.
struct Record {
  std::vector<TaskFact> tasks;
  std::vector<CostFact> costs;
  std::vector<Observation> observations;  ///< of all vintages
  std::vector<Baseline> baselines;
  std::vector<PlanChange> changes;
  std::vector<Remark> remarks;
};

}  // namespace diaodu::track
