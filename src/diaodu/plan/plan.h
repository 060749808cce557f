#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diaodu/core/id.h"
#include "diaodu/core/text.h"
#include "diaodu/core/zone.h"
#include "diaodu/plan/calendar_rule.h"
#include "diaodu/plan/field.h"
#include "diaodu/plan/ids.h"
#include "diaodu/plan/muster.h"
#include "diaodu/plan/objective.h"
#include "diaodu/plan/place.h"
#include "diaodu/plan/quality.h"
#include "diaodu/plan/resource.h"
#include "diaodu/plan/target.h"
#include "diaodu/plan/task.h"
#include "diaodu/plan/uncertainty.h"

namespace diaodu {

/// A decision (of a session, a meeting, an order) that tasks carry out.
struct Decision {
  Text id;
  Text title;
  Text title_zh;
  Text source;
  std::optional<Instant> date;
};

/// How dates are worked out where tools differ.  The defaults are Primavera's.
struct Options {
  enum class ProgressRule : std::uint8_t {
    retained_logic,     ///< what remains of a started task still waits for its predecessors
    progress_override,  ///< it does not
    actual_dates,       ///< it does not, but predecessors are still late when it has overtaken them
  };
  enum class LagCalendar : std::uint8_t { predecessor, successor, project, around_the_clock };
  enum class TotalFloat : std::uint8_t { finish, start, smaller };

  ProgressRule progress_rule = ProgressRule::retained_logic;
  LagCalendar lag_calendar = LagCalendar::predecessor;
  TotalFloat total_float = TotalFloat::finish;
  /// Where the lag of a link from the start of a task under way counts from.
  enum class StartLag : std::uint8_t {
    actual_start,  ///< its actual start
    early_start,   ///< the start of what remains; of the lag counts what is left by the data date
  };
  StartLag start_lag = StartLag::actual_start;
  bool open_ends_are_critical = false;  ///< tasks without successors have no float
  /// What it means that a task, or the plan, is to start or finish by a date.
  enum class LateDates : std::uint8_t {
    kept,  ///< no schedule breaks it
    /// Primavera's way: it bounds late dates alone, and float below zero says what is missed.  Late dates and
    /// floats then come from the arithmetic of the early ones, reversed link by link; between calendars
    /// that is not always the last date that would do.
    wanted,
  };
  LateDates late_dates = LateDates::kept;
  WorkTime critical_float;  ///< tasks with at most this total float are critical
  /// What schedules are compared by: the first counts first, each once.
  std::vector<Objective> objectives = {Objective::finish};

  friend bool operator==(const Options&, const Options&) = default;
};

/// The constraint as schedules have to keep it: where late dates are only wanted, without its upper side.
constexpr Constraint kept(const Options& options, const Constraint& constraint) {
  if (options.late_dates == Options::LateDates::kept) return constraint;
  switch (constraint.kind) {
    case ConstraintKind::start_on:
      return {ConstraintKind::start_on_or_after, constraint.date};
    case ConstraintKind::finish_on:
      return {ConstraintKind::finish_on_or_after, constraint.date};
    case ConstraintKind::start_on_or_before:
    case ConstraintKind::finish_on_or_before:
      return {};
    default:
      return constraint;
  }
}

/// A column that diaodu does not know, kept as it was written.  A thousand such columns may be named
/// and hold next to nothing, so only the cells with something in them take room.
struct ForeignColumn {
  struct Cell {
    std::uint32_t row = 0;  ///< of the table
    Text text;
  };

  std::string table;
  std::string name;
  std::vector<Cell> cells;  ///< by row

  /// Empty where the row has none.
  std::string_view cell(std::size_t row) const {
    const auto at =
        std::lower_bound(cells.begin(), cells.end(), row,
                         [](const Cell& cell, std::size_t of) { return cell.row < of; });
    return at == cells.end() || at->row != row ? std::string_view{} : at->text.view();
  }
};

/// All that is planned.  Readers build it, `validate` judges it, and from then on it is only read.
struct Plan {
  std::string name;
  std::string name_zh;
  Instant start;                       ///< nothing begins before
  std::optional<Instant> data_date;    ///< nothing that remains to be done begins before
  std::optional<Instant> must_finish;  ///< late dates count back from here
  std::string currency = "CNY";
  Zone zone;
  CalendarId calendar;  ///< for all that names none
  Options options;
  RiskOptions risk;
  FieldOptions field;
  QualityLimits quality;
  /// A benchmark instance: time is counted in periods of one minute from `start`, without dates.
  bool is_abstract = false;

  Table<CalendarId, NamedCalendar> calendars;
  Table<TaskId, Task> tasks;
  Table<LinkId, Link> links;
  Table<ModeId, Mode> modes;
  Table<ResourceId, Resource> resources;
  Table<SkillId, Skill> skills;
  Table<DemandId, Demand> demands;
  Table<PlaceId, Place> places;
  Table<TargetId, Target> targets;
  std::vector<Peer> peers;
  std::vector<Effect> effects;
  Table<DecisionId, Decision> decisions;
  std::vector<Availability> availability;
  std::vector<Route> routes;
  Table<GroupId, Group> groups;
  Table<PersonId, Person> people;
  std::vector<Need> needs;
  Table<VisitId, PlannedVisit> visits;
  Table<DutyId, PlannedDuty> duties;
  std::vector<TravelTime> travel_times;
  Table<TeamId, PlannedTeam> teams;
  std::vector<PlannedTeamRule> team_rules;
  Table<LaboratoryId, Laboratory> laboratories;
  std::vector<LaboratoryStage> lab_stages;
  std::vector<LaboratoryShift> lab_shifts;
  std::vector<TubeLot> arrivals;
  std::vector<CaseCount> cases;
  std::vector<Testing> testing;
  std::vector<Offer> offers;
  std::vector<Wish> wishes;
  std::vector<Preference> preferences;
  std::vector<Uncertainty> uncertainties;
  std::vector<Risk> risks;
  std::vector<Correlation> correlations;
  std::vector<Weather> weather;
  std::vector<Branch> branches;
  std::vector<Estimate> estimates;
  std::vector<Step> steps;
  std::vector<Progress> progress;
  std::vector<Spending> costs;
  std::vector<ForeignColumn> foreign;

  std::shared_ptr<TextPool> texts = std::make_shared<TextPool>();  ///< owns every `Text` above

  Text text(std::string_view letters) { return texts->add(letters); }
};

}  // namespace diaodu
