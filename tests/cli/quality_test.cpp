#include <gtest/gtest.h>

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

class QualityCommand : public testing::Test {
 protected:
  QualityCommand() {
    folder_.write("p/plan.toml",
                  "[plan]\nname = \"Shed\"\nname_zh = \"棚\"\nstart = 2024-01-01\n"
                  "data_date = \"2024-01-19 17:00\"\nmust_finish = 2024-02-16\n"
                  "[quality]\nduration_days = 9\n");
    folder_.write("p/tasks.csv",
                  "id,name,name_zh,parent,duration,predecessors,constraint,date,cost\n"
                  "S,Building,土建,,,,,,\nA,Dig,开挖,S,5d,,,,1000\nB,Pour,浇筑,S,5d,A,,,2000\n"
                  "C,Roof,屋面,S,10d,BFS+2d,,,4000\n"
                  "D,Paint,油漆,,3d,BFS-1d;ASS,finish_on_or_before,2024-02-20,\n"
                  "E,Orphan,孤儿,,3d,,,,\n");
    folder_.write("p/progress.csv",
                  "task,actual_start,actual_finish,remaining\nA,2024-01-02,2024-01-09,\n"
                  "B,2024-01-11,,4d\n");
  }

  Outcome run(const std::vector<std::string>& words) const {
    return diaodu(words, {.folder = folder_.path()});
  }
  TemporaryFolder folder_;
};

TEST_F(QualityCommand, tells_the_fourteen_points_in_both_languages) {
  for (const char* language : {"en", "zh"}) {
    const Outcome told = run({"check", "p", "--quality", "--lang", language});
    EXPECT_EQ(told.status, kDone) << told.err;
    const bool is_chinese = std::string_view(language) == "zh";
    for (const char* part :
         {"CPLI", "BEI", "≤ 5", "≥ 0.95", is_chinese ? "关键路径测试" : "Critical path test",
          is_chinese ? "前置、后续任务均无" : "neither predecessor nor successor",
          is_chinese ? "不达标" : "broken", is_chinese ? "开工前的原计划" : "before anything",
          is_chinese ? "间隔 -1天" : "lag -1 d", "2024-02-20 24:00"})
      EXPECT_TRUE(contains(told.out, part)) << part << "\n" << told.out;
    std::istringstream lines(told.out);
    for (std::string line; std::getline(lines, line);)
      EXPECT_LE(report::display_width(line), 80) << line;
  }
}

TEST_F(QualityCommand, is_one_document_for_programs) {
  const Outcome told = run({"check", "p", "--quality", "--json"});
  EXPECT_EQ(told.status, kDone) << told.err;
  const json document = json::parse(told.out);
  ASSERT_EQ(document["points"].size(), 14U);
  EXPECT_EQ(document["open"], 4);
  EXPECT_EQ(document["completed"], 1);
  const json& leads = document["points"][1];
  EXPECT_EQ(leads["point"], "leads");
  EXPECT_EQ(leads["count"], 1);
  EXPECT_EQ(leads["of"], 4);
  EXPECT_EQ(leads["value"], 0.25);
  EXPECT_EQ(leads["limit"], 0);
  EXPECT_EQ(leads["verdict"], "broken");
  EXPECT_EQ(leads["flaws"][0]["task"], "D");
  EXPECT_EQ(leads["flaws"][0]["from"], "B");
  //  Pour ends on Thursday 01-25 (4 d from Monday 01-22), Roof 2 d and 10 d later: Monday 02-12.  That is 16 d; until
  //  Friday 02-16 there are 4 more: 20 / 16.
  EXPECT_EQ(document["path"]["finish"], "2024-02-12 17:00");
  EXPECT_EQ(document["points"][12]["value"], 1.25);
  EXPECT_EQ(document["delay"]["task"], "B");
  EXPECT_EQ(document["delay"]["moved_minutes"], 600 * 480);
}

TEST_F(QualityCommand, measures_against_the_baseline_that_is_named) {
  folder_.write("agreed.csv",
                "id,start,finish\nA,2024-01-02,2024-01-10\nB,2024-01-10,2024-01-30\n"
                "C,2024-01-30,2024-02-20\nD,2024-01-30,2024-02-20\nE,2024-01-30,2024-02-20\n");
  const Outcome told = run({"check", "p", "--quality", "--baseline", "agreed.csv", "--json"});
  const json document = json::parse(told.out);
  EXPECT_EQ(document["baseline"], "agreed.csv");
  EXPECT_EQ(document["points"][10]["count"], 0);  // Dig was due on the 10th, and ended on the 9th
  EXPECT_EQ(document["points"][10]["of"], 1);
  EXPECT_EQ(document["points"][13]["value"], 1);
}

TEST_F(QualityCommand, writes_lists_for_spreadsheets) {
  const Outcome told = run({"check", "p", "--quality", "-o", "q.csv", "-o", "q.xlsx"});
  EXPECT_EQ(told.status, kDone) << told.err;
  EXPECT_TRUE(contains(folder_.read("q.csv"), "2 Leads: negative lags,D,Paint"));
  EXPECT_EQ(folder_.read("q.xlsx").substr(0, 2), "PK");
  EXPECT_EQ(run({"check", "p", "--quality", "-o", "q.svg"}).status, kWrongUsage);
  EXPECT_EQ(run({"check", "p", "-o", "q.csv"}).status, kWrongUsage);
}

TEST_F(QualityCommand, dates_that_break_limits_are_measured_and_have_status_1) {
  folder_.write("q/plan.toml", "[plan]\nstart = 2024-01-01\nmust_finish = 2024-01-09\n");
  folder_.write("q/tasks.csv", "id,duration\nA,20d\n");
  const Outcome told = run({"check", "q", "--quality"});
  EXPECT_EQ(told.status, kPlanIsWrong);
  EXPECT_TRUE(contains(told.err, "the plan must finish by")) << told.err;
  EXPECT_TRUE(contains(told.out, "Critical path length")) << told.out;
}

TEST_F(QualityCommand, of_a_plan_with_errors_tells_these) {
  folder_.write("p/tasks.csv", "id,duration,predecessors\nA,1d,B\n");
  const Outcome told = run({"check", "p", "--quality", "--json"});
  EXPECT_EQ(told.status, kPlanIsWrong);
  EXPECT_GT(json::parse(told.out)["errors"], 0);
}

}  // namespace
}  // namespace diaodu::cli
