#include "diaodu/check/muster_check.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/tables.h"

namespace diaodu::check {
namespace {

using MusterKind = MusterViolation::Kind;

//  home ──coach 1h──▶ port ──flight 08:00, 2h──▶ isle      transfers: port 1h, isle 30min
Plan small_plan() {
  auto read = read_tables({{"places", "id,transfer,throughput\nhome,,\nport,1h,3\nisle,30min,\n"},
                           {"routes",
                            "id,from,to,duration,seats,departs,cost\n"
                            "coach,home,port,1h,45,,30\n"
                            "flight,port,isle,2h,3,2022-08-01 08:00,900\n"},
                           {"groups",
                            "id,place,role,count,team\n"
                            "s,home,sampler,2,T\n"
                            "l,home,leader,1,T\n"},
                           {"needs", "place,role,count,by\nisle,sampler,2,2022-08-01 11:00\n"}});
  EXPECT_EQ(found_in(read.findings), std::vector<std::string>{});
  return std::move(read.plan);
}

Movement small_movement(const Plan& plan) {
  const auto clock = [&plan](const char* time) { return at(plan, "2022-08-01", time); };
  Party party;
  party.stops = {{PlaceId{0}, clock("00:00"), clock("00:00"), clock("00:00")},
                 {PlaceId{1}, clock("01:00"), clock("01:00"), clock("02:00")},
                 {PlaceId{2}, clock("10:00"), clock("10:00"), clock("10:30")}};
  party.legs = {{RouteId{0}, clock("00:00"), clock("01:00")},
                {RouteId{1}, clock("08:00"), clock("10:00")}};
  Movement movement;
  party.group = GroupId{0};
  party.count = 2;
  movement.parties.push_back(party);
  party.group = GroupId{1};
  party.count = 1;
  movement.parties.push_back(party);
  return movement;
}

bool finds(const Plan& plan, const Movement& movement, MusterKind kind) {
  const MusterVerdict verdict = judge(plan, movement);
  for (const auto& violation : verdict.violations) {
    EXPECT_FALSE(to_string(violation, plan, Language::english).empty());
    EXPECT_FALSE(to_string(violation, plan, Language::chinese).empty());
  }
  return std::any_of(verdict.violations.begin(), verdict.violations.end(),
                     [kind](const MusterViolation& each) { return each.kind == kind; });
}

TEST(MusterCheck, a_lawful_movement_is_legal_and_its_numbers_are_worked_out) {
  const Plan plan = small_plan();
  const MusterVerdict verdict = judge(plan, small_movement(plan));
  EXPECT_TRUE(verdict.is_legal());
  EXPECT_EQ(verdict.unmet, 0);
  EXPECT_EQ(verdict.missing, 0);
  EXPECT_EQ(verdict.full_strength, at(plan, "2022-08-01", "10:30"));
  EXPECT_EQ(verdict.cost, Money{3 * 930'00});
  const Whereabouts where =
      whereabouts(plan, small_movement(plan), at(plan, "2022-08-01", "09:00"));
  EXPECT_EQ(where.under_way[1], 3);
  EXPECT_EQ(where.total(), 3);
}

TEST(MusterCheck, each_rule_that_is_broken_is_found) {
  const Plan plan = small_plan();
  const auto broken = [&plan](const auto& change, MusterKind kind) {
    Movement movement = small_movement(plan);
    change(movement.parties);
    return finds(plan, movement, kind);
  };
  using Parties = std::vector<Party>;
  EXPECT_TRUE(broken([](Parties& all) { all.pop_back(); }, MusterKind::person_missing));
  EXPECT_TRUE(broken([](Parties& all) { all.pop_back(); }, MusterKind::not_conserved));
  EXPECT_TRUE(broken([](Parties& all) { all.push_back(all[0]); }, MusterKind::person_twice));
  EXPECT_TRUE(broken([](Parties& all) { all[0].count = 3; }, MusterKind::person_twice));
  EXPECT_TRUE(broken([](Parties& all) { all[0].count = 3; }, MusterKind::seats_exceeded));
  EXPECT_TRUE(broken([](Parties& all) { all[0].count = 3; }, MusterKind::throughput_exceeded));
  EXPECT_TRUE(broken([](Parties& all) { all[0].stops[0].place = PlaceId{1}; },
                     MusterKind::starts_elsewhere));
  EXPECT_TRUE(
      broken([](Parties& all) { all[0].stops[0].place = PlaceId{1}; }, MusterKind::way_broken));
  EXPECT_TRUE(
      broken([](Parties& all) { all[0].stops[0].arrives = Instant{0}; }, MusterKind::starts_early));
  EXPECT_TRUE(
      broken([](Parties& all) { all[0].stops[2].ready = Instant{0}; }, MusterKind::wrong_times));
  EXPECT_TRUE(
      broken([](Parties& all) { all[0].legs[1].departs = Instant{0}; }, MusterKind::wrong_times));
  EXPECT_TRUE(
      broken([](Parties& all) { all[0].legs[1].departs = Instant{0}; }, MusterKind::leaves_early));
  EXPECT_TRUE(
      broken([](Parties& all) { all[1].stops[2].passes = all[1].stops[2].passes + Elapsed{1}; },
             MusterKind::team_apart));
}

TEST(MusterCheck, who_does_not_come_in_time_or_at_all_is_counted) {
  Plan plan = small_plan();
  plan.needs[0].by = at(plan, "2022-08-01", "10:00");
  plan.needs.push_back(plan.needs[0]);
  plan.needs[1].count = 5;
  plan.needs[1].by = at(plan, "2022-08-02");
  const MusterVerdict verdict = judge(plan, small_movement(plan));
  // Two are there half an hour late, three of the five never come.
  EXPECT_EQ(verdict.missing, 2 + 3);
  EXPECT_EQ(verdict.unmet, 3);
}

TEST(MusterCheck, one_vehicle_cannot_fly_twice_at_once) {
  Plan plan = small_plan();
  plan.routes[1].vehicle = plan.text("B-1");
  plan.routes.push_back(plan.routes[1]);
  plan.routes[2].id = plan.text("other");
  plan.routes[2].departs = at(plan, "2022-08-01", "09:00");
  Movement movement = small_movement(plan);
  Party& leader = movement.parties[1];
  leader.legs[1] = {RouteId{2}, at(plan, "2022-08-01", "09:00"), at(plan, "2022-08-01", "11:00")};
  leader.stops[2] = {PlaceId{2}, at(plan, "2022-08-01", "11:00"), at(plan, "2022-08-01", "11:00"),
                     at(plan, "2022-08-01", "11:30")};
  EXPECT_TRUE(finds(plan, movement, MusterKind::vehicle_twice));
}

}  // namespace
}  // namespace diaodu::check
