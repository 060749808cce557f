#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "diaodu/core/language.h"
#include "diaodu/plan/plan.h"
#include "diaodu/plan/sources.h"
#include "diaodu/solve/answer.h"

namespace diaodu::report {

/// What a difference is about, the most consequential first.
enum class DifferenceGroup : std::uint8_t {
  plan,      ///< settings: start, data date, must-finish, options
  tasks,     ///< new, gone, renamed, moved in the outline, of another kind
  critical,  ///< became critical, or is no longer
  dates,     ///< starts and finishes that follow
  durations,
  links,
  limits,     ///< constraints, deadlines
  calendars,  ///< and which task or resource has which
  resources,  ///< demands and availability too
  progress,
  cost,
  floats,
  others,
};
inline constexpr std::size_t kNumDifferenceGroups = 13;

/// One cell, row or consequence that differs.
struct Difference {
  enum class Change : std::uint8_t { added, removed, changed };
  DifferenceGroup group = DifferenceGroup::others;
  Change change = Change::changed;
  std::string table;    ///< `tasks`, `plan`; of consequences `schedule`
  std::string key;      ///< what identifies the row: `B`, `A, B`
  std::string subject;  ///< the same as people call it: `'Pour'`, `'Dig' → 'Pour'`
  std::string field;    ///< the column or setting; of a whole row empty
  std::string label;    ///< the same in the language
  std::string before;   ///< as tables hold it; of a row its other cells; empty: nothing
  std::string after;
  std::optional<WorkTime> by;  ///< of dates and floats: working time, later and more above 0
  TaskId task;  ///< that it is about, in the later plan, else the earlier; none: no task
};

/// All that differs between two plans, or two dates of one.
struct Differences {
  std::vector<Difference>
      all;  ///< by group; within one what moves most comes first, then as in the tables
  struct Finish {
    Instant before;
    Instant after;
    WorkTime by;  ///< on the later plan's calendar
  };
  std::optional<Finish> finish;                 ///< where both have a schedule
  std::optional<std::pair<Money, Money>> cost;  ///< likewise
};

/// What the tables and settings of two plans say differently, cell by cell: rows are the same where their ids are (of
/// links, demands and the like what they connect).  A task that is gone and one that is new with the same name, which
/// no other of these has, are one that was given another id.  The order of rows is no difference.  Costs O(cells).
std::vector<Difference> stated_differences(const Plan& before, const Plan& after,
                                           Language language);

/// The same, and what follows from it: dates, floats, what is critical, costs.  Of tasks in both plans.
Differences differences(const Plan& before, const solve::Answer& answer_before, const Plan& after,
                        const solve::Answer& answer_after, Language language);

}  // namespace diaodu::report
