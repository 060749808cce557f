#include "diaodu/report/page_status.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <string>

#include "diaodu/report/page_document.h"
#include "diaodu/report/status_json.h"
#include "report/page_fields.h"
#include "report/plant.h"
#include "track/status_case.h"

namespace diaodu::report {
namespace {

using nlohmann::json;
using track::StatusCase;

/// Four walls of a day each and a roof of six, one after the other, 1,000 each, and a gate that nobody has begun;
/// Wednesday evening half of the second is done.
StatusCase wall() {
  return StatusCase(
      {{"tasks",
        "id,name,name_zh,duration,predecessors,cost,owner\n"
        "N,North,北墙,1d,,1000,Li\nE,East,东墙,1d,N,1000,Li\nS,South,南墙,1d,E,1000,Wu\n"
        "W,West,西墙,1d,S,1000,Wu\nR,Roof,屋顶,6d,W,1000,\nG,Gate,大门,1d,,500,\n"},
       {"progress",
        "task,actual_start,actual_finish,percent\nN,2024-01-01,2024-01-01,\n"
        "E,2024-01-02,,50\n"},
       {"costs", "task,date,amount\nN,2024-01-01,1000\nE,2024-01-02,900\n"}},
      "[plan]\nname = \"Wall\"\nstart = 2024-01-01\ndata_date = \"2024-01-03 17:00\"\n");
}

json page_of(const StatusCase& wall, const track::Status& status) {
  return json::parse(page_document(wall.plan(), answer(wall.plan()), {.status = &status}));
}

TEST(PageStatus, is_null_where_nobody_asked) {
  const Plan plan = make_plant();
  EXPECT_TRUE(json::parse(page_document(plan, answer(plan), {}))["status"].is_null());
}

TEST(PageStatus, has_the_fields_that_the_page_is_told_of_and_the_documentation_names_them) {
  const StatusCase plan = wall();
  const json status = page_of(plan, plan.status())["status"];
  EXPECT_EQ(fields_of(status), declared("StatusDocument"));
  EXPECT_EQ(fields_of(status["months"]), declared("PeriodColumns"));
  ASSERT_FALSE(status["slips"].empty());
  ASSERT_FALSE(status["lights"].empty());
  ASSERT_FALSE(status["ahead"].empty());
  const std::string documentation = file_text("docs/page_format.md");
  for (const json& each :
       {status, status["baseline"], status["stages"], status["value"], status["schedule"],
        status["months"], status["lights"][0], status["reasons"][0], status["slips"][0],
        status["slips"][0]["causes"][0], status["new_critical"], status["ahead"][0],
        status["ahead"][0]["entries"][0]}) {
    for (const std::string& field : fields_of(each)) {
      EXPECT_NE(documentation.find('`' + field + '`'), std::string::npos) << field;
    }
  }
}

// Planned by Wednesday evening: N, E, S and G, 3,500.  Earned: N and half of E, 1,500; spent 1,900.
TEST(PageStatus, tells_what_the_status_says) {
  const StatusCase plan = wall();
  const track::Status status = plan.status();
  const json page = page_of(plan, status);
  const json& told = page["status"];
  const json whole = json::parse(status_json(plan.plan(), status, {}, Language::english));
  EXPECT_EQ(told["value"]["bac"], 5500);
  EXPECT_EQ(told["value"]["pv"], 3500);
  EXPECT_EQ(told["value"]["ev"], 1500);
  EXPECT_EQ(told["value"]["ac"], 1900);
  EXPECT_NEAR(told["value"]["cpi"], 1500.0 / 1900, 1e-5);
  EXPECT_EQ(told["value"]["eac"], whole["value"]["eac"]["usual"]);
  EXPECT_EQ(told["light"], whole["light"]);
  EXPECT_EQ(told["reasons"][0]["words"][0], whole["reasons"][0]["words"]);
  EXPECT_EQ(told["slip"], whole["slip"]["total"]);
  EXPECT_EQ(told["stages"], (json{{"completed", 1}, {"started", 1}, {"not_started", 4}}));
  EXPECT_EQ(told["months"]["planned"].back(), 5500);
  EXPECT_EQ(told["num_lights"], told["lights"].size());
  std::size_t num_red = 0;
  for (const json& each : told["lights"]) num_red += each["light"] == "red" ? 1 : 0;
  EXPECT_EQ(told["num_red"], num_red);
  EXPECT_EQ(told["num_slips"], told["slips"].size());
}

// East is half a day or more late by itself; South, West and Roof only follow.
TEST(PageStatus, what_slips_by_itself_comes_before_what_follows_from_it) {
  const StatusCase plan = wall();
  const json page = page_of(plan, plan.status());
  const json& slips = page["status"]["slips"];
  ASSERT_GE(slips.size(), 2U);
  bool was_own = true;
  for (const json& slip : slips) {
    const bool is_own = slip["root"] == slip["task"];
    EXPECT_TRUE(was_own || !is_own);
    was_own = is_own;
    std::int64_t sum = 0;
    for (const json& cause : slip["causes"]) sum += cause["time"].get<std::int64_t>();
    EXPECT_EQ(sum, slip["total"]);
  }
}

TEST(PageStatus, what_lies_ahead_of_the_status_date_is_neither_earned_nor_spent) {
  const StatusCase plan = wall();
  const json weeks = page_of(plan, plan.status())["status"]["weeks"];
  ASSERT_GE(weeks["from"].size(), 2U);
  EXPECT_EQ(weeks["earned"][0], 1500);
  EXPECT_EQ(weeks["actual"][0], 1900);
  EXPECT_TRUE(weeks["earned"].back().is_null());
  EXPECT_TRUE(weeks["actual"].back().is_null());
}

}  // namespace
}  // namespace diaodu::report
