#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "cli/program.h"
#include "diaodu/cli/options.h"
#include "diaodu/report/terminal.h"
#include "support/temporary.h"

namespace diaodu::cli {
namespace {

using nlohmann::json;

const std::string kHainan =
    (std::filesystem::path(DIAODU_SOURCE_DIR) / "examples" / "hainan").string();

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

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

}  // namespace
}  // namespace diaodu::cli
