#include "diaodu/formats/plan_file.h"

#include <sys/stat.h>

#include "diaodu/formats/disk.h"
#include "diaodu/plan/finding_kinds.h"
#include "support/describe.h"
#include "support/findings.h"
#include "support/tables.h"
#include "support/temporary.h"
#include "support/zip.h"

namespace diaodu::formats {
namespace {

constexpr std::string_view kTasks = "id,name,duration\nA,挖土,3d\nB,浇筑,2d\n";

TEST(PlanFile, is_recognised_by_its_content_whatever_its_name) {
  const TemporaryFolder folder;
  const auto format = [&folder](std::string_view bytes) {
    return recognise(folder.write("some.txt", bytes));
  };
  EXPECT_EQ(recognise(folder.path()), FileFormat::folder);
  EXPECT_EQ(format(WorkbookText{}.bytes()), FileFormat::workbook);
  EXPECT_EQ(format(Zip().add("word/document.xml", "<w/>").bytes()), FileFormat::unknown);
  EXPECT_EQ(format("ERMHDR\t19.12\t2022-08-01\n"), FileFormat::xer);
  EXPECT_EQ(format("\xEF\xBB\xBF"
                   "ERMHDR\t19.12\n"),
            FileFormat::xer);
  EXPECT_EQ(format("****\nfile with basedata: x\njobs (incl. supersource/sink ): 32\n"),
            FileFormat::psplib);
  EXPECT_EQ(format("jobs  (incl. supersource/sink ):\t102\nPRECEDENCE RELATIONS:\n"),
            FileFormat::psplib);
  EXPECT_EQ(format("7 3\n5 1 2\n0 0 0 0 2 2 3\n"), FileFormat::patterson);
  EXPECT_EQ(format("2 1 0 0\n0 1 1 1 [0]\n1 1 1 2 [3 -1]\n"), FileFormat::progen_max);
  EXPECT_EQ(format("1\n0\n\n2 0\n\n3 1 1:2\n0 0\n"), FileFormat::mplib);
  EXPECT_EQ(format(kTasks), FileFormat::table);
  EXPECT_EQ(format("编号;名称;工期\nA;挖土;3天\n"), FileFormat::table);
  EXPECT_EQ(format("id,name\nP1,Haikou\n"), FileFormat::unknown);
  EXPECT_EQ(format("Dear diary,\ntoday\n"), FileFormat::unknown);
  EXPECT_EQ(format(""), FileFormat::unknown);
  EXPECT_EQ(recognise(folder.path() / "nothing"), FileFormat::unknown);
}

TEST(PlanFile, what_is_no_plan_says_so) {
  const TemporaryFolder folder;
  EXPECT_TRUE(
      has(read_plan(folder.write("diary", "Dear diary,\n")).findings, found::unknown_format));
  EXPECT_TRUE(has(read_plan(folder.write("empty", "")).findings, found::unknown_format));
  EXPECT_TRUE(has(read_plan(folder.path() / "nothing").findings, found::missing_file));
  ASSERT_EQ(::mkfifo((folder.path() / "pipe").c_str(), 0600), 0);
  EXPECT_EQ(recognise(folder.path() / "pipe"), FileFormat::unknown);
  EXPECT_TRUE(has(read_plan(folder.path() / "pipe").findings, found::unreadable_file));
  EXPECT_TRUE(has(read_plan("/dev/zero").findings, found::unreadable_file));
}

TEST(PlanFile, files_of_other_programs_go_to_their_readers) {
  const TemporaryFolder folder;
  const ReadPlan patterson = read_plan(folder.write("a", "3 0\n0 1 2\n4 1 3\n0 0\n"));
  EXPECT_TRUE(patterson.plan.is_abstract);
  EXPECT_EQ(patterson.plan.tasks.size(), 3U);
  // Too little to be a plan, but each reader says so in its own words.
  EXPECT_TRUE(
      has(read_plan(folder.write("b", "****\njobs : 2\n")).findings, found::benchmark_syntax));
  EXPECT_TRUE(has(read_plan(folder.write("c", "2 1 0 0\n0 1 1 1 [0]\n")).findings,
                  found::benchmark_syntax));
  EXPECT_TRUE(has(read_plan(folder.write("d", "ERMHDR\t19.12\n%E\n")).findings, found::no_tasks));
}

TEST(PlanFile, a_file_above_the_limit_is_not_read) {
  const TemporaryFolder folder;
  const auto path = folder.write("large", std::string(2 << 20, 'x'));
  Findings findings;
  EXPECT_FALSE(read_file(path, "large", findings, 1 << 20));
  EXPECT_EQ(words_of(findings), "large: error: the file is larger than 1 MiB\n");
  EXPECT_TRUE(read_file(path, "large", findings, 2 << 20));
}

TEST(PlanFile, plan_toml_stands_for_its_folder) {
  const TemporaryFolder folder;
  folder.write("plan.toml", kMonday);
  folder.write("tasks.csv", kTasks);
  const ReadPlan of_folder = read_plan(folder.path());
  EXPECT_EQ(words_of(of_folder.findings), "");
  EXPECT_EQ(recognise(folder.path() / "plan.toml"), FileFormat::folder);
  EXPECT_EQ(described(read_plan(folder.path() / "plan.toml").plan), described(of_folder.plan));
}

TEST(PlanFile, a_lone_table_of_tasks_is_a_plan_but_for_its_start) {
  const TemporaryFolder folder;
  const ReadPlan without = read_plan(folder.write("work.csv", kTasks));
  EXPECT_EQ(found_in(without.findings), (std::vector<std::string>{"no_start"}));
  EXPECT_EQ(without.plan.tasks.size(), 2U);

  // A deadline says nothing of the start; the earliest "not before" does.
  const ReadPlan with =
      read_plan(folder.write("work.csv",
                             "id,duration,constraint,date,deadline\n"
                             "A,3d,start_on_or_after,2022-08-09 13:00,2022-08-01\n"
                             "B,3d,start_on,2022-08-08 10:00,\n"
                             "C,3d,finish_on_or_before,2022-08-03,\n"));
  EXPECT_EQ(count_of(with.findings, found::start_assumed), 1U);
  EXPECT_FALSE(with.findings.has_errors()) << words_of(with.findings);
  EXPECT_EQ(with.plan.start, at(with.plan, "2022-08-08"));
}

TEST(PlanFile, a_folder_reports_all_its_files_at_once) {
  const TemporaryFolder folder;
  folder.write("plan.toml", "[plan]\nstart = 2022-08-01\nstrat = 1\n");
  folder.write("tasks.csv", "id,duration\nA,soon\n");
  folder.write("links.csv", "from,to\nA,Z\n");
  folder.write("stuff.csv", "a,b\n");
  folder.write("notes.txt", "mine");
  folder.write(".hidden.csv", "mine");
  EXPECT_EQ(found_in(read_plan(folder.path()).findings),
            (std::vector<std::string>{"links.csv:2:3 unknown_task", "plan.toml:3:1 unknown_key",
                                      "stuff.csv unknown_table", "tasks.csv:2:3 bad_duration"}));
}

TEST(PlanFile, an_empty_folder_lacks_a_start_and_tasks) {
  const TemporaryFolder folder;
  const ReadPlan read = read_plan(folder.path());
  EXPECT_TRUE(has(read.findings, found::no_start));
  EXPECT_TRUE(has(read.findings, found::missing_table));
}

TEST(PlanFile, writing_leaves_other_files_and_takes_away_stale_tables) {
  const TemporaryFolder folder;
  folder.write("plan/notes.txt", "mine");
  folder.write("plan/stuff.csv", "mine");
  folder.write("plan/links.csv", "from,to\nX,Y\n");
  folder.write("plan/任务.csv", "编号\nX\n");
  const ReadPlan made = read_tables({{"tasks", kTasks}});
  write_plan(made.plan, folder.path() / "plan");
  EXPECT_EQ(folder.read("plan/notes.txt"), "mine");
  EXPECT_EQ(folder.read("plan/stuff.csv"), "mine");
  const ReadPlan again = read_plan(folder.path() / "plan");
  EXPECT_EQ(found_in(again.findings), (std::vector<std::string>{"stuff.csv unknown_table"}));
  EXPECT_EQ(described(again.plan), described(made.plan));
}

TEST(PlanFile, a_table_with_chinese_begins_with_a_mark_for_spreadsheets) {
  const TemporaryFolder folder;
  write_plan(read_tables({{"tasks", kTasks}, {"links", "from,to\nA,B\n"}}).plan,
             folder.path() / "plan");
  EXPECT_EQ(folder.read("plan/tasks.csv"), "\xEF\xBB\xBF" + std::string(kTasks));
  EXPECT_EQ(folder.read("plan/links.csv"), "from,to,type\nA,B,FS\n");
}

TEST(PlanFile, what_cannot_be_written_leaves_everything_as_it_was) {
  const TemporaryFolder folder;
  const ReadPlan made = read_tables({{"tasks", kTasks}});
  folder.write("file", "old");
  EXPECT_THROW(write_plan(made.plan, folder.path() / "file"), std::filesystem::filesystem_error);
  EXPECT_THROW(write_plan(made.plan, folder.path() / "file" / "plan.xlsx"),
               std::filesystem::filesystem_error);
  EXPECT_EQ(folder.read("file"), "old");
}

TEST(PlanFile, columns_nobody_knows_come_back) {
  const TemporaryFolder folder;
  const ReadPlan made = read_tables({{"tasks", "id,WBS;old,duration\nA,1.2,3d\n"}});
  for (const char* name : {"plan", "plan.xlsx"}) {
    write_plan(made.plan, folder.path() / name);
    EXPECT_EQ(described(read_plan(folder.path() / name).plan), described(made.plan));
  }
}

TEST(PlanFile, weekdays_of_plan_toml_apply_in_the_order_of_the_file) {
  const ReadPlan read = read_tables({{"tasks", kTasks}},
                                    "[plan]\nstart = 2022-08-01\ncalendar = \"short\"\n"
                                    "[calendars.short]\nweekdays = \"08:00-12:00\"\n"
                                    "friday = \"08:00-10:00\"\n");
  EXPECT_EQ(words_of(read.findings), "");
  const CalendarRule& rule = read.plan.calendars[read.plan.calendar].rule;
  EXPECT_EQ(to_string(*rule.week[3]), "08:00-12:00");
  EXPECT_EQ(to_string(*rule.week[4]), "08:00-10:00");
}

TEST(PlanFile, half_done_is_fifty_with_or_without_its_sign) {
  const ReadPlan read =
      read_tables({{"tasks", kTasks},
                   {"progress", "task,actual_start,percent\nA,2022-08-01,50\nB,2022-08-01,50%\n"}},
                  "[plan]\nstart = 2022-08-01\ndata_date = 2022-08-02\n");
  EXPECT_EQ(words_of(read.findings), "");
  EXPECT_EQ(read.plan.progress[0].percent, 50'00);
  EXPECT_EQ(read.plan.progress[1].percent, 50'00);
}

}  // namespace
}  // namespace diaodu::formats
