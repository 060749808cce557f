#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "diaodu/dispatch/field.h"
#include "diaodu/dispatch/field_tours.h"
#include "diaodu/plan/members.h"
#include "diaodu/plan/validate.h"
#include "support/findings.h"
#include "support/property.h"

namespace diaodu::dispatch {
namespace {

std::int64_t below(std::int64_t bound) { return *rc::gen::inRange<std::int64_t>(0, bound); }
bool one_in(std::int64_t of) { return below(of) == 0; }

constexpr std::int64_t kDay = 19'205 * 24 * 60;  // 2022-08-01 in UTC
Instant on_the_day(std::int64_t minute) { return Instant{kDay + minute}; }

std::vector<SkillId> some_skills() {
  std::vector<SkillId> skills;
  for (std::size_t i = 0; i < 2; ++i) {
    if (one_in(3)) skills.emplace_back(i);
  }
  return skills;
}

Plan random_round() {
  Plan plan;
  plan.start = Instant{kDay};
  for (std::size_t i = 0; i < 2; ++i) plan.skills.add({.id = plan.text("s" + std::to_string(i))});
  for (std::size_t i = 0; i < 5; ++i) {
    plan.places.add({.id = plan.text("p" + std::to_string(i)),
                     .latitude = 19 + static_cast<double>(below(100)) / 200,
                     .longitude = 110 + static_cast<double>(below(100)) / 200});
  }
  for (std::int64_t i = 0; i < 1 + below(3); ++i) {
    PlannedDuty duty{.id = plan.text("d" + std::to_string(i))};
    duty.start = duty.end = PlaceId{static_cast<std::size_t>(below(5))};
    duty.from = on_the_day(7 * 60 + below(120));
    duty.until = duty.from + Elapsed{300 + below(300)};
    if (one_in(2)) duty.latest = duty.until + Elapsed{below(120)};
    duty.skills = some_skills();
    if (one_in(2)) duty.capacity = below(10);
    if (one_in(2)) {
      duty.pause = Elapsed{30};
      duty.pause_from = duty.from + Elapsed{60 + below(120)};
      duty.pause_until = *duty.pause_from + Elapsed{90};
    }
    plan.duties.add(duty);
  }
  const std::int64_t num_visits = 2 + below(8);
  for (std::int64_t i = 0; i < num_visits; ++i) {
    PlannedVisit visit{.id = plan.text("v" + std::to_string(i))};
    visit.place = PlaceId{static_cast<std::size_t>(below(5))};
    visit.duration = Elapsed{below(60)};
    visit.priority = below(4);
    visit.prize = Elapsed{below(60)};
    if (one_in(3)) visit.skills = some_skills();
    if (one_in(3)) visit.load = below(4);
    if (one_in(3)) visit.due = on_the_day(8 * 60 + below(300));
    for (std::int64_t window = below(3); window-- > 0;) {
      const Instant from = on_the_day(7 * 60 + below(400));
      visit.windows.push_back({from, from + Elapsed{30 + below(200)}});
    }
    if (i < 2 && one_in(2)) visit.together = plan.text("pair");
    plan.visits.add(visit);
  }
  // A pair is two or none.
  if (plan.visits[VisitId{0}].together != plan.visits[VisitId{1}].together)
    plan.visits[VisitId{0}].together = plan.visits[VisitId{1}].together = plan.text("pair");
  return plan;
}

bool has_all(const std::vector<SkillId>& skills, const std::vector<SkillId>& wanted) {
  return std::all_of(wanted.begin(), wanted.end(), [&skills](SkillId skill) {
    return std::find(skills.begin(), skills.end(), skill) != skills.end();
  });
}

/// What the rows say of a tour as it is told, apart from all numbers between.
void judge(const Plan& plan, const Tours& tours) {
  std::map<VisitId, int> times;
  std::map<VisitId, std::pair<DutyId, Instant>> made;
  for (const UnmadeVisit& unmade : tours.left_out) ++times[unmade.visit];
  for (const DutyTour& tour : tours.tours) {
    const PlannedDuty& duty = plan.duties[tour.duty];
    RC_ASSERT(tour.leaves >= duty.from);
    RC_ASSERT(tour.back <= duty.latest.value_or(duty.until));
    Instant free = tour.leaves;
    PlaceId here = duty.start;
    Elapsed paused;
    std::int64_t load = 0;
    bool has_pause = duty.pause == Elapsed{};
    for (const PlannedStop& stop : tour.stops) {
      RC_ASSERT(stop.begins >= free);
      if (!stop.visit) {
        RC_ASSERT(stop.begins >= duty.pause_from.value_or(duty.from));
        RC_ASSERT(stop.begins < duty.pause_until.value_or(duty.until));
        RC_ASSERT(stop.ends - stop.begins == duty.pause);
        has_pause = true;
        continue;
      }
      const PlannedVisit& visit = plan.visits[stop.visit];
      ++times[stop.visit];
      made[stop.visit] = {tour.duty, stop.begins};
      load += visit.load;
      RC_ASSERT(has_all(duty.skills, visit.skills));
      RC_ASSERT(stop.ends - stop.begins == visit.duration);
      RC_ASSERT(stop.begins >= stop.arrives);
      const Elapsed way{travel_times(plan, {here, visit.place}).between(0, 1)};
      RC_ASSERT(stop.begins - free >= way);
      if (!visit.windows.empty()) {
        RC_ASSERT(
            std::any_of(visit.windows.begin(), visit.windows.end(),
                        [&](const Interval& window) { return window.contains(stop.begins); }));
      }
      free = stop.ends;
      here = visit.place;
    }
    if (!tour.is_used()) continue;
    RC_ASSERT(has_pause);
    RC_ASSERT(load <= duty.capacity.value_or(load));
    RC_ASSERT(tour.back - free >= Elapsed{travel_times(plan, {here, duty.end}).between(0, 1)});
  }
  for (VisitId visit : plan.visits.ids()) RC_ASSERT(times[visit] == 1);
  for (const auto& [a, at_a] : made) {
    for (const auto& [b, at_b] : made) {
      if (a == b || plan.visits[a].together.empty()) continue;
      if (plan.visits[a].together != plan.visits[b].together) continue;
      RC_ASSERT(at_a.second == at_b.second);
      RC_ASSERT(at_a.first != at_b.first);
    }
  }
}

TEST(FieldProperty, tours_as_they_are_told_hold_by_the_rows_of_the_plan) {
  holds(300, [] {
    const Plan plan = random_round();
    Findings findings;
    validate(plan, {}, findings);
    RC_PRE(!findings.has_errors());
    const FieldAnswer told = plan_field(plan, {.steps = 60});
    RC_ASSERT(told.tours->is_legal);
    judge(plan, *told.tours);
    // The same again, told: nobody hears of anything.
    const FieldAnswer again =
        plan_field(plan, {.seed = 2, .steps = 60, .before = &plan, .published = &told});
    RC_ASSERT(again.tours->is_legal);
    judge(plan, *again.tours);
    RC_ASSERT(again.tours->cost[TourCriterion::unserved] <=
              told.tours->cost[TourCriterion::unserved]);
  });
}

TEST(FieldProperty, everybody_is_in_one_team_of_their_place_and_rules_are_counted_alike) {
  holds(200, [] {
    Plan plan;
    for (std::size_t i = 0; i < 2; ++i) plan.places.add({.id = plan.text("p" + std::to_string(i))});
    for (std::int64_t i = 0; i < 3; ++i) {
      plan.groups.add({.id = plan.text("g" + std::to_string(i)),
                       .place = PlaceId{static_cast<std::size_t>(below(2))},
                       .role = plan.text(i == 0 ? "leader" : "sampler"),
                       .count = below(8)});
    }
    for (std::int64_t i = 0; i < 1 + below(4); ++i) {
      PlannedTeam team{.id = plan.text("t" + std::to_string(i))};
      if (one_in(2)) team.place = PlaceId{static_cast<std::size_t>(below(2))};
      if (one_in(4)) team.max = below(12);
      plan.teams.add(team);
    }
    for (std::int64_t i = 0; i < 4; ++i) {
      Person person{.id = plan.text("n" + std::to_string(i))};
      person.place = PlaceId{static_cast<std::size_t>(below(2))};
      person.role = plan.text("guide");
      person.is_local = one_in(2);
      if (one_in(2))
        person.team =
            TeamId{static_cast<std::size_t>(below(static_cast<std::int64_t>(plan.teams.size())))};
      plan.people.add(person);
    }
    using Kind = PlannedTeamRule::Kind;
    for (const Kind kind : {Kind::balance, Kind::at_least, Kind::at_most, Kind::stay})
      plan.team_rules.push_back({.kind = kind,
                                 .trait = plan.text(one_in(2) ? "local" : "leader"),
                                 .count = below(3),
                                 .weight = 1 + below(5)});
    plan.team_rules.push_back({.kind = one_in(2) ? Kind::together : Kind::apart,
                               .people = {plan.text("n0"), plan.text("g0")},
                               .weight = 3});
    const FieldAnswer answer = plan_field(plan, {.steps = 300});
    RC_ASSERT(answer.teams->is_legal);
    RC_ASSERT(answer.teams->bound <= answer.teams->cost);
    RC_ASSERT(answer.teams->members.size() == members_of(plan).size());
    for (const TeamMember& member : answer.teams->members) {
      // RC_ASSERT takes expressions apart, so `||` would not stop at what is true.
      const bool is_placed = member.team && plan.teams[member.team].place;
      if (is_placed) RC_ASSERT(plan.teams[member.team].place == member.place);
    }
  });
}

TEST(FieldProperty, no_tube_and_nobody_is_lost_between_sampling_and_result) {
  holds(200, [] {
    Plan plan;
    plan.start = Instant{kDay};
    for (std::size_t i = 0; i < 3; ++i) {
      plan.places.add({.id = plan.text("p" + std::to_string(i)),
                       .latitude = 19 + static_cast<double>(i) / 4,
                       .longitude = 110});
    }
    for (std::size_t i = 0; i < 2; ++i) {
      Laboratory laboratory{.id = plan.text("l" + std::to_string(i)), .place = PlaceId{i}};
      if (one_in(2)) laboratory.recall = Elapsed{below(200)};
      laboratory.retests_first = one_in(2);
      plan.laboratories.add(laboratory);
      for (int stage = 0; stage < 2; ++stage) {
        plan.lab_stages.push_back({.laboratory = LaboratoryId{i},
                                   .id = plan.text("s" + std::to_string(stage)),
                                   .machines = 1 + below(4),
                                   .batch = 1 + below(20),
                                   .duration = Elapsed{10 + below(60)},
                                   .longest_wait = Elapsed{below(30)}});
      }
      if (one_in(2)) {
        plan.lab_shifts.push_back(
            {.laboratory = LaboratoryId{i},
             .hours = {on_the_day(480), on_the_day(480 + 60 * (1 + below(20)))}});
      }
    }
    std::int64_t people = 0;
    for (std::int64_t i = 0; i < below(5); ++i) {
      TubeLot lot{.at = on_the_day(below(1440)), .tubes = below(60)};
      lot.people_per_tube = 1 + below(20);
      lot.prevalence = static_cast<double>(below(10)) / 100;
      if (one_in(2)) lot.laboratory = LaboratoryId{static_cast<std::size_t>(below(2))};
      people += lot.tubes * lot.people_per_tube;
      plan.arrivals.push_back(lot);
    }
    for (std::int64_t i = 0; i < below(4); ++i) {
      Testing testing{.place = PlaceId{static_cast<std::size_t>(below(3))}};
      testing.day = Instant{kDay + i * 1440};
      testing.people = below(3000);
      testing.prevalence = static_cast<double>(below(10)) / 1000;
      people += *testing.people;
      plan.testing.push_back(testing);
    }
    const FieldAnswer answer = plan_field(plan, {});
    std::int64_t sampled = 0;
    for (const LaboratoryOutcome& laboratory : answer.laboratories) {
      RC_ASSERT(laboratory.is_legal);
      sampled += laboratory.outcome.people_sampled;
    }
    RC_ASSERT(sampled == people);
    for (const TestingDay& day : answer.days) {
      RC_ASSERT(day.people_sampled == day.people);  // nobody is mustered, so nobody is missing
      RC_ASSERT(day.people_late >= 0 && day.people_late <= day.people);
      const bool is_tested = day.people == 0 || day.laboratory;
      RC_ASSERT(is_tested);
    }
  });
}

}  // namespace
}  // namespace diaodu::dispatch
