#include "diaodu/formats/columns.h"

#include <functional>

#include "support/property.h"
#include "support/tables.h"

namespace diaodu::formats {
namespace {

std::vector<std::string> aliases_of(const Column& column) {
  std::vector<std::string> names = {std::string(column.name)};
  std::string_view rest = column.aliases;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('|'), rest.size());
    names.emplace_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return names;
}

TEST(Columns, every_alias_finds_its_own_column) {
  for (const Column& column : all_columns()) {
    for (const std::string& alias : aliases_of(column)) {
      EXPECT_EQ(find_column(column.table, alias), &column)
          << table_name(column.table) << ": " << alias;
    }
    EXPECT_FALSE(column.meaning.en.empty());
    EXPECT_FALSE(column.meaning.zh.empty());
  }
}

TEST(Columns, headers_are_compared_without_case_blanks_and_dashes) {
  ASSERT_NE(find_column(TableKind::tasks, " Task-Name "), nullptr);
  EXPECT_EQ(find_column(TableKind::tasks, "TASK NAME")->name, "name");
  EXPECT_EQ(find_column(TableKind::tasks, "colour"), nullptr);
  EXPECT_EQ(find_column(TableKind::links, "duration"), nullptr);
}

TEST(Columns, a_misspelt_header_has_a_nearest_name) {
  EXPECT_EQ(nearest_column(TableKind::tasks, "duraton"), "duration");
  EXPECT_EQ(nearest_column(TableKind::tasks, "Prioritiy"), "priority");
  EXPECT_EQ(nearest_column(TableKind::tasks, "colour"), "");
  EXPECT_EQ(nearest_column(TableKind::tasks, "ix"), "");
  EXPECT_EQ(nearest_column(TableKind::tasks, std::string(41, 'x')), "");
}

TEST(Columns, tables_are_known_in_both_languages) {
  for (std::size_t i = 0; i < kNumTables; ++i) {
    const auto kind = static_cast<TableKind>(i);
    const TableKind* found = find_table(table_name(kind));
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(*found, kind);
  }
  EXPECT_EQ(*find_table("任务"), TableKind::tasks);
  EXPECT_EQ(*find_table("Tasks"), TableKind::tasks);
  EXPECT_EQ(find_table("Sheet1"), nullptr);
}

TEST(EditDistance, counts_letters_changed_added_and_dropped) {
  EXPECT_EQ(edit_distance("kitten", "sitting", 9), 3U);
  EXPECT_EQ(edit_distance("", "abc", 9), 3U);
  EXPECT_EQ(edit_distance("abc", "abc", 0), 0U);
  EXPECT_EQ(edit_distance("a", "abcdefgh", 3), 4U);  // and stops counting
}

TEST(EditDistance, agrees_with_trying_every_edit) {
  // The slow twin: one edit less on the front letters, whatever way.
  const std::function<std::size_t(std::string_view, std::string_view)> slow =
      [&](std::string_view a, std::string_view b) -> std::size_t {
    if (a.empty() || b.empty()) return a.size() + b.size();
    if (a[0] == b[0]) return slow(a.substr(1), b.substr(1));
    return 1 +
           std::min({slow(a.substr(1), b), slow(a, b.substr(1)), slow(a.substr(1), b.substr(1))});
  };
  holds(10'000, [&] {
    const auto word = rc::gen::container<std::string>(*rc::gen::inRange<std::size_t>(0, 6),
                                                      rc::gen::element('a', 'b', 'c'));
    const std::string a = *word;
    const std::string b = *word;
    RC_ASSERT(edit_distance(a, b, 10) == slow(a, b));
  });
}

}  // namespace
}  // namespace diaodu::formats
