#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <utility>

#include "cli/program.h"
#include "diaodu/cli/options.h"
#include "diaodu/report/terminal.h"
#include "support/temporary.h"
#include "support/text.h"

namespace diaodu::cli {
namespace {

using nlohmann::json;

class DiffCommand : public testing::Test {
 protected:
  DiffCommand() {
    folder_.write("a/plan.toml", "[plan]\nname = \"Shed\"\nstart = 2024-01-01\n");
    folder_.write("a/tasks.csv",
                  "id,name,name_zh,duration,predecessors,cost\nA,Dig,开挖,5d,,1000\n"
                  "B,Pour,浇筑,5d,A,2000\nE,Orphan,孤儿,3d,,\n");
    folder_.write("b/plan.toml", "[plan]\nname = \"Shed\"\nstart = 2024-01-01\n");
    folder_.write("b/tasks.csv",
                  "id,name,name_zh,duration,predecessors,cost\nA,Dig,开挖,7d,,1500\n"
                  "B,Pour,浇筑,5d,AFS+1d,2000\nF,<b>Fence</b>,围栏,3d,,\n");
  }

  Outcome run(const std::vector<std::string>& words) const {
    return diaodu(words, {.folder = folder_.path()});
  }
  TemporaryFolder folder_;
};

TEST_F(DiffCommand, without_a_record_it_says_so) {
  const Outcome told = run({"diff", "a", "--since", "2024-01-05"});
  EXPECT_TRUE(told.err.find("record") != std::string::npos) << told.err;
  const Outcome document = run({"diff", "a", "--since", "2024-01-05", "--json"});
  EXPECT_TRUE(document.out.find("no_record") != std::string::npos) << document.out;
}

TEST_F(DiffCommand, says_in_words_what_differs_in_both_languages) {
  for (const char* language : {"en", "zh"}) {
    const Outcome told = run({"diff", "a", "b", "--lang", language});
    EXPECT_EQ(told.status, kDone) << told.err;
    const bool is_chinese = std::string_view(language) == "zh";
    //  Dig takes 2 d longer and Pour waits a day more: 3 d later, Wednesday 01-17 for Friday 01-12.
    for (const char* part :
         {is_chinese ? "计划晚 3天 完工" : "The plan finishes 3 d later", "2024-01-12 17:00",
          "2024-01-17 17:00", is_chinese ? "费用增加 500" : "It costs 500 more",
          is_chinese ? "孤儿" : "Orphan", is_chinese ? "新增" : "new", "7d"})
      EXPECT_TRUE(contains(told.out, part)) << part << "\n" << told.out;
    std::istringstream lines(told.out);
    for (std::string line; std::getline(lines, line);)
      EXPECT_LE(report::display_width(line), 80) << line;
  }
  EXPECT_TRUE(contains(run({"diff", "a", "a", "--lang", "en"}).out, "Nothing differs."));
}

TEST_F(DiffCommand, is_one_document_for_programs) {
  const json document = json::parse(run({"diff", "a", "b", "--json"}).out);
  EXPECT_EQ(document["finish"]["by_minutes"], 3 * 480);
  EXPECT_EQ(document["cost"]["after"], 3500);
  EXPECT_EQ(document["counts"]["links"], 1);
  EXPECT_EQ(document["counts"]["tasks"], 2);
  EXPECT_EQ(document["differences"][0]["group"], "tasks");
}

TEST_F(DiffCommand, writes_a_page_without_scripts_and_tables) {
  const Outcome told = run({"diff", "a", "b", "-o", "d.html", "-o", "d.csv", "-o", "d.xlsx"});
  EXPECT_EQ(told.status, kDone) << told.err;
  const std::string page = folder_.read("d.html");
  EXPECT_TRUE(contains(page, "&lt;b&gt;Fence"));
  EXPECT_FALSE(contains(page, "<script"));
  EXPECT_TRUE(contains(folder_.read("d.csv"), "duration,5d,7d"));
  EXPECT_EQ(folder_.read("d.xlsx").substr(0, 2), "PK");
  EXPECT_EQ(run({"diff", "a", "b", "-o", "d.svg"}).status, kWrongUsage);
}

TEST_F(DiffCommand, dates_that_break_limits_are_told_of_their_plan_with_status_1) {
  folder_.write("b/plan.toml", "[plan]\nstart = 2024-01-01\nmust_finish = 2024-01-09\n");
  for (const auto& [before, after] : {std::pair{"a", "b"}, {"b", "a"}}) {
    const Outcome told = run({"diff", before, after});
    EXPECT_EQ(told.status, kPlanIsWrong);
    EXPECT_TRUE(told.err.starts_with("b: ")) << told.err;
    EXPECT_TRUE(contains(told.err, "the plan must finish by")) << told.err;
    const Outcome document = run({"diff", before, after, "--json"});
    EXPECT_EQ(document.status, kPlanIsWrong);
    EXPECT_TRUE(contains(document.out, "must_finish_missed")) << document.out;
  }
}

TEST_F(DiffCommand, compares_two_dates_of_one_plan) {
  //  On record: Dig began on time, by 01-05 it was said to need 2 d more, which was known on 01-08.
  const auto enter = [&](const char* recorded, const char* remaining) {
    const Outcome entered = run({"log", "a", "add", "progress", "task=A", "when=2024-01-05",
                                 "actual_start=2024-01-01 08:00",
                                 std::string("remaining=") + remaining, "--recorded", recorded});
    EXPECT_EQ(entered.status, kDone) << entered.err << entered.out;
  };
  enter("2024-01-05", "1d");
  enter("2024-01-08", "3d");
  const Outcome told =
      run({"diff", "a", "--since", "2024-01-05", "--as-of", "2024-01-08", "--json"});
  EXPECT_EQ(told.status, kDone) << told.err;
  const json document = json::parse(told.out);
  EXPECT_EQ(document["before"], "2024-01-05");
  EXPECT_EQ(document["counts"]["progress"], 1);
  EXPECT_EQ(run({"diff", "a"}).status, kWrongUsage);
  EXPECT_EQ(run({"diff", "a", "b", "--since", "2024-01-05"}).status, kWrongUsage);
  EXPECT_EQ(run({"diff", "a", "b", "c"}).status, kWrongUsage);
}

}  // namespace
}  // namespace diaodu::cli
