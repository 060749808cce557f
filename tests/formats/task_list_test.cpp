#include "diaodu/formats/task_list.h"

#include "diaodu/formats/folder.h"
#include "diaodu/formats/list_dates.h"
#include "diaodu/formats/list_resources.h"
#include "diaodu/formats/plan_file.h"
#include "diaodu/formats/workbook.h"
#include "support/describe.h"
#include "support/findings.h"
#include "support/tables.h"
#include "support/temporary.h"
#include "support/zip.h"

namespace diaodu::formats {
namespace {

ReadPlan read_list(std::string_view csv) {
  EXPECT_TRUE(looks_like_list(csv));
  return read_lone_list(csv, "list.csv");
}

std::string text(std::string_view letters) {
  return "<c t=\"inlineStr\"><is><t xml:space=\"preserve\">" + std::string(letters) +
         "</t></is></c>";
}
std::string row(std::initializer_list<std::string> cells) {
  std::string all = "<row>";
  for (const std::string& cell : cells)
    all += cell.empty() ? "<c/>" : cell.starts_with('<') ? cell : text(cell);
  return all + "</row>";
}

const Task& task(const ReadPlan& read, std::string_view id) {
  const TaskId found = task_of(read.plan, id);
  EXPECT_TRUE(found) << id;
  return read.plan.tasks[found ? found : TaskId{0}];
}

/// `A-FS+480->B`, in the order of the table.
std::string links_of(const Plan& plan) {
  constexpr std::array kTypes = {"FS", "SS", "FF", "SF"};
  std::string all;
  for (const Link& link : plan.links) {
    if (!all.empty()) all += ' ';
    all += plan.tasks[link.from].id.str() + '-' + kTypes[static_cast<std::size_t>(link.type)];
    if (link.lag.amount != 0)
      all += (link.lag.amount > 0 ? "+" : "") + std::to_string(link.lag.amount);
    all += "->" + plan.tasks[link.to].id.str();
  }
  return all;
}

bool has_note(const ReadPlan& read, std::string_view words) {
  return words_of(read.findings).find(words) != std::string::npos;
}

TEST(TaskList, an_export_of_microsoft_project_is_read_with_its_outline_links_and_people) {
  //  1 Site          summary
  //  2   Dig         5 days, Anna half of her time, Bob
  //  3   Pour        starts 2 days after Dig ends, 1 week before that ends may not start: SS-1w
  const ReadPlan plan = read_list(
      "ID,Active,Task Mode,Task Name,Duration,Start,Finish,Predecessors,Outline Level,Resource "
      "Names,% Complete\n"
      "1,Yes,Auto Scheduled,Site,12 days,Mon 4/1/24 8:00 AM,Tue 4/16/24 5:00 PM,,1,,0%\n"
      "2,Yes,Auto Scheduled,Dig,5 days?,Mon 4/1/24 8:00 AM,Fri 4/5/24 5:00 "
      "PM,,2,\"Anna[50%],Bob\",100%\n"
      "3,Yes,Auto Scheduled,Pour,2 wks,Wed 4/10/24 8:00 AM,Tue 4/23/24 5:00 PM,\"2FS+2 days,2SS-1 "
      "wk\",2,Bob,0%\n"
      "4,Yes,Auto Scheduled,Done,0 days,Tue 4/23/24 5:00 PM,Tue 4/23/24 5:00 PM,3,2,,0%\n");
  EXPECT_FALSE(plan.findings.has_errors()) << words_of(plan.findings);
  EXPECT_EQ(plan.plan.start, at(plan.plan, "2024-04-01"));
  EXPECT_EQ(task(plan, "1").kind, TaskKind::summary);
  EXPECT_EQ(task(plan, "2").parent, task_of(plan.plan, "1"));
  EXPECT_EQ(task(plan, "2").duration, WorkTime{5 * 480});
  EXPECT_EQ(task(plan, "3").duration, WorkTime{10 * 480});
  EXPECT_EQ(task(plan, "4").kind, TaskKind::finish_milestone);
  EXPECT_EQ(links_of(plan.plan), "2-FS+960->3 2-SS-2400->3 3-FS->4");
  ASSERT_EQ(plan.plan.demands.size(), 3U);
  EXPECT_EQ(plan.plan.demands[DemandId{0}].amount, Amount{500});
  EXPECT_EQ(plan.plan.resources.size(), 2U);
  ASSERT_EQ(plan.plan.progress.size(), 1U);
  EXPECT_EQ(plan.plan.progress[0].actual_finish, at(plan.plan, "2024-04-05", "17:00"));
  EXPECT_TRUE(has_note(
      plan,
      "list.csv:1: note: read as a list of tasks; this row is taken for its header: 'ID' is id, "
      "'Task Name' is name"));
  EXPECT_TRUE(has_note(plan, "the outline follows the levels"));
  EXPECT_TRUE(has_note(plan, "links decide"));
  EXPECT_TRUE(has_note(plan, "month/day/year"));
}

TEST(TaskList, chinese_columns_below_a_title_and_two_rows_of_merged_headers_are_found) {
  //  清单: title over all columns, then "计划" over two columns, 序号 and others merged downwards.
  WorkbookText workbook{
      .sheets = {
          {"进度表",
           row({"二号楼施工进度计划"}) + "<row/>" +
               row({"序号", "任务名称", "工期", "计划", "", "前置任务", "资源名称", "完成百分比"}) +
               row({"", "", "", "开始时间", "完成时间"}) +
               row({"1", "土方开挖", "5 个工作日", "2024年4月1日 星期一", "2024年4月8日", "",
                    "张三[50%]；挖掘机", "0%"}) +
               row({"2", "浇筑底板", "3 个工作日?", "", "", "1FS+2 个工作日", "李四", ""}) +
               row({"3", "验收", "0 个工作日", "", "", "2完成-开始", "", ""})}}};
  const ReadPlan plan = read_workbook(workbook.bytes(), "plan.xlsx");
  EXPECT_FALSE(plan.findings.has_errors()) << words_of(plan.findings);
  EXPECT_EQ(plan.plan.name, "二号楼施工进度计划");
  EXPECT_EQ(plan.plan.start, at(plan.plan, "2024-04-01"));
  EXPECT_EQ(task(plan, "1").name.view(), "土方开挖");
  EXPECT_EQ(task(plan, "2").duration, WorkTime{3 * 480});
  EXPECT_EQ(links_of(plan.plan), "1-FS+960->2 2-FS->3");
  EXPECT_EQ(plan.plan.resources.size(), 3U);
  EXPECT_TRUE(has_note(plan, "plan.xlsx[进度表]:3: note"));
}

TEST(TaskList, serial_numbers_and_dates_of_a_workbook_are_dates) {
  //  45383 is Monday 2024-04-01; as a plain number in the first row, in a date format in the second.
  WorkbookText workbook{
      .sheets = {{"Sheet1", row({"Task", "Start", "End"}) +
                                row({"Dig", "<c><v>45383</v></c>", "<c><v>45387</v></c>"}) +
                                row({"Pour", "<c s=\"1\"><v>45390</v></c>",
                                     "<c s=\"1\"><v>45391</v></c>"})}}};
  workbook.styles = "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs>";
  const ReadPlan plan = read_workbook(workbook.bytes(), "plan.xlsx");
  EXPECT_FALSE(plan.findings.has_errors()) << words_of(plan.findings);
  EXPECT_EQ(task(plan, "1").duration, WorkTime{5 * 480});  // Monday to Friday, both included
  EXPECT_EQ(task(plan, "2").duration, WorkTime{2 * 480});
  EXPECT_EQ(task(plan, "2").constraint.kind, ConstraintKind::start_on_or_after);
  EXPECT_EQ(task(plan, "2").constraint.date, at(plan.plan, "2024-04-08"));
  EXPECT_TRUE(has_note(plan, "tasks are numbered from the top"));
}

TEST(TaskList, indents_of_cells_make_the_outline) {
  WorkbookText workbook{
      .sheets = {
          {"Sheet1", row({"Task name", "Days"}) + row({"Site", ""}) +
                         row({"<c s=\"1\" t=\"inlineStr\"><is><t>Dig</t></is></c>", "3"}) +
                         row({"<c s=\"2\" t=\"inlineStr\"><is><t>By hand</t></is></c>", "1"}) +
                         row({"<c s=\"1\" t=\"inlineStr\"><is><t>Pour</t></is></c>", "2"})}}};
  workbook.styles =
      "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"0\"><alignment indent=\"1\"/></xf>"
      "<xf numFmtId=\"0\"><alignment indent=\"2\"/></xf></cellXfs>";
  const ReadPlan plan = read_workbook(workbook.bytes(), "plan.xlsx");
  EXPECT_EQ(task(plan, "2").parent, task_of(plan.plan, "1"));
  EXPECT_EQ(task(plan, "3").parent, task_of(plan.plan, "2"));
  EXPECT_EQ(task(plan, "4").parent, task_of(plan.plan, "1"));
  EXPECT_EQ(task(plan, "4").duration, WorkTime{2 * 480});
  EXPECT_EQ(count_of(plan.findings, found::duration_without_unit), 0U);
}

TEST(TaskList, blanks_before_names_make_the_outline_too) {
  const ReadPlan plan =
      read_list("任务名称;工期（天）\n前期准备;\n　　立项;3\n　　审批;2,5\n施工;10\n");
  EXPECT_EQ(task(plan, "2").parent, task_of(plan.plan, "1"));
  EXPECT_EQ(task(plan, "3").duration, WorkTime{1200});  // two and a half days of eight hours
  EXPECT_FALSE(task(plan, "4").parent);
}

TEST(TaskList, wbs_numbers_make_the_outline_and_are_ids_where_there_are_none) {
  const ReadPlan plan = read_list(
      "WBS,Activity,Duration,Depends on\n1,Site,,\n1.1,Dig,40h,\n1.2,Pour,2w,1.1SS + "
      "1d\n1.2.1,Forms,2d,Dig\n2,House,5d,1\n");
  EXPECT_EQ(task(plan, "1.1").parent, task_of(plan.plan, "1"));
  EXPECT_EQ(task(plan, "1.2.1").parent, task_of(plan.plan, "1.2"));
  EXPECT_EQ(links_of(plan.plan), "1.1-SS+480->1.2 1.1-FS->1.2.1 1-FS->2");
  EXPECT_EQ(task(plan, "1.1").duration, WorkTime{2400});
}

TEST(TaskList, a_number_of_thousands_of_parts_lies_in_nothing) {
  std::string number = "1";
  for (int i = 0; i < 10'000; ++i) number += ".1";
  const ReadPlan list = read_list(
      "WBS,Task name,Duration,Start\n1,Site,,2026-03-02\n1.1,Dig,2d,\n" + number + ",Pour,3d,\n");
  EXPECT_EQ(task(list, "1.1").parent, task_of(list.plan, "1"));
  EXPECT_FALSE(task(list, number).parent);
}

TEST(TaskList, rows_of_a_name_alone_are_headings_and_what_is_below_the_list_is_not_read) {
  const ReadPlan plan = read_list(
      "序号,工作内容,开始日期,结束日期,责任人,备注\n"
      "一、前期,,,,,\n1,立项,2024-04-01,2024-04-03,张三,\n2,审批,2024-04-08,2024-04-09,李四,急\n"
      "二、施工,,,,,\n3,开挖,2024-04-10,2024-04-12,王五,\n"
      "制表人：赵六,,,,,\n");
  EXPECT_FALSE(plan.findings.has_errors()) << words_of(plan.findings);
  ASSERT_EQ(plan.plan.tasks.size(), 5U);
  EXPECT_EQ(plan.plan.tasks[TaskId{0}].kind, TaskKind::summary);
  EXPECT_EQ(plan.plan.tasks[TaskId{0}].name.view(), "一、前期");
  EXPECT_EQ(plan.plan.tasks[TaskId{2}].parent, TaskId{0});
  EXPECT_EQ(plan.plan.tasks[TaskId{4}].parent, TaskId{3});
  EXPECT_EQ(plan.plan.tasks[TaskId{4}].owner.view(), "王五");
  EXPECT_EQ(count_of(plan.findings, found::list_row_ignored), 1U);
}

TEST(TaskList, a_week_of_seven_days_is_seen_in_dates_and_durations) {
  //  Fri 5 to Mon 8 April are four days where every day is worked, two where weekends are not.
  const ReadPlan plan = read_list(
      "Task,Duration,Start,Finish\nDig,4d,2024-04-05,2024-04-08\nPour,7d,2024-04-09,2024-04-"
      "15\nCure,2d,2024-04-16,2024-04-17\n");
  EXPECT_FALSE(plan.findings.has_errors()) << words_of(plan.findings);
  EXPECT_TRUE(has_note(plan, "work on every day of the week"));
  EXPECT_EQ(plan.plan.calendars[plan.plan.calendar].rule.id, "every day");
  EXPECT_EQ(plan.plan.calendars[plan.plan.calendar].week, WorkTime{7 * 480});
}

TEST(TaskList, all_dates_together_say_whether_the_day_or_the_month_comes_first) {
  const ReadPlan plan = read_list("Task,Duration,Start\nDig,1d,03/04/2024\nPour,1d,15/04/2024\n");
  EXPECT_EQ(plan.plan.start, at(plan.plan, "2024-04-03"));
  EXPECT_TRUE(has_note(plan, "day/month/year"));

  // Nothing tells: both are found, and no day is invented.
  const ReadPlan unclear =
      read_list("Task,Duration,Start\nDig,1d,03/04/2024\nPour,1d,05/04/2024\n");
  EXPECT_EQ(count_of(unclear.findings, found::unclear_date), 2U);
}

TEST(TaskList, dates_are_read_in_many_ways) {
  ListDates dates;
  for (const auto& [written, expected] : std::vector<std::pair<std::string_view, std::string_view>>{
           {"12-Apr-24", "2024-04-12 00:00"},
           {"April 12, 2024 8:00 AM", "2024-04-12 08:00"},
           {"Fri Apr 12 2024 16:00", "2024-04-12 16:00"},
           {"2024年4月12日 星期五", "2024-04-12 00:00"},
           {"周五 2024/4/12 下午 4:00", "2024-04-12 16:00"},
           {"24/13/31", ""},
           {"Mon Apr 12 2024", ""},  // it was a Friday
           {"4/12/24", ""},          // April or December
           {"soon", ""}}) {
    const auto date = dates.read(written);
    EXPECT_EQ(date ? to_string(date->time) : "", expected) << written;
  }
  dates.look_at("Fri 4/12/24");
  dates.decide();
  EXPECT_EQ(to_string(dates.read("5/6/24")->time), "2024-05-06 00:00");
}

TEST(TaskList, what_cannot_be_read_is_found_where_it_stands) {
  WorkbookText workbook{
      .sheets = {
          {"Sheet1", row({"My plan"}) +
                         row({"No", "Task", "Duration", "Start", "Predecessors", "Resources"}) +
                         row({"1", "Dig", "soon", "2024-04-01", "", "Anna[many]"}) +
                         row({"2", "Pour", "2d", "31/31/2024", "7FS; 1XY", "Bob"}) +
                         row({"3", "Cure", "", "", "", ""})}}};
  const ReadPlan plan = read_workbook(workbook.bytes(), "p.xlsx");
  std::vector<std::string> errors;
  for (const std::string& line : found_in(plan.findings)) {
    if (line.find("list_header") == std::string::npos &&
        line.find("read_otherwise") == std::string::npos)
      errors.push_back(line);
  }
  EXPECT_EQ(errors, (std::vector<std::string>{
                        "p.xlsx[Sheet1]:3:3 bad_duration", "p.xlsx[Sheet1]:3:6 list_bad_resources",
                        "p.xlsx[Sheet1]:4:4 bad_date", "p.xlsx[Sheet1]:4:5 unknown_task",
                        "p.xlsx[Sheet1]:4:5 unknown_task", "p.xlsx[Sheet1]:5:3 missing_cell"}));
}

TEST(TaskList, a_task_by_hand_is_pinned_and_one_that_is_not_active_is_left_out_with_its_links) {
  const ReadPlan plan = read_list(
      "标识号,可用,任务模式,任务名称,工期,开始时间,前置任务\n1,是,手动计划,开挖,2 "
      "个工作日,2024-04-03,\n"
      "2,否,自动计划,旧方案,9 个工作日,2024-04-01,1\n3,是,自动计划,浇筑,1 "
      "个工作日,2024-04-05,\"1,2\"\n");
  EXPECT_FALSE(plan.findings.has_errors()) << words_of(plan.findings);
  EXPECT_EQ(plan.plan.tasks.size(), 2U);
  EXPECT_EQ(task(plan, "1").constraint.kind, ConstraintKind::mandatory_start);
  EXPECT_EQ(links_of(plan.plan), "1-FS->3");
  EXPECT_EQ(count_of(plan.findings, found::left_out), 1U);
}

TEST(TaskList, successors_alone_or_beside_predecessors_are_links) {
  // Of the two columns each link counts once; what only one of them says counts too.
  const ReadPlan alone = read_list(
      "序号,工序,工期,开始,紧后工序\n1,开挖,2天,2024-04-01,\"2,3开始-开始+1d\"\n"
      "2,浇筑,1天,2024-04-03,3FF\n3,养护,7天,2024-04-04,\n");
  EXPECT_FALSE(alone.findings.has_errors()) << words_of(alone.findings);
  EXPECT_EQ(links_of(alone.plan), "1-FS->2 1-SS+480->3 2-FF->3");
  EXPECT_EQ(task(alone, "3").constraint.kind, ConstraintKind::none);  // links decide
  EXPECT_TRUE(has_note(alone, "'紧后工序' is successors"));
  const ReadPlan both = read_list(
      "Task,Duration,Predecessors,Successors\nDig,2d,,Pour;Cure\nPour,1d,DigSS,Cure\nCure,7d,Pour,"
      "\n");
  EXPECT_EQ(links_of(both.plan), "1-FS->3 1-SS->2 2-FS->3");
  const ReadPlan wrong = read_list("No,Task,Duration,Successors\n1,Dig,2d,9\n");
  EXPECT_EQ(count_of(wrong.findings, found::unknown_task), 1U);
  EXPECT_TRUE(has_note(wrong, "list.csv:2:10: error"));
}

TEST(TaskList, a_sum_below_the_list_is_no_task) {
  for (const char* sum : {"合计", "总计：", "Total", "Grand total"}) {
    const ReadPlan plan =
        read_list("Task,Duration\nDig,2d\nPour,3d\n" + std::string(sum) + ",5d\n");
    EXPECT_EQ(plan.plan.tasks.size(), 2U) << sum;
    EXPECT_EQ(count_of(plan.findings, found::list_row_ignored), 1U) << sum;
  }
  // Above others it is their summary.
  EXPECT_EQ(read_list("WBS,Task,Duration\n1,Total,\n1.1,Dig,2d\n").plan.tasks.size(), 2U);
}

TEST(TaskList, chinese_numerals_stand_above_other_numbers) {
  //  一 spans （一） and （二）; 1 of each lies in it.  Ids come more than once, so rows are numbered.
  const ReadPlan plan = read_list(
      "序号,工作内容,工期,开始,完成\n一,前期工作,10天,2024-04-01,2024-04-12\n"
      "（一）,报批,10天,2024-04-01,2024-04-12\n1,立项,5天,2024-04-01,2024-04-05\n"
      "2,审批,5天,2024-04-08,2024-04-12\n（二）,设计,3天,2024-04-01,2024-04-03\n"
      "二,施工,2天,2024-04-15,2024-04-16\n1,开挖,2天,2024-04-15,2024-04-16\n");
  EXPECT_FALSE(plan.findings.has_errors()) << words_of(plan.findings);
  EXPECT_TRUE(has_note(plan, "the outline follows the numbering"));
  std::string parents;
  for (const Task& each : plan.plan.tasks)
    parents += each.parent ? plan.plan.tasks[each.parent].id.str() : std::string("-");
  EXPECT_EQ(parents, "-1221-6");
  // Numbers may stand before the names; what comes below without one is no task.
  const ReadPlan names = read_list(
      "工作内容,工期\n一、前期,\n1、立项,5天\n2. 审批,5天\n二、施工,\n3米深基坑支护,5天\n");
  EXPECT_FALSE(has_note(names, "numbering"));  // 3米 is no number of a row: rows above are headings
  EXPECT_TRUE(has_note(names, "headings"));
  const ReadPlan numbered = read_list(
      "工作内容,工期\n一、前期,\n1、立项,5天\n（1）初稿,2天\n2.审批,3天\n二、施工,\n1、开挖,"
      "5天\n制表：赵六,"
      "\n");
  EXPECT_TRUE(has_note(numbered, "numbering"));
  EXPECT_EQ(numbered.plan.tasks.size(), 6U);
  EXPECT_EQ(task(numbered, "3").parent, task_of(numbered.plan, "2"));
  EXPECT_EQ(task(numbered, "4").parent, task_of(numbered.plan, "1"));
}

TEST(TaskList, a_sheet_of_primavera_says_what_has_happened_and_how_tasks_are_linked) {
  const ReadPlan plan = read_list(
      "Activity ID,Activity Name,Original Duration,Start,Finish,Predecessor Details\n"
      "A1000,Mobilise,5,02-Mar-26 A,06-Mar-26 A,\nA1010,Survey,10,09-Mar-26*,20-Mar-26,A1000: FS\n"
      "A1020,Design,15,25-Mar-26,14-Apr-26,\"A1010: FS 2d, A1000: SS -1d\"\n");
  EXPECT_FALSE(plan.findings.has_errors()) << words_of(plan.findings);
  EXPECT_EQ(links_of(plan.plan), "A1000-FS->A1010 A1010-FS+960->A1020 A1000-SS-480->A1020");
  ASSERT_EQ(plan.plan.progress.size(), 1U);
  EXPECT_EQ(plan.plan.progress[0].actual_finish, at(plan.plan, "2026-03-06", "17:00"));
}

TEST(TaskList, a_midnight_is_how_scripts_write_a_day) {
  // From Monday to the Friday of the week after there are ten working days: up to its end, not to its beginning.
  const ReadPlan plan = read_list(
      "Task,Duration,Start,Finish\nDig,10d,2026-03-02 00:00,2026-03-13 00:00\n"
      "Pour,,2026-03-16 00:00,2026-03-16 00:00\n");
  EXPECT_FALSE(has_note(plan, "most rows agree")) << words_of(plan.findings);
  EXPECT_EQ(task(plan, "2").duration, WorkTime{480});
}

TEST(TaskList, resources_carry_units_and_materials_amounts) {
  const auto parts = list_resources_in("Anna[50%];Bob、Concrete[10,5 m3]\nCrane[2]");
  ASSERT_EQ(parts.size(), 4U);
  EXPECT_EQ(parse_list_resource(parts[0])->amount, Amount{500});
  EXPECT_EQ(parse_list_resource(parts[1])->amount, kOne);
  EXPECT_EQ(parse_list_resource(parts[2])->amount, Amount{10'500});
  EXPECT_TRUE(parse_list_resource(parts[2])->is_material);
  EXPECT_EQ(parse_list_resource(parts[3])->amount, Amount{2'000});
  for (const std::string_view bad : {"[50%]", "Anna[", "Anna[x]", "Anna[0%]", "Anna[1] too"}) {
    EXPECT_FALSE(parse_list_resource(bad)) << bad;
  }
}

TEST(TaskList, shares_of_work_may_be_percents_fractions_or_words) {
  const ReadPlan fractions = read_list(
      "Task,Duration,Start,Progress\nA,4d,2024-04-01,1\nB,4d,2024-04-01,0.25\nC,4d,2024-04-01,0\n");
  ASSERT_EQ(fractions.plan.progress.size(), 2U);
  EXPECT_EQ(fractions.plan.progress[0].percent, 100'00);
  EXPECT_EQ(fractions.plan.progress[1].percent, 25'00);
  const ReadPlan words = read_list(
      "任务,工期,开始,进度\n甲,4天,2024-04-01,已完成\n乙,4天,2024-04-01,未开始\n丙,4天,2024-04-01,"
      "30％\n");
  ASSERT_EQ(words.plan.progress.size(), 2U);
  EXPECT_EQ(words.plan.progress[1].percent, 30'00);
}

TEST(TaskList, a_header_may_begin_with_a_sharp) {
  const ReadPlan plan = read_list(
      "# exported on Monday\n#,Task "
      "Name,Duration,Start\n7,Dig,5d,2024-04-01\n8,Pour,3d,2024-04-08\n");
  EXPECT_FALSE(plan.findings.has_errors()) << words_of(plan.findings);
  ASSERT_EQ(plan.plan.tasks.size(), 2U);
  EXPECT_EQ(task(plan, "7").name, "Dig");
  EXPECT_EQ(task(plan, "8").name, "Pour");
}

TEST(TaskList, shares_may_have_a_decimal_comma) {
  const ReadPlan percents = read_list(
      "Task Name;Duration;Start;Finish;% Complete\n"
      "Dig;5d;02.03.2026;06.03.2026;37,5%\n");
  EXPECT_FALSE(percents.findings.has_errors()) << words_of(percents.findings);
  ASSERT_EQ(percents.plan.progress.size(), 1U);
  EXPECT_EQ(percents.plan.progress[0].percent, 37'50);
  const ReadPlan fractions = read_list(
      "Task Name;Duration;Start;Finish;% Complete\n"
      "Dig;5d;02.03.2026;06.03.2026;0,375\nPour;5d;09.03.2026;13.03.2026;0\n");
  EXPECT_FALSE(fractions.findings.has_errors()) << words_of(fractions.findings);
  ASSERT_EQ(fractions.plan.progress.size(), 1U);
  EXPECT_EQ(fractions.plan.progress[0].percent, 37'50);
}

TEST(TaskList, a_column_without_a_header_is_kept_under_its_number) {
  const ReadPlan plan =
      read_list("Task Name,Duration,Start,,\nDig,5d,2024-04-01,call Anna first,\n");
  EXPECT_FALSE(plan.findings.has_errors()) << words_of(plan.findings);
  std::string kept;
  for (const ForeignColumn& column : plan.plan.foreign) {
    EXPECT_NE(column.name, "column 5");
    if (column.name == "column 4") kept = column.cell(0);
  }
  EXPECT_EQ(kept, "call Anna first");
}

TEST(TaskList, shares_written_in_two_ways_in_one_column_are_told_apart) {
  const ReadPlan plan = read_list(
      "Task,Duration,Start,Progress\nA,4d,2024-04-01,35%\nB,4d,2024-04-01,0.35\n"
      "C,4d,2024-04-01,done\n");
  ASSERT_EQ(plan.plan.progress.size(), 3U);
  EXPECT_EQ(plan.plan.progress[0].percent, 35'00);
  EXPECT_EQ(plan.plan.progress[1].percent, 35'00);
  EXPECT_EQ(plan.plan.progress[2].percent, 100'00);
}

TEST(TaskList, a_table_of_ours_is_none_with_or_without_columns_of_ones_own) {
  EXPECT_FALSE(looks_like_list("id,name,duration,predecessors\nA,Dig,1d,\n"));
  EXPECT_FALSE(looks_like_list("编号,名称,工期,颜色\nA,开挖,1天,红\n"));
  EXPECT_FALSE(looks_like_list("id,parent,duration,Start\nA,,1d,2024-04-01\n"));
  EXPECT_FALSE(looks_like_list("a,b,c\n1,2,3\n"));
  EXPECT_FALSE(looks_like_list(""));
}

TEST(TaskList, it_becomes_our_tables_and_reads_back_as_the_same_plan) {
  const TemporaryFolder folder;
  const auto path =
      folder.write("list.csv",
                   "Project plan,,,,,,,\n"
                   "No,Task,Duration,Start,Finish,Predecessors,Resources,Site\n"
                   "1,Dig,5d,2024-04-01,2024-04-05,,Anna[50%],north\n"
                   "2,Pour,3d,2024-04-08,2024-04-10,1FS+1d,\"Anna; Concrete[10 m3]\",\n"
                   "3,Done,0,2024-04-11,2024-04-11,\"1,2\",,south\n");
  EXPECT_EQ(recognise(path), FileFormat::task_list);
  const ReadPlan list = read_plan(path);
  EXPECT_FALSE(list.findings.has_errors()) << words_of(list.findings);
  EXPECT_EQ(list.plan.name, "Project plan");
  write_plan(list.plan, folder.path() / "plan");
  const ReadPlan again = read_plan(folder.path() / "plan");
  EXPECT_FALSE(again.findings.has_errors()) << words_of(again.findings);
  EXPECT_EQ(described(again.plan), described(list.plan));
}

TEST(TaskList, of_ones_and_noughts_a_one_is_all) {
  const ReadPlan done =
      read_list("Task,Duration,Start,Progress\nA,4d,2024-04-01,1\nB,4d,2024-04-08,0\n");
  ASSERT_EQ(done.plan.progress.size(), 1U);
  EXPECT_EQ(done.plan.progress[0].percent, 100'00) << words_of(done.findings);
  EXPECT_TRUE(has_note(done, "fractions"));
}

TEST(TaskList, a_name_may_hold_an_ampersand_and_a_thousand_is_not_one) {
  EXPECT_EQ(list_resources_in("R&D team, M&E & Anna").size(), 3U);
  EXPECT_EQ(list_resources_in("R&D team, M&E & Anna").front(), "R&D team");
  EXPECT_FALSE(parse_list_resource("Concrete[1,200 m3]"));
  EXPECT_EQ(parse_list_resource("Concrete[1,5 m3]")->amount, Amount{1'500});
  EXPECT_EQ(parse_list_resource("Concrete[0,125 m3]")->amount, Amount{125});
}

TEST(TaskList, a_constraint_that_is_none_is_told) {
  const ReadPlan list = read_list(
      "Task,Duration,Start,Constraint Type,Constraint Date\n"
      "A,4d,2024-04-01,Needs permit,2024-04-02\nB,4d,2024-04-08,,\n");
  EXPECT_EQ(count_of(list.findings, found::not_kept), 1U) << words_of(list.findings);
}

}  // namespace
}  // namespace diaodu::formats
