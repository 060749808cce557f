#include <algorithm>
#include <filesystem>

#include "diaodu/core/random.h"
#include "diaodu/formats/archive.h"
#include "diaodu/formats/benchmark_files.h"
#include "diaodu/formats/folder.h"
#include "diaodu/formats/plan_file.h"
#include "diaodu/formats/workbook.h"
#include "diaodu/formats/xer_calendar.h"
#include "diaodu/plan/finding_kinds.h"
#include "formats/mspdi_text.h"
#include "support/findings.h"
#include "support/tables.h"
#include "support/temporary.h"
#include "support/zip.h"

namespace diaodu::formats {
namespace {

// Files that are broken, or made to hurt.  Each ends in findings, soon, and without taking much
// memory; the time limit of the whole test is the judge of that.

std::string text(std::string_view letters) {
  return "<c t=\"inlineStr\"><is><t>" + std::string(letters) + "</t></is></c>";
}
const std::string kHeader = "<row r=\"1\">" + text("id") + text("duration") + "</row>";
const std::string kTask = "<row>" + text("A") + text("1d") + "</row>";

ReadPlan read_bytes(const std::string& bytes) { return read_workbook(bytes, "plan.xlsx"); }
ReadPlan read_rows(const std::string& rows) {
  return read_bytes(WorkbookText{.sheets = {{"tasks", rows}}}.bytes());
}
/// With this XML in place of the sheet's part.
ReadPlan read_part(const std::string& xml) {
  Zip zip;
  zip.add(
      "xl/workbook.xml",
      "<workbook><sheets><sheet name=\"tasks\" r:id=\"r1\" xmlns:r=\"r\"/></sheets></workbook>");
  zip.add("xl/_rels/workbook.xml.rels",
          "<Relationships><Relationship Id=\"r1\" Type=\"t/worksheet\" "
          "Target=\"s.xml\"/></Relationships>");
  zip.add("xl/s.xml", xml);
  return read_bytes(zip.bytes());
}

TEST(Hostile, a_workbook_cut_off_anywhere_is_damaged) {
  const std::string whole = WorkbookText{.sheets = {{"tasks", kHeader + kTask}}}.bytes();
  for (std::size_t size = 4; size < whole.size(); ++size) {
    const ReadPlan read = read_bytes(whole.substr(0, size));
    EXPECT_TRUE(read.findings.has_errors()) << size;
  }
}

TEST(Hostile, a_workbook_with_any_byte_changed_is_read_or_reported) {
  const std::string whole =
      WorkbookText{.sheets = {{"tasks", kHeader + kTask}}, .shared = "<si><t>a</t></si>"}.bytes();
  for (std::size_t i = 0; i < whole.size(); ++i) {
    for (const char change : {'\x01', '\x80'}) {
      std::string changed = whole;
      changed[i] = static_cast<char>(changed[i] ^ change);
      read_bytes(changed);  // must only come back
    }
  }
}

TEST(Hostile, an_entry_that_unpacks_more_than_a_hundredfold_stops_early) {
  for (const char* part : {"xl/worksheets/sheet1.xml", "xl/workbook.xml"}) {
    Zip zip;
    zip.add_bomb(part, "<worksheet>", 600);
    zip.add("xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id=\"r1\" Type=\"t/worksheet\" "
            "Target=\"worksheets/sheet1.xml\"/></Relationships>");
    zip.add("xl/workbook.xml",
            "<workbook><sheets><sheet name=\"tasks\" id=\"r1\"/></sheets></workbook>");
    const std::string bytes = zip.bytes();
    EXPECT_LT(bytes.size(), 5U << 20);
    const ReadPlan read = read_bytes(bytes);
    EXPECT_TRUE(has(read.findings, found::archive_too_large)) << words_of(read.findings);
  }
}

TEST(Hostile, a_size_that_is_a_lie_is_damage) {
  Zip zip;
  zip.add_liar("xl/workbook.xml", "<workbook/>", 4'000'000'000);
  EXPECT_TRUE(read_bytes(zip.bytes()).findings.has_errors());
}

TEST(Hostile, an_encrypted_workbook_is_named_as_such) {
  Zip zip;
  zip.add_encrypted("xl/workbook.xml", "garbage");
  EXPECT_TRUE(has(read_bytes(zip.bytes()).findings, found::encrypted_workbook));

  std::string compound = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(500, '\0');
  for (const char c : std::string("EncryptedPackage")) compound += std::string{c, '\0'};
  EXPECT_TRUE(is_workbook(compound));
  EXPECT_TRUE(has(read_bytes(compound).findings, found::encrypted_workbook));
  std::string old = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(500, '\0');
  for (const char c : std::string("Workbook")) old += std::string{c, '\0'};
  EXPECT_TRUE(has(read_bytes(old).findings, found::old_workbook));
}

TEST(Hostile, entities_are_refused_before_they_grow) {
  std::string xml = "<?xml version=\"1.0\"?><!DOCTYPE lolz [<!ENTITY lol0 \"lol\">";
  for (int i = 1; i < 10; ++i) {
    const std::string before = "&lol" + std::to_string(i - 1) + ";";
    xml += "<!ENTITY lol" + std::to_string(i) + " \"";
    for (int j = 0; j < 10; ++j) xml += before;
    xml += "\">";
  }
  const ReadPlan read = read_part(xml + "]><worksheet>&lol9;</worksheet>");
  EXPECT_TRUE(has(read.findings, found::xml_entities)) << words_of(read.findings);
}

TEST(Hostile, attributes_and_depth_without_end_are_refused) {
  EXPECT_TRUE(has(read_part("<!DOCTYPE w [<!ATTLIST c r CDATA \"A1\">]><w><c/></w>").findings,
                  found::damaged_xml));
  std::string deep;
  for (int i = 0; i < 1'000'000; ++i) deep += "<a>";
  EXPECT_TRUE(has(read_part(deep).findings, found::damaged_xml));
  EXPECT_TRUE(
      has(read_part("<w a=\"" + std::string(20 << 20, 'x') + "\"/>").findings, found::damaged_xml));
}

TEST(Hostile, a_row_of_number_a_thousand_million_is_no_row) {
  const ReadPlan read =
      read_rows(kHeader + "<row r=\"1000000000\">" + text("A") + text("1d") +
                "</row><row r=\"99999999999999999999999\"/><row r=\"-1\"/><row r=\"x\"/>");
  EXPECT_EQ(count_of(read.findings, found::impossible_cell), 4U) << words_of(read.findings);
  EXPECT_EQ(read.plan.tasks.size(), 0U);
}

TEST(Hostile, a_column_beyond_all_sheets_is_no_column) {
  const ReadPlan read = read_rows(
      kHeader + "<row>" + text("A") + text("1d") + "<c r=\"ZZZZZZZZZZZZZZZZ2\"><v>1</v></c>" +
      "<c r=\"\xE5\xAD\x97\"><v>1</v></c><c r=\"XFD2\"><v>1</v></c><c><v>1</v></c></row>");
  EXPECT_EQ(count_of(read.findings, found::impossible_cell), 3U) << words_of(read.findings);
  EXPECT_EQ(count_of(read.findings, found::too_many_columns), 1U);
  EXPECT_EQ(read.plan.tasks.size(), 1U);
}

TEST(Hostile, a_shared_text_that_does_not_exist_is_found) {
  const ReadPlan read =
      read_rows(kHeader + "<row>" + text("A") + "<c t=\"s\"><v>4000000000</v></c></row>");
  EXPECT_TRUE(has(read.findings, found::damaged_archive));
}

TEST(Hostile, a_cell_of_ten_megabytes_is_cut) {
  const ReadPlan read =
      read_rows("<row>" + text("id") + text("duration") + text("notes") + "</row><row>" +
                text("A") + text("1d") + text(std::string(10 << 20, 'x')) + "</row>");
  EXPECT_TRUE(has(read.findings, found::cell_too_long));
  EXPECT_EQ(read.plan.tasks[TaskId{0}].notes.view().size(), kMostCellBytes);
}

TEST(Hostile, xml_that_is_no_text_is_damaged) {
  for (const std::string& wrong :
       {std::string("<w>\0</w>", 8), std::string("<w>\xFF\xFE</w>"), std::string("<w>\x01</w>"),
        std::string("<?xml version=\"1.0\" encoding=\"GBK\"?><w>\xD6\xD0</w>"), std::string("<w>"),
        std::string("plain"), std::string()}) {
    EXPECT_TRUE(has(read_part(wrong).findings, found::damaged_xml)) << wrong;
  }
}

TEST(Hostile, nul_bytes_and_wrong_encodings_in_tables_are_found) {
  EXPECT_TRUE(has(read_tables({{"tasks", std::string_view("id,duration\nA\0,1d\n", 18)}}).findings,
                  found::nul_bytes));
  // 中文 in GB18030, in UTF-16 without its mark, and a lone byte in a file that says it is UTF-8.
  const ReadPlan chinese = read_tables({{"tasks", "id,name,duration\nA,\xD6\xD0\xCE\xC4,1d\n"}});
  EXPECT_TRUE(has(chinese.findings, found::encoding_assumed));
  EXPECT_EQ(chinese.plan.tasks[TaskId{0}].name.view(), "中文");
  EXPECT_TRUE(
      read_tables({{"tasks", std::string_view("i\0d\0\n\0A\0\n\0", 10)}}).findings.has_errors());
  EXPECT_TRUE(has(read_tables({{"tasks", "\xEF\xBB\xBFid,name,duration\nA,\xFF,1d\n"}}).findings,
                  found::bad_encoding));
}

TEST(Hostile, a_circle_of_a_hundred_thousand_parents_is_one_finding) {
  constexpr int kNum = 100'000;
  std::string tasks = "id,parent,duration\n";
  for (int i = 0; i < kNum; ++i) {
    tasks += std::to_string(i) + ',' + std::to_string((i + 1) % kNum) + ",1d\n";
  }
  const ReadPlan read = read_tables({{"tasks", tasks}});
  EXPECT_EQ(count_of(read.findings, found::circle_of_parents), 1U);
}

TEST(Hostile, a_circle_of_a_hundred_thousand_links_is_read_in_time) {
  constexpr int kNum = 100'000;
  std::string tasks = "id,duration\n";
  std::string links = "from,to\n";
  for (int i = 0; i < kNum; ++i) {
    tasks += std::to_string(i) + ",1d\n";
    links += std::to_string(i) + ',' + std::to_string((i + 1) % kNum) + '\n';
  }
  const ReadPlan read = read_tables({{"tasks", tasks}, {"links", links}});
  EXPECT_EQ(read.plan.links.size(),
            static_cast<std::size_t>(kNum));  // the network finds the circle
}

TEST(Hostile, a_thousand_mistakes_are_a_thousand_findings) {
  std::string tasks = "id,duration\n";
  for (int i = 0; i < 1000; ++i) tasks += "T" + std::to_string(i) + ",soon\n";
  const ReadPlan read = read_tables({{"tasks", tasks}});
  EXPECT_EQ(count_of(read.findings, found::bad_duration), 1000U);
  EXPECT_EQ(read.findings.num_errors(), 1000U);
  EXPECT_EQ(read.findings.kept().front().where.line, 2);
  EXPECT_EQ(read.findings.kept().back().where.line, 1001);
}

TEST(Hostile, more_columns_than_any_table_has_are_found_once_a_row) {
  std::string tasks = "id,duration\n";
  tasks += "A,1d" + std::string(1'000'000, ',') + "\n";
  const ReadPlan read = read_tables({{"tasks", tasks}});
  EXPECT_EQ(count_of(read.findings, found::too_many_columns), 1U);
}

TEST(Hostile, a_text_shared_by_ten_thousand_cells_counts_as_often) {
  // 64,000 bytes in each of 10,000 rows are 610 MiB, of an archive of a few hundred kilobytes.
  std::string rows = "<row>" + text("id") + text("duration") + text("notes") + "</row>";
  for (int i = 0; i < 10'000; ++i) {
    rows += "<row>" + text("T" + std::to_string(i)) + text("1d") + "<c t=\"s\"><v>0</v></c></row>";
  }
  const ReadPlan read = read_bytes(WorkbookText{
      .sheets = {{"tasks", rows}}, .shared = "<si><t>" + std::string(64'000, 'x') + "</t></si>"}
                                       .bytes());
  EXPECT_TRUE(has(read.findings, found::archive_too_large)) << words_of(read.findings);
  EXPECT_LT(read.plan.tasks.size(), 10'000U);
}

TEST(Hostile, ten_thousand_rows_of_a_thousand_unknown_columns_take_room_for_what_they_hold) {
  std::string tasks = "id,duration";
  for (int i = 0; i < 990; ++i) tasks += ",c" + std::to_string(i);
  tasks += '\n';
  for (int i = 0; i < 10'000; ++i) tasks += "T" + std::to_string(i) + ",1d\n";
  tasks += "last,1d,x\n";
  const ReadPlan read = read_tables({{"tasks", tasks}});
  ASSERT_EQ(read.plan.foreign.size(), 990U);
  EXPECT_EQ(read.plan.foreign.front().cell(10'000), "x");
  std::size_t num_cells = 0;
  for (const ForeignColumn& column : read.plan.foreign) num_cells += column.cells.size();
  EXPECT_EQ(num_cells, 1U);
}

TEST(Hostile, ten_thousand_settings_are_enough) {
  std::string settings = "key,value\n";
  for (int i = 0; i < 10'001; ++i) settings += "name,x\n";
  const ReadPlan read = read_tables({{"tasks", "id,duration\nA,1d\n"}, {"plan", settings}});
  EXPECT_EQ(found_in(read.findings), std::vector<std::string>{"plan.csv:10002 too_many_rows"});
}

TEST(Hostile, lists_in_cells_cost_no_more_than_they_are_long) {
  // Each cell lists some 20,000 names; each that is not found is looked for in three spellings.
  std::string list;
  while (list.size() < 60'000) list += "A,";
  std::string tasks = "id,duration,predecessors\nA,1d,\n";
  std::string resources = "id,skills\n";
  for (int i = 0; i < 20; ++i) {
    const std::string id = std::to_string(i);
    tasks += "T" + id + ",1d,\"" + list + "\"\n";
    tasks += "F" + id + ",1d," + std::string(60'000, 'F') + "\n";
    resources += "r" + id + ",\"";
    for (int k = 0; k < 9'000; ++k) resources += std::to_string(k) + ' ';
    resources += "\"\n";
  }
  const ReadPlan read = read_tables({{"tasks", tasks}, {"resources", resources}});
  EXPECT_EQ(read.plan.links.size(), 20U * 30'000U);
  EXPECT_EQ(count_of(read.findings, found::unknown_task), 20U);
  EXPECT_EQ(read.plan.skills.size(), 9'000U);
  EXPECT_EQ(read.plan.resources[ResourceId{19}].skills.size(), 9'000U);
}

TEST(Hostile, skills_without_end_are_cut) {
  std::string resources = "id,skills\n";
  for (int i = 0; i < 12; ++i) {  // 9,000 names in each: with the twelfth cell there are 108,000
    resources += "r" + std::to_string(i) + ",\"";
    for (int k = 0; k < 9'000; ++k) resources += std::to_string(i * 9'000 + k) + ' ';
    resources += "\"\n";
  }
  const ReadPlan read = read_tables({{"tasks", "id,duration\nA,1d\n"}, {"resources", resources}});
  EXPECT_EQ(found_in(read.findings), std::vector<std::string>{"resources.csv:13:5 too_many"});
  EXPECT_EQ(read.plan.skills.size(), 100'000U);
}

TEST(Hostile, a_task_of_fifty_thousand_modes_is_read_in_time) {
  std::string modes = "task,mode,duration\n";
  std::string demands = "task,mode,resource,amount\n";
  std::string resources = "id,kind,capacity\n";
  for (int i = 0; i < 50'000; ++i) {
    const std::string number = std::to_string(i);
    modes += "A," + number + ",1d\n";
    demands += "A," + number + ",r" + number + ",10\n";
    resources += "r" + number + ",material,5\n";
  }
  const ReadPlan read = read_tables({{"tasks", "id,duration\nA,1d\n"},
                                     {"modes", modes},
                                     {"resources", resources},
                                     {"demands", demands}});
  // Ten of each material are too many in the mode that takes it, and no mode has to be taken.
  EXPECT_EQ(count_of(read.findings, found::used_up_above_capacity), 0U);
  EXPECT_EQ(read.plan.demands.size(), 50'000U);
}

TEST(Hostile, calendars_on_calendars_end) {
  std::string chain = "calendar,setting,value\nc0,every_day,08:00-12:00\n";
  for (int i = 1; i < 5'000; ++i) {
    chain += "c" + std::to_string(i) + ",base,c" + std::to_string(i - 1) + "\n";
  }
  const ReadPlan deep = read_tables({{"tasks", "id,duration\nA,1d\n"}, {"calendars", chain}});
  EXPECT_EQ(count_of(deep.findings, found::calendar_too_deep),
            5'000U - 51U);  // c51 has 51 below it

  std::string circle = "calendar,setting,value\n";
  for (int i = 0; i < 5'000; ++i) {
    circle += "c" + std::to_string(i) + ",base,c" + std::to_string((i + 1) % 5'000) + "\n";
  }
  const ReadPlan round = read_tables({{"tasks", "id,duration\nA,1d\n"}, {"calendars", circle}});
  EXPECT_EQ(count_of(round.findings, found::calendar_too_deep), 5'000U);
}

TEST(Hostile, exceptional_days_are_counted_over_all_calendars_and_their_bases) {
  // 250 years are 91,310 days; the twenty-first calendar that has them all is one too many.
  std::string calendars = "calendar,setting,value\nbase,1950-01-01..2199-12-31,08:00-12:00\n";
  for (int i = 0; i < 21; ++i) calendars += "c" + std::to_string(i) + ",base,base\n";
  const ReadPlan read = read_tables({{"tasks", "id,duration\nA,1d\n"}, {"calendars", calendars}});
  EXPECT_EQ(count_of(read.findings, found::too_many), 1U) << words_of(read.findings);
}

TEST(Hostile, working_weeks_of_centuries_are_counted_over_all_calendars) {
  const auto element = MspdiText::element;
  const std::string week = element(
      "WorkWeeks",
      element("WorkWeek",
              element("TimePeriod", element("FromDate", "1900-01-01T00:00:00") +
                                        element("ToDate", "2199-12-31T23:59:00")) +
                  element("Name", std::string(250, 'w')) +
                  element("WeekDays", MspdiText::week(MspdiText::shift("08:00", "12:00")))));
  std::string calendars;
  for (int i = 2; i < 60; ++i) {
    calendars += element("Calendar", element("UID", std::to_string(i)) +
                                         element("Name", "c" + std::to_string(i)) + week);
  }
  const ReadPlan read = read_mspdi("<Project xmlns=\"http://schemas.microsoft.com/project\">" +
                                       element("StartDate", "2024-03-04T08:00:00") +
                                       element("Calendars", calendars) + "</Project>",
                                   "a.xml");
  EXPECT_EQ(count_of(read.findings, found::too_many), 1U) << words_of(read.findings);
}

TEST(Hostile, exceptional_days_of_many_shifts_count_for_more) {
  std::string shifts;
  for (int hour = 0; hour < 24; ++hour) {
    const std::string clock = (hour < 10 ? "0" : "") + std::to_string(hour);
    for (int minute = 10; minute < 58; minute += 4)
      shifts += clock + ":" + std::to_string(minute) + "-" + clock + ":" +
                std::to_string(minute + 2) + " ";
  }
  const std::string days = "2000-01-01..2070-12-31";  // 25,933, each as large as 73
  const ReadPlan one = read_tables(
      {{"tasks", "id,duration\nA,1d\n"},
       {"calendars", "calendar,setting,value\na," + days + "," + shifts + "\nb," + days + ",\n"}});
  EXPECT_EQ(count_of(one.findings, found::too_many), 0U) << words_of(one.findings);
  std::string calendars = "calendar,setting,value\n";
  for (int i = 0; i < 3; ++i)
    calendars += "c" + std::to_string(i) + "," + days + "," + shifts + "\n";
  const ReadPlan three = read_tables({{"tasks", "id,duration\nA,1d\n"}, {"calendars", calendars}});
  EXPECT_EQ(count_of(three.findings, found::too_many), 2U) << words_of(three.findings);
}

TEST(Hostile, an_id_of_a_calendar_that_each_setting_repeats_is_no_longer_than_ids_are) {
  for (const std::size_t length : {800U, 801U}) {
    Findings findings;
    read_toml("[calendars." + std::string(length, 'x') + "]\nmonday = \"08:00-12:00\"\n",
              "plan.toml", findings);
    EXPECT_EQ(has(findings, found::toml_error), length > 800);
  }
}

TEST(Hostile, a_part_that_two_sheets_claim_is_read_once) {
  Zip zip;
  zip.add(
      "xl/workbook.xml",
      "<workbook xmlns:r=\"r\"><sheets><sheet name=\"tasks\" r:id=\"r1\"/><sheet name=\"links\" "
      "r:id=\"r2\"/></sheets></workbook>");
  zip.add("xl/_rels/workbook.xml.rels",
          "<Relationships><Relationship Id=\"r1\" Type=\"t/worksheet\" "
          "Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"t/worksheet\" "
          "Target=\"worksheets/SHEET1.xml\"/></Relationships>");
  zip.add("xl/worksheets/sheet1.xml",
          "<worksheet><sheetData>" + kHeader + kTask + "</sheetData></worksheet>");
  const ReadPlan read = read_bytes(zip.bytes());
  EXPECT_EQ(count_of(read.findings, found::damaged_archive), 1U) << words_of(read.findings);
  EXPECT_EQ(read.plan.tasks.size(), 1U);
}

TEST(Hostile, names_of_a_million_parts_are_no_names) {
  std::string parts = "a";
  for (int i = 0; i < 1'000'000; ++i) parts += ".a";
  for (const std::string& toml :
       {parts + " = 1\n", "[" + parts + "]\n", "a = { b = 1, " + parts + " = 1 }\n",
        "a = \"b.c\" # .\n'" + parts.substr(0, 100) + "'." + parts + " = 1\n"}) {
    Findings findings;
    read_toml(toml, "plan.toml", findings);
    EXPECT_EQ(count_of(findings, found::toml_error), 1U);
  }
  // Dots between quotes, in comments and in numbers part nothing.
  Findings findings;
  read_toml(
      "[plan]\nname = \"a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q\" # a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q\n"
      "start = [1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, "
      "1.5]\n",
      "plan.toml", findings);
  EXPECT_FALSE(has(findings, found::toml_error)) << words_of(findings);
}

TEST(Hostile, nothing_is_read_by_halves_where_links_lead_nowhere_or_folders_stand_for_files) {
  namespace fs = std::filesystem;
  const TemporaryFolder folder;
  folder.write("tasks.csv", "id,duration\nA,1d\n");
  fs::create_directory(folder.path() / "links.csv");
  fs::create_symlink("plan.toml", folder.path() / "plan.toml");  // to itself
  fs::create_symlink("nowhere", folder.path() / "demands.csv");
  const ReadPlan read = read_plan(folder.path());
  const auto found = found_in(read.findings);
  for (const char* line :
       {"links.csv unreadable_file", "plan.toml unreadable_file", "demands.csv missing_file"}) {
    EXPECT_NE(std::find(found.begin(), found.end(), line), found.end()) << words_of(read.findings);
  }
}

TEST(Hostile, plan_toml_of_nine_megabytes_is_too_large) {
  const TemporaryFolder folder;
  folder.write("tasks.csv", "id,duration\nA,1d\n");
  folder.write("plan.toml", "[plan]\nname = [" + std::string(9 << 20, ' ') + "]\n");
  EXPECT_TRUE(has(read_plan(folder.path()).findings, found::file_too_large));
}

TEST(Hostile, hours_of_more_than_sixteen_mebibytes_are_not_read) {
  std::string hours = "(0||CalendarData()(";
  while (hours.size() < (16U << 20)) hours += "(0||()())";
  const XerHours read = parse_xer_hours(hours + "))");
  EXPECT_FALSE(read.is_whole);
}

TEST(Hostile, a_claim_of_two_thousand_million_jobs_makes_no_room_for_them) {
  EXPECT_EQ(found_in(read_patterson("2000000000 4\n1 1 1 1\n", "a.rcp").findings),
            std::vector<std::string>{"a.rcp:1:1 benchmark_syntax"});
  EXPECT_EQ(found_in(read_progen_max("2000000000 5 0 0\n", "a.sch").findings),
            std::vector<std::string>{"a.sch:1:1 benchmark_syntax"});
  EXPECT_EQ(found_in(read_psplib("****\njobs : 2000000000\n", "a.sm").findings),
            std::vector<std::string>{"a.sm:2:8 benchmark_syntax"});
}

TEST(Hostile, numbers_that_no_plan_has_are_findings_where_they_stand) {
  const ReadPlan read =
      read_tables({{"tasks",
                    "id,duration,priority\nA,1e999,\nB,99999999999999999999d,\nC,-5d,\n"
                    "D,NaN,\nE,inf,\nF,1d,1e999\nG,1d,-99999999999999999999\n"}});
  EXPECT_EQ(found_in(read.findings),
            (std::vector<std::string>{"tasks.csv:2:3 bad_duration", "tasks.csv:3:3 bad_duration",
                                      "tasks.csv:4:3 negative_duration",
                                      "tasks.csv:5:3 bad_duration", "tasks.csv:6:3 bad_duration",
                                      "tasks.csv:7:6 bad_number", "tasks.csv:8:6 bad_number"}));
}

TEST(Hostile, random_bytes_behind_every_magic_come_back) {
  const TemporaryFolder folder;
  RandomStream random(1);
  for (const char* magic : {"PK\x03\x04", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "", "\xEF\xBB\xBF",
                            "\xFF\xFE", "id,name\n", "****"}) {
    for (int i = 0; i < 50; ++i) {
      std::string bytes = magic;
      for (std::size_t left = random.below(3000); left-- > 0;)
        bytes += static_cast<char>(random.below(256));
      EXPECT_TRUE(read_plan(folder.write("x", bytes)).findings.has_errors());
    }
  }
}

}  // namespace
}  // namespace diaodu::formats
