#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "cli/program.h"
#include "diaodu/cli/options.h"
#include "diaodu/report/terminal.h"
#include "support/temporary.h"
#include "support/text.h"

namespace diaodu::cli {
namespace {

using nlohmann::json;

const std::string kHainan =
    (std::filesystem::path(DIAODU_SOURCE_DIR) / "examples" / "hainan").string();

TEST(DispatchCommand, tells_of_all_people_in_both_languages_within_the_width) {
  for (const std::string language : {"en", "zh"}) {
    const Outcome run = diaodu({"dispatch", kHainan, "--lang", language});
    EXPECT_EQ(run.status, kDone) << run.err;
    EXPECT_TRUE(contains(run.out, "1015"));
    EXPECT_TRUE(contains(run.out, language == "en" ? "Assumed" : "假设"));
    std::istringstream lines(run.out);
    for (std::string line; std::getline(lines, line);)
      EXPECT_LE(report::display_width(line), 80) << line;
  }
}

TEST(DispatchCommand, json_is_one_document_in_which_everyone_is_somewhere_at_every_hour) {
  const Outcome run = diaodu({"dispatch", kHainan, "--json"});
  const json document = json::parse(run.out);
  EXPECT_EQ(document["value"]["unmet"], 0);
  EXPECT_TRUE(document["optimal"]);
  for (const json& hour : document["hours"]) EXPECT_EQ(hour["all"], 1015);
  EXPECT_FALSE(document["bottlenecks"].empty());
  EXPECT_EQ(document["manifests"].size(), 3 * 1015U);
}

TEST(DispatchCommand, a_cancelled_flight_carries_nobody_and_says_who_must_be_told) {
  const Outcome run = diaodu({"dispatch", kHainan, "--cancel", "DD103", "--json"});
  EXPECT_EQ(run.status, kPlanIsWrong);  // 900 seats for 1,015 people
  const json document = json::parse(run.out);
  EXPECT_EQ(document["value"]["unmet"], 1015 - 900);
  EXPECT_FALSE(document["changes"].empty());
  for (const json& departure : document["departures"]) EXPECT_NE(departure["route"], "DD103");
  EXPECT_EQ(diaodu({"dispatch", kHainan, "--cancel", "DD999"}).status, kWrongUsage);
  EXPECT_EQ(diaodu({"dispatch", kHainan, "--for", "nobody"}).status, kWrongUsage);
}

TEST(DispatchCommand, the_same_plan_against_itself_changes_nothing) {
  const Outcome run = diaodu({"dispatch", kHainan, "--against", kHainan, "--json"});
  EXPECT_EQ(run.status, kDone);
  EXPECT_EQ(json::parse(run.out)["value"]["changed"], 0);
}

TEST(DispatchCommand, the_example_makes_teams_tours_and_results_in_one_document) {
  const Outcome run = diaodu({"dispatch", kHainan, "--json"});
  EXPECT_EQ(run.status, kDone) << run.err;
  const json document = json::parse(run.out);
  EXPECT_EQ(document["teams"].size(), 60U);
  std::int64_t people = 0;
  for (const json& team : document["teams"]) {
    people += team["people"].get<std::int64_t>();
    EXPECT_GE(team["locals"], 1) << team;
  }
  EXPECT_EQ(people, 1015 + 60);
  EXPECT_EQ(document["team_sheets"].size(), 1015 + 60U);
  EXPECT_LE(document["team_cost"]["bound"], document["team_cost"]["cost"]);
  EXPECT_EQ(document["tour_cost"]["unserved"], 0);
  std::int64_t tubes = 0;
  for (const json& laboratory : document["laboratories"]) {
    tubes += laboratory["tubes"].get<std::int64_t>();
    EXPECT_EQ(laboratory["people_unreported"], 0);
  }
  EXPECT_EQ(tubes, 140'000);
  for (const json& day : document["testing"]) EXPECT_EQ(day["late"], 0) << day;
}

TEST(DispatchCommand, a_cancelled_flight_is_seen_in_the_teams_and_in_the_laboratory) {
  const Outcome run = diaodu({"dispatch", kHainan, "--cancel", "DD103", "--json"});
  const json document = json::parse(run.out);
  std::int64_t people = 0;
  for (const json& team : document["teams"]) people += team["people"].get<std::int64_t>();
  EXPECT_EQ(people, 900 + 60);
  std::int64_t unsampled = 0;
  for (const json& day : document["testing"])
    unsampled += day["people"].get<std::int64_t>() - day["sampled"].get<std::int64_t>();
  EXPECT_GT(unsampled, 0);
  EXPECT_FALSE(document.contains("visit_changes"));  // nobody who drives was on that flight
}

TEST(DispatchCommand, everything_fits_the_terminal_and_one_team_can_be_asked_for) {
  for (const auto& [language, only] :
       {std::pair("en", "ledong-01"), std::pair("zh", "G1"), std::pair("zh", "ledong-L01")}) {
    const Outcome run = diaodu({"dispatch", kHainan, "--for", only, "--lang", language});
    EXPECT_EQ(run.status, kDone) << run.err;
    std::istringstream lines(run.out);
    for (std::string line; std::getline(lines, line);)
      EXPECT_LE(report::display_width(line), 80) << line;
  }
}

TEST(DispatchCommand, files_hold_a_sheet_a_team_tables_beside_each_other_and_visits_as_events) {
  const TemporaryFolder folder;
  const auto name = [&folder](const char* file) { return (folder.path() / file).string(); };
  const Outcome run = diaodu({"dispatch", kHainan, "-o", name("day.xlsx"), "-o", name("day.csv"),
                              "-o", name("day.ics"), "-o", name("day.json")});
  EXPECT_EQ(run.status, kDone) << run.err;
  EXPECT_GT(folder.read("day.xlsx").size(), 10'000U);
  EXPECT_TRUE(contains(folder.read("day-team_sheets.csv"), "ledong-L01"));
  EXPECT_TRUE(contains(folder.read("day-stops.csv"), "ledong-site3-ipc"));
  EXPECT_TRUE(contains(folder.read("day.ics"), "SUMMARY:Ledong: isolation site 3"));
  EXPECT_EQ(json::parse(folder.read("day.json"))["tours"].size(), 6U);
}

TEST(DispatchCommand, teams_of_people_alone_need_neither_tasks_nor_places) {
  const TemporaryFolder folder;
  folder.write("plan/plan.toml", "[plan]\nstart = 2022-08-01\n");
  folder.write("plan/people.csv", "id,role\nLi,nurse\nWu,nurse\nXu,doctor\nSun,doctor\n");
  folder.write("plan/teams.csv", "id\nA\nB\n");
  folder.write("plan/team_rules.csv", "kind,trait\nbalance,doctor\n");
  const Outcome run = diaodu({"dispatch", (folder.path() / "plan").string()});
  EXPECT_EQ(run.status, kDone) << run.err;
  EXPECT_TRUE(contains(run.out, "4 people in 2 teams; rules cost 0; proven")) << run.out;
  folder.write("plan/teams.csv", "");
  EXPECT_EQ(diaodu({"dispatch", (folder.path() / "plan").string()}).status, kPlanIsWrong);
}

TEST(DispatchCommand, where_no_laboratory_tests_nobody_has_a_result_in_time_and_it_is_said) {
  const TemporaryFolder folder;
  folder.write("plan/plan.toml", "[plan]\nstart = 2022-08-01\n");
  folder.write("plan/places.csv", "id\nnorth\n");
  folder.write("plan/testing.csv", "place,day,people\nnorth,2022-08-02,1500\n");
  const Outcome run = diaodu({"dispatch", (folder.path() / "plan").string(), "--json"});
  EXPECT_EQ(run.status, kPlanIsWrong);
  const json document = json::parse(run.out);
  EXPECT_EQ(document["testing"][0]["late"], 1500);
  ASSERT_EQ(document["headlines"].size(), 2U);
  EXPECT_EQ(document["headlines"][1], "No laboratory tests what is sampled on 1 of these days");
}

TEST(DispatchCommand, regions_that_go_short_are_told_with_the_reason) {
  const TemporaryFolder folder;
  folder.write("plan/plan.toml", "[plan]\nstart = 2022-08-01\n");
  folder.write("plan/places.csv", "id\nnorth\nsouth\neast\n");
  folder.write("plan/offers.csv", "place,good,amount\nnorth,steel,10\n");
  folder.write("plan/wishes.csv", "place,good,amount\nsouth,steel,4\neast,steel,5\n");
  folder.write("plan/preferences.csv", "from,to,rank\nnorth,east,0\n");
  const Outcome run = diaodu({"dispatch", (folder.path() / "plan").string(), "--json"});
  EXPECT_EQ(run.status, kPlanIsWrong);  // east may not be given any
  const json document = json::parse(run.out);
  EXPECT_EQ(document["exchange"]["missing"], 5);
  ASSERT_EQ(document["shipments"].size(), 1U);
  EXPECT_EQ(document["shipments"][0]["amount"], 4);
}

}  // namespace
}  // namespace diaodu::cli
