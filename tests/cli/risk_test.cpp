#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
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

class RiskCommand : public testing::Test {
 protected:
  RiskCommand() {
    folder_.write("p/plan.toml",
                  "[plan]\nname = \"Shed\"\nname_zh = \"棚\"\nstart = 2024-01-01\n"
                  "[risk]\ntrials = 500\nconfidence = \"90%\"\n");
    folder_.write("p/tasks.csv",
                  "id,name,name_zh,duration,predecessors,deadline,cost\n"
                  "A,Dig,开挖,5d,,,1000\nB,Pour,浇筑,5d,,,2000\nC,Roof,屋面,3d,A; B,2024-01-25,\n");
    folder_.write("p/resources.csv",
                  "id,name,name_zh,kind,capacity,rate\ncrew,Crew,班组,people,1,50\n");
    folder_.write("p/demands.csv", "task,resource\nA,crew\nB,crew\n");
    folder_.write("p/uncertainty.csv", "task,shape,low,high\n*,uniform,80%,140%\n");
    folder_.write("p/risks.csv",
                  "id,name,name_zh,task,probability,impact,cost_impact,mitigated_probability,"
                  "mitigation_cost\n"
                  "R1,Rain,下雨,A; B,30%,2d,500,10%,100\n");
  }

  Outcome run(const std::vector<std::string>& words) const {
    return diaodu(words, {.folder = folder_.path()});
  }
  TemporaryFolder folder_;
};

TEST_F(RiskCommand, tells_how_sure_the_dates_are_in_both_languages) {
  for (const char* language : {"en", "zh"}) {
    const Outcome told = run({"risk", "p", "--lang", language});
    EXPECT_EQ(told.status, kDone) << told.err;
    EXPECT_EQ(told.err, "");
    for (const char* part : {"P10", "P50", "P80", "P90", "500", "90", "█"})
      EXPECT_TRUE(contains(told.out, part)) << part << "\n" << told.out;
    const bool is_chinese = std::string_view(language) == "zh";
    for (const char* part :
         {is_chinese ? "屋面" : "Roof", is_chinese ? "下雨" : "Rain",
          is_chinese ? "仅按逻辑关系" : "By links alone", is_chinese ? "应急储备" : "Contingency",
          is_chinese ? "缓解措施的价值" : "What mitigations are worth",
          is_chinese ? "龙卷风图" : "What moves the mean finish"})
      EXPECT_TRUE(contains(told.out, part)) << part << "\n" << told.out;
    std::istringstream lines(told.out);
    for (std::string line; std::getline(lines, line);)
      EXPECT_LE(report::display_width(line), 80) << line;
  }
}

TEST_F(RiskCommand, writes_one_json_document) {
  const Outcome told = run({"risk", "p", "--json", "--trials", "2000"});
  ASSERT_EQ(told.status, kDone) << told.err;
  const json document = json::parse(told.out);
  EXPECT_EQ(document["trials"], 2000);
  EXPECT_EQ(document["confidence"], 0.9);
  EXPECT_EQ(document["kind"], "resource_flow");
  const json& finish = document["finish"];
  EXPECT_LE(finish["p10"], finish["p50"]);
  EXPECT_LE(finish["p50"], finish["p80"]);
  EXPECT_LE(finish["p80"], finish["p90"]);
  EXPECT_EQ(finish["at_confidence"], finish["p90"]);
  ASSERT_EQ(document["dates"].size(), 1U);
  EXPECT_EQ(document["dates"][0]["task"], "C");
  EXPECT_GT(document["dates"][0]["chance"], 0.0);
  EXPECT_EQ(document["drivers"].size(), 3U);
  ASSERT_EQ(document["risks"].size(), 1U);
  EXPECT_NEAR(document["risks"][0]["struck"].get<double>(), 0.3, 0.05);
  EXPECT_GT(document["risks"][0]["delay"], 0.0);
  EXPECT_GT(document["cost"]["p80"], document["cost"]["p10"]);
  EXPECT_GT(document["links_only"]["too_early"], 0);
  EXPECT_EQ(document["sampled"]["judged"], document["sampled"]["within"]);
  EXPECT_EQ(document["tasks"].size(), 3U);
  EXPECT_EQ(document["task_trials"], 2000);
  for (const json& task : document["tasks"]) {
    EXPECT_LE(task["start"]["p10"], task["start"]["p90"]);
    EXPECT_LT(task["start"]["p80"], task["finish"]["p80"]);
  }
  EXPECT_EQ(document["tasks"][2]["finish"]["p80"], finish["p80"]);
  ASSERT_EQ(document["points"].size(), 500U);
  EXPECT_GT(document["points"][0]["cost"], 0.0);
  ASSERT_FALSE(document["tornado"].empty());
  EXPECT_LT(document["tornado"][0]["low"], document["tornado"][0]["high"]);
  EXPECT_GT(document["cost_tornado"][0]["spread"], 0.0);
  EXPECT_FALSE(document["dates"][0]["drivers"].empty());
  EXPECT_EQ(document["convergence"].size(), 4U);
  EXPECT_EQ(document["convergence"][3]["p80"], finish["p80"]);
  EXPECT_GT(document["contingency"]["time"], 0);
  EXPECT_GT(document["contingency"]["cost"], 0.0);
  EXPECT_GE(document["joint"]["marginal"], 0.9);
  EXPECT_GE(document["joint"]["finish"], finish["p90"]);
  EXPECT_EQ(document["mitigations"].size(), 1U);
  EXPECT_GT(document["mitigations"][0]["gain"], 0.0);
  EXPECT_EQ(document["mitigations"][0]["price"], 100.0);
  int sum = 0;
  for (const json& count : document["histogram"]["counts"]) sum += count.get<int>();
  EXPECT_EQ(sum, 2000);
  EXPECT_EQ(told.out, run({"risk", "p", "--json", "--trials", "2000", "--threads", "2"}).out);
}

TEST_F(RiskCommand, rebuilds_a_trial) {
  const Outcome told = run({"risk", "p", "--trial", "17", "--json"});
  ASSERT_EQ(told.status, kDone) << told.err;
  const json document = json::parse(told.out);
  EXPECT_EQ(document["trial"], 17);
  EXPECT_EQ(document["tasks"].size(), 3U);
  EXPECT_EQ(document["tasks"][2]["finish"], document["finish"]);
  EXPECT_NE(document["tasks"][0]["duration"], document["tasks"][0]["planned"]);
  EXPECT_TRUE(contains(run({"risk", "p", "--trial", "17"}).out, "Trial 17"));
  const Outcome beyond = run({"risk", "p", "--trial", "500"});
  EXPECT_EQ(beyond.status, kPlanIsWrong);
  EXPECT_TRUE(contains(beyond.err, "0 to 499")) << beyond.err;
}

TEST_F(RiskCommand, by_links_alone_says_so) {
  const json document = json::parse(run({"risk", "p", "--without-resources", "--json"}).out);
  EXPECT_EQ(document["kind"], "links_only");
  EXPECT_TRUE(document["links_only"].is_null());
  EXPECT_TRUE(contains(run({"risk", "p", "--without-resources"}).out, "By links alone, as if"));
}

TEST_F(RiskCommand, a_plan_in_which_nothing_is_uncertain_says_how_to_state_it) {
  folder_.write("p/uncertainty.csv", "task,shape,low,high\n");
  folder_.write("p/risks.csv", "id,task,probability\n");
  const Outcome told = run({"risk", "p"});
  EXPECT_EQ(told.status, kPlanIsWrong);
  EXPECT_TRUE(contains(told.err, "nothing in the plan is uncertain")) << told.err;
  EXPECT_TRUE(contains(told.err, "3d/4d/6d")) << told.err;
  const json document = json::parse(run({"risk", "p", "--json"}).out);
  EXPECT_EQ(document["findings"][0]["code"], "nothing_uncertain");
}

TEST_F(RiskCommand, an_interrupted_simulation_tells_what_it_has) {
  // More trials of more tasks than half a second makes.
  std::string tasks = "id,duration,predecessors\n";
  for (int i = 0; i < 200; ++i)
    tasks += "T" + std::to_string(i) + ",3d," + (i > 0 ? "T" + std::to_string(i - 1) : "") + "\n";
  folder_.write("q/plan.toml", "[plan]\nstart = 2024-01-01\n");
  folder_.write("q/tasks.csv", tasks);
  folder_.write("q/uncertainty.csv", "task,shape,low,high\n*,uniform,80%,140%\n");
  const Outcome told = diaodu({"risk", "q", "--trials", "10000000", "--json"},
                              {.folder = folder_.path(), .is_interrupted = true});
  EXPECT_EQ(told.status, kDone) << told.err;
  const json document = json::parse(told.out);
  EXPECT_EQ(document["cancelled"], true);
  EXPECT_GT(document["trials"], 0);
  EXPECT_LT(document["trials"], 10'000'000);
}

TEST_F(RiskCommand, stops_when_it_is_sure_enough) {
  for (const char* wrong : {"0", "0d", "-1d", "nan", "nand", "d", "1", "1w", "1e9d"})
    EXPECT_EQ(run({"risk", "p", std::string("--until=") + wrong}).status, kWrongUsage) << wrong;
  const json document =
      json::parse(run({"risk", "p", "--until", "30d", "--trials", "100000", "--json"}).out);
  EXPECT_EQ(document["trials"], 1024);
  EXPECT_EQ(document["until"], 30 * 24 * 60);
  EXPECT_EQ(document["cancelled"], false);
  // A part of a Latin hypercube is none.
  EXPECT_EQ(run({"risk", "p", "--until", "30d", "--latin-hypercube"}).status, kWrongUsage);
}

TEST_F(RiskCommand, a_confidence_is_a_share) {
  for (const char* wrong : {"0", "1", "100%", "-1", "nan", "x"}) {
    EXPECT_EQ(run({"risk", "p", std::string("--confidence=") + wrong}).status, kWrongUsage)
        << wrong;
  }
  EXPECT_EQ(json::parse(run({"risk", "p", "--confidence", "0.7", "--json"}).out)["confidence"],
            0.7);
  EXPECT_EQ(json::parse(run({"risk", "p", "--confidence", "70%", "--json"}).out)["confidence"],
            0.7);
}

TEST_F(RiskCommand, writes_a_workbook_and_the_document) {
  const Outcome told = run({"risk", "p", "-o", "r.xlsx", "-o", "r.json"});
  EXPECT_EQ(told.status, kDone) << told.err;
  EXPECT_TRUE(contains(told.err, "written: r.xlsx"));
  EXPECT_TRUE(contains(told.out, "P80"));
  const auto text_of = [&](const char* name) {
    std::ifstream file(folder_.path() / name, std::ios::binary);
    return std::string{std::istreambuf_iterator<char>(file), {}};
  };
  EXPECT_EQ(text_of("r.xlsx").substr(0, 2), "PK");
  EXPECT_EQ(text_of("r.json"), run({"risk", "p", "--json"}).out);
}

TEST_F(RiskCommand, outputs_that_cannot_be_are_refused_before_any_trial) {
  for (const char* language : {"en", "zh"}) {
    const Outcome page = run({"risk", "p", "-o", "r.html", "--lang", language});
    EXPECT_EQ(page.status, kWrongUsage);
    EXPECT_EQ(page.out, "");
    EXPECT_TRUE(contains(page.err, "r.html") && contains(page.err, ".xlsx .json")) << page.err;
  }
  const Outcome trial = run({"risk", "p", "-o", "r.json", "--trial", "3"});
  EXPECT_EQ(trial.status, kWrongUsage);
  EXPECT_TRUE(contains(trial.err, "--trial and --output do not go together")) << trial.err;
  EXPECT_EQ(run({"risk", "p", "-o", "none/r.xlsx"}).status, kWorldFailed);
  // A plan without anything uncertain writes nothing.
  folder_.write("sure/plan.toml", "[plan]\nstart = 2024-01-01\n");
  folder_.write("sure/tasks.csv", "id,duration\nA,1d\n");
  EXPECT_EQ(run({"risk", "sure", "-o", "sure.xlsx"}).status, kPlanIsWrong);
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "sure.xlsx"));
}

TEST_F(RiskCommand, compares_with_another_plan_trial_by_trial) {
  for (const char* table :
       {"plan.toml", "tasks.csv", "resources.csv", "demands.csv", "uncertainty.csv", "risks.csv"}) {
    std::filesystem::create_directories(folder_.path() / "q");
    std::filesystem::copy_file(folder_.path() / "p" / table, folder_.path() / "q" / table);
  }
  folder_.write("q/risks.csv", "id,task,probability,impact,cost_impact\nR1,A; B,30%,3d,700\n");
  const json told = json::parse(run({"risk", "p", "--against", "q", "--json"}).out)["against"];
  EXPECT_EQ(told["plan"], "q");
  EXPECT_EQ(told["trials"], 500);
  EXPECT_EQ(told["finish"]["less"], 0);
  EXPECT_GT(told["finish"]["mean"], 0);
  EXPECT_NEAR(told["finish"]["same"].get<double>(), 0.7, 0.1);  // where the rain does not strike
  EXPECT_EQ(told["cost"]["less"], 0);
  EXPECT_TRUE(json::parse(run({"risk", "p", "--json"}).out)["against"].is_null());
  const json stopped = json::parse(
      run({"risk", "p", "--against", "q", "--until", "5d", "--trials", "9000", "--json"}).out);
  EXPECT_LT(stopped["trials"], 9000);
  EXPECT_EQ(stopped["against"]["trials"], stopped["trials"]);
  EXPECT_TRUE(contains(run({"risk", "p", "--against", "q"}).out, "later (d)"));
  EXPECT_TRUE(contains(run({"risk", "p", "--against", "q", "--lang", "zh"}).out, "推迟"));
  EXPECT_EQ(run({"risk", "p", "--against", "q", "--trial", "1"}).status, kWrongUsage);
  folder_.write("q/tasks.csv", "id,duration,predecessors\nA,1d,B\n");
  const Outcome wrong = run({"risk", "p", "--against", "q"});
  EXPECT_EQ(wrong.status, kPlanIsWrong);
  EXPECT_EQ(wrong.out, "");
  EXPECT_TRUE(contains(wrong.err, "tasks.csv")) << wrong.err;
}

}  // namespace
}  // namespace diaodu::cli
