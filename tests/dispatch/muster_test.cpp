#include "diaodu/dispatch/muster.h"

#include <gtest/gtest.h>

#include "diaodu/dispatch/carry_over.h"
#include "dispatch/muster_cases.h"

namespace diaodu::dispatch {
namespace {

//  home ──coach 1h, 30 each──▶ port ──flights 2h──▶ isle        transfers: port 1h, isle 30min
constexpr std::string_view kPlaces = "id,transfer,throughput\nhome,,\nport,1h,\nisle,30min,\n";
constexpr std::string_view kFlights =
    "id,from,to,duration,seats,departs,cost\n"
    "coach,home,port,1h,45,,30\n"
    "early,port,isle,2h,10,2022-08-01 08:00,900\n"
    "late,port,isle,2h,100,2022-08-01 20:00,500\n";

Plan plan_of(const std::vector<TableText>& tables) {
  auto read = read_tables(tables);
  EXPECT_EQ(found_in(read.findings), std::vector<std::string>{});
  return std::move(read.plan);
}

TEST(Muster, people_go_by_coach_and_plane_and_count_when_they_are_briefed) {
  const Plan plan = plan_of({{"places", kPlaces},
                             {"routes", kFlights},
                             {"groups", "id,place,role,count\ng,home,sampler,8\n"},
                             {"needs", "place,role,count,by\nisle,sampler,8,2022-08-01 11:00\n"}});
  const MusterAnswer answer = muster(plan);
  expect_legal(plan, answer);
  // Plane 08:00, lands 10:00, briefed 10:30; each pays 30 + 900.
  EXPECT_EQ(answer.value.full_strength, at(plan, "2022-08-01", "10:30"));
  EXPECT_EQ(answer.value.cost, Money{8 * 930'00});
  EXPECT_EQ(answer.value.unmet, 0);
  EXPECT_EQ(answer.value.missing, 0);
  EXPECT_TRUE(answer.is_optimal);
  EXPECT_EQ(answer.bound, answer.value);
  ASSERT_EQ(answer.movement.parties.size(), 1U);
  EXPECT_EQ(answer.movement.parties[0].legs.size(), 2U);
}

TEST(Muster, roles_share_the_seats_and_those_who_are_due_sit_in_the_early_plane) {
  const Plan plan = plan_of({{"places", kPlaces},
                             {"routes", kFlights},
                             {"groups",
                              "id,place,role,count\n"
                              "s,home,sampler,20\n"
                              "e,home,expert,4\n"},
                             {"needs",
                              "place,role,count,by\n"
                              "isle,sampler,7,2022-08-01 11:00\n"
                              "isle,sampler,20,2022-08-02\n"
                              "isle,expert,4,2022-08-01 11:00\n"}});
  const MusterAnswer answer = muster(plan);
  expect_legal(plan, answer);
  // Eleven are due by eleven, ten seats go: one is late, whoever it is.
  EXPECT_EQ(answer.value.missing, 1);
  EXPECT_EQ(answer.value.unmet, 0);
  EXPECT_EQ(riders(plan, answer.movement, "early"), 10);
  EXPECT_EQ(riders(plan, answer.movement, "late"), 14);
  EXPECT_EQ(answer.value.full_strength, at(plan, "2022-08-01", "22:30"));
  EXPECT_TRUE(answer.is_optimal);
}

TEST(Muster, full_strength_comes_before_cost_and_nobody_goes_who_is_not_needed) {
  const Plan plan = plan_of({{"places", kPlaces},
                             {"routes", kFlights},
                             {"groups", "id,place,role,count\ng,home,sampler,30\n"},
                             {"needs", "place,role,count\nisle,sampler,8\n"}});
  const MusterAnswer answer = muster(plan);
  expect_legal(plan, answer);
  EXPECT_EQ(riders(plan, answer.movement, "early"), 8);
  EXPECT_EQ(riders(plan, answer.movement, "late"), 0);
  EXPECT_EQ(answer.movement.parties.size(), 2U);
  EXPECT_TRUE(answer.movement.parties[1].legs.empty());
  EXPECT_EQ(answer.movement.parties[1].count, 22);
}

TEST(Muster, a_team_flies_together_or_not_at_all) {
  const Plan plan = plan_of({{"places", kPlaces},
                             {"routes", kFlights},
                             {"groups",
                              "id,place,role,count,team\n"
                              "l1,home,leader,1,A\ns1,home,sampler,7,A\n"
                              "l2,home,leader,1,B\ns2,home,sampler,5,B\n"
                              "s3,home,sampler,3,\n"},
                             {"needs",
                              "place,role,count,by\n"
                              "isle,sampler,10,2022-08-01 11:00\n"
                              "isle,leader,2,2022-08-02\n"
                              "isle,sampler,15,2022-08-02\n"}});
  const MusterAnswer answer = muster(plan);
  expect_legal(plan, answer);
  // Ten seats: A with seven and two of the three loose make nine samplers; B with five and the three eight.
  EXPECT_EQ(answer.value.missing, 10 - 9);
  EXPECT_EQ(answer.value.unmet, 0);
  EXPECT_TRUE(answer.is_optimal);
}

TEST(Muster, a_hub_lets_so_many_through_in_an_hour) {
  // 25 people reach the port at 01:00 and pass 10 an hour: 01:00, 02:00, 03:00; an hour later they are
  // ready.  The plane at 04:00 takes all; the one at 03:00 those of the first two hours.
  const Plan plan = plan_of({{"places", "id,transfer,throughput\nhome,,\nport,1h,10\nisle,,\n"},
                             {"routes",
                              "id,from,to,duration,seats,departs,cost\n"
                              "coach,home,port,1h,45,,30\n"
                              "three,port,isle,2h,,2022-08-01 03:00,900\n"
                              "four,port,isle,2h,,2022-08-01 04:00,900\n"},
                             {"groups", "id,place,role,count\ng,home,sampler,25\n"},
                             {"needs", "place,role,count,by\nisle,sampler,25,2022-08-01 05:00\n"}});
  const MusterAnswer answer = muster(plan);
  expect_legal(plan, answer);
  EXPECT_EQ(answer.value.missing, 5);
  EXPECT_EQ(answer.value.full_strength, at(plan, "2022-08-01", "06:00"));
}

TEST(Muster, who_goes_short_is_told_with_the_reason) {
  const Plan plan = [] {
    auto read = read_tables({{"places", "id\nhome\nport\nisle\nrock\n"},
                             {"routes",
                              "id,from,to,duration,seats,departs\n"
                              "f,home,isle,2h,10,2022-08-01 03:00\n"},
                             {"groups",
                              "id,place,role,count\n"
                              "s,home,sampler,25\n"
                              "e,home,expert,1\n"},
                             {"needs",
                              "place,role,count\n"
                              "isle,sampler,12\n"
                              "isle,expert,2\n"
                              "isle,cook,1\n"
                              "rock,sampler,3\n"}});
    return std::move(read.plan);
  }();
  const MusterAnswer answer = muster(plan);
  expect_legal(plan, answer);
  // Ten seats for fourteen; nobody reaches the rock; nobody is a cook.
  EXPECT_EQ(answer.value.unmet, 12 + 2 + 1 - 10 + 3);
  ASSERT_GE(answer.shortfalls.size(), 3U);
  for (const Shortfall& shortfall : answer.shortfalls) {
    const std::string_view place = plan.places[shortfall.place].id;
    if (place == "rock") {
      EXPECT_EQ(shortfall.reason, ShortfallReason::unreachable);
      EXPECT_EQ(shortfall.missing, 3);
    } else if (shortfall.role == "cook") {
      EXPECT_EQ(shortfall.reason, ShortfallReason::too_few);
    } else if (shortfall.role == "sampler") {
      EXPECT_EQ(shortfall.reason, ShortfallReason::no_room);
    }
  }
}

TEST(Muster, the_bottleneck_is_priced_by_solving_again) {
  const Plan plan = plan_of({{"places", kPlaces},
                             {"routes", kFlights},
                             {"groups", "id,place,role,count\ng,home,sampler,18\n"},
                             {"needs", "place,role,count\nisle,sampler,18\n"}});
  const MusterAnswer answer = muster(plan);
  expect_legal(plan, answer);
  EXPECT_EQ(answer.value.full_strength, at(plan, "2022-08-01", "22:30"));
  // A second plane like the early one takes all twenty: twelve hours sooner.
  ASSERT_EQ(answer.bottlenecks.size(), 1U);
  EXPECT_EQ(plan.routes[answer.bottlenecks[0].route.index()].id, "early");
  EXPECT_EQ(answer.bottlenecks[0].before.full_strength, answer.value.full_strength);
  EXPECT_EQ(answer.bottlenecks[0].after.full_strength, at(plan, "2022-08-01", "10:30"));
}

TEST(Muster, more_room_that_only_makes_the_way_cheaper_holds_nothing_back) {
  // Two pairs of places.  However many fly early from one, those from the other come at 21:00.
  const Plan plan = plan_of({{"places", "id\na\nb\nx\ny\n"},
                             {"routes",
                              "id,from,to,duration,seats,departs,cost\n"
                              "ax1,a,x,1h,10,2022-08-01 08:00,100\n"
                              "ax2,a,x,1h,,2022-08-01 20:00,900\n"
                              "by1,b,y,1h,10,2022-08-01 08:00,100\n"
                              "by2,b,y,1h,,2022-08-01 20:00,900\n"},
                             {"groups",
                              "id,place,role,count\n"
                              "p,a,sampler,20\n"
                              "q,b,sampler,20\n"},
                             {"needs", "place,role,count\nx,sampler,20\ny,sampler,20\n"}});
  const MusterAnswer answer = muster(plan);
  expect_legal(plan, answer);
  EXPECT_EQ(answer.value.full_strength, at(plan, "2022-08-01", "21:00"));
  EXPECT_TRUE(answer.bottlenecks.empty());
}

TEST(Muster, who_is_left_without_a_way_is_not_told_that_seats_were_lacking) {
  const Plan plan = plan_of({{"places", "id\nhome\nisle\nrock\n"},
                             {"routes", "id,from,to,duration\nferry,home,isle,1h\n"},
                             {"groups",
                              "id,place,role,count\n"
                              "a,home,sampler,5\n"
                              "b,rock,sampler,5\n"},
                             {"needs", "place,role,count\nisle,sampler,10\n"}});
  const MusterAnswer answer = muster(plan);
  expect_legal(plan, answer);
  ASSERT_EQ(answer.shortfalls.size(), 1U);
  EXPECT_EQ(answer.shortfalls[0].missing, 5);
  EXPECT_EQ(answer.shortfalls[0].reason, ShortfallReason::unreachable);
}

TEST(Muster, a_way_may_take_longer_than_two_days) {
  const Plan plan = plan_of({{"places", "id\nhome\nisle\n"},
                             {"routes", "id,from,to,duration\nship,home,isle,3ed\n"},
                             {"groups", "id,place,role,count\ng,home,sampler,5\n"},
                             {"needs", "place,role,count\nisle,sampler,5\n"}});
  const MusterAnswer answer = muster(plan);
  expect_legal(plan, answer);
  EXPECT_EQ(answer.value.unmet, 0);
  EXPECT_EQ(answer.value.full_strength, at(plan, "2022-08-04"));
}

TEST(Muster, a_queue_may_take_longer_than_two_days) {
  // They reach the port at 01:00 and pass five an hour: the last five at 12:00 of the third day.
  const Plan plan = plan_of({{"places", "id,throughput\nhome,\nport,5\nisle,\n"},
                             {"routes",
                              "id,from,to,duration\n"
                              "coach,home,port,1h\n"
                              "ferry,port,isle,1h\n"},
                             {"groups", "id,place,role,count\ng,home,sampler,300\n"},
                             {"needs", "place,role,count\nisle,sampler,300\n"}});
  const MusterAnswer answer = muster(plan, {.has_bottlenecks = false});
  expect_legal(plan, answer);
  EXPECT_EQ(answer.value.unmet, 0);
  EXPECT_EQ(answer.value.full_strength, at(plan, "2022-08-03", "13:00"));
}

TEST(Muster, people_who_are_there_already_need_no_way) {
  const Plan plan = plan_of({{"places", kPlaces},
                             {"groups", "id,place,role,count\ng,isle,sampler,4\n"},
                             {"needs", "place,role,count\nisle,sampler,4\n"}});
  const MusterAnswer answer = muster(plan);
  expect_legal(plan, answer);
  EXPECT_EQ(answer.value.unmet, 0);
  EXPECT_EQ(answer.value.full_strength, at(plan, "2022-08-01", "00:30"));
}

TEST(Muster, after_a_cancelled_flight_as_few_orders_change_as_possible) {
  Plan plan = plan_of({{"places", kPlaces},
                       {"routes",
                        "id,from,to,duration,seats,departs,cost\n"
                        "coach,home,port,1h,45,,30\n"
                        "one,port,isle,2h,10,2022-08-01 08:00,900\n"
                        "two,port,isle,2h,20,2022-08-01 09:00,900\n"
                        "three,port,isle,2h,20,2022-08-01 12:00,700\n"},
                       {"groups", "id,place,role,count\ng,home,sampler,28\n"},
                       {"needs", "place,role,count\nisle,sampler,28\n"}});
  const MusterAnswer before = muster(plan);
  const std::int64_t on_one = riders(plan, before.movement, "one");
  plan.routes[1].seats = Amount{};  // "one" is cancelled
  const MusterAnswer after = muster(plan, {.published = &before.movement});
  expect_legal(plan, after);
  EXPECT_EQ(after.value.unmet, 0);
  EXPECT_EQ(after.value.changed, on_one);
  EXPECT_TRUE(after.is_optimal);
  EXPECT_EQ(riders(plan, after.movement, "one"), 0);
}

TEST(Muster, a_team_larger_than_every_plane_stays_and_the_reason_is_told) {
  const Plan plan = plan_of({{"places", kPlaces},
                             {"routes",
                              "id,from,to,duration,seats,departs\n"
                              "coach,home,port,1h,45,\n"
                              "f,port,isle,2h,10,2022-08-01 08:00\n"},
                             {"groups", "id,place,role,count,team\ns,home,sampler,12,T\n"},
                             {"needs", "place,role,count\nisle,sampler,12\n"}});
  const MusterAnswer answer = muster(plan);
  expect_legal(plan, answer);
  EXPECT_EQ(answer.value.unmet, 12);
  ASSERT_EQ(answer.shortfalls.size(), 1U);
  EXPECT_EQ(answer.shortfalls[0].reason, ShortfallReason::whole_teams);
}

TEST(Muster, orders_are_carried_over_to_a_plan_whose_rows_stand_elsewhere) {
  const std::vector<TableText> needs = {{"groups", "id,place,role,count\ng,home,sampler,8\n"},
                                        {"needs", "place,role,count\nisle,sampler,8\n"}};
  const Plan before = plan_of({{"places", kPlaces}, {"routes", kFlights}, needs[0], needs[1]});
  const Plan now = plan_of({{"places", "id,transfer,throughput\nisle,30min,\nport,1h,\nhome,,\n"},
                            {"routes",
                             "id,from,to,duration,seats,departs,cost\n"
                             "late,port,isle,2h,100,2022-08-01 20:00,500\n"
                             "early,port,isle,2h,10,2022-08-01 08:00,900\n"
                             "coach,home,port,1h,45,,30\n"},
                            needs[0],
                            needs[1]});
  const Movement told = carry_over(before, muster(before).movement, now);
  const MusterAnswer answer = muster(now, {.published = &told});
  expect_legal(now, answer);
  EXPECT_EQ(answer.value.changed, 0);
}

TEST(Muster, who_was_told_to_go_to_a_place_that_is_no_more_is_told_otherwise) {
  const auto with = [](std::string_view places, std::string_view routes, std::string_view needs) {
    return plan_of({{"places", places},
                    {"routes", routes},
                    {"groups", "id,place,role,count\ng,home,sampler,5\n"},
                    {"needs", needs}});
  };
  const Plan before =
      with("id\nhome\nX\nY\n", "id,from,to,duration,seats\nto-x,home,X,1h,9\nto-y,home,Y,1h,9\n",
           "place,role,count\nX,sampler,5\n");
  const Plan now = with("id\nhome\nY\n", "id,from,to,duration,seats\nto-y,home,Y,1h,9\n",
                        "place,role,count\nY,sampler,5\n");
  const Movement told = carry_over(before, muster(before).movement, now);
  ASSERT_EQ(told.parties.size(), 1U);
  const MusterAnswer answer = muster(now, {.published = &told});
  expect_legal(now, answer);
  EXPECT_EQ(answer.value.unmet, 0);
  EXPECT_EQ(answer.value.changed, 5);
}

TEST(Muster, of_coaches_that_are_alike_each_has_its_own_people) {
  const Plan plan = plan_of({{"places", kPlaces},
                             {"routes",
                              "from,to,duration,seats,departs\n"
                              "home,isle,1h,50,2022-08-01 08:00\n"
                              "home,isle,1h,50,2022-08-01 08:00\n"},
                             {"groups", "id,place,role,count\ng,home,sampler,100\n"},
                             {"needs", "place,role,count\nisle,sampler,100\n"}});
  const Movement told = carry_over(plan, muster(plan).movement, plan);
  EXPECT_EQ(muster(plan, {.published = &told}).value.changed, 0);
}

TEST(Muster, of_a_new_team_each_counts_who_was_told_something_else) {
  const auto with = [](std::string_view groups, std::string_view needs) {
    return plan_of({{"places", kPlaces},
                    {"routes",
                     "id,from,to,duration,seats,departs\n"
                     "one,port,isle,2h,4,2022-08-01 08:00\n"
                     "two,port,isle,2h,10,2022-08-01 12:00\n"},
                    {"groups", groups},
                    {"needs", needs}});
  };
  const Plan before =
      with("id,place,role,count,team\ng1,port,sampler,4,T\n", "place,role,count\nisle,sampler,4\n");
  // A doctor joins them, and five do not fit on the first flight.
  const Plan now = with("id,place,role,count,team\ng0,port,doctor,1,T\ng1,port,sampler,4,T\n",
                        "place,role,count\nisle,sampler,4\nisle,doctor,1\n");
  const Movement told = carry_over(before, muster(before).movement, now);
  const MusterAnswer answer = muster(now, {.published = &told});
  expect_legal(now, answer);
  EXPECT_EQ(answer.value.unmet, 0);
  EXPECT_EQ(answer.value.changed, 4);
}

TEST(Muster, who_is_no_longer_needed_keeps_to_a_late_flight_and_holds_up_nobody) {
  const auto with = [](std::string_view needs) {
    return plan_of({{"places", kPlaces},
                    {"routes",
                     "id,from,to,duration,seats,departs,cost\n"
                     "one,port,isle,2h,5,2022-08-01 08:00,900\n"
                     "two,port,isle,2h,5,2022-08-01 12:00,700\n"},
                    {"groups", "id,place,role,count\ng,port,sampler,10\n"},
                    {"needs", needs}});
  };
  const Plan before = with("place,role,count\nisle,sampler,10\n");
  const Plan now = with("place,role,count\nisle,sampler,5\n");
  const Movement told = carry_over(before, muster(before).movement, now);
  const MusterAnswer answer = muster(now, {.published = &told});
  expect_legal(now, answer);
  EXPECT_EQ(answer.value.changed, 0);
  EXPECT_EQ(answer.value.full_strength, at(now, "2022-08-01", "10:30"));
  EXPECT_GE(answer.bound.cost, Money{});
  EXPECT_EQ(riders(now, answer.movement, "two"), 5);
}

TEST(Muster, a_plan_that_is_kept_is_proven_as_it_was) {
  const Plan plan = plan_of({{"places", kPlaces},
                             {"routes",
                              "id,from,to,duration,seats,departs\n"
                              "one,port,isle,2h,5,2022-08-01 08:00\n"
                              "two,port,isle,2h,5,2022-08-01 12:00\n"},
                             {"groups", "id,place,role,count\ng,port,sampler,10\n"},
                             {"needs", "place,role,count\nisle,sampler,10\n"}});
  const MusterAnswer told = muster(plan);
  const MusterAnswer again = muster(plan, {.published = &told.movement});
  expect_legal(plan, again);
  EXPECT_TRUE(again.is_optimal);
  EXPECT_EQ(again.bound, again.value);
  EXPECT_EQ(again.value, told.value);
}

TEST(Muster, whoever_stayed_at_a_place_of_another_name_was_told_otherwise) {
  const auto with = [](std::string_view home) {
    return plan_of({{"places", "id\n" + std::string(home) + "\nisle\n"},
                    {"groups", "id,place,role,count\ng," + std::string(home) + ",sampler,2\n"},
                    {"needs", "place,role,count\nisle,sampler,0\n"}});
  };
  const Plan before = with("home");
  const Plan now = with("base");
  const Movement told = carry_over(before, muster(before).movement, now);
  EXPECT_EQ(muster(now, {.published = &told}).value.changed, 2);
}

}  // namespace
}  // namespace diaodu::dispatch
