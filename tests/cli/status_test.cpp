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

class StatusCommand : public testing::Test {
 protected:
  StatusCommand() {
    folder_.write("p/plan.toml",
                  "[plan]\nname = \"Shed\"\nname_zh = \"棚\"\nstart = 2024-01-01\n"
                  "data_date = \"2024-01-19 17:00\"\n");
    folder_.write("p/tasks.csv",
                  "id,name,name_zh,parent,duration,predecessors,deadline,cost,owner,earned_by\n"
                  "S,Building,土建,,,,,,,\nA,Dig,开挖,S,5d,,,1000,Li,\n"
                  "B,Pour,浇筑,S,5d,A,,2000,Li,steps\nC,Roof,屋面,S,10d,B,2024-01-31,4000,王五,\n"
                  "D,Paint,油漆,,3d,B,,500,王五,0/100\n");
    folder_.write("p/progress.csv",
                  "task,actual_start,actual_finish,remaining\nA,2024-01-02,2024-01-09,\n"
                  "B,2024-01-11,,4d\n");
    folder_.write("p/steps.csv", "task,id,weight,done\nB,forms,2,yes\nB,pour,8,\n");
    folder_.write("p/costs.csv", "task,date,amount\nA,2024-01-05,1500\nB,2024-01-19,500\n");
  }

  Outcome run(const std::vector<std::string>& words) const {
    return diaodu(words, {.folder = folder_.path()});
  }
  TemporaryFolder folder_;
};

TEST_F(StatusCommand, tells_where_the_plan_stands_in_both_languages) {
  for (const char* language : {"en", "zh"}) {
    const Outcome told = run({"status", "p", "--lang", language});
    EXPECT_EQ(told.status, kDone) << told.err;
    const bool is_chinese = std::string_view(language) == "zh";
    for (const char* part :
         {"2024-01-19 17:00", "SPI", "CPI", "TCPI", "EAC", is_chinese ? "屋面" : "Roof",
          is_chinese ? "状态：红" : "Status: red", is_chinese ? "挣得进度" : "Earned schedule",
          is_chinese ? "等待“开挖” 2天" : "2 d waiting for 'Dig'",
          is_chinese ? "工期延长 6天" : "6 d longer", "王五",
          is_chinese ? "逾期未开始" : "overdue to start"})
      EXPECT_TRUE(contains(told.out, part)) << part << "\n" << told.out;
    std::istringstream lines(told.out);
    for (std::string line; std::getline(lines, line);)
      EXPECT_LE(report::display_width(line), 80) << line;
  }
}

TEST_F(StatusCommand, is_one_document_for_programs) {
  const Outcome told = run({"status", "p", "--json"});
  EXPECT_EQ(told.status, kDone) << told.err;
  const json document = json::parse(told.out);
  EXPECT_EQ(document["light"], "red");
  EXPECT_EQ(document["as_of"], "2024-01-19 17:00");
  //  Dig is done (1,000), of Pour the forms (2 of 10 of 2,000): 1,400 for the 2,000 that were spent.
  EXPECT_EQ(document["value"]["ev"], 1400);
  EXPECT_EQ(document["value"]["cpi"], 0.7);
  EXPECT_EQ(document["value"]["eac"]["budget"], 2000 + 7500 - 1400);
  EXPECT_EQ(document["tasks"].size(), 5U);
  EXPECT_EQ(document["tasks"][2]["slip"]["causes"][0]["kind"], "duration");
  EXPECT_EQ(document["tasks"][2]["earned_by"], "steps");
  EXPECT_EQ(document["tasks"][3]["slip"]["root"], "B");
  EXPECT_TRUE(document["tasks"][4]["value"]["cpi"].is_null());
  EXPECT_EQ(document["ahead"]["owners"][1]["owner"], "王五");
  EXPECT_EQ(document["months"].size(), 1U);
  EXPECT_TRUE(document["findings"].is_array());
}

TEST_F(StatusCommand, measures_against_a_schedule_that_was_agreed_upon) {
  folder_.write("agreed.csv",
                "id,start,finish,critical\nA,2024-01-01 08:00,2024-01-12 17:00,yes\n"
                "B,2024-01-15 08:00,2024-01-26 17:00,yes\nC,2024-01-29 08:00,2024-02-16 17:00,no\n"
                "X,2024-01-01 08:00,2024-01-02 17:00,no\n");
  const Outcome told = run({"status", "p", "--json", "--baseline", "agreed.csv"});
  EXPECT_EQ(told.status, kDone) << told.err;
  const json document = json::parse(told.out);
  EXPECT_EQ(document["baseline"]["name"], "agreed.csv");
  EXPECT_EQ(document["baseline"]["finish"], "2024-02-16 17:00");
  EXPECT_LT(document["tasks"][1]["slip"]["total"], 0);             // Dig was done early
  EXPECT_TRUE(document["tasks"][4]["baseline_finish"].is_null());  // Paint is new
  EXPECT_EQ(document["findings"][0]["code"], "not_in_plan");
  EXPECT_EQ(document["new_critical"], json({"C"}));
}

TEST_F(StatusCommand, reads_back_a_workbook_or_table_of_its_own_as_the_baseline) {
  for (const char* file : {"last.xlsx", "last.csv"}) {
    EXPECT_EQ(run({"schedule", "p", "-o", file}).status, kDone);
    const json document = json::parse(run({"status", "p", "--json", "--baseline", file}).out);
    EXPECT_EQ(document["slip"]["total"], 0) << file;
    for (const json& task : document["tasks"]) EXPECT_EQ(task["slip"]["total"], 0) << task["id"];
  }
}

TEST_F(StatusCommand, writes_tables) {
  const Outcome told = run({"status", "p", "-o", "s.csv", "-o", "s.xlsx", "-o", "s.json"});
  EXPECT_EQ(told.status, kDone) << told.err;
  EXPECT_TRUE(contains(folder_.read("s.csv"), "2 d waiting for 'Dig'"));
  EXPECT_EQ(json::parse(folder_.read("s.json"))["light"], "red");
  EXPECT_GT(std::filesystem::file_size(folder_.path() / "s.xlsx"), 5000U);
  const std::string first = folder_.read("s.xlsx");
  EXPECT_EQ(run({"status", "p", "-o", "s.xlsx"}).status, kDone);
  EXPECT_EQ(folder_.read("s.xlsx"), first);
  EXPECT_EQ(run({"status", "p", "-o", "s.pdf"}).status, kWrongUsage);
  EXPECT_EQ(run({"status", "p", "-o", "p/tasks.csv"}).status, kWrongUsage);
}

TEST_F(StatusCommand, looks_ahead_as_far_as_asked) {
  const json none = json::parse(run({"status", "p", "--json", "--days", "0"}).out);
  for (const json& owner : none["ahead"]["owners"]) {
    for (const json& entry : owner["entries"])
      EXPECT_TRUE(contains(entry["kind"].get<std::string>(), "overdue"));
  }
  EXPECT_EQ(run({"status", "p", "--days", "-1"}).status, kWrongUsage);
}

TEST_F(StatusCommand, what_is_wrong_ends_in_findings) {
  folder_.write("p/costs.csv", "task,date,amount\nZ,2024-01-05,1500\nA,soon,1\nA,2024-01-05,\n");
  const Outcome told = run({"status", "p", "--json"});
  EXPECT_EQ(told.status, kPlanIsWrong);
  const json findings = json::parse(told.out)["findings"];
  ASSERT_EQ(findings.size(), 3U);
  EXPECT_EQ(findings[0]["code"], "unknown_task");
  EXPECT_EQ(findings[0]["line"], 2);
  EXPECT_EQ(findings[1]["code"], "bad_date");
  EXPECT_EQ(findings[2]["code"], "missing_cell");
  folder_.write("p/costs.csv", "task,date,amount\nA,2024-01-05,-1500\n");
  const Outcome refund = run({"status", "p"});
  EXPECT_EQ(refund.status, kDone);
  EXPECT_TRUE(contains(refund.err, "came back")) << refund.err;
  EXPECT_EQ(run({"status", "p", "--baseline", "nothing.csv"}).status, kPlanIsWrong);
}

TEST_F(StatusCommand, dates_that_break_limits_have_status_1) {
  folder_.write("q/plan.toml", "[plan]\nstart = 2024-01-01\nmust_finish = 2024-01-09\n");
  folder_.write("q/tasks.csv", "id,duration\nA,20d\n");
  const Outcome told = run({"status", "q"});
  EXPECT_EQ(told.status, kPlanIsWrong);
  EXPECT_TRUE(contains(told.err, "the plan must finish by")) << told.err;
  EXPECT_TRUE(contains(told.out, "Status:")) << told.out;
  EXPECT_EQ(run({"status", "q", "--json"}).status, kPlanIsWrong);
}

TEST_F(StatusCommand, a_midnight_is_the_end_of_the_day_before) {
  folder_.write("p/plan.toml", "[plan]\nstart = 2024-01-01\ndata_date = 2024-01-20\n");
  const Outcome told = run({"status", "p"});
  EXPECT_TRUE(contains(told.out, "as of 2024-01-19 24:00")) << told.out;
}

TEST_F(StatusCommand, a_plan_that_has_not_begun_is_on_plan) {
  for (const char* table : {"progress", "steps", "costs"})
    std::filesystem::remove(folder_.path() / "p" / (std::string(table) + ".csv"));
  folder_.write("p/plan.toml", "[plan]\nstart = 2024-01-01\n");
  const json document = json::parse(run({"status", "p", "--json"}).out);
  EXPECT_EQ(document["light"], "green");
  EXPECT_EQ(document["reasons"][0]["kind"], "on_plan");
  EXPECT_TRUE(document["value"]["spi"].is_null());
  EXPECT_TRUE(document["schedule"]["performance"].is_null());
}

TEST(StatusExamples, every_example_has_a_status_of_which_no_line_is_too_wide) {
  for (const char* name : {"battery-plant", "expo", "city-year"}) {
    const std::string plan = std::string(DIAODU_SOURCE_DIR) + "/examples/" + name;
    for (const char* language : {"en", "zh"}) {
      const Outcome told = diaodu({"status", plan, "--steps", "2000", "--lang", language}, {});
      EXPECT_EQ(told.status, kDone) << told.err;
      std::istringstream lines(told.out);
      for (std::string line; std::getline(lines, line);)
        EXPECT_LE(report::display_width(line), 80) << line;
    }
  }
}

}  // namespace
}  // namespace diaodu::cli
