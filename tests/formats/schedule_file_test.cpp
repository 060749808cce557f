#include "diaodu/formats/schedule_file.h"

#include "diaodu/check/schedule_check.h"
#include "support/findings.h"
#include "support/tables.h"
#include "support/zip.h"

namespace diaodu::formats {
namespace {

using Lines = std::vector<std::string>;

/// B has two ways; in each somebody has to lift, and a second person in the fast one.
Plan plan() {
  auto read = read_tables({{"tasks", "id,duration\nA,2d\nB,1d\n"},
                           {"resources", "id,capacity,skills\nanna,1,weld\ncrew,3,lift\n"},
                           {"modes", "task,mode,duration\nB,fast,1d\nB,slow,3d\n"},
                           {"demands", "task,mode,skill\nA,,weld\nB,slow,lift\nB,fast,lift\n"}});
  EXPECT_EQ(found_in(read.findings), Lines{});
  return std::move(read.plan);
}

TEST(ScheduleFile, a_row_says_when_how_and_by_whom) {
  const Plan of = plan();
  Findings findings;
  const Schedule schedule = read_schedule(
      "id,start,finish,mode,assigned\nA,2022-08-01 08:00,2022-08-02 17:00,,weld=anna 1\n"
      "B,2022-08-03 08:00,2022-08-03 17:00,fast,lift=crew 2\n",
      "s.csv", of, findings);
  EXPECT_EQ(found_in(findings), Lines{});
  const Placement& b = schedule.placements[TaskId{1}];
  EXPECT_TRUE(b.is_scheduled);
  EXPECT_EQ(of.modes[b.mode].id, "fast");
  ASSERT_EQ(schedule.assignments.size(), 2U);
  // The demand of the mode that was chosen, though the other mode's stands before it.
  EXPECT_EQ(schedule.assignments[1].demand, DemandId{2});
  EXPECT_EQ(schedule.assignments[1].amount, Amount{2000});
}

TEST(ScheduleFile, a_bare_date_is_that_days_work) {
  //  A, two days of 08:00 to 17:00, then a milestone of the evening, then one of the next morning.
  const Plan of = read_tables({{"tasks",
                                "id,duration,kind,predecessors\nA,2d,,\nM,0d,milestone,A\n"
                                "S,0d,start_milestone,M\n"}})
                      .plan;
  constexpr std::string_view kDays =
      "id,start,finish\nA,2022-08-01,2022-08-02\nM,2022-08-02,2022-08-02\n"
      "S,2022-08-03,2022-08-03\n";
  Findings findings;
  const Schedule schedule = read_schedule(kDays, "s.csv", of, findings);
  const AgreedSchedule agreed = read_agreed(kDays, "s.csv", of, findings);
  EXPECT_EQ(found_in(findings), Lines{});
  const std::vector<Interval> expected = {
      {at(of, "2022-08-01", "08:00"), at(of, "2022-08-02", "17:00")},
      {at(of, "2022-08-02", "17:00"), at(of, "2022-08-02", "17:00")},
      {at(of, "2022-08-03", "08:00"), at(of, "2022-08-03", "08:00")}};
  for (const TaskId task : of.tasks.ids()) {
    const Placement& placed = schedule.placements[task];
    EXPECT_EQ((Interval{placed.start, placed.finish}), expected[task.index()]) << task.index();
    EXPECT_EQ(agreed.dates[task], expected[task.index()]) << task.index();
  }
  EXPECT_TRUE(check::judge(of, schedule).is_legal);
}

TEST(ScheduleFile, what_the_plan_does_not_have_is_found) {
  Findings findings;
  const Schedule schedule = read_schedule(
      "id,start,finish,mode,assigned\nA,2022-08-01,soon,,\nC,2022-08-01,2022-08-02,,\n"
      "B,2022-08-03,2022-08-04,slowly,weld=nobody 1;lift;=\n",
      "s.csv", plan(), findings);
  findings.sort();
  EXPECT_EQ(found_in(findings),
            (Lines{"s.csv:2:14 bad_date", "s.csv:3:1 unknown_task", "s.csv:4:25 unknown_mode",
                   "s.csv:4:32 unknown_resource", "s.csv:4:32 unknown_resource",
                   "s.csv:4:32 unknown_resource"}));
  EXPECT_FALSE(schedule.placements[TaskId{0}].is_scheduled);
}

TEST(ScheduleFile, a_file_that_is_no_schedule_lacks_its_columns) {
  for (const std::string_view bytes :
       {std::string_view("\0\xFF\n", 3), std::string_view(), std::string_view("\"")}) {
    Findings findings;
    const Schedule schedule = read_schedule(bytes, "s.csv", plan(), findings);
    EXPECT_TRUE(has(findings, found::missing_column));
    EXPECT_EQ(schedule.placements.size(), 2U);
  }
}

TEST(Baseline, it_says_where_tasks_start_and_strangers_are_named_together) {
  const Plan of = plan();
  Findings findings;
  const Baseline baseline =
      read_baseline("Task,编号,开始\n,B,2022-08-03 08:00\n,X,2022-08-01\n,Y,2022-08-01\n,,\n",
                    "b.csv", of, findings);
  EXPECT_EQ(found_in(findings), Lines{"b.csv:3:2 not_in_plan"});
  EXPECT_EQ(findings.kept().front().arguments.front().en, "X, Y");
  EXPECT_EQ(baseline[TaskId{0}], kNever);
  EXPECT_EQ(baseline[TaskId{1}], at(of, "2022-08-03", "08:00"));
}

// What our tables put before `-1` is no part of its name; that of 'B is.
TEST(Baseline, an_apostrophe_against_formulas_does_not_count) {
  const auto read = read_tables({{"tasks", "id,duration\n-1,2d\n'B,1d\n"}});
  Findings findings;
  const Baseline baseline =
      read_baseline("id,start\n'-1,2022-08-02\n'B,2022-08-03\n", "b.csv", read.plan, findings);
  EXPECT_EQ(found_in(findings), Lines{});
  EXPECT_EQ(baseline[TaskId{0}], at(read.plan, "2022-08-02"));
  EXPECT_EQ(baseline[TaskId{1}], at(read.plan, "2022-08-03"));
}

TEST(Baseline, of_a_workbook_stands_in_its_schedule) {
  const auto cell = [](std::string_view letters) {
    return "<c t=\"inlineStr\"><is><t>" + std::string(letters) + "</t></is></c>";
  };
  const auto row = [&](std::string_view id, std::string_view start) {
    return "<row>" + cell(id) + cell(start) + "</row>";
  };
  const Plan of = plan();
  for (const auto& [name, header] :
       {std::pair{"Schedule", row("ID", "Start")}, {"进度计划", row("编号", "开始")}}) {
    const WorkbookText book{.sheets = {{"tasks", row("id", "start") + row("A", "1999-01-01")},
                                       {name, header + row("A", "2022-08-02")}}};
    Findings findings;
    const Baseline baseline = read_baseline(book.bytes(), "b.xlsx", of, findings);
    EXPECT_EQ(found_in(findings), Lines{});
    EXPECT_EQ(baseline[TaskId{0}], at(of, "2022-08-02"));
  }
  Findings findings;
  const WorkbookText other{.sheets = {{"tasks", row("id", "start") + row("A", "1999-01-01")}}};
  const Baseline none = read_baseline(other.bytes(), "b.xlsx", of, findings);
  EXPECT_EQ(found_in(findings), Lines{"b.xlsx missing_sheet"});
  EXPECT_EQ(none[TaskId{0}], kNever);
}

TEST(Baseline, what_is_no_schedule_lacks_its_columns) {
  for (const std::string_view bytes :
       {std::string_view("\0\xFF\n", 3), std::string_view(), std::string_view("PK\x03\x04"),
        std::string_view("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")}) {
    Findings findings;
    EXPECT_EQ(read_baseline(bytes, "b.csv", plan(), findings).size(), 2U);
    EXPECT_TRUE(findings.has_errors());
  }
}

}  // namespace
}  // namespace diaodu::formats
