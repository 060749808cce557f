#include "diaodu/core/id.h"

#include <vector>

#include "support/property.h"

namespace diaodu {
namespace {

using StoneId = Id<struct StoneTag>;

TEST(Id, a_default_one_names_nothing_and_comes_after_all_others) {
  EXPECT_FALSE(StoneId{});
  EXPECT_TRUE(StoneId{0});
  EXPECT_EQ(StoneId{}, StoneId{});
  EXPECT_LT(StoneId{0}, StoneId{1});
  EXPECT_LT(StoneId{4'000'000'000}, StoneId{});
}

TEST(Table, add_returns_the_id_under_which_the_row_is_found) {
  Table<StoneId, int> table;
  EXPECT_TRUE(table.empty());
  const StoneId first = table.add(7);
  const StoneId second = table.add(9);
  EXPECT_EQ(first.index(), 0U);
  EXPECT_EQ(table[second], 9);
  table[first] = 8;
  const auto& read_only = table;
  EXPECT_EQ(read_only[first], 8);
  EXPECT_EQ(table.size(), 2U);
}

TEST(Table, ids_name_every_row_once_in_order) {
  Table<StoneId, int> table(3, 5);
  table.reserve(10);
  std::vector<std::size_t> seen;
  for (StoneId id : table.ids()) seen.push_back(id.index());
  EXPECT_EQ(seen, (std::vector<std::size_t>{0, 1, 2}));
  int sum = 0;
  for (int& row : table) sum += row;
  for (const int& row : std::as_const(table)) sum += row;
  EXPECT_EQ(sum, 30);
  EXPECT_EQ(table, (Table<StoneId, int>(3, 5)));
  EXPECT_FALSE((Table<StoneId, int>()) == table);
}

}  // namespace
}  // namespace diaodu
