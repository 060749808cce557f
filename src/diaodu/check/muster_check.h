#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "diaodu/core/language.h"
#include "diaodu/plan/movement.h"
#include "diaodu/plan/plan.h"

namespace diaodu::check {

/// One way in which a movement breaks its plan.
struct MusterViolation {
  enum class Kind : std::uint8_t {
    person_missing,       ///< one of the group is in no party
    person_twice,         ///< in two parties, or beyond the group's count
    starts_elsewhere,     ///< not at the group's place
    starts_early,         ///< before the group is ready
    way_broken,           ///< a leg that does not lead from stop to stop
    wrong_times,          ///< a leg not as its route goes, or a transfer not as long as the place's
    leaves_early,         ///< before it is ready to go on
    seats_exceeded,       ///< more people than a departure has seats
    throughput_exceeded,  ///< more people begin their transfer in an hour than can
    vehicle_twice,        ///< one vehicle is under way with people twice at once
    team_apart,           ///< people of a team go different ways
    not_conserved,        ///< at some hour not everybody is somewhere, once
  };
  Kind kind = Kind::person_missing;
  GroupId group;
  PlaceId place;
  RouteId route;
  Instant when;
  std::int64_t count = 0;
  std::int64_t limit = 0;
};

std::string to_string(const MusterViolation& violation, const Plan& plan, Language language);

/// What the movement amounts to, worked out from the tables alone.
struct MusterVerdict {
  std::vector<MusterViolation> violations;
  std::int64_t unmet = 0;         ///< people who are needed somewhere and never come
  std::int64_t missing = 0;       ///< people who miss a deadline, each deadline counted
  Instant full_strength = kEver;  ///< when everybody who comes and is needed is there
  Money cost;

  bool is_legal() const { return violations.empty(); }
};

/// Does this movement take every person of the plan's groups somewhere lawful, or leave them where they
/// are?  Judges straight from the tables, sharing no code with the solver: who is in which party, legs
/// against routes, transfers, seats, throughput by the hour, vehicles, teams, and at every whole hour
/// that everybody is in one place or on one vehicle.
///
/// Costs O(parties × (legs + hours)).
MusterVerdict judge(const Plan& plan, const Movement& movement);

/// How many people are where at an instant.  Somebody is at a place from arriving until departing.
struct Whereabouts {
  Table<PlaceId, std::int64_t> at;      ///< ready or not
  Table<PlaceId, std::int64_t> ready;   ///< of those, who have passed
  std::vector<std::int64_t> under_way;  ///< of each row of `plan.routes`
  std::int64_t not_yet = 0;             ///< not ready at their own place yet

  std::int64_t total() const;
};

Whereabouts whereabouts(const Plan& plan, const Movement& movement, Instant when);

/// The first and the last whole hour in which anything happens; empty where nobody is.
Interval hours_of(const Movement& movement);

}  // namespace diaodu::check
