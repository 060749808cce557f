#include "diaodu/core/random.h"
#include "diaodu/formats/archive.h"
#include "diaodu/formats/folder.h"
#include "diaodu/formats/plan_file.h"
#include "diaodu/formats/workbook.h"
#include "diaodu/plan/finding_kinds.h"
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
