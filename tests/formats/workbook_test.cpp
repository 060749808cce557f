#include "diaodu/formats/workbook.h"

#include "diaodu/formats/plan_file.h"
#include "diaodu/plan/finding_kinds.h"
#include "support/describe.h"
#include "support/findings.h"
#include "support/tables.h"
#include "support/temporary.h"
#include "support/zip.h"

namespace diaodu::formats {
namespace {

/// A cell with text inside it.
std::string text(std::string_view letters) {
  return "<c t=\"inlineStr\"><is><t>" + std::string(letters) + "</t></is></c>";
}
std::string row(std::initializer_list<std::string> cells) {
  std::string all = "<row>";
  for (const std::string& cell : cells) all += cell;
  return all + "</row>";
}
std::string start_sheet() {
  return row({text("key"), text("value")}) + row({text("start"), text("2022-08-01")});
}

ReadPlan read(const WorkbookText& workbook) { return read_workbook(workbook.bytes(), "plan.xlsx"); }

/// A workbook whose tasks are these rows.
WorkbookText with_tasks(std::string rows) {
  return {.sheets = {{"plan", start_sheet()}, {"tasks", std::move(rows)}}};
}

TEST(Workbook, sheets_are_found_by_their_names_in_both_languages) {
  const ReadPlan read_plan =
      read({.sheets = {{"计划", start_sheet()},
                       {"任务", row({text("编号"), text("名称"), text("工期")}) +
                                    row({text("A"), text("挖土"), text("3天")})},
                       {"关系", row({text("前置"), text("后续")})}}});
  EXPECT_EQ(words_of(read_plan.findings), "");
  ASSERT_EQ(read_plan.plan.tasks.size(), 1U);
  EXPECT_EQ(read_plan.plan.tasks[TaskId{0}].name.view(), "挖土");
  EXPECT_EQ(read_plan.plan.tasks[TaskId{0}].duration, WorkTime{3 * 480});
}

TEST(Workbook, a_hidden_sheet_counts) {
  WorkbookText workbook =
      with_tasks(row({text("id"), text("duration")}) + row({text("A"), text("1d")}));
  workbook.sheets[1].first = "tasks\" state=\"hidden";
  EXPECT_EQ(read(workbook).plan.tasks.size(), 1U);
}

TEST(Workbook, shared_texts_join_their_runs_and_leave_out_readings) {
  WorkbookText workbook = with_tasks(row({text("id"), text("name"), text("duration")}) +
                                     row({text("A"), "<c t=\"s\"><v>1</v></c>", text("1d")}));
  workbook.shared =
      "<si><t>nobody</t></si><si><r><t>Pour </t></r><r><rPr><b/></rPr><t>slab</t></r>"
      "<rPh sb=\"0\" eb=\"1\"><t>po-a</t></rPh></si>";
  const ReadPlan read_plan = read(workbook);
  EXPECT_EQ(words_of(read_plan.findings), "");
  EXPECT_EQ(read_plan.plan.tasks[TaskId{0}].name.view(), "Pour slab");
}

TEST(Workbook, a_number_in_a_date_format_is_a_date) {
  //  45394 is 2024-04-12; two thirds of a day are 16:00.
  WorkbookText workbook = with_tasks(row({text("id"), text("duration"), text("constraint"),
                                          text("date"), text("deadline"), text("name")}) +
                                     row({text("A"), text("1d"), text("start_on_or_after"),
                                          "<c s=\"1\"><v>45394.666666666664</v></c>",
                                          "<c s=\"2\"><v>45394</v></c>", "<c><v>45394</v></c>"}));
  workbook.styles =
      "<numFmts><numFmt numFmtId=\"164\" "
      "formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;\"/></numFmts>"
      "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
      "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"22\"/><xf numFmtId=\"164\"/></cellXfs>";
  const ReadPlan first = read(workbook);
  EXPECT_EQ(words_of(first.findings), "");
  const Task& task = first.plan.tasks[TaskId{0}];
  EXPECT_EQ(task.constraint.date, at(first.plan, "2024-04-12", "16:00"));
  EXPECT_EQ(task.deadline, at(first.plan, "2024-04-13"));
  EXPECT_EQ(task.name.view(), "45394");  // a number like any other

  // Where days count from 1904 the same number is 1462 days later.
  workbook.properties = "<workbookPr date1904=\"1\"/>";
  const ReadPlan second = read(workbook);
  EXPECT_EQ(second.plan.tasks[TaskId{0}].constraint.date, at(second.plan, "2028-04-13", "16:00"));
}

TEST(Workbook, booleans_results_of_formulas_and_numbers_are_taken_as_people_see_them) {
  const ReadPlan read_plan = read(
      with_tasks(row({text("id"), text("duration"), text("optional"), text("name"), text("cost")}) +
                 row({"<c><v>1.1000000000000001</v></c>",
                      "<c t=\"str\"><f>A1&amp;\"d\"</f><v>2d</v></c>", "<c t=\"b\"><v>1</v></c>",
                      text("two\nlines_x000D_"), "<c><f>1/3</f><v>0.33333333333333331</v></c>"})));
  EXPECT_EQ(words_of(read_plan.findings), "");
  const Task& task = read_plan.plan.tasks[TaskId{0}];
  EXPECT_EQ(task.id.view(), "1.1");
  EXPECT_EQ(task.duration, WorkTime{2 * 480});
  EXPECT_TRUE(task.is_optional);
  EXPECT_EQ(task.name.view(), "two\nlines\r");
  EXPECT_EQ(task.cost, Money{33});
}

TEST(Workbook, an_error_and_an_uncalculated_formula_are_found_where_they_are) {
  const ReadPlan read_plan = read(with_tasks(
      row({text("id"), text("duration"), text("name")}) +
      "<row r=\"7\"><c r=\"A7\" t=\"inlineStr\"><is><t>A</t></is></c><c r=\"B7\" "
      "t=\"e\"><f>1/0</f><v>#DIV/0!</v></c>"
      "<c r=\"C7\"><f>B7</f><v/></c></row><row><c/><c/><c t=\"str\"><f>T(1)</f><v></v></c></row>"));
  EXPECT_EQ(found_in(read_plan.findings),
            (std::vector<std::string>{"plan.xlsx[tasks]:7:2 formula_error",
                                      "plan.xlsx[tasks]:7:2 missing_cell",
                                      "plan.xlsx[tasks]:7:3 formula_without_value"}));
}

TEST(Workbook, cells_stand_where_they_say_and_rows_may_be_missing) {
  const ReadPlan read_plan =
      read(with_tasks("<row r=\"3\"><c r=\"B3\" t=\"inlineStr\"><is><t>id</t></is></c><c r=\"D3\" "
                      "t=\"inlineStr\"><is><t>duration</t></is></c></row>"
                      "<row r=\"9\"><c r=\"D9\" t=\"inlineStr\"><is><t>1d</t></is></c><c r=\"B9\" "
                      "t=\"inlineStr\"><is><t>A</t></is></c></row>"
                      "<row r=\"10\"><c r=\"D10\" t=\"inlineStr\"><is><t>oops</t></is></c><c "
                      "r=\"B10\" t=\"inlineStr\"><is><t>B</t></is></c></row>"));
  EXPECT_EQ(found_in(read_plan.findings),
            (std::vector<std::string>{"plan.xlsx[tasks]:10:4 bad_duration"}));
  EXPECT_EQ(read_plan.plan.tasks.size(), 2U);
}

TEST(Workbook, of_merged_cells_the_first_holds_the_value) {
  const ReadPlan read_plan = read(with_tasks(
      row({text("id"), text("duration"), text("owner")}) +
      row({text("A"), text("1d"), text("Li")}) + row({text("B"), text("1d"), "<c s=\"1\"/>"}) +
      "</sheetData><mergeCells><mergeCell ref=\"C2:C3\"/></mergeCells><sheetData>"));
  EXPECT_EQ(words_of(read_plan.findings), "");
  EXPECT_EQ(read_plan.plan.tasks[TaskId{0}].owner.view(), "Li");
  EXPECT_TRUE(read_plan.plan.tasks[TaskId{1}].owner.empty());
}

TEST(Workbook, its_only_sheet_is_its_tasks_whatever_its_name) {
  const ReadPlan read_plan = read({.sheets = {{"Sheet1", row({text("id"), text("duration")}) +
                                                             row({text("A"), text("soon")})}}});
  EXPECT_EQ(found_in(read_plan.findings),
            (std::vector<std::string>{"no_start", "plan.xlsx[Sheet1]:2:2 bad_duration"}));
  EXPECT_EQ(read_plan.plan.tasks.size(), 1U);
}

TEST(Workbook, a_table_in_two_sheets_is_read_once_and_reported) {
  WorkbookText workbook =
      with_tasks(row({text("id"), text("duration")}) + row({text("A"), text("1d")}));
  workbook.sheets.emplace_back("任务", row({text("编号")}) + row({text("B")}));
  const ReadPlan read_plan = read(workbook);
  EXPECT_EQ(found_in(read_plan.findings),
            (std::vector<std::string>{"plan.xlsx[任务] repeated_table"}));
  EXPECT_EQ(read_plan.plan.tasks.size(), 1U);
}

TEST(Workbook, what_it_cannot_hold_is_refused_before_anything_is_written) {
  ReadPlan made = read_tables({{"tasks", "id,duration\nA,1d\n"}});
  made.plan.tasks[TaskId{0}].notes = made.plan.text(std::string(40'000, 'x'));
  const TemporaryFolder folder;
  folder.write("plan.xlsx", "old");
  EXPECT_THROW(write_plan(made.plan, folder.path() / "plan.xlsx"),
               std::filesystem::filesystem_error);
  EXPECT_EQ(folder.read("plan.xlsx"), "old");
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "plan.xlsx.part"));
  EXPECT_NO_THROW(write_plan(made.plan, folder.path() / "plan"));
}

}  // namespace
}  // namespace diaodu::formats
