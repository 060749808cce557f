#include <gtest/gtest.h>

#include "support/findings.h"
#include "support/tables.h"

namespace diaodu {
namespace {

using Lines = std::vector<std::string>;

constexpr std::string_view kMusterPlaces =
    "id,transfer,throughput\nwuxi,,\nwux,60min,300\nhak,20min,\nledong,,\n";
constexpr std::string_view kRoutes =
    "id,from,to,duration,seats,departs,cost,vehicle\n"
    "coach,wuxi,wux,1h,45,,30,\n"
    "MU1,wux,hak,3h,180,2022-08-01 12:00,900,B-1\n";

TEST(ValidateMuster, a_plan_of_people_needs_no_tasks) {
  const auto read = read_tables({{"places", kMusterPlaces},
                                 {"routes", kRoutes},
                                 {"groups", "id,place,role,count\ng,wuxi,sampler,20\n"},
                                 {"needs", "place,role,count\nledong,sampler,20\n"}});
  EXPECT_EQ(found_in(read.findings), Lines{});
  EXPECT_EQ(read.plan.groups[GroupId{0}].count, 20);
  EXPECT_EQ(read.plan.places[PlaceId{1}].transfer, Elapsed{60});
  EXPECT_EQ(read.plan.places[PlaceId{1}].throughput, Amount{300'000});
  EXPECT_EQ(read.plan.routes[1].vehicle, "B-1");
}

TEST(ValidateMuster, a_group_without_a_count_is_as_many_as_are_named_for_it_else_one) {
  const auto read = read_tables({{"places", kMusterPlaces},
                                 {"groups", "id,place,role\na,wuxi,sampler\nb,wuxi,leader\n"},
                                 {"people", "id,name,group\nL1,Li,a\nW1,Wang,a\n"}});
  EXPECT_EQ(found_in(read.findings), Lines{});
  EXPECT_EQ(read.plan.groups[GroupId{0}].count, 2);
  EXPECT_EQ(read.plan.groups[GroupId{1}].count, 1);
}

TEST(ValidateMuster, counts_that_are_negative_or_no_number_are_told) {
  const auto read = read_tables({{"places", kMusterPlaces},
                                 {"groups",
                                  "id,place,role,count\n"
                                  "a,wuxi,sampler,-3\n"
                                  "b,wuxi,sampler,many\n"
                                  "c,wuxi,,3\n"
                                  "d,nowhere,sampler,3\n"},
                                 {"needs",
                                  "place,role,count\n"
                                  "ledong,sampler,-1\n"
                                  "ledong,sampler,\n"}});
  EXPECT_EQ(found_in(read.findings),
            (Lines{"no_tasks", "groups.csv:2:16 number_out_of_range", "groups.csv:3:16 bad_number",
                   "groups.csv:4:8 missing_cell", "groups.csv:5:3 unknown_place",
                   "needs.csv:2:16 number_out_of_range", "needs.csv:3:16 missing_cell"}));
}

TEST(ValidateMuster, numbers_that_contradict_each_other_are_told) {
  const auto read = read_tables({{"places", kMusterPlaces},
                                 {"groups",
                                  "id,place,role,count,team\n"
                                  "a,wuxi,sampler,1,T\n"
                                  "b,wux,leader,1,T\n"},
                                 {"people", "id,group\nLi,a\nWang,a\n"},
                                 {"needs",
                                  "place,role,count,by\n"
                                  "ledong,sampler,5,2022-08-02\n"
                                  "ledong,sampler,3,2022-08-03\n"
                                  "ledong,leader,1,\n"
                                  "ledong,leader,1,\n"}});
  // Five samplers are needed, one is there.
  EXPECT_EQ(found_in(read.findings),
            (Lines{"groups.csv:2:4 more_named_than_counted", "groups.csv:3:2 team_apart",
                   "needs.csv:2:2 need_above_supply", "needs.csv:3:3 need_falls",
                   "needs.csv:5:2 need_repeated"}));
}

TEST(ValidateMuster, a_route_takes_time_and_costs_something_or_nothing) {
  const auto read = read_tables({{"places", "id,transfer\nwuxi,\nwux,-5min\n"},
                                 {"groups", "id,place,role,count\ng,wuxi,sampler,20\n"},
                                 {"routes",
                                  "from,to,duration,cost\n"
                                  "wuxi,wux,,\n"
                                  "wuxi,wux,1h,-4\n"
                                  "wuxi,wuxi,1h,\n"}});
  EXPECT_EQ(found_in(read.findings),
            (Lines{"places.csv:3:5 negative_duration", "routes.csv:2:3 route_takes_no_time",
                   "routes.csv:3:4 route_pays", "routes.csv:4:2 route_goes_nowhere"}));
}

TEST(ValidateMuster, one_aircraft_is_in_one_place) {
  const auto read = read_tables({{"places", kMusterPlaces},
                                 {"groups", "id,place,role,count\ng,wuxi,sampler,20\n"},
                                 {"routes",
                                  "from,to,duration,departs,vehicle\n"
                                  "wux,hak,3h,2022-08-01 08:00,B-1\n"
                                  // It lands at 11:00.
                                  "hak,wux,3h,2022-08-01 10:59,B-1\n"
                                  "hak,wux,3h,2022-08-01 14:00,B-1\n"
                                  "wux,hak,3h,2022-08-01 09:00,B-2\n"}});
  EXPECT_EQ(found_in(read.findings),
            (Lines{"routes.csv:3:5 vehicle_overlaps", "routes.csv:4:1 vehicle_elsewhere"}));
}

}  // namespace
}  // namespace diaodu
