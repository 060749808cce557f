#include <gtest/gtest.h>

#include "support/findings.h"
#include "support/tables.h"

namespace diaodu {
namespace {

using Lines = std::vector<std::string>;

constexpr std::string_view kPlaces =
    "id,latitude,longitude\nbase,19.0,109.8\nsite,19.1,109.9\nfar,,\n";
constexpr std::string_view kDuties =
    "id,start,from,until,skills,capacity\n"
    "D1,base,2022-08-01 08:00,2022-08-01 18:00,ipc,10\n";

Lines found_with(const std::vector<TableText>& tables) {
  return found_in(read_tables(tables).findings);
}

TEST(ValidateField, visits_and_duties_of_a_user_are_read_as_they_are_meant) {
  const auto read =
      read_tables({{"places", kPlaces},
                   {"duties", kDuties},
                   {"visits",
                    "id,place,windows,duration,due,priority,skills,load,duty,start\n"
                    "V1,site,2022-08-01 08:00..12:00;2022-08-02,45min,2022-08-01 10:00,5,ipc,3,D1,"
                    "2022-08-01 09:30\n"}});
  EXPECT_EQ(found_in(read.findings), Lines{});
  const PlannedVisit& visit = read.plan.visits[VisitId{0}];
  ASSERT_EQ(visit.windows.size(), 2U);
  EXPECT_EQ(visit.windows[0].length(), Elapsed{4 * 60});
  EXPECT_EQ(visit.windows[1].length(), Elapsed{24 * 60});
  EXPECT_EQ(visit.duration, Elapsed{45});
  EXPECT_EQ(visit.duty, DutyId{0});
  EXPECT_EQ(read.plan.duties[DutyId{0}].end, read.plan.duties[DutyId{0}].start);
}

TEST(ValidateField, each_bad_cell_of_visits_and_duties_is_told) {
  EXPECT_EQ(found_with({{"places", kPlaces},
                        {"duties",
                         "id,start,from,until,latest,capacity\n"
                         "A,base,2022-08-01 18:00,2022-08-01 08:00,,\n"  // ends before it begins
                         "B,nowhere,2022-08-01 08:00,2022-08-01 18:00,,\n"
                         "C,base,2022-08-01 08:00,2022-08-01 18:00,2022-08-01 17:00,\n"
                         "D,base,2022-08-01 08:00,2022-08-01 18:00,,-1\n"},
                        {"visits",
                         "id,place,windows,duration,priority,load,duty\n"
                         "1,site,2022-08-01 12:00..08:00,1h,,,\n"
                         "2,site,in the morning,1h,,,\n"
                         "3,moon,,1h,,,\n"
                         "4,site,,-1h,,,\n"
                         "5,site,,1h,-2,,\n"
                         "6,site,,1h,,-2,\n"
                         "7,site,,1h,,,Z\n"}}),
            (Lines{"duties.csv:2:4 hours_are_backwards", "duties.csv:3:3 unknown_place",
                   "duties.csv:4:5 hours_are_backwards", "duties.csv:5:43 number_out_of_range",
                   "visits.csv:2:8 window_is_backwards", "visits.csv:3:8 bad_window",
                   "visits.csv:4:3 unknown_place", "visits.csv:5:9 negative_duration",
                   "visits.csv:6:12 number_out_of_range", "visits.csv:7:13 number_out_of_range",
                   "visits.csv:8:14 unknown_duty"}));
}

TEST(ValidateField, visits_that_nobody_can_make_are_told_before_anything_is_solved) {
  EXPECT_EQ(found_with({{"places", kPlaces},
                        {"duties", kDuties},
                        {"visits",
                         "id,place,windows,duration,skills,load,together\n"
                         "1,site,,1h,surgery,,\n"
                         "2,site,,1h,,11,\n"
                         "3,site,2022-08-03,1h,,,\n"
                         "4,site,,1h,,,alone\n"
                         "5,site,,1h,,,pair\n"
                         "6,site,,1h,,,pair\n"}}),
            (Lines{"visits.csv:2:5 visit_lacks_skills", "visits.csv:3:6 visit_too_heavy",
                   "visits.csv:4:3 visit_out_of_hours", "visits.csv:5:7 visit_meets_nobody",
                   "visits.csv:6:7 together_too_many"}));
  EXPECT_EQ(found_with({{"places", kPlaces}, {"visits", "id,place\n1,site\n"}}),
            Lines{"visits.csv no_duties"});
}

TEST(ValidateField, a_place_without_coordinates_needs_travel_times) {
  const std::vector<TableText> tables = {
      {"places", kPlaces}, {"duties", kDuties}, {"visits", "id,place,duration\n1,far,1h\n"}};
  EXPECT_EQ(found_with(tables), Lines{"visits.csv:2:2 nowhere_on_earth"});
  std::vector<TableText> more = tables;
  more.push_back({"travel_times", "from,to,duration\nbase,far,20min\n"});
  EXPECT_EQ(found_with(more), Lines{});
  more.back().second = "from,to,duration\nbase,far,20min\nbase,far,30min\n";
  EXPECT_EQ(found_with(more), Lines{"travel_times.csv:3:2 travel_repeated"});
}

TEST(ValidateField, rules_that_nobody_can_keep_are_told) {
  EXPECT_EQ(found_with({{"people", "id,role,local\nLi,sampler,yes\nWu,sampler,\n"},
                        {"teams", "id,min,max\nA,2,1\nB,,\n"},
                        {"team_rules",
                         "kind,trait,count,people\n"
                         "balance,,,\n"
                         "balance,nurse,,\n"
                         "at_least,local,1,\n"
                         "at_least,sampler,1,\n"
                         "at_most,sampler,0,\n"
                         "apart,,,Li Xu\n"
                         "sometimes,,,\n"}}),
            (Lines{"team_rules.csv:2:2 rule_lacks_trait", "team_rules.csv:3:2 trait_of_nobody",
                   "team_rules.csv:4:3 rule_above_supply", "team_rules.csv:5:3 rules_contradict",
                   "team_rules.csv:7:4 unknown_member", "team_rules.csv:7:4 rule_lacks_people",
                   "team_rules.csv:8:1 bad_choice", "teams.csv:2:3 team_min_above_max"}));
  // Three people, two teams of one: one too many, and it is said.
  EXPECT_EQ(found_with({{"people", "id\nLi\nWu\nXu\n"}, {"teams", "id,max\nA,1\nB,1\n"}}),
            Lines{"teams.csv:2:2 team_sizes_miss"});
}

TEST(ValidateField, a_team_is_in_one_place_at_once) {
  const auto with = [](const std::string& rows) {
    return found_with({{"places", kPlaces},
                       {"duties", "id,team,start,from,until,latest\n" + rows},
                       {"visits", "id,place,duration\nV,site,1h\n"}});
  };
  const std::string day = ",A,site,2022-08-01 08:00,2022-08-01 12:00";
  const std::string later = ",A,site,2022-08-01 13:00,2022-08-01 17:00,\n";
  EXPECT_EQ(with("D1" + day + ",\nD2" + later), Lines{});
  EXPECT_EQ(with("D1" + day + ",2022-08-01 14:00\nD2" + later),
            Lines{"duties.csv:3:4 duties_overlap"});
  EXPECT_EQ(with("D1" + day + ",\nD2" + day + ",\n"), Lines{"duties.csv:3:4 duties_overlap"});
}

TEST(ValidateField, what_lacks_its_other_half_is_told) {
  EXPECT_EQ(found_with({{"places", kPlaces},
                        {"duties", kDuties},
                        {"visits", "id,place,duration,start\nV,site,1h,2022-08-01 09:30\n"}}),
            Lines{"visits.csv:2:4 visit_told_half"});
  EXPECT_EQ(found_with({{"people", "id,local\nLi,yes\n"},
                        {"team_rules", "kind,trait,count\nat_least,local,1\n"}}),
            Lines{"team_rules.csv no_teams"});
  EXPECT_EQ(found_with({{"teams", "id\nblue\n"}, {"people", "id,team\nLi,red\n"}}),
            Lines{"people.csv:2:4 unknown_team"});
}

TEST(ValidateField, skills_have_room_for_sixty_four) {
  const auto with = [](int count) {
    std::string skills;
    for (int i = 0; i < count; ++i) skills += 's' + std::to_string(i) + ' ';
    const std::string duties =
        "id,start,from,until,skills\nD,base,2022-08-01 08:00,2022-08-01 "
        "18:00," +
        skills + "\n";
    const std::string visits = "id,place,skills,duration\nV,site," + skills + ",1h\n";
    return found_with({{"places", kPlaces}, {"duties", duties}, {"visits", visits}});
  };
  EXPECT_EQ(with(64), Lines{});
  EXPECT_EQ(with(65), Lines{"visits.csv:2:3 too_many_field_skills"});
}

TEST(ValidateField, what_is_said_twice_of_laboratories_and_regions_is_told) {
  const std::string_view shifts =
      "laboratory,from,until,stage,machines\n"
      "L,2022-08-01 08:00,2022-08-01 16:00,pcr,2\n"
      "L,2022-08-01 08:00,2022-08-01 16:00,pcr,3\n";
  EXPECT_EQ(
      found_with({{"laboratories", "id\nL\n"},
                  {"lab_stages",
                   "laboratory,id,machines,duration,between_failures,repair\n"
                   "L,pcr,4,2h,100h,0h\n"
                   "L,pcr,4,2h,,\n"},
                  {"lab_shifts", shifts}}),
      (Lines{"lab_shifts.csv:3:4 shift_machines_twice", "lab_stages.csv:2:6 stage_never_repaired",
             "lab_stages.csv:3:2 stage_repeated"}));
  EXPECT_EQ(found_with({{"places", kPlaces},
                        {"offers", "place,good,amount\nbase,steel,9\n"},
                        {"wishes", "place,good,amount\nsite,steel,2\nsite,steel,3\n"},
                        {"preferences", "from,to\nbase,site\nbase,site\n"}}),
            (Lines{"preferences.csv:3:2 preference_repeated", "wishes.csv:3:2 wish_repeated"}));
}

TEST(ValidateField, each_bad_cell_of_laboratories_is_told) {
  EXPECT_EQ(
      found_with({{"laboratories", "id,pools\nL,1 0 10\nM,\n"},
                  {"lab_stages",
                   "laboratory,id,machines,batch,duration\n"
                   "M,pcr,0,96,2h\n"
                   "M,pcr,4,0,2h\n"
                   "M,pcr,4,96,0h\n"
                   "N,pcr,4,96,2h\n"}}),
      (Lines{"lab_stages.csv:2:7 number_out_of_range", "lab_stages.csv:3:9 number_out_of_range",
             "lab_stages.csv:4:5 stage_takes_no_time", "lab_stages.csv:5:1 unknown_laboratory",
             "laboratories.csv:2:3 number_out_of_range"}));
  EXPECT_EQ(found_with({{"laboratories", "id\nL\n"}}),
            Lines{"laboratories.csv:2:1 lab_without_stages"});
}

TEST(ValidateField, shifts_that_overlap_and_tubes_that_cannot_be_are_told) {
  const std::vector<TableText> lab = {
      {"places", kPlaces},
      {"laboratories", "id,place\nL,site\n"},
      {"lab_stages", "laboratory,id,machines,duration\nL,pcr,4,2h\n"}};
  auto with = lab;
  with.push_back({"lab_shifts",
                  "laboratory,from,until,stage,machines\n"
                  "L,2022-08-01 08:00,2022-08-01 16:00,pcr,2\n"
                  "L,2022-08-01 15:00,2022-08-01 23:00,,\n"
                  "L,2022-08-02 08:00,2022-08-02 07:00,,\n"
                  "L,2022-08-03 08:00,2022-08-03 17:00,coffee,\n"});
  EXPECT_EQ(found_with(with),
            (Lines{"lab_shifts.csv:3:2 shifts_overlap", "lab_shifts.csv:4:3 hours_are_backwards",
                   "lab_shifts.csv:5:4 unknown_lab_stage"}));
  with = lab;
  with.push_back({"arrivals",
                  "laboratory,place,at,tubes,people_per_tube,prevalence\n"
                  "L,base,2022-08-01 09:00,-5,,\n"
                  "L,base,2022-08-01 09:00,5,0,\n"
                  "L,base,2022-08-01 09:00,5,10,1.5\n"
                  "L,moon,2022-08-01 09:00,5,10,\n"});
  EXPECT_EQ(found_with(with),
            (Lines{"arrivals.csv:2:25 number_out_of_range", "arrivals.csv:3:27 number_out_of_range",
                   "arrivals.csv:4:30 number_out_of_range", "arrivals.csv:5:3 unknown_place"}));
  EXPECT_EQ(found_with({{"arrivals", "at,tubes\n2022-08-01 09:00,5\n"}}),
            Lines{"arrivals.csv tubes_without_lab"});
}

TEST(ValidateField, days_of_which_no_cases_are_worked_out_need_people) {
  // Sixty days after the last count is October 9.
  EXPECT_EQ(
      found_with({{"places", kPlaces},
                  {"cases", "place,day,cases\nbase,2022-08-10,4\nbase,2022-08-01,3\n"},
                  {"testing",
                   "place,day,people\n"
                   "base,2022-08-10,\n"
                   "base,2022-08-11,\n"
                   "base,2022-10-09,\n"
                   "base,2022-10-10,\n"
                   "base,2022-10-11,500\n"}}),
      (Lines{"testing.csv:2:3 testing_beyond_cases", "testing.csv:5:3 testing_beyond_cases"}));
}

TEST(ValidateField, lots_that_any_laboratory_may_get_are_counted_from_wherever_they_come) {
  std::string places = "id\n";
  std::string testing = "place,day,people\n";
  std::string cases = "place,day,cases\n";
  for (int i = 0; i < 2'001; ++i) {
    const std::string place = "p" + std::to_string(i);
    places += place + "\n";
    testing += place + ",2022-08-02,100\n";
    if (i < 34) cases += place + ",2022-08-01,3\n";
  }
  std::vector<TableText> tables = {{"places", places}, {"testing", testing}};
  EXPECT_EQ(found_with(tables), Lines{});  // nothing is sent anywhere
  tables.push_back({"laboratories", "id\nL\n"});
  tables.push_back({"lab_stages", "laboratory,id,machines,duration\nL,pcr,4,2h\n"});
  EXPECT_EQ(found_with(tables), Lines{"testing.csv:2002:1 too_many"});
  // Of 34 places with cases sixty days each are 2,040.
  tables[1] = {"cases", cases};
  EXPECT_EQ(found_with(tables), Lines{});
  constexpr std::string_view kSixtyDays = "[plan]\nstart = 2022-08-01\n[dispatch]\ndays = 60\n";
  EXPECT_EQ(found_in(read_tables(tables, kSixtyDays).findings), Lines{"cases.csv:2:1 too_many"});
}

TEST(ValidateField, cases_testing_and_regions_that_contradict_themselves_are_told) {
  EXPECT_EQ(found_with({{"places", kPlaces},
                        {"cases", "place,day,cases\nbase,2022-08-01,3\nbase,2022-08-01,4\n"},
                        {"testing",
                         "place,day,people,by\n"
                         "site,2022-08-02,,\n"
                         "base,2022-08-02,,2022-08-01\n"
                         "base,2022-08-02,100,\n"}}),
            (Lines{"cases.csv:3:2 cases_repeated", "testing.csv:2:3 testing_unknown",
                   "testing.csv:3:4 hours_are_backwards", "testing.csv:4:2 testing_repeated"}));
  EXPECT_EQ(found_with({{"places", kPlaces},
                        {"offers", "place,good,amount\nbase,steel,5\nbase,steel,6\n"},
                        {"wishes", "place,good,amount\nsite,steel,20\nsite,wood,-1\n"}}),
            (Lines{"offers.csv:3:2 offer_repeated", "wishes.csv:2:3 wish_above_supply",
                   "wishes.csv:3:11 number_out_of_range"}));
}

}  // namespace
}  // namespace diaodu
