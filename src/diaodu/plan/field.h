#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "diaodu/core/quantity.h"
#include "diaodu/core/text.h"
#include "diaodu/core/time.h"
#include "diaodu/plan/ids.h"

namespace diaodu {

/// What is planned for the day in the field: visits and who is on duty for them, teams, and laboratories.  `dispatch` turns
/// these rows into plain numbers (`plan/tour.h`, `dispatch/team.h`, `dispatch/lab.h`).

/// Somebody must come to a place and stay for a while.
struct PlannedVisit {
  Text id;
  Text name;
  Text name_zh;
  PlaceId place;
  std::vector<Interval> windows;  ///< it begins in one of these; none: whenever wanted
  Elapsed duration;
  std::optional<Instant> due;    ///< begins later: late
  std::int64_t priority = 1;     ///< what it counts if nobody comes; 0: optional
  Elapsed prize;                 ///< travel that it is worth
  std::vector<SkillId> skills;   ///< the team must have all of them
  std::int64_t load = 0;         ///< of the team's capacity
  Text together;                 ///< visits of one word begin at one instant, by different teams
  DutyId duty;                   ///< that makes it in the plan that people have been told
  std::optional<Instant> start;  ///< told likewise
  Text basis;                    ///< as of a place
};

/// One team on one day.
struct PlannedDuty {
  Text id;
  Text name;
  Text name_zh;
  Text team;  ///< duties of one team are its days; empty: a team of its own
  PlaceId start;
  PlaceId end;
  Instant from;
  Instant until;                  ///< back by then; later is overtime
  std::optional<Instant> latest;  ///< never later; unset: no overtime
  std::vector<SkillId> skills;
  std::optional<std::int64_t> capacity;  ///< unset: no limit
  Elapsed pause;                         ///< taken on a day with visits; 0: none
  std::optional<Instant> pause_from;     ///< it begins in `[pause_from, pause_until)`
  std::optional<Instant> pause_until;
  Text basis;
};

/// How long a team drives; goes before what the coordinates would say.  Holds for the way back too, unless that has a row.
struct TravelTime {
  PlaceId from;
  PlaceId to;
  Elapsed duration;
  Text basis;
};

/// A team to be filled with people.
struct PlannedTeam {
  Text id;
  Text name;
  Text name_zh;
  PlaceId place;  ///< filled with those who are there; unset: with anybody
  std::optional<std::int64_t> min;
  std::optional<std::int64_t> max;  ///< both unset: teams of a place are as equal as can be
  Text basis;
};

/// What a team should be like; `dispatch/team.h` says what each kind counts.
struct PlannedTeamRule {
  enum class Kind : std::uint8_t { balance, at_least, at_most, together, apart, stay };
  Kind kind = Kind::balance;
  Text
      trait;  ///< a role, skill, language, `local`, `leader`, or the id of the place somebody is from
  std::int64_t count = 1;
  std::vector<Text>
      people;  ///< ids of people, or of groups and their teams, which stand for all in them
  std::int64_t weight = 1;
  Text basis;
};

/// Somebody who is put into a team: by name, or the how-manieth of a group (from 0).
struct Member {
  PersonId person;
  GroupId group;
  std::int64_t number = 0;

  friend bool operator==(const Member&, const Member&) = default;
};

struct Laboratory {
  Text id;
  Text name;
  Text name_zh;
  PlaceId place;
  /// From a positive pool's result until a tube of each of its people is there; unset: nobody is tested again.
  std::optional<Elapsed> recall;
  bool retests_first = true;        ///< before tubes that wait for a first result
  std::vector<std::int64_t> pools;  ///< sizes to compare; none: 1, 5, 10 and 20
  std::optional<Instant> until;     ///< when results are wanted
  Text basis;
};

/// A step of a laboratory through which every tube goes, in the order of the rows.
struct LaboratoryStage {
  LaboratoryId laboratory;
  Text id;
  std::int64_t machines = 1;
  std::int64_t batch = 1;    ///< tubes that a machine takes at once
  Elapsed duration;          ///< of a batch
  Elapsed longest_wait;      ///< of a first tube for its batch to be full
  Elapsed between_failures;  ///< mean; 0: none
  Elapsed repair;            ///< mean
  Text basis;
};

/// Hours in which batches are started.  A laboratory without a row works around the clock.
struct LaboratoryShift {
  LaboratoryId laboratory;
  Interval hours;
  Text stage;                            ///< empty: all of them
  std::optional<std::int64_t> machines;  ///< that people keep running; unset: all
  Text basis;
};

/// Tubes that come together.
struct TubeLot {
  LaboratoryId laboratory;  ///< unset: whichever reports it first
  PlaceId place;            ///< where they were taken; unset: in the laboratory
  Instant at;               ///< when they leave there
  std::int64_t tubes = 0;
  std::int64_t people_per_tube = 1;
  double prevalence = 0;  ///< chance that one of these people is infected
  Text basis;
};

/// Cases of a place by day of onset.
struct CaseCount {
  PlaceId place;
  Instant day;  ///< its first minute
  std::int64_t cases = 0;
  Text basis;
};

/// People of a place to be sampled on a day.
struct Testing {
  PlaceId place;
  Instant day;                                  ///< when sampling begins; at midnight: at 08:00
  std::optional<std::int64_t> people;           ///< unset: by the cases expected
  std::optional<std::int64_t> people_per_tube;  ///< unset: the pool with the fewest tests
  std::optional<double> prevalence;             ///< unset: from the cases expected, else none
  std::optional<Instant> by;  ///< results wanted; unset: by the end of the next day
  Text basis;
};

/// What a region has of a good, and what another wants.
struct Offer {
  PlaceId place;
  Text good;
  std::int64_t amount = 0;
  Money cost;  ///< of one, where it is
  Text basis;
};
struct Wish {
  PlaceId place;
  Text good;
  std::int64_t amount = 0;
  std::int64_t priority = 1;  ///< what one that is missing counts
  Text basis;
};

/// Who prefers whom, and how much goes between them.
struct Preference {
  PlaceId from;
  PlaceId to;
  Text good;              ///< empty: any
  std::int64_t rank = 1;  ///< 1 is best; 0: never
  std::optional<std::int64_t> capacity;
  Text basis;
};

/// Of so many days after the last count of cases, cases can be worked out.
inline constexpr std::int64_t kMostDaysToCome = 60;

/// How the field works where tables do not say.
struct FieldOptions {
  double road_factor = 1.3;             ///< what roads are longer than the crow flies
  double speed = 60;                    ///< kilometres an hour
  std::int64_t samples_per_hour = 60;   ///< people whom one sampler swabs in an hour
  double sampling_hours = 8;            ///< of a day
  Text sampler;                         ///< the role that samples; empty: `sampler`
  std::int64_t people_per_case = 1000;  ///< sampled for each case that is expected
  double serial_mean = 5.2;             ///< days from a case to whom it infects
  double serial_deviation = 2.8;
  std::int64_t days = 3;  ///< to come, of which cases are worked out

  friend bool operator==(const FieldOptions&, const FieldOptions&) = default;
};

}  // namespace diaodu
