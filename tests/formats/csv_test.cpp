#include "diaodu/formats/csv.h"

#include "support/property.h"
#include "support/tables.h"

namespace diaodu::formats {
namespace {

using Lines = std::vector<std::string>;
using Cells = std::vector<std::vector<std::string>>;

struct ReadSheet {
  Cells cells;  ///< the header first
  Lines found;
  Sheet sheet;
};
ReadSheet read_sheet(std::string_view text) {
  Findings findings;
  ReadSheet read;
  read.sheet = read_csv(text, "a.csv", "a", findings);
  read.cells.push_back(read.sheet.header);
  for (const Sheet::Row& row : read.sheet.rows) {
    auto& cells = read.cells.emplace_back();
    for (std::size_t i = 0; i < row.num_cells; ++i) cells.emplace_back(read.sheet.cell(row, i));
  }
  read.found = found_in(findings);
  return read;
}

TEST(Csv, a_table_is_a_header_and_rows_with_blanks_trimmed) {
  const ReadSheet table = read_sheet("id, name\nA ,\tDig\n B,Pour slab \n");
  EXPECT_EQ(table.cells, (Cells{{"id", "name"}, {"A", "Dig"}, {"B", "Pour slab"}}));
  EXPECT_TRUE(table.found.empty());
  EXPECT_EQ(table.sheet.rows[1].line, 3);
}

TEST(Csv, lines_end_as_they_like_and_the_last_need_not) {
  const Cells expected = {{"a", "b"}, {"1", "2"}, {"3", "4"}};
  EXPECT_EQ(read_sheet("a,b\n1,2\n3,4").cells, expected);
  EXPECT_EQ(read_sheet("a,b\r\n1,2\r\n3,4\r\n").cells, expected);
  EXPECT_EQ(read_sheet("a,b\r1,2\r3,4\r").cells, expected);
  EXPECT_EQ(read_sheet("\n\na,b\n\n1,2\n , \n3,4\n").cells, expected);
}

TEST(Csv, the_header_tells_the_separator) {
  EXPECT_EQ(read_sheet("a;b,c;d\n1,5;2;3\n").cells, (Cells{{"a", "b,c", "d"}, {"1,5", "2", "3"}}));
  EXPECT_TRUE(read_sheet("a;b\n").sheet.has_decimal_comma);
  EXPECT_EQ(read_sheet("a\tb\n1\t\n").cells, (Cells{{"a", "b"}, {"1", ""}}));
  EXPECT_EQ(read_sheet("\"a;b;c\",d\n1,2\n").cells, (Cells{{"a;b;c", "d"}, {"1", "2"}}));
  EXPECT_FALSE(read_sheet("a,b\n").sheet.has_decimal_comma);
  EXPECT_EQ(read_sheet("only\nx\n").cells, (Cells{{"only"}, {"x"}}));
}

TEST(Csv, a_comment_is_no_header_whatever_it_holds) {
  EXPECT_EQ(read_sheet("# crews; shifts; and more\n\n  # \"open\na,b\n#no\n1,2\n").cells,
            (Cells{{"a", "b"}, {"1", "2"}}));
  EXPECT_EQ(read_sheet("a,b\n1,#2\n").cells, (Cells{{"a", "b"}, {"1", "#2"}}));
  // After an empty first cell a # is a cell like any other.
  EXPECT_EQ(read_sheet("a\tb\n\t#2\n").cells, (Cells{{"a", "b"}, {"", "#2"}}));
  EXPECT_EQ(read_sheet("#only a comment").found, Lines{"a.csv empty_header"});
}

TEST(Csv, quotes_keep_separators_line_breaks_and_doubled_quotes) {
  const ReadSheet table = read_sheet("a,b\n\"1,\n2\",\"say \"\"hi\"\"\"\n3,4\n");
  EXPECT_EQ(table.cells, (Cells{{"a", "b"}, {"1,\n2", "say \"hi\""}, {"3", "4"}}));
  EXPECT_EQ(table.sheet.rows[1].line, 4);
}

TEST(Csv, a_quote_that_never_closes_is_reported_where_it_opens) {
  EXPECT_EQ(read_sheet("a,b\n任务,\"open\n3,4\n").found, Lines{"a.csv:2:4 open_quote"});
}

TEST(Csv, letters_after_a_closing_quote_are_reported) {
  const ReadSheet table = read_sheet("a,b\n\"x\"y,2\n");
  EXPECT_EQ(table.cells, (Cells{{"a", "b"}, {"x", "2"}}));
  EXPECT_EQ(table.found, Lines{"a.csv:2:4 letters_after_quote"});
}

TEST(Csv, cells_beyond_the_header_are_reported_and_missing_ones_are_empty) {
  const ReadSheet table = read_sheet("a,b\n1\n1,2,3\n");
  EXPECT_EQ(table.found, Lines{"a.csv:3:5 row_too_long"});
  EXPECT_EQ(table.sheet.cell(table.sheet.rows[0], 1), "");
}

TEST(Csv, a_file_without_a_header_says_so) {
  EXPECT_EQ(read_sheet("").found, Lines{"a.csv empty_header"});
  EXPECT_EQ(read_sheet("\n \n").found, Lines{"a.csv empty_header"});
}

TEST(Csv, what_is_far_too_long_is_cut_and_reported) {
  EXPECT_EQ(read_sheet("a\n" + std::string(kMostCellBytes, 'x')).found, Lines{});
  const ReadSheet cell = read_sheet("a\n" + std::string(kMostCellBytes + 1, 'x'));
  EXPECT_EQ(cell.found, Lines{"a.csv:2:1 cell_too_long"});
  EXPECT_EQ(cell.cells[1][0].size(), kMostCellBytes);
  const ReadSheet row = read_sheet("a\n1" + std::string(kMostColumns, ',') + "\n");
  EXPECT_EQ(row.found, (Lines{"a.csv:2:1002 too_many_columns", "a.csv:2:3 row_too_long"}));
}

TEST(Csv, columns_are_counted_in_letters) {
  const ReadSheet table = read_sheet("a,b,c\n任务,工期,x\n");
  EXPECT_EQ(table.sheet.where(table.sheet.rows[0], 2), (Where{"a.csv", 2, 7}));
  EXPECT_EQ(table.sheet.where(table.sheet.rows[0], 3),
            (Where{"a.csv", 2, 0}));  // there is no such cell
}

TEST(Csv, a_sheet_can_move_and_keep_its_cells) {
  Findings findings;
  std::vector<Sheet> sheets;
  for (int i = 0; i < 20; ++i)
    sheets.push_back(read_csv("a\n\"x\"\"y\"\n", "a.csv", "a", findings));
  for (const Sheet& sheet : sheets) EXPECT_EQ(sheet.cell(sheet.rows[0], 0), "x\"y");
}

TEST(Csv, rows_are_read_until_one_has_more_cells_than_there_is_room_for) {
  // Room for five cells: the third row of two would be the sixth.
  Findings findings;
  const Sheet sheet = read_csv("id,name\nA,a\n\nB,b\nC,c\nD,d\n", "a.csv", "a", findings, false, 5);
  EXPECT_EQ(found_in(findings), std::vector<std::string>{"a.csv:5 too_many_cells"});
  ASSERT_EQ(sheet.rows.size(), 2U);
  EXPECT_EQ(sheet.cell(sheet.rows[1], 1), "b");
}

TEST(Csv, what_is_written_is_read_back) {
  const auto letter = rc::gen::element<std::string>("a", ",", "\"", "\n", " ", "#", "任", ";", "'");
  holds(10'000, [&] {
    const auto cell = rc::gen::map(rc::gen::container<std::vector<std::string>>(letter),
                                   [](const std::vector<std::string>& letters) {
                                     std::string joined;
                                     for (const std::string& each : letters) joined += each;
                                     return joined;
                                   });
    const auto rows = *rc::gen::container<std::vector<std::pair<std::string, std::string>>>(
        rc::gen::pair(cell, cell));
    std::string text = "first,second\n";
    Cells expected = {{"first", "second"}};
    const auto trimmed = [](std::string word) {
      while (word.starts_with(' ')) word.erase(0, 1);
      while (word.ends_with(' ')) word.pop_back();
      return word;
    };
    for (const auto& [first, second] : rows) {
      text += csv_cell(first) + ',' + csv_cell(second) + '\n';
      if (trimmed(first).empty() && trimmed(second).empty()) continue;  // a blank line
      expected.push_back({trimmed(first), trimmed(second)});
    }
    const ReadSheet back = read_sheet(text);
    RC_ASSERT(back.cells == expected);
    RC_ASSERT(back.found.empty());
  });
}

}  // namespace
}  // namespace diaodu::formats
