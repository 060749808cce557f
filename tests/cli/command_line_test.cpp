#include <gtest/gtest.h>

#include <array>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "cli/program.h"
#include "diaodu/cli/options.h"
#include "diaodu/report/terminal.h"
#include "support/temporary.h"
#include "support/text.h"

namespace diaodu::cli {
namespace {

using nlohmann::json;

/// A folder with the example that `init` makes, in `my-plan`.
class CommandLine : public testing::Test {
 protected:
  CommandLine() { EXPECT_EQ(run({"init", "my-plan"}).status, kDone); }

  Outcome run(const std::vector<std::string>& words, Setting setting = {}) const {
    setting.folder = folder_.path();
    return diaodu(words, setting);
  }
  void replace(const std::string& file, std::string_view old, std::string_view by) const {
    std::string text = folder_.read(file);
    const std::size_t at = text.find(old);
    ASSERT_NE(at, std::string::npos) << old;
    folder_.write(file, text.replace(at, old.size(), by));
  }
  /// Larger than any search that a test waits for: jobs of two resources, all of which want both.
  void write_hard_plan() const {
    std::string tasks = "id,duration,predecessors\n";
    std::string demands = "task,resource,amount\n";
    for (int i = 0; i < 300; ++i) {
      const std::string id = "T" + std::to_string(i);
      tasks += id + "," + std::to_string(1 + i * 7 % 11) + "d," +
               (i < 20 ? "" : "T" + std::to_string(i - 20 + i % 7)) + "\n";
      demands += id + ",a," + std::to_string(1 + i * 5 % 7) + "\n" + id + ",b," +
                 std::to_string(1 + i * 3 % 8) + "\n";
    }
    folder_.write("hard/plan.toml", "[plan]\nstart = 2026-03-02\n");
    folder_.write("hard/tasks.csv", tasks);
    folder_.write("hard/demands.csv", demands);
    folder_.write("hard/resources.csv", "id,kind,capacity\na,people,9\nb,people,10\n");
  }

  TemporaryFolder folder_;
};

TEST_F(CommandLine, tables_in_a_folder_are_somebodys_whether_a_plan_is_there_or_not) {
  folder_.write("site/progress.csv", "task,date\n");
  folder_.write("site/note.txt", "hello");
  for (const char* verb : {"init", "convert"}) {
    std::vector<std::string> words = {verb, "site"};
    if (words.front() == "convert") words.insert(words.begin() + 1, "my-plan");
    const Outcome outcome = run(words);
    EXPECT_EQ(outcome.status, kWrongUsage);
    EXPECT_TRUE(contains(outcome.err, "already there, left alone: site/progress.csv"));
  }
  EXPECT_EQ(folder_.read("site/progress.csv"), "task,date\n");
}

TEST_F(CommandLine, a_plan_named_by_its_settings_is_the_plan_of_its_folder) {
  ASSERT_EQ(run({"log", "my-plan/plan.toml", "add", "note", "subject=x", "text=y"}).status, kDone);
  EXPECT_TRUE(contains(run({"log", "my-plan"}).out, "y"));
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "my-plan/plan.record.diaodu"));
}

TEST_F(CommandLine, an_output_asked_for_twice_is_written_once) {
  const Outcome drawn = run({"report", "my-plan", "-o", "a.html", "-o", "a.svg", "--svg"});
  EXPECT_EQ(drawn.status, kDone) << drawn.err;
  EXPECT_TRUE(contains(folder_.read("a.svg"), "<svg"));
  const Outcome twice = run({"schedule", "my-plan", "-o", "d.csv", "-o", "./d.csv"});
  EXPECT_EQ(twice.status, kDone) << twice.err;
  EXPECT_TRUE(contains(folder_.read("d.csv"), "start"));
}

TEST_F(CommandLine, a_proof_log_that_schedule_writes_is_replayed_by_check) {
  // Two tasks of 3 days and one of 2 on one machine: 8 days, whatever the order; Monday to Wednesday week.
  folder_.write("p/plan.toml", "[plan]\nstart = 2025-01-06\n");
  folder_.write("p/tasks.csv", "id,duration\nA,3d\nB,3d\nC,2d\n");
  folder_.write("p/resources.csv", "id,capacity\nm,1\n");
  folder_.write("p/demands.csv", "task,resource\nA,m\nB,m\nC,m\n");
  const Outcome written = run({"schedule", "p", "--proof", "log"});
  EXPECT_EQ(written.status, kDone);
  EXPECT_TRUE(contains(written.out, "no schedule finishes before 2025-01-15")) << written.out;
  const Outcome good = run({"check", "p", "--proof", "log"});
  EXPECT_EQ(good.status, kDone);
  EXPECT_TRUE(contains(good.out, "no schedule of this plan finishes before 2025-01-15"))
      << good.out;
  EXPECT_TRUE(contains(run({"check", "p", "--proof", "log", "--lang", "zh"}).out, "证明成立"));
  const json document = json::parse(run({"check", "p", "--proof", "log", "--json"}).out);
  EXPECT_EQ(document["proof"]["of_plan"], true);
  const json scheduled = json::parse(run({"schedule", "p", "--json"}).out);
  EXPECT_EQ(document["proof"]["finish"], scheduled["finish"]);

  folder_.write("p/resources.csv", "id,capacity\nm,2\n");  // then 5 days are enough
  const Outcome other = run({"check", "p", "--proof", "log"});
  EXPECT_EQ(other.status, kPlanIsWrong);
  EXPECT_TRUE(contains(other.out, "does not hold")) << other.out;
  EXPECT_EQ(run({"check", "p", "--proof", "nowhere"}).status, kPlanIsWrong);
  EXPECT_EQ(run({"check", "p", "--proof", "p/tasks.csv"}).status, kPlanIsWrong);
  const json refused =
      json::parse(run({"schedule", "p", "--without-resources", "--proof", "x", "--json"}).out);
  EXPECT_EQ(refused["proof_log"]["state"], "links_alone");
}

TEST_F(CommandLine, the_first_steps_of_a_newcomer_work_in_both_languages) {
  for (const std::string language : {"en", "zh"}) {
    const std::string plan = "plan " + language;
    EXPECT_EQ(run({"init", plan, "--lang", language}).status, kDone);
    EXPECT_EQ(run({"check", plan, "--lang", language}).status, kDone);
    const Outcome schedule = run(
        {"schedule", plan, "--lang", language, "-o", language + ".csv", "-o", language + ".svg"});
    EXPECT_EQ(schedule.status, kDone);
    EXPECT_TRUE(contains(schedule.out, language == "zh" ? "已证明为最优" : "proven optimal"))
        << schedule.out;
    EXPECT_TRUE(contains(folder_.read(language + ".svg"), "<svg"));
    const Outcome why = run({"why", plan, "3.3", "--lang", language});
    EXPECT_EQ(why.status, kDone);
    EXPECT_TRUE(contains(why.out, language == "zh" ? "“安装设备”" : "'Install machines'"))
        << why.out;
    const Outcome judged =
        run({"check", plan, "--schedule", language + ".csv", "--lang", language});
    EXPECT_EQ(judged.status, kDone) << judged.out << judged.err;
  }
}

TEST_F(CommandLine, init_says_what_to_type_next_as_a_shell_takes_it) {
  const Outcome outcome = run({"init", "it's mine", "--lang", "zh"});
  EXPECT_TRUE(contains(outcome.out, R"(  diaodu check 'it'\''s mine' --lang zh)")) << outcome.out;
}

TEST_F(CommandLine, the_systems_language_counts_unless_another_is_asked_for) {
  EXPECT_TRUE(contains(run({"check", "my-plan"}, {.system_language = "zh_CN.UTF-8"}).out,
                       "计划有效：14 项任务、11 条关系、3 种资源、9 项需求"));
  EXPECT_TRUE(contains(run({"check", "my-plan"}, {.system_language = "de_DE.UTF-8"}).out,
                       "the plan is sound: 14 tasks, 11 links, 3 resources, 9 demands"));
  EXPECT_TRUE(
      contains(run({"check", "my-plan", "--lang=en"}, {.system_language = "zh_CN.UTF-8"}).out,
               "the plan is sound"));
  EXPECT_TRUE(contains(run({"--lang", "zh", "check", "my-plan"}).out, "计划有效"));
}

TEST_F(CommandLine, check_counts_the_rows_of_every_table_that_the_plan_has) {
  folder_.write("f/plan.toml", "[plan]\nstart = 2024-01-01\n");
  folder_.write("f/tasks.csv", "id,duration\nA,1d\n");
  folder_.write("f/places.csv", "id,latitude,longitude\nbase,19,109\nsite,19.1,109\n");
  folder_.write("f/duties.csv", "id,start,from,until\nD,base,2024-01-01 08:00,2024-01-01 18:00\n");
  folder_.write("f/visits.csv", "id,place,duration\nV,site,1h\nW,site,1h\nX,site,1h\n");
  EXPECT_TRUE(contains(run({"check", "f"}).out,
                       "1 task, 0 links, 0 resources, 0 demands; rows of other tables: places 2, "
                       "visits 3, duties 1\n"));
  EXPECT_TRUE(contains(run({"check", "f", "--lang", "zh"}).out,
                       "0 项需求；其他表的行数：地点 2、走访 3、出勤 1\n"));
  EXPECT_EQ(json::parse(run({"check", "f", "--json"}).out)["tables"],
            (json{{"tasks", 1}, {"places", 2}, {"visits", 3}, {"duties", 1}}));
}

TEST_F(CommandLine, wrong_usage_is_told_in_both_languages_and_has_status_2) {
  struct Case {
    std::vector<std::string> words;
    std::string_view en;
    std::string_view zh;
  };
  const std::vector<Case> cases = {
      {{"shedule", "my-plan"},
       "there is no command 'shedule'; did you mean 'schedule'?",
       "没有命令“shedule”，是否应为“schedule”？"},
      {{"frobnicate"}, "there is no command 'frobnicate'\n", "没有命令“frobnicate”\n"},
      {{"help", "frobnicate"}, "there is no command 'frobnicate'", "没有命令“frobnicate”"},
      {{"schedule", "my-plan", "--sceonds", "5"},
       "there is no option --sceonds; did you mean '--seconds'?",
       "没有选项 --sceonds，是否应为“--seconds”？"},
      {{"check", "my-plan", "--gantt"}, "check has no option --gantt", "check 没有选项 --gantt"},
      {{"--seed", "3", "check", "my-plan"},
       "--seed belongs after the command",
       "--seed 应写在命令之后"},
      {{"schedule"}, "PLAN is missing", "缺少参数：计划"},
      {{"why", "my-plan"}, "TASK is missing", "缺少参数：任务"},
      {{"why", "my-plan", "3.3", "3.4"}, "'3.4' is one word too many", "多余的参数“3.4”"},
      {{"why", "my-plan", "9.9"}, "there is no task '9.9'", "没有任务“9.9”"},
      {{"why", "my-plan", "machines"},
       "several tasks match 'machines'",
       "有多个任务与“machines”相符"},
      {{"schedule", "my-plan", "--seconds", "-3"},
       "--seconds must be a number of seconds, not '-3'",
       "--seconds 应为秒数，而不是“-3”"},
      {{"schedule", "my-plan", "--seconds=nan"}, "not 'nan'", "而不是“nan”"},
      {{"schedule", "my-plan", "--threads", "0"},
       "--threads must be a number from 1 to 256, not '0'",
       "--threads 应为 1 至 256 之间的整数，而不是“0”"},
      {{"schedule", "my-plan", "--seed", "1x"},
       "--seed must be a whole number, not '1x'",
       "--seed 应为整数，而不是“1x”"},
      {{"schedule", "my-plan", "--objective", "speed"},
       "--objective must be a list of finish, tardiness, stability, each once, not 'speed'",
       "--objective 应为完工、延误、稳定的列表，各至多一次，而不是“speed”"},
      {{"schedule", "my-plan", "-o"}, "-o needs a value: FILE", "-o 缺少值：文件"},
      {{"schedule", "my-plan", "-o", "--gantt"}, "-o needs a value: FILE", "-o 缺少值：文件"},
      {{"schedule", "my-plan", "--gantt=no"}, "--gantt takes no value", "--gantt 不带值"},
      {{"schedule", "my-plan", "-o", "gantt.gif"},
       "cannot tell what to write into gantt.gif",
       "不知道以何种格式写出 gantt.gif"},
      {{"schedule", "my-plan", "-o", "my-plan/tasks.csv"},
       "my-plan/tasks.csv is read here and would be lost",
       "my-plan/tasks.csv 是本次读入的文件"},
      {{"schedule", "my-plan/plan.toml", "-o", "my-plan/tasks.csv"},
       "my-plan/tasks.csv is read here and would be lost",
       "my-plan/tasks.csv 是本次读入的文件"},
      {{"schedule", "my-plan", "--proof", "my-plan/links.csv"},
       "my-plan/links.csv is read here and would be lost",
       "my-plan/links.csv 是本次读入的文件"},
      {{"schedule", "my-plan", "--proof", "my-plan/record.diaodu"},
       "my-plan/record.diaodu is read here and would be lost",
       "my-plan/record.diaodu 是本次读入的文件"},
      {{"diff", "my-plan", "other.xlsx", "-o", "my-plan/tasks.csv"},
       "my-plan/tasks.csv is read here and would be lost",
       "my-plan/tasks.csv 是本次读入的文件"},
      {{"init", "my-plan"},
       "already there, left alone: my-plan/plan.toml",
       "已存在，未作改动：my-plan/plan.toml"},
      {{"init", "plan.xer"}, "not .xer", "不能是 .xer"},
      {{"convert", "my-plan", "my-plan"}, "already there, left alone", "已存在，未作改动"},
      {{"convert", "my-plan", "plan.sm"}, "not as .sm", "不能写成 .sm"},
      {{"convert", "my-plan", "other", "--scenario", "s1"},
       "--scenario is for TaskJuggler projects alone",
       "--scenario 仅适用于 TaskJuggler 项目"},
      {{"check", "my-plan", "--quality", "--schedule", "x.csv"},
       "--quality and --schedule do not go together",
       "--quality 与 --schedule 不能同时使用"},
      {{"check", "my-plan", "--quality", "--proof", "log"},
       "--quality and --proof do not go together",
       "--quality 与 --proof 不能同时使用"},
      {{"diff", "my-plan", "my-plan", "--baseline", "nowhere.csv"},
       "diff has no option --baseline",
       "diff 没有选项 --baseline"},
      {{"completion", "tcsh"}, "not for tcsh", "没有 tcsh 的"},
      {{"bench"}, "FILES is missing", "缺少参数：文件"},
  };
  for (const Case& each : cases) {
    for (const bool is_chinese : {false, true}) {
      const Outcome outcome =
          run(each.words, {.system_language = is_chinese ? "zh_CN.UTF-8" : "C"});
      EXPECT_EQ(outcome.status, kWrongUsage) << each.en;
      EXPECT_EQ(outcome.out, "") << each.en;
      EXPECT_TRUE(outcome.err.starts_with(is_chinese ? "diaodu：" : "diaodu: ")) << outcome.err;
      EXPECT_TRUE(contains(outcome.err, is_chinese ? each.zh : each.en)) << outcome.err;
    }
  }
  EXPECT_EQ(run({}).status, kWrongUsage);
  EXPECT_TRUE(
      contains(run({"check", "my-plan", "--lang", "fr"}).err, "--lang must be en or zh, not 'fr'"));
}

TEST_F(CommandLine, a_plan_with_errors_has_status_1_and_no_dates) {
  EXPECT_EQ(run({"check", "nowhere"}).status, kPlanIsWrong);
  replace("my-plan/demands.csv", "crane", "crain");
  for (const std::string verb : {"check", "schedule", "report"}) {
    const Outcome outcome = run({verb, "my-plan"});
    EXPECT_EQ(outcome.status, kPlanIsWrong);
    EXPECT_EQ(outcome.out, "");
    EXPECT_TRUE(contains(outcome.err, "demands.csv:7:5: error: there is no resource 'crain'"))
        << outcome.err;
    EXPECT_TRUE(contains(outcome.err, "did you mean 'crane'?")) << outcome.err;
  }
  EXPECT_EQ(run({"why", "my-plan", "3.3"}).status, kPlanIsWrong);
  EXPECT_EQ(run({"convert", "my-plan", "other"}).status, kPlanIsWrong);
}

TEST_F(CommandLine, the_scenario_of_a_taskjuggler_project_is_chosen_by_its_name) {
  folder_.write("p.tjp",
                "project \"P\" 2024-01-01 +1m { scenario a \"A\" { scenario b \"B\" } }\n"
                "task t \"T\" { duration 1d b:duration 3d }\n");
  ASSERT_EQ(run({"convert", "p.tjp", "first"}).status, kDone);
  ASSERT_EQ(run({"convert", "p.tjp", "second", "--scenario", "b"}).status, kDone);
  EXPECT_TRUE(contains(folder_.read("first/tasks.csv"), "1ed")) << folder_.read("first/tasks.csv");
  EXPECT_TRUE(contains(folder_.read("second/tasks.csv"), "3ed"))
      << folder_.read("second/tasks.csv");
  EXPECT_EQ(run({"convert", "p.tjp", "third", "--scenario", "c"}).status, kPlanIsWrong);
}

TEST_F(CommandLine, a_schedule_made_earlier_is_kept_to) {
  EXPECT_EQ(run({"schedule", "my-plan", "-o", "base.csv", "-o", "base.xlsx"}).status, kDone);
  for (const std::string file : {"base.csv", "base.xlsx"}) {
    const Outcome outcome = run({"schedule", "my-plan", "--baseline", file});
    EXPECT_EQ(outcome.status, kDone) << outcome.err;
    EXPECT_TRUE(contains(outcome.out, "Against the baseline: none of")) << outcome.out;
  }
  const Outcome document =
      run({"schedule", "my-plan", "--baseline", "base.csv", "--json", "--objective", "延误,完工"});
  EXPECT_TRUE(contains(document.out, "\"objective\": \"stability\"")) << document.out;
  EXPECT_TRUE(contains(document.out, "\"moved\": 0")) << document.out;
  const Outcome judged =
      run({"check", "my-plan", "--schedule", "base.csv", "--baseline", "base.csv", "--lang", "zh"});
  EXPECT_TRUE(contains(judged.out, "均未移动")) << judged.out;
  EXPECT_EQ(run({"schedule", "my-plan", "--baseline", "nowhere.csv"}).status, kPlanIsWrong);
  const Outcome alone = run({"schedule", "my-plan", "--objective", "stability"});
  EXPECT_EQ(alone.status, kDone);
  EXPECT_TRUE(contains(alone.out, "there is no baseline to keep to")) << alone.out;
}

TEST_F(CommandLine, a_proof_log_of_a_plan_with_a_dated_summary_holds) {
  folder_.write("dated/plan.toml", "[plan]\nstart = 2022-08-01\n");
  folder_.write("dated/tasks.csv",
                "id,duration,parent,constraint,date\nS,,,start_on_or_after,2022-08-03\n"
                "A,3d,S,,\nB,2d,S,,\nC,2d,,,\nD,2d,,,\n");
  folder_.write("dated/resources.csv", "id,kind,capacity\ncrew,people,2\n");
  folder_.write("dated/demands.csv", "task,resource\nA,crew\nB,crew\nC,crew\nD,crew\n");
  ASSERT_EQ(run({"schedule", "dated", "--proof", "log"}).status, kDone);
  const Outcome judged = run({"check", "dated", "--proof", "log"});
  EXPECT_EQ(judged.status, kDone) << judged.err << judged.out;
}

TEST_F(CommandLine, what_was_not_judged_is_not_called_legal) {
  const Outcome nothing = run({"check", "my-plan", "--schedule", "nowhere.csv", "--json"});
  EXPECT_EQ(nothing.status, kPlanIsWrong);
  EXPECT_FALSE(contains(nothing.out, "\"legal\"")) << nothing.out;
}

TEST_F(CommandLine, no_output_replaces_what_is_read) {
  ASSERT_EQ(run({"schedule", "my-plan", "-o", "base.csv"}).status, kDone);
  const std::string base = folder_.read("base.csv");
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"schedule", "my-plan", "--baseline", "base.csv", "-o", "base.csv"},
        {"check", "my-plan", "--quality", "--baseline", "base.csv", "-o", "base.csv"}}) {
    EXPECT_EQ(run(words).status, kWrongUsage) << words[0];
    EXPECT_EQ(folder_.read("base.csv"), base);
  }
}

// 1.1 waits for 3.3, which waits for 1.1: no row is wrong, but the plan is.
TEST_F(CommandLine, check_finds_a_circle_of_links) {
  replace("my-plan/tasks.csv", "Survey the site,1,3d,,", "Survey the site,1,3d,3.3,");
  const Outcome outcome = run({"check", "my-plan"});
  EXPECT_EQ(outcome.status, kPlanIsWrong);
  EXPECT_TRUE(contains(outcome.err, "circle")) << outcome.err;
  EXPECT_TRUE(contains(outcome.err, "tasks.csv:")) << outcome.err;
  EXPECT_FALSE(contains(outcome.out, "sound")) << outcome.out;
  EXPECT_EQ(run({"schedule", "my-plan"}).status, kPlanIsWrong);
}

// 1.2 can start on Thursday at the earliest, after three days of survey.
TEST_F(CommandLine, dates_that_break_limits_are_explained_with_status_1) {
  replace("my-plan/tasks.csv", "owner,notes", "owner,notes,constraint,date");
  replace("my-plan/tasks.csv", "2w,1.1,,Lin,", "2w,1.1,,Lin,,mso,2020-01-06");
  for (const std::string verb : {"check", "schedule"})
    EXPECT_EQ(run({verb, "my-plan"}).status, kPlanIsWrong);
  const Outcome why = run({"why", "my-plan", "1.2"});
  EXPECT_EQ(why.status, kPlanIsWrong);
  EXPECT_TRUE(contains(why.out, "It starts after 'Survey the site'")) << why.out;
  EXPECT_TRUE(contains(why.err, "'Draw the plans' must start by")) << why.err;
}

TEST_F(CommandLine, a_disk_that_fails_has_status_3_before_anything_is_searched) {
  write_hard_plan();
  const Outcome outcome = run({"schedule", "hard", "--seconds", "600", "-o", "no/such/gantt.svg"});
  EXPECT_EQ(outcome.status, kWorldFailed);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err, "diaodu: cannot write no/such/gantt.svg: there is no such folder\n");
  EXPECT_EQ(run({"bench", "my-plan", "--csv", "no/such.csv"}).status, kWorldFailed);
  folder_.write("file", "");
  EXPECT_EQ(run({"init", "file/plan", "--lang", "zh"}).err,
            "diaodu：无法写入 file/plan：路径中有一段不是文件夹\n");
}

TEST_F(CommandLine, json_is_exactly_one_document_whatever_happens) {
  const std::vector<std::vector<std::string>> all = {{"check", "my-plan"},
                                                     {"check", "nowhere"},
                                                     {"schedule", "my-plan"},
                                                     {"schedule", "nowhere"},
                                                     {"report", "my-plan"},
                                                     {"why", "my-plan", "3.3"},
                                                     {"why", "my-plan", "9.9"},
                                                     {"why", "nowhere", "3.3"},
                                                     {"init", "new"},
                                                     {"init", "my-plan"},
                                                     {"convert", "my-plan", "a"},
                                                     {"convert", "nowhere", "b"},
                                                     {"bench", "my-plan", "nowhere"},
                                                     {"schedule"},
                                                     {"shedule", "my-plan"},
                                                     {"schedule", "my-plan", "--seconds", "x"},
                                                     {"schedule", "my-plan", "-o", "no/such.csv"},
                                                     {"schedule", "my-plan", "--without-resources"},
                                                     {"schedule", "my-plan", "-o", "dates.ics"}};
  for (std::vector<std::string> words : all) {
    words.emplace_back("--json");
    const Outcome outcome = run(words);
    const json document = json::parse(outcome.out, nullptr, false);
    EXPECT_TRUE(document.is_object()) << words.front() << ": " << outcome.out;
    if (outcome.status >= kWrongUsage) {
      EXPECT_EQ(document.value("exit", 0), outcome.status);
      EXPECT_TRUE(contains(outcome.err, document.value("error", "?"))) << outcome.err;
    }
  }
}

TEST_F(CommandLine, the_json_of_a_schedule_holds_what_programs_need) {
  const json schedule = json::parse(run({"schedule", "my-plan", "--seed", "7", "--json"}).out);
  for (const char* key :
       {"status", "finish", "makespan", "bound", "gap", "seconds", "seed", "tasks", "findings"}) {
    EXPECT_TRUE(schedule.contains(key)) << key;
  }
  EXPECT_EQ(schedule["status"], "optimal");
  EXPECT_EQ(schedule["seed"], 7);
  EXPECT_EQ(schedule["finish"], schedule["bound"]);
  ASSERT_EQ(schedule["tasks"].size(), 14U);
  for (const char* key :
       {"id", "start", "finish", "earliest_start", "earliest_finish", "latest_start",
        "latest_finish", "total_float", "free_float", "critical", "mode", "why"}) {
    EXPECT_TRUE(schedule["tasks"][1].contains(key)) << key;
  }
  // Ordering takes 5 and delivery 30 of the days in which permit, foundations, curing, frame and roof
  // (15, 8, 5, 10 and 12 days) go on.
  const json& delivery = schedule["tasks"][11];
  EXPECT_EQ(delivery["id"], "3.2");
  EXPECT_EQ(delivery["total_float"], (15 + 8 + 5 + 10 + 12 - 5 - 30) * 480);
}

TEST_F(CommandLine, without_resources_the_critical_path_alone_counts) {
  folder_.write("two/plan.toml", "[plan]\nstart = 2026-03-02\n");
  folder_.write("two/tasks.csv", "id,duration\nA,2d\nB,3d\n");
  folder_.write("two/resources.csv", "id,kind,capacity\ncrew,people,1\n");
  folder_.write("two/demands.csv", "task,resource\nA,crew\nB,crew\n");
  // One crew does five days' work from Monday to Friday; two would be done on Wednesday.
  EXPECT_EQ(json::parse(run({"schedule", "two", "--json"}).out)["finish"], "2026-03-06 17:00");
  EXPECT_EQ(json::parse(run({"schedule", "two", "--json", "--without-resources"}).out)["finish"],
            "2026-03-04 17:00");
}

TEST_F(CommandLine, ctrl_c_takes_the_best_so_far) {
  write_hard_plan();
  const Outcome outcome =
      run({"schedule", "hard", "--seconds", "600", "--json"}, {.is_interrupted = true});
  EXPECT_EQ(outcome.status, kDone) << outcome.err;
  const json schedule = json::parse(outcome.out);
  EXPECT_EQ(schedule["status"], "feasible");
  EXPECT_EQ(schedule["cancelled"], true);
  EXPECT_EQ(schedule["tasks"].size(), 300U);
  const Outcome bench =
      run({"bench", "hard", "my-plan", "--seconds", "600"}, {.is_interrupted = true});
  EXPECT_TRUE(contains(bench.out, "hard,feasible,")) << bench.out;
  EXPECT_TRUE(contains(bench.err, "broken off: 1 of 2 files done")) << bench.err;
}

TEST_F(CommandLine, a_pipe_gets_no_colours_no_progress_and_80_columns) {
  for (const std::string language : {"en", "zh"}) {
    const Outcome outcome = run({"schedule", "my-plan", "--gantt", "--lang", language});
    EXPECT_EQ(outcome.err, "");
    EXPECT_FALSE(contains(outcome.out, "\033"));
    std::istringstream lines(outcome.out);
    for (std::string line; std::getline(lines, line);)
      EXPECT_LE(report::display_width(line), 80) << line;
  }
}

TEST_F(CommandLine, a_reader_that_leaves_ends_the_program_quietly) {
  const Outcome outcome = run({"report", "my-plan"}, {.reads_nothing = true});
  EXPECT_EQ(outcome.status, 128 + 13);  // SIGPIPE, as of any other tool
  EXPECT_EQ(outcome.err, "");
  EXPECT_TRUE(folder_.read("report.html").ends_with("</html>\n"));  // what it is for is done
}

TEST_F(CommandLine, files_are_written_though_the_reader_leaves) {
  write_hard_plan();
  for (const std::string told : {"--json", "--gantt"}) {  // more than a stream holds back
    const std::string file = "dates" + told + ".csv";
    const Outcome outcome =
        run({"schedule", "hard", "--steps", "20000", told, "-o", file}, {.reads_nothing = true});
    EXPECT_EQ(outcome.status, 128 + 13) << outcome.err;
    EXPECT_TRUE(contains(folder_.read(file), "T299"));
  }
}

TEST_F(CommandLine, bench_writes_its_table) {
  EXPECT_EQ(run({"bench", "my-plan", "my-plan", "--steps", "1000", "--csv", "results.csv"}).status,
            kDone);
  const std::string table = folder_.read("results.csv");
  EXPECT_TRUE(
      table.starts_with("instance,status,makespan,bound,seconds_to_best,seconds\nmy-plan,optimal,"))
      << table;
  const Outcome broken = run({"bench", "my-plan", "nowhere"});
  EXPECT_EQ(broken.status, kPlanIsWrong);
  EXPECT_TRUE(contains(broken.out, "nowhere,unknown,,,")) << broken.out;
}

TEST_F(CommandLine, a_plan_goes_to_a_workbook_and_back) {
  EXPECT_EQ(run({"convert", "my-plan", "plan.xlsx"}).status, kDone);
  EXPECT_EQ(run({"convert", "plan.xlsx", "back"}).status, kDone);
  const json there = json::parse(run({"schedule", "my-plan", "--json"}).out);
  const json back = json::parse(run({"schedule", "back", "--json"}).out);
  EXPECT_EQ(there["finish"], back["finish"]);
  EXPECT_EQ(there["tasks"].size(), back["tasks"].size());
}

TEST_F(CommandLine, a_plan_goes_to_primavera_and_back_and_what_is_lost_stands_in_the_document) {
  const auto finish_of = [this](const std::string& plan) {
    return json::parse(run({"schedule", plan, "--without-resources", "--json"}).out)["finish"];
  };
  const Outcome converted = run({"convert", "my-plan", "plan.xer", "--json"});
  EXPECT_EQ(converted.status, kDone) << converted.out;
  EXPECT_EQ(converted.err, "");
  const json told = json::parse(converted.out);
  EXPECT_EQ(told["written"], "plan.xer");
  const auto is_told = [](const json& document) {
    return std::any_of(
        document["findings"].begin(), document["findings"].end(), [](const json& finding) {
          return finding["message"].get<std::string>().find("is not kept") != std::string::npos;
        });
  };
  EXPECT_TRUE(is_told(told)) << converted.out;
  EXPECT_EQ(finish_of("plan.xer"), finish_of("my-plan"));

  const Outcome scheduled =
      run({"schedule", "my-plan", "--without-resources", "--json", "-o", "dates.xer"});
  EXPECT_EQ(scheduled.status, kDone) << scheduled.err;
  EXPECT_TRUE(is_told(json::parse(scheduled.out))) << scheduled.out;
  EXPECT_FALSE(contains(scheduled.err, "is not kept")) << scheduled.err;
  EXPECT_TRUE(contains(folder_.read("dates.xer"), "%T\tTASKPRED"));
}

TEST_F(CommandLine, help_fits_80_columns_and_names_every_verb_and_option) {
  const std::string all = run({"help"}).out;
  EXPECT_EQ(all, run({"--help"}).out);
  for (const Verb& verb : all_verbs()) {
    const std::string name(verb.name);
    EXPECT_TRUE(contains(all, "\n  " + name + " ")) << name;
    const Outcome help = run({"help", name});
    EXPECT_EQ(help.status, kDone);
    EXPECT_EQ(help.out, run({name, "--help"}).out);
    EXPECT_TRUE(contains(help.out, "Usage: diaodu " + name + " [OPTIONS]")) << help.out;
    for (const Option& option : all_options()) {
      EXPECT_EQ(contains(help.out, std::string(option.name) + " "), (option.verbs & verb.bit) != 0)
          << option.name;
    }
    for (std::size_t from = 0; from < help.out.size();) {
      const std::size_t end = help.out.find('\n', from);
      EXPECT_LE(end - from, 80U) << help.out.substr(from, end - from);
      from = end + 1;
    }
  }
  EXPECT_TRUE(
      contains(run({"help", "schedule", "--lang", "zh"}).out, "用法：diaodu schedule [选项] 计划"));
}

TEST_F(CommandLine, a_calendar_is_limited_to_a_resource_an_owner_or_milestones) {
  folder_.write("p/plan.toml", "[plan]\nstart = 2025-01-06\n");
  folder_.write("p/tasks.csv", "id,name,duration,owner\nA,Dig,1d,Li\nB,Pour,1d,\nC,Done,0,\n");
  folder_.write("p/resources.csv", "id,capacity\ncrane,1\n");
  folder_.write("p/demands.csv", "task,resource\nB,crane\n");
  const auto events = [&](std::vector<std::string> options) {
    std::vector<std::string> words = {"schedule", "p", "-o", "p.ics"};
    words.insert(words.end(), options.begin(), options.end());
    EXPECT_EQ(run(words).status, kDone);
    const std::string text = folder_.read("p.ics");
    std::string names;
    for (const std::string_view name : {"Dig", "Pour", "Done"})
      if (contains(text, std::string(name) + "\r\n")) names += name;
    return names;
  };
  EXPECT_EQ(events({}), "DigPourDone");
  EXPECT_EQ(events({"--for", "crane"}), "Pour");
  EXPECT_EQ(events({"--for", "Li"}), "Dig");
  EXPECT_EQ(events({"--milestones"}), "Done");
  const Outcome unknown = run({"schedule", "p", "-o", "p.ics", "--for", "Wang"});
  EXPECT_EQ(unknown.status, kWrongUsage);
  EXPECT_TRUE(contains(unknown.err, "no resource and no owner 'Wang'")) << unknown.err;
  EXPECT_EQ(run({"schedule", "p", "--milestones"}).status, kWrongUsage);
}

TEST_F(CommandLine, completions_are_scripts_that_bash_runs) {
  folder_.write("bash.sh", run({"completion", "bash"}).out);
  const auto completed = [&](const std::string& words) {
    const std::string file = (folder_.path() / "bash.sh").string();
    const std::string command =
        "bash -c 'source " + file + "; COMP_WORDS=(" + words +
        "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _diaodu; echo ${COMPREPLY[@]}' > " +
        (folder_.path() / "completed").string();
    EXPECT_EQ(std::system(command.c_str()), 0);
    return folder_.read("completed");
  };
  EXPECT_EQ(completed("diaodu sch"), "schedule\n");
  EXPECT_EQ(completed("diaodu schedule my-plan --se"), "--seconds --seed\n");
  EXPECT_EQ(completed("diaodu check --lang z"), "zh\n");
  EXPECT_EQ(completed("diaodu completion f"), "fish\n");
  for (const std::string language : {"en", "zh"}) {
    // An apostrophe within quotes would end them.
    const std::string fish = run({"completion", "fish", "--lang", language}).out;
    EXPECT_TRUE(contains(fish, language == "zh" ? "语言（默认随系统）" : R"(the system\'s)"))
        << fish;
  }
  EXPECT_TRUE(contains(run({"completion", "zsh"}).out, "bashcompinit"));
}

}  // namespace
}  // namespace diaodu::cli
