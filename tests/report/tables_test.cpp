#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "diaodu/dispatch/field.h"
#include "diaodu/formats/csv.h"
#include "diaodu/formats/schedule_file.h"
#include "diaodu/plan/finding_kinds.h"
#include "diaodu/report/field_report.h"
#include "diaodu/report/ical.h"
#include "diaodu/report/schedule_table.h"
#include "diaodu/report/sheets.h"
#include "diaodu/report/words.h"
#include "diaodu/report/workbook.h"
#include "report/plant.h"
#include "report/python.h"
#include "support/tables.h"
#include "support/temporary.h"
#include "support/text.h"

namespace diaodu::report {
namespace {

TEST(ScheduleCsv, python_reads_it_and_numbers_are_in_the_calendars_days) {
  //  C3 (15 d) ends 9 May and may end with C4 on 30 May: 15 working days of float.
  const Plan plan = make_plant();
  EXPECT_EQ(python("import csv, io, sys\n"
                   "data = sys.stdin.buffer.read()\n"
                   "assert data.startswith(b'\\xef\\xbb\\xbf') and data.count(b'\\r\\n') == 21\n"
                   "rows = {r['ID']: r for r in "
                   "csv.DictReader(io.StringIO(data.decode('utf-8-sig'), newline=''))}\n"
                   "c3 = rows['C3']\n"
                   "print(c3['Start'], c3['Duration (d)'], c3['Total float (d)'], c3['Critical'], "
                   "c3['Resources'])\n"
                   "print(rows['B3']['Duration (d)'], rows['B']['Duration (d)'] == '', "
                   "rows['A4']['Kind'])\n",
                   schedule_csv(plan, answer(plan), Language::english)),
            "2024-04-19 08:00 15 15 no Fitters × 4\n7 True milestone\n");
}

TEST(ScheduleCsv, it_speaks_chinese) {
  const Plan plan = make_plant();
  const std::string csv = schedule_csv(plan, answer(plan), Language::chinese);
  EXPECT_EQ(
      csv.substr(3, csv.find('\r') - 3),
      "编号,任务,层级,类型,开始,完成,工期（天）,最早开始,最早完成,最迟开始,最迟完成,总时差（天）,"
      "自由时差（天）,关键,方式,资源,期限,为何此时,继续,指派");
}

TEST(ScheduleCsv, a_name_that_looks_like_a_formula_is_no_formula) {
  const Plan plan =
      make_plan("[plan]\nstart = 2024-03-01\n",
                "id,name,duration\nA,\"=HYPERLINK(\"\"http://x\"\",1)\",1d\nB,\"a,b\",1d\n");
  const std::string csv = schedule_csv(plan, answer(plan), Language::english);
  EXPECT_NE(csv.find("\"'=HYPERLINK(\"\"http://x\"\",1)\""), std::string::npos) << csv;
  EXPECT_NE(csv.find("\"a,b\""), std::string::npos) << csv;
}

TEST(ScheduleCsv, our_own_reader_reads_it_back) {
  const Plan plan = make_plant();
  Findings findings;
  const formats::Sheet sheet = formats::read_csv(
      schedule_csv(plan, answer(plan), Language::chinese), "s.csv", "tasks", findings);
  EXPECT_EQ(sheet.rows.size(), 20U);
  EXPECT_EQ(sheet.header.front(), "编号");
  EXPECT_FALSE(findings.has_errors());
}

// Ids that a spreadsheet would take for formulas: a task's, a mode's, a skill's.
TEST(ScheduleCsv, what_looks_like_a_formula_is_judged_again_as_what_it_is) {
  const Plan plan = read_tables({{"tasks", "id,duration\n-1,2d\n+A,1d\n"},
                                 {"resources", "id,capacity,skills\nanna,2,-weld\n"},
                                 {"modes", "task,mode,duration\n+A,-fast,1d\n+A,@slow,3d\n"},
                                 {"demands", "task,mode,skill\n-1,,-weld\n+A,-fast,-weld\n"}})
                        .plan;
  solve::Answer of = answer(plan, false);
  of.schedule.placements[TaskId{1}].mode = ModeId{0};
  of.schedule.assignments = {{DemandId{0}, ResourceId{0}, kOne},
                             {DemandId{1}, ResourceId{0}, kOne}};
  Findings findings;
  const Schedule read =
      formats::read_schedule(schedule_csv(plan, of, Language::english), "s.csv", plan, findings);
  EXPECT_EQ(words_of(findings), "");
  EXPECT_TRUE(read.placements[TaskId{0}].is_scheduled);
  EXPECT_EQ(read.placements[TaskId{1}].mode, ModeId{0});
  ASSERT_EQ(read.assignments.size(), 2U);
  EXPECT_EQ(read.assignments[0].demand, DemandId{0});
  EXPECT_EQ(read.assignments[1].demand, DemandId{1});
}

constexpr const char* kReadCalendar =
    "import sys\n"
    "data = sys.stdin.buffer.read()\n"
    "assert data.endswith(b'\\r\\n') and data.count(b'\\n') == data.count(b'\\r\\n')\n"
    "lines = data[:-2].split(b'\\r\\n')\n"
    "for line in lines:\n"
    "  assert len(line) <= 75, line\n"
    "  line.decode('utf-8')\n"  // no letter is broken across lines
    "text = data.replace(b'\\r\\n ', b'').decode('utf-8').split('\\r\\n')\n"
    "events, event = [], None\n"
    "for line in text:\n"
    "  if line == 'BEGIN:VEVENT': event = {}\n"
    "  elif line == 'END:VEVENT': events.append(event); event = None\n"
    "  elif event is not None: k, v = line.split(':', 1); event[k] = v\n";

TEST(Calendar, lines_are_folded_between_letters_and_events_have_their_dates_in_utc) {
  const Plan plan = make_plant();
  for (const Language language : kBoth) {
    // Shanghai is eight hours ahead: 08:00 is midnight UTC.
    EXPECT_EQ(
        python(kReadCalendar +
                   std::string(
                       "assert text[0] == 'BEGIN:VCALENDAR' and text[-2] == 'END:VCALENDAR'\n"
                       "print(len(events), len({e['UID'] for e in events}))\n"
                       "print(events[1]['DTSTART'], events[1]['DTEND'], events[1]['DTSTAMP'])\n"
                       "print('DTEND' in events[0])\n"),
               icalendar(plan, answer(plan), language)),
        "17 17\n20240304T000000Z 20240308T090000Z 20240229T160000Z\nFalse\n");
  }
}

TEST(Calendar, a_newer_schedule_moves_events_and_does_not_double_them) {
  const Plan plan = make_plant();
  const std::string program =
      kReadCalendar + std::string("print(sorted(e['UID'] for e in events))\n");
  EXPECT_EQ(python(program, icalendar(plan, answer(plan, true), Language::english)),
            python(program, icalendar(plan, answer(plan, false), Language::chinese)));
}

TEST(Calendar, letters_with_a_meaning_of_their_own_are_escaped) {
  const Plan plan =
      make_plan("[plan]\nstart = 2024-03-01\n", "id,name,duration\nA,\"Dig; fill, level\\\",1d\n");
  const std::string calendar = icalendar(plan, answer(plan), Language::english);
  EXPECT_NE(calendar.find("SUMMARY:Dig\\; fill\\, level\\\\\r\n"), std::string::npos) << calendar;
}

TEST(Calendar, it_is_limited_to_a_resource_an_owner_or_milestones) {
  const Plan plan =
      make_plan("[plan]\nname = \"Plant\"\nstart = 2024-03-01\n",
                "id,name,duration,owner\nA,Dig,1d,Li\nB,Pour,1d,\nC,Done,0,Li\n",
                "id,name,capacity\ncrane,Large crane,1\n", "task,resource\nB,crane\n");
  const auto told = [&](CalendarScope scope) {
    const std::string calendar = icalendar(plan, answer(plan), Language::english, scope);
    std::string names;
    for (const std::string_view name : {"Dig", "Pour", "Done"}) {
      if (calendar.find(std::string(name) + "\r\n") != std::string::npos) names += name;
    }
    const std::size_t at = calendar.find("X-WR-CALNAME:");
    return calendar.substr(at + 13, calendar.find('\r', at) - at - 13) + ": " + names;
  };
  EXPECT_EQ(told({}), "Plant: DigPourDone");
  EXPECT_EQ(told(*find_calendar_scope(plan, "crane")), "Plant · Large crane: Pour");
  EXPECT_EQ(told(*find_calendar_scope(plan, "Large crane")), "Plant · Large crane: Pour");
  EXPECT_EQ(told(*find_calendar_scope(plan, "Li")), "Plant · Li: DigDone");
  EXPECT_EQ(told({.has_milestones_only = true}), "Plant · Milestones: Done");
  EXPECT_FALSE(find_calendar_scope(plan, "Wang"));
}

TEST(Calendar, a_benchmark_has_no_events) {
  const Plan plan = make_benchmark();
  EXPECT_EQ(icalendar(plan, answer(plan), Language::english).find("VEVENT"), std::string::npos);
}

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string workbook_of(const Plan& plan, const solve::Answer& answer, Language language) {
  const std::filesystem::path path =
      std::filesystem::temp_directory_path() / ("diaodu_" + std::to_string(getpid()) + ".xlsx");
  write_schedule_workbook(plan, answer, language, path);
  std::string bytes = bytes_of(path);
  std::filesystem::remove(path);
  return bytes;
}

constexpr const char* kReadWorkbook =
    "import io, re, sys, zipfile, xml.etree.ElementTree as E\n"
    "z = zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read()))\n"
    "assert z.testzip() is None\n"
    "n = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'\n"
    "names = [s.get('name') for s in E.fromstring(z.read('xl/workbook.xml')).iter(n + 'sheet')]\n"
    "strings = [''.join(t.text or '' for t in s.iter(n + 't'))\n"
    "           for s in E.fromstring(z.read('xl/sharedStrings.xml')).iter(n + 'si')]\n"
    "def sheet(i):\n"
    "  cells = {}\n"
    "  for c in E.fromstring(z.read(f'xl/worksheets/sheet{i}.xml')).iter(n + 'c'):\n"
    "    v = c.find(n + 'v')\n"
    "    if v is None: cells[c.get('r')] = None\n"
    "    else: cells[c.get('r')] = strings[int(v.text)] if c.get('t') == 's' else float(v.text)\n"
    "  return cells\n";

TEST(Workbook, every_sheet_is_there_and_dates_are_numbers_that_excel_shows_as_dates) {
  // 4 March 2024, 08:00 is day 45355 of Excel, a third gone.
  const Plan plan = make_plant();
  solve::Answer of_plant = answer(plan);
  of_plant.findings.add(found::unknown_table, {.file = "x.csv"}, {"x", "tasks"});
  EXPECT_EQ(
      python(kReadWorkbook + std::string("print(names)\ns = sheet(1)\n"
                                         "print(s['A4'], s['B4'], round(s['E4'], 4), s['G4'])\n"
                                         "print(sheet(3)['E3'], sheet(5)['B2'])\n"),
             workbook_of(plan, of_plant, Language::english)),
      "['Schedule', 'Gantt', 'Milestones', 'Load', 'Findings']\n"
      "A2 Clear and level the site 45355.3333 5.0\n"
      "met, 2 d to spare unknown_table\n");
  EXPECT_EQ(python(kReadWorkbook + std::string("print(names)\nprint(sheet(1)['B4'])\n"),
                   workbook_of(plan, of_plant, Language::chinese)),
            "['进度计划', '横道图', '里程碑', '资源负荷', '发现']\n清理平整场地\n");
}

TEST(Workbook, the_load_is_a_share_week_by_week) {
  //  The crane works all of 18-22 March (piles): 100 % of that week, and 40 % of the week before
  //  (Thursday and Friday).
  const Plan plan = make_plant();
  EXPECT_EQ(python(kReadWorkbook + std::string("s = sheet(4)\n"
                                               "print(s['A2'], s.get('D2'), s['E2'], s['F2'])\n"),
                   workbook_of(plan, answer(plan), Language::english)),
            "Mobile crane None 1.0 1.0\n");
}

TEST(Workbook, what_has_no_limit_has_no_share) {
  const Plan plan =
      make_plan("[plan]\nstart = 2024-03-04\n", "id,duration\nA,10d\n",
                "id,kind,capacity\ncrew,people,\n", "task,resource,amount\nA,crew,2\n");
  EXPECT_EQ(python(kReadWorkbook + std::string("s = sheet(4)\n"
                                               "print(s['A2'], s.get('C2'), s.get('D2'))\n"),
                   workbook_of(plan, answer(plan), Language::english)),
            "crew None None\n");
}

// The sheet of all teams is called 编组, as one of them is.
TEST(Workbook, each_team_has_a_sheet_of_its_whole_name) {
  std::string people = "id,role\n";
  for (int i = 0; i < 8; ++i) people += "P" + std::to_string(i) + ",nurse\n";
  const Plan plan =
      read_tables({{"people", people}, {"teams", "id\n编组一\n编组二\n甲\n编组\n"}}).plan;
  const dispatch::FieldAnswer field = dispatch::plan_field(plan, {.steps = 50});
  const TemporaryFolder folder;
  write_dispatched_workbook({.plan = plan, .field = field}, Language::chinese,
                            folder.path() / "day.xlsx");
  EXPECT_EQ(python(kReadWorkbook + std::string("print(names)\n"), folder.read("day.xlsx")),
            "['编组', '编组名单', '编组一', '编组二', '甲', '编组#2']\n");
}

TEST(Workbook, a_sheet_that_cannot_be_is_an_exception_and_leaves_nothing_beside) {
  const Plan plan = make_benchmark();
  const TemporaryFolder folder;
  const auto write = [&plan](const std::string& file) {
    Sheets book(plan, Language::english, file, "");
    book.add_sheet(words::sheet_load);
    book.add_sheet(words::sheet_load);
    return book.close();
  };
  EXPECT_THROW(write_beside(folder.path() / "a.xlsx", write), std::filesystem::filesystem_error);
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(Workbook, the_same_answer_gives_the_same_bytes) {
  const Plan plan = make_plant();
  const solve::Answer of_plant = answer(plan);
  EXPECT_EQ(workbook_of(plan, of_plant, Language::english),
            workbook_of(plan, of_plant, Language::english));
}

TEST(Workbook, a_benchmark_counts_periods_and_no_schedule_leaves_headers) {
  const Plan plan = make_benchmark();
  EXPECT_EQ(python(kReadWorkbook + std::string("print(sheet(1)['E3'], sheet(1)['F3'])\n"),
                   workbook_of(plan, answer(plan), Language::english)),
            "4.0 7.0\n");
  EXPECT_EQ(python(kReadWorkbook + std::string("print(names, len(sheet(1)))\n"),
                   workbook_of(plan, solve::Answer{}, Language::english)),
            "['Schedule'] 20\n");
}

TEST(Workbook, a_disk_that_fails_is_an_exception) {
  const Plan plan = make_plant();
  EXPECT_THROW(
      write_schedule_workbook(plan, answer(plan), Language::english, "/no/such/folder/a.xlsx"),
      std::filesystem::filesystem_error);
}

}  // namespace
}  // namespace diaodu::report
