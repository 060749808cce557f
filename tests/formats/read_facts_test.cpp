#include "diaodu/formats/read_facts.h"

#include <gtest/gtest.h>
#include <xlsxwriter.h>

#include <filesystem>
#include <fstream>

#include "diaodu/formats/fact_columns.h"
#include "diaodu/formats/plan_file.h"
#include "diaodu/plan/show.h"
#include "support/tables.h"
#include "support/temporary.h"

namespace diaodu::formats {
namespace {

class ReadFactsOfShed : public testing::Test {
 protected:
  ReadFactsOfShed() {
    folder_.write("p/plan.toml", "[plan]\nname = \"Shed\"\nstart = 2024-01-01\n");
    folder_.write("p/tasks.csv", "id,duration\nA,5d\nB,5d\n");
    folder_.write("p/resources.csv", "id,kind,capacity\ncrane,machine,1\n");
    folder_.write("p/targets.csv", "id,name\ngdp,GDP\n");
    plan_ = read_plan(folder_.path() / "p").plan;
    now_ = at("2024-06-30");
  }

  /// The end of a day.
  Instant at(const std::string& day) const {
    return plan_.zone.to_instant(LocalTime::at(*parse_iso_date(day) + 1, 0));
  }
  ReadFacts read(const std::string& file, const std::string& text) const {
    return read_facts(text, file, plan_, {.author = "lin", .recorded = now_, .now = now_});
  }
  static std::vector<std::string> said(const ReadFacts& facts) {
    std::vector<std::string> lines;
    for (const Finding& finding : facts.findings.kept()) {
      lines.push_back(to_string(finding, Language::english));
      lines.back().resize(std::min(lines.back().size(), lines.back().find('\n')));
    }
    return lines;
  }

  TemporaryFolder folder_;
  Plan plan_;
  Instant now_;
};

TEST_F(ReadFactsOfShed, progress_of_days_is_of_their_working_minutes) {
  const ReadFacts facts =
      read("progress.csv",
           "task,date,actual_start,actual_finish,percent,physical,remaining,steps\n"
           "A,2024-01-05,2024-01-02,,60%,55.5,2d,S1; S2\n"
           "B,2024-01-05 12:00,2024-01-03 10:30,2024-01-04,100,,,\n");
  EXPECT_EQ(said(facts), std::vector<std::string>{});
  ASSERT_EQ(facts.events.size(), 2U);
  const auto& a = std::get<track::TaskFact>(facts.events[0].fact);
  EXPECT_EQ(show_end(plan_, a.when), "2024-01-05 24:00");
  EXPECT_EQ(show(plan_, *a.actual_start), "2024-01-02 08:00");
  EXPECT_EQ(a.percent, 60'00);
  EXPECT_EQ(a.physical_percent, 55'50);
  EXPECT_EQ(a.remaining, WorkTime{2 * 480});
  EXPECT_EQ(a.steps_done, (std::vector<std::string>{"S1", "S2"}));
  EXPECT_EQ(facts.events[0].reason, "progress.csv:2");
  const auto& b = std::get<track::TaskFact>(facts.events[1].fact);
  EXPECT_EQ(show(plan_, *b.actual_start), "2024-01-03 10:30");
  EXPECT_EQ(show(plan_, *b.actual_finish), "2024-01-04 17:00");
}

TEST_F(ReadFactsOfShed, chinese_tables_are_told_by_their_columns) {
  const ReadFacts facts = read("2024年3月.csv",
                               "指标,月份,口径,数值,发布日期,来源\n"
                               "gdp,2024年1-2月,累计增速,5.2%,2024-03-18,统计局\n"
                               "gdp,2024年一季度,当期值,\"296,299亿\",2024-04-16,统计局\n");
  EXPECT_EQ(said(facts), std::vector<std::string>{});
  ASSERT_EQ(facts.events.size(), 2U);
  const auto& growth = std::get<track::Observation>(facts.events[0].fact);
  EXPECT_EQ(growth.period, (track::Period{2024, 1, 2}));
  EXPECT_EQ(growth.measure, track::Measure::growth_to_date);
  EXPECT_EQ(growth.value, 5.2);  // growth is in percent, with its sign or without
  EXPECT_EQ(growth.source, "统计局");
  const auto& level = std::get<track::Observation>(facts.events[1].fact);
  EXPECT_EQ(level.period, (track::Period{2024, 1, 3}));
  EXPECT_EQ(level.value, 296299e8);
}

TEST_F(ReadFactsOfShed, where_commas_are_points_a_point_parts_thousands) {
  const ReadFacts facts = read("observations.csv",
                               "target;period;measure;value;published\n"
                               "gdp;2024-01;level;1.234;2024-02-16\n"
                               "gdp;2024-02;level;1.234,5;2024-03-16\n"
                               "gdp;2024-03;level;5,25;2024-04-16\n"
                               "gdp;2024-04;level;0.125;2024-05-16\n"
                               "gdp;2024-05;growth;1e-3;2024-06-16\n");
  EXPECT_EQ(said(facts), std::vector<std::string>{});
  std::vector<double> values;
  for (const track::Event& event : facts.events)
    values.push_back(std::get<track::Observation>(event.fact).value);
  EXPECT_EQ(values, (std::vector<double>{1234, 1234.5, 5.25, 0.125, 0.001}));
}

TEST_F(ReadFactsOfShed, points_that_cannot_part_thousands_are_points_in_all_the_sheet) {
  const ReadFacts facts = read("observations.csv",
                               "target;period;measure;value;published\n"
                               "gdp;2024-01;growth;5.25;2024-02-16\n"
                               "gdp;2024-02;growth;5.125;2024-03-16\n");
  ASSERT_EQ(facts.events.size(), 2U);
  EXPECT_EQ(std::get<track::Observation>(facts.events[0].fact).value, 5.25);
  EXPECT_EQ(std::get<track::Observation>(facts.events[1].fact).value, 5.125);
}

TEST_F(ReadFactsOfShed, costs_and_notes) {
  const ReadFacts costs =
      read("costs.csv",
           "task,resource,date,amount\nA,crane,2024-02-01,\"1,250.50\"\nA,,2024-02-02,-3\n");
  EXPECT_EQ(said(costs), std::vector<std::string>{});
  ASSERT_EQ(costs.events.size(), 2U);
  EXPECT_EQ(std::get<track::CostFact>(costs.events[0].fact).amount, Money{125'050});
  EXPECT_EQ(std::get<track::CostFact>(costs.events[1].fact).amount, Money{-300});
  const ReadFacts notes = read(
      "notes.csv", "date,subject,text,kind\n2024-02-01,A,rain,\n2024-02-02,,second crane,决定\n");
  EXPECT_EQ(said(notes), std::vector<std::string>{});
  ASSERT_EQ(notes.events.size(), 2U);
  EXPECT_FALSE(std::get<track::Remark>(notes.events[0].fact).is_decision);
  EXPECT_TRUE(std::get<track::Remark>(notes.events[1].fact).is_decision);
}

TEST_F(ReadFactsOfShed, everything_wrong_is_found_at_once) {
  const ReadFacts facts = read("progress.csv",
                               "task,date,actual_start,percent,remaining,colour\n"
                               "Z,2024-01-05,,60,,\n"
                               "A,2024-01-05,2024-01-08,160,3 fish,\n"
                               "A,2025-01-05,,60,,\n"
                               "B,2024-01-05,,,,\n"
                               "B,yesterday,,10,,\n"
                               "B,2024-01-06,,10,,\n"
                               "B,2024-01-06,,20,,\n");
  using Lines = std::vector<std::string>;
  EXPECT_EQ(found_in(facts.findings),
            (Lines{"progress.csv:1:6 unused_fact_column", "progress.csv:2:1 unknown_task",
                   "progress.csv:3:14 actual_after_status", "progress.csv:3:25 number_out_of_range",
                   "progress.csv:3:29 bad_duration", "progress.csv:4:3 fact_of_the_future",
                   "progress.csv:5:1 fact_says_nothing", "progress.csv:6:3 bad_date",
                   "progress.csv:8 repeated_fact"}));
  EXPECT_EQ(said(facts).back(),
            "progress.csv:8: error: the same was told in line 7, differently or twice");
  EXPECT_EQ(found_in(read("notes.csv", "date,text,,\n2024-01-05,rain,call Anna,\n").findings),
            Lines{"notes.csv:1:3 unused_fact_column"});
  EXPECT_EQ(found_in(read("strange.csv", "a,b\n1,2\n").findings), Lines{"strange.csv:1 no_facts"});
  EXPECT_EQ(found_in(read("costs.csv", "task,date\nA,2024-01-01\n").findings),
            Lines{"costs.csv:1 missing_column"});
  EXPECT_EQ(found_in(read("observations.csv",
                          "target,period,measure,value,published\ngdp,soon,level,5,2024-01-01\n")
                         .findings),
            Lines{"observations.csv:2:5 bad_period"});
}

TEST_F(ReadFactsOfShed, comes_in_the_order_in_which_it_became_known) {
  const ReadFacts facts = read("progress.csv",
                               "task,date,percent,recorded\n"
                               "A,2024-03-01,30,2024-03-04\n"
                               "A,2024-02-01,20,2024-02-02\n"
                               "A,2024-02-01,25,2024-03-04\n");  // a later correction
  EXPECT_EQ(said(facts), std::vector<std::string>{});
  std::vector<int> percents;
  for (const track::Event& event : facts.events)
    percents.push_back(*std::get<track::TaskFact>(event.fact).percent);
  EXPECT_EQ(percents, (std::vector<int>{20'00, 30'00, 25'00}));
  EXPECT_EQ(facts.events.front().recorded, at("2024-02-02"));
}

TEST_F(ReadFactsOfShed, workbooks_hold_several_tables) {
  const auto path = folder_.path() / "facts.xlsx";
  lxw_workbook* const book = workbook_new(path.c_str());
  const auto sheet = [book](const char* name,
                            std::initializer_list<std::initializer_list<const char*>> rows) {
    lxw_worksheet* const to = workbook_add_worksheet(book, name);
    lxw_row_t row = 0;
    for (const auto& cells : rows) {
      lxw_col_t column = 0;
      for (const char* cell : cells) worksheet_write_string(to, row, column++, cell, nullptr);
      ++row;
    }
  };
  sheet("进展", {{"任务", "日期", "完成百分比"}, {"A", "2024-01-05", "40"}});
  sheet("costs",
        {{"task", "date", "amount"}, {"A", "2024-01-05", "12"}, {"B", "2024-01-05", "13"}});
  sheet("Sheet3", {{"nothing", "of", "interest"}});
  ASSERT_EQ(workbook_close(book), LXW_NO_ERROR);
  const ReadFacts facts = read_facts(path, plan_, {.author = "lin", .recorded = now_, .now = now_});
  EXPECT_EQ(said(facts), std::vector<std::string>{});
  EXPECT_EQ(facts.events.size(), 3U);
}

TEST(PeriodCell, is_read_in_many_ways) {
  const auto shown = [](std::string_view text) {
    const auto period = period_of(text);
    return period ? track::show(*period) : std::string("none");
  };
  EXPECT_EQ(shown("2026-03"), "2026-03");
  EXPECT_EQ(shown("2026年3月"), "2026-03");
  EXPECT_EQ(shown("2026年1-2月"), "2026-01..02");
  EXPECT_EQ(shown("2026年1月至2月"), "2026-01..02");
  EXPECT_EQ(shown("2026年二季度"), "2026-Q2");
  EXPECT_EQ(shown("2026年上半年"), "2026-H1");
  EXPECT_EQ(shown("2026年前三季度"), "2026-01..09");
  EXPECT_EQ(shown("2026年"), "2026");
  EXPECT_EQ(shown("2026/3/1"), "2026-03");
  for (const char* text :
       {"", "2026年13月", "2026年3-2月", "2026-03-05", "March", "26年3月", "2026年三月份吧"})
    EXPECT_EQ(shown(text), "none") << text;
}

TEST(Documentation, formats_tells_of_every_column_of_facts) {
  std::ifstream file(std::filesystem::path(DIAODU_SOURCE_DIR) / "docs/formats.md");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const std::size_t begin = text.find("## Tables of facts");
  ASSERT_NE(begin, std::string::npos);
  for (const FactColumn& column : fact_columns()) {
    const std::string table(names_of(column.table).substr(0, names_of(column.table).find('|')));
    const std::size_t section = text.find("### facts: `" + table + "`", begin);
    ASSERT_NE(section, std::string::npos) << table;
    const std::string of_table = text.substr(section, text.find("\n##", section + 1) - section);
    EXPECT_NE(of_table.find("\n| `" + std::string(column.name) + "`"), std::string::npos)
        << table << ": " << column.name;
  }
}

}  // namespace
}  // namespace diaodu::formats
