#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/program.h"
#include "diaodu/cli/options.h"
#include "support/temporary.h"
#include "support/text.h"

namespace diaodu::cli {
namespace {

using nlohmann::json;

/// Dig, pour, roof, one after the other: 5 d, 5 d and 3 d from Monday, 1 January 2024.
class LogCommand : public testing::Test {
 protected:
  LogCommand() {
    folder_.write("p/plan.toml", "[plan]\nname = \"Shed\"\nstart = 2024-01-01\n");
    folder_.write(
        "p/tasks.csv",
        "id,name,duration,predecessors,cost\nA,Dig,5d,,1000\nB,Pour,5d,A,2000\nC,Roof,3d,B,\n");
    folder_.write("p/targets.csv", "id,name\ngdp,GDP\n");
    folder_.write("jan.csv",
                  "任务,日期,实际开始,完成百分比,登记日期\n"
                  "A,2024-01-03,2024-01-02,20,2024-01-03\n"
                  "A,2024-01-05,,60,2024-01-08\n");
  }

  Outcome run(const std::vector<std::string>& words) const {
    return diaodu(words, {.folder = folder_.path()});
  }
  json run_json(std::vector<std::string> words) const {
    words.emplace_back("--json");
    return json::parse(run(words).out);
  }
  std::string finish(std::vector<std::string> words) const {
    words.insert(words.begin(), {"schedule", "p"});
    return run_json(words)["finish"];
  }
  bool has_record() const { return std::filesystem::exists(folder_.path() / "p/record.diaodu"); }

  TemporaryFolder folder_;
};

TEST_F(LogCommand, previews_imports_and_imports_once) {
  const Outcome preview = run({"log", "p", "import", "jan.csv", "--dry-run"});
  EXPECT_EQ(preview.status, kDone) << preview.err;
  EXPECT_TRUE(contains(preview.out, "2 entries would be entered")) << preview.out;
  EXPECT_FALSE(has_record());

  const Outcome first = run({"log", "p", "import", "jan.csv", "--author", "lin"});
  EXPECT_EQ(first.status, kDone) << first.err;
  EXPECT_TRUE(contains(first.out, "2 entries entered, up to number 2")) << first.out;
  const json again = run_json({"log", "p", "import", "jan.csv"});
  EXPECT_EQ(again["entered"], 0);
  EXPECT_EQ(again["known"], 2);
  EXPECT_EQ(again["entries"], 2);

  const json shown = run_json({"log", "p"});
  ASSERT_EQ(shown["entries"].size(), 2U);
  EXPECT_EQ(shown["entries"][0]["author"], "lin");
  EXPECT_EQ(shown["entries"][0]["reason"], "jan.csv:2");
  EXPECT_EQ(json::parse(shown["entries"][1]["content"].get<std::string>())["percent"], 6000);
}

TEST_F(LogCommand, enters_nothing_of_a_file_with_an_error) {
  folder_.write("bad.csv", "task,date,percent\nA,2024-01-05,60\nZ,2024-01-05,61\n");
  const Outcome outcome = run({"log", "p", "import", "jan.csv", "bad.csv"});
  EXPECT_EQ(outcome.status, kPlanIsWrong);
  EXPECT_TRUE(contains(outcome.err, "bad.csv:3:1: error: there is no task 'Z'")) << outcome.err;
  EXPECT_FALSE(has_record());
}

TEST_F(LogCommand, schedules_go_on_from_what_was_known) {
  EXPECT_EQ(finish({}), "2024-01-17 17:00");
  ASSERT_EQ(run({"log", "p", "import", "jan.csv"}).status, kDone);
  // Dig began on the 2nd.  Of the 3rd, known then: 20 % done, so 4 d from the 4th; pour and roof end on Friday 19th.
  EXPECT_EQ(finish({"--as-of", "2024-01-03"}), "2024-01-19 17:00");
  // Known on the 8th: 60 % of the 5th, so 2 d from Monday 8th; the end is 8 d after Tuesday 9th: Friday 19th again.
  EXPECT_EQ(finish({"--as-of", "2024-01-07"}), "2024-01-19 17:00");
  EXPECT_EQ(finish({}), "2024-01-19 17:00");
  // Counted again on the 9th: only 20 % were done by the 5th, so 4 d from the 8th, and two days more in all.
  ASSERT_EQ(run({"log", "p", "add", "progress", "task=A", "percent=20", "date=2024-01-05",
                 "--replaces", "2", "--recorded", "2024-01-09", "--reason", "counted again"})
                .status,
            kDone);
  EXPECT_EQ(finish({"--as-of", "2024-01-08"}), "2024-01-19 17:00");
  EXPECT_EQ(finish({}), "2024-01-23 17:00");
  EXPECT_EQ(finish({"--without-record"}), "2024-01-17 17:00");

  const Outcome told = run({"schedule", "p"});
  EXPECT_TRUE(contains(told.err, "record.diaodu: note: the record is taken as known at"))
      << told.err;
  for (const char* verb : {"check", "risk", "report"}) {
    const Outcome other = run({verb, "p", "--as-of", "2024-01-03"});
    EXPECT_TRUE(contains(other.err, "known at 2024-01-03 24:00")) << verb << other.err;
  }
  EXPECT_TRUE(contains(run({"why", "p", "A", "--as-of", "2024-01-03", "--lang", "zh"}).err,
                       "截至 2024-01-03 24:00"));
}

TEST_F(LogCommand, corrects_and_withdraws_and_says_what_cannot_be) {
  ASSERT_EQ(
      run({"log", "p", "add", "cost", "task=A", "amount=100", "date=2024-01-03", "--author", "lin"})
          .status,
      kDone);
  ASSERT_EQ(run({"log", "p", "add", "decision", "text=second crane", "date=2024-01-03"}).status,
            kDone);
  EXPECT_EQ(run({"log", "p", "withdraw", "1", "--reason", "of another site"}).status, kDone);
  const Outcome twice = run({"log", "p", "withdraw", "1"});
  EXPECT_EQ(twice.status, kWrongUsage);
  EXPECT_TRUE(contains(twice.err, "entry 1 was corrected or withdrawn before")) << twice.err;
  EXPECT_EQ(run({"log", "p", "withdraw", "9"}).status, kWrongUsage);
  EXPECT_EQ(
      run({"log", "p", "add", "cost", "task=A", "amount=1", "date=2024-01-03", "--replaces", "2"})
          .status,
      kWrongUsage);

  const json shown = run_json({"log", "p"});
  EXPECT_EQ(shown["entries"][0]["replaced_by"], 3);
  EXPECT_EQ(shown["entries"][2]["kind"], "withdrawal");
  for (const char* language : {"en", "zh"}) {
    const Outcome table = run({"log", "p", "--lang", language});
    EXPECT_TRUE(contains(table.out, std::string_view(language) == "zh" ? "撤回" : "withdrawal"))
        << table.out;
    EXPECT_TRUE(contains(table.out, "second crane")) << table.out;
  }
  EXPECT_EQ(run_json({"log", "p", "show", "--task", "A"})["entries"].size(), 2U)
      << "the cost, and what withdrew it";
  EXPECT_EQ(run_json({"log", "p", "show", "--target", "gdp"})["entries"].size(), 0U);
}

TEST_F(LogCommand, a_column_counts_as_given_by_any_of_its_names) {
  const std::vector<std::vector<std::string>> facts = {
      {"progress", "任务=A", "完成百分比=60", "日期=2024-01-05"},
      {"progress", "task=B", "percent=10", "data_date=2024-01-12"},
      {"observation", "指标=gdp", "时期=2023", "口径=增速", "值=5.2", "发布日期=2024-01-17"},
      {"decision", "内容=第二台吊车", "日期=2024-01-03", "类别=决定"}};
  for (const std::vector<std::string>& fact : facts) {
    std::vector<std::string> words = {"log", "p", "add"};
    words.insert(words.end(), fact.begin(), fact.end());
    const Outcome entered = run(words);
    EXPECT_EQ(entered.status, kDone) << fact[1] << entered.err;
  }
  const json shown = run_json({"log", "p"});
  ASSERT_EQ(shown["entries"].size(), facts.size());
  EXPECT_EQ(shown["entries"][3]["kind"], "decision");
}

TEST_F(LogCommand, enters_that_the_plan_was_changed_and_what_it_became) {
  EXPECT_EQ(run_json({"log", "p", "plan", "--author", "lin"})["entered"], 1);
  EXPECT_EQ(run_json({"log", "p", "plan"})["entered"], 0);
  folder_.write("p/tasks.csv",
                "id,name,duration,predecessors,cost\nA,Dig,6d,,1000\nB,Pour,5d,A,2000\n");
  EXPECT_EQ(run_json({"log", "p", "plan", "--author", "lin", "--reason", "wet"})["entered"], 1);
  const json shown = run_json({"log", "p"});
  const auto& entries = shown["entries"];
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_NE(entries[0].dump(), entries[1].dump());
  EXPECT_TRUE(contains(entries[1].dump(), "tasks 2")) << entries[1].dump();
  EXPECT_EQ(run({"log", "p", "verify"}).status, kDone);
}

TEST_F(LogCommand, takes_baselines) {
  ASSERT_EQ(run({"log", "p", "baseline", "approved", "--recorded", "2024-01-02"}).status, kDone);
  const json shown = run_json({"log", "p"});
  ASSERT_EQ(shown["entries"].size(), 1U);
  const json content = json::parse(shown["entries"][0]["content"].get<std::string>());
  EXPECT_EQ(content["name"], "approved");
  ASSERT_EQ(content["rows"].size(), 3U);
  EXPECT_EQ(content["rows"][1]["task"], "B");
  EXPECT_EQ(content["rows"][1]["cost"], 200'000);
  // Nine hours with the break at noon, five working days with a weekend's beginning and end on the clock: Monday 8th
  // 8:00 to Friday 12th 17:00 are four days and nine hours.
  EXPECT_EQ(content["rows"][1]["finish"].get<int>() - content["rows"][1]["start"].get<int>(),
            (4 * 24 + 9) * 60);

  ASSERT_EQ(run({"schedule", "p", "--without-record", "-o", "s.csv"}).status, kDone);
  ASSERT_EQ(run({"log", "p", "baseline", "again", "--schedule", "s.csv"}).status, kDone);
  const json both = run_json({"log", "p"});
  EXPECT_EQ(json::parse(both["entries"][1]["content"].get<std::string>())["rows"], content["rows"]);
}

TEST_F(LogCommand, a_baseline_has_the_costs_of_summaries_too) {
  folder_.write("q/plan.toml", "[plan]\nstart = 2024-01-01\n");
  folder_.write("q/tasks.csv", "id,parent,duration,cost\nP,,,1000\nA,P,5d,500\n");
  ASSERT_EQ(run({"log", "q", "baseline", "approved"}).status, kDone);
  const json entry = run_json({"log", "q"})["entries"][0];
  const json rows = json::parse(entry["content"].get<std::string>())["rows"];
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0]["cost"], 100'000);
  EXPECT_EQ(rows[1]["cost"], 50'000);
}

TEST_F(LogCommand, a_dry_run_tells_the_record_that_there_is) {
  ASSERT_EQ(run({"log", "p", "import", "jan.csv"}).status, kDone);
  const json before = run_json({"log", "p", "add", "note", "text=rain", "date=2024-01-09"});
  const json dry =
      run_json({"log", "p", "add", "note", "text=sun", "date=2024-01-10", "--dry-run"});
  EXPECT_EQ(dry["head"], before["head"]);
}

TEST_F(LogCommand, verifies_and_signs) {
  ASSERT_EQ(run({"log", "p", "import", "jan.csv"}).status, kDone);
  ASSERT_EQ(run({"log", "p", "key", "--key", "k"}).status, kDone);
  EXPECT_EQ(run({"log", "p", "key", "--key", "k"}).status, kWrongUsage)
      << "a key is never overwritten";
  EXPECT_EQ(std::filesystem::status(folder_.path() / "k").permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  ASSERT_EQ(run({"log", "p", "sign", "--key", "k", "-o", "head"}).status, kDone);
  ASSERT_EQ(run({"log", "p", "add", "note", "text=rain", "date=2024-01-09"}).status, kDone);
  const Outcome good = run({"log", "p", "verify", "--head", "head", "--public-key", "k.pub"});
  EXPECT_EQ(good.status, kDone) << good.err;
  EXPECT_TRUE(contains(good.out, "what was signed is still there"));
  EXPECT_EQ(run_json({"log", "p", "verify"})["entries"], 3);
  EXPECT_EQ(run({"log", "p", "verify", "--head", "head"}).status, kWrongUsage);

  // Somebody makes the record anew without the second row.
  std::filesystem::remove(folder_.path() / "p/record.diaodu");
  ASSERT_EQ(run({"log", "p", "add", "note", "text=rain", "date=2024-01-09"}).status, kDone);
  ASSERT_EQ(run({"log", "p", "add", "note", "text=more rain", "date=2024-01-09"}).status, kDone);
  EXPECT_EQ(run({"log", "p", "verify"}).status, kDone);
  const Outcome anew =
      run({"log", "p", "verify", "--head", "head", "--public-key", "k.pub", "--lang", "zh"});
  EXPECT_EQ(anew.status, kPlanIsWrong);
  EXPECT_TRUE(contains(anew.err, "记录中已没有当时签名的第 2 条")) << anew.err;
}

TEST_F(LogCommand, says_where_a_record_is_damaged) {
  ASSERT_EQ(run({"log", "p", "import", "jan.csv"}).status, kDone);
  std::string bytes = folder_.read("p/record.diaodu");
  const std::size_t at = bytes.find("\"percent\":6000");
  ASSERT_NE(at, std::string::npos);
  bytes[at + 10] = '9';
  folder_.write("p/record.diaodu", bytes);
  const Outcome verified = run({"log", "p", "verify"});
  EXPECT_EQ(verified.status, kPlanIsWrong);
  EXPECT_TRUE(contains(verified.err, "its seal is broken")) << verified.err;
  EXPECT_TRUE(contains(verified.err, "record.diaodu:2: error: entry 2 was altered"))
      << verified.err;
  const Outcome schedule = run({"schedule", "p", "--lang", "zh"});
  EXPECT_EQ(schedule.status, kWorldFailed);
  EXPECT_TRUE(contains(schedule.err, "已损坏")) << schedule.err;
  folder_.write("p/record.diaodu", "not a record");
  EXPECT_TRUE(contains(run({"schedule", "p"}).err, "is not a record of diaodu"));
  EXPECT_EQ(run({"schedule", "p", "--without-record"}).status, kDone);
}

TEST_F(LogCommand, complains_in_plain_words) {
  EXPECT_TRUE(contains(run({"log", "p", "verify"}).err, "there is no record"));
  EXPECT_EQ(run({"log", "p", "frob"}).status, kWrongUsage);
  EXPECT_EQ(run({"log", "p", "add"}).status, kWrongUsage);
  EXPECT_EQ(run({"log", "p", "add", "progress", "task"}).status, kWrongUsage);
  EXPECT_EQ(run({"log", "p", "import"}).status, kWrongUsage);
  EXPECT_EQ(run({"log", "p", "baseline"}).status, kWrongUsage);
  EXPECT_EQ(run({"log", "p", "withdraw", "x"}).status, kWrongUsage);
  EXPECT_EQ(run({"log", "p", "sign"}).status, kWrongUsage);
  EXPECT_EQ(run({"log", "p", "show", "x"}).status, kWrongUsage);
  EXPECT_EQ(run({"schedule", "p", "--as-of", "someday"}).status, kPlanIsWrong);
  EXPECT_EQ(run({"log", "p", "add", "note", "text=x", "--recorded", "2190-01-01"}).status,
            kPlanIsWrong);
  EXPECT_TRUE(contains(run({"schedule", "p", "--as-of", "2024-01-03"}).err,
                       "there is no record beside the plan"));
  EXPECT_FALSE(has_record());
}

}  // namespace
}  // namespace diaodu::cli
