#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "diaodu/dispatch/epidemic.h"
#include "diaodu/dispatch/lab.h"
#include "diaodu/dispatch/route.h"
#include "diaodu/dispatch/team.h"
#include "diaodu/plan/movement.h"
#include "diaodu/plan/plan.h"

namespace diaodu::dispatch {

/// What `diaodu dispatch` finds out besides the muster, in the terms of the plan: ids and instants, for reports to read.

// --- tours -----------------------------------------------------------------------------------------

/// A visit that is made, or a pause that is taken.
struct PlannedStop {
  VisitId visit;    ///< unset: the pause
  PlaceId place;    ///< unset: wherever the team is then
  Instant arrives;  ///< at the place; of a pause: when it begins
  Instant begins;
  Instant ends;
};

struct DutyTour {
  DutyId duty;
  Instant leaves;
  Instant back;  ///< at the duty's end; of a duty without visits both are its `from`
  Elapsed travel;
  Elapsed overtime;
  std::int64_t load = 0;
  std::vector<PlannedStop> stops;  ///< by time

  bool is_used() const { return !stops.empty(); }
};

struct UnmadeVisit {
  VisitId visit;
  LeftOut::Reason reason = LeftOut::Reason::no_room;
  DutyId duty;                      ///< where it would cost least; unset: nowhere
  std::vector<VisitId> instead_of;  ///< what would have to be given up there
};

/// A visit that people were told otherwise.
struct VisitChange {
  VisitId visit;
  DutyId before;  ///< unset: nobody was told of it
  DutyId now;     ///< unset: nobody comes
  std::optional<Instant> began;
  std::optional<Instant> begins;
};

struct Tours {
  std::vector<DutyTour> tours;  ///< one a duty, in their order
  std::vector<UnmadeVisit> left_out;
  std::vector<VisitChange> changes;  ///< empty where nothing was published
  bool is_published = false;
  TourCost cost;
  std::int64_t steps = 0;
  bool is_legal = false;  ///< `check::judge_tours` finds nothing wrong
};

// --- teams -----------------------------------------------------------------------------------------

struct TeamMember {
  Member who;
  TeamId team;       ///< unset: there is no team where they are
  PlaceId place;     ///< where they are then
  TeamId elsewhere;  ///< the next best team; unset: none could have them
  std::optional<Member> exchanged_with;
  std::int64_t more_cost = 0;       ///< that this would cost; 0: they could as well be there
  std::optional<std::size_t> rule;  ///< row of `plan.team_rules` that speaks most against it
  TeamId before;                    ///< of yesterday or as told; unset: none
};

/// How a rule came off among the teams of a place.
struct RuleOutcome {
  std::size_t rule = 0;  ///< row of `plan.team_rules`
  PlaceId place;
  std::int64_t broken = 0;          ///< units
  std::int64_t broken_at_best = 0;  ///< no fewer, were it the only rule
  std::vector<TeamId> teams;        ///< where it is broken
};

/// A place whose teams cannot hold its people, or ask for more than there are.
struct TeamShortage {
  PlaceId place;  ///< unset: teams without a place
  std::int64_t people = 0;
  std::int64_t min = 0;
  std::int64_t max = 0;
};

struct Teams {
  std::vector<TeamMember> members;
  std::vector<RuleOutcome> outcomes;
  std::vector<TeamShortage> shortages;
  std::int64_t cost = 0;
  std::int64_t bound = 0;  ///< no teams cost less
  std::int64_t steps = 0;
  bool is_published = false;
  bool is_legal = false;  ///< `check::judge_teams` finds the same cost
};

// --- laboratories ----------------------------------------------------------------------------------

/// Tubes on their way to a laboratory, and their results.
struct LotOutcome {
  LaboratoryId laboratory;
  std::optional<std::size_t> lot;      ///< row of `plan.arrivals`, or
  std::optional<std::size_t> testing;  ///< of `FieldAnswer::days`
  PlaceId place;
  Instant leaves;
  Instant arrives;
  std::int64_t tubes = 0;
  std::int64_t people_per_tube = 1;
  double prevalence = 0;
};

struct LaboratoryPool {
  std::int64_t pool = 1;
  double tests_per_person = 0;  ///< expected (Dorfman)
  std::int64_t tubes_tested = 0;
  std::int64_t people_unreported = 0;
  Minutes p95 = 0;       ///< of people, from their first tube to their result
  bool is_best = false;  ///< its people wait least (p95, then mean)
};

struct LaboratoryOutcome {
  LaboratoryId laboratory;
  Instant origin;  ///< minute 0 of what follows
  LabOutcome outcome;
  std::vector<LotOutcome> lots;
  std::vector<LaboratoryPool> pools;  ///< the same people in pools of each size
  std::optional<Instant> until;       ///< when results are wanted
  std::optional<std::int64_t>
      capacity;  ///< tubes like its first lot's that can come at its first hour to be done by `until`
  bool is_legal = false;  ///< conservation and Little's law hold in `check::judge_laboratory`
};

// --- the loop --------------------------------------------------------------------------------------

/// A place on a day: from need to result.
struct TestingDay {
  PlaceId place;
  Instant day;                           ///< when sampling begins
  std::optional<double> expected_cases;  ///< worked out from the counts
  std::int64_t cases_low = 0;
  std::int64_t cases_high = 0;
  bool is_given = false;  ///< people are as in `plan.testing`
  bool is_cut = false;    ///< the cases expected ask for more people than are ever planned for
  std::int64_t people = 0;
  std::int64_t people_sampled = 0;  ///< as many as the samplers there can
  std::int64_t people_per_tube = 1;
  double prevalence = 0;
  std::int64_t tubes = 0;
  std::int64_t samplers_needed = 0;
  std::optional<std::int64_t> samplers_there;  ///< by the muster, at the beginning of sampling
  LaboratoryId laboratory;                     ///< unset: there is none
  std::optional<Instant> last_result;          ///< unset: not in the shifts there are
  Instant by;
  std::int64_t people_late = 0;  ///< without a result by then; all where no laboratory tests them
};

/// An outbreak at a place, from its counts of cases.
struct Outbreak {
  PlaceId place;
  Instant first_day;
  std::int64_t days = 0;
  Growth growth;
  Estimate reproduction;
  std::vector<CasesToCome> to_come;  ///< from the day after the last count
};

// --- regions ---------------------------------------------------------------------------------------

struct Shipment {
  PlaceId from;
  PlaceId to;
  Text good;
  std::int64_t amount = 0;
  std::int64_t rank = 1;
  Money cost;  ///< of all
};
struct GoodBalance {
  PlaceId place;
  Text good;
  std::int64_t offered = 0;
  std::int64_t sent = 0;
  std::int64_t wanted = 0;
  std::int64_t got = 0;
  bool is_reachable = true;  ///< false: it wants, and nobody who has may send
};
struct Exchange {
  std::vector<Shipment> shipments;
  std::vector<GoodBalance> balances;
  std::int64_t missing = 0;
  Money cost;
};

/// All parts; each is unset where the plan does not ask for it.
struct FieldAnswer {
  std::optional<Tours> tours;
  std::optional<Teams> teams;
  std::vector<LaboratoryOutcome> laboratories;
  std::vector<Outbreak> outbreaks;
  std::vector<TestingDay> days;
  std::optional<Exchange> exchange;
};

struct FieldRun {
  std::uint64_t seed = 1;
  std::int64_t steps = 0;                  ///< of each search; 0: as many as usual
  std::optional<double> seconds;           ///< of each search
  const Movement* movement = nullptr;      ///< of the muster: who is where
  const Plan* before = nullptr;            ///< the plan that people have been told of, and
  const FieldAnswer* published = nullptr;  ///< what it says
};

/// Does what the plan's tables ask for; the plan has no errors.  The same plan, seed and steps give the same answer.
FieldAnswer plan_field(const Plan& plan, const FieldRun& options);

}  // namespace diaodu::dispatch
