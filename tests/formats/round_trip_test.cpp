#include "diaodu/formats/columns.h"
#include "diaodu/formats/plan_file.h"
#include "diaodu/formats/table_writer.h"
#include "formats/random_plan.h"
#include "support/describe.h"
#include "support/findings.h"
#include "support/property.h"
#include "support/temporary.h"

namespace diaodu::formats {
namespace {

void survives(const char* file, std::uint64_t seed, std::size_t size, Language language) {
  const Plan plan = RandomPlan(seed, size).make();
  const TemporaryFolder folder;
  write_plan(plan, folder.path() / file, language);
  const ReadPlan read = read_plan(folder.path() / file);
  RC_LOG() << words_of(read.findings);
  RC_ASSERT(described(read.plan) == described(plan));
}

TEST(RoundTrip, a_plan_written_as_a_folder_reads_back_equal) {
  holds(1'000, [] {
    survives("plan", *rc::gen::arbitrary<std::uint64_t>(), *rc::gen::inRange<std::size_t>(0, 12),
             *rc::gen::element(Language::english, Language::chinese));
  });
}

TEST(RoundTrip, a_plan_written_as_a_workbook_reads_back_equal) {
  holds(1'000, [] {
    survives("plan.xlsx", *rc::gen::arbitrary<std::uint64_t>(),
             *rc::gen::inRange<std::size_t>(0, 12),
             *rc::gen::element(Language::english, Language::chinese));
  });
}

TEST(RoundTrip, a_chinese_workbook_has_chinese_sheets_headers_and_words) {
  const Plan plan = RandomPlan(7, 10).make();
  const std::vector<WrittenTable> tables = tables_of(plan);
  for (const WrittenTable& table : tables) {
    for (const WrittenTable::Column& column : in_language(table, Language::chinese).columns) {
      const Column* known = find_column(table.kind, column.name);
      EXPECT_TRUE(known == nullptr || known->name != column.name) << column.name;
    }
    EXPECT_EQ(*find_table(sheet_name(table.kind, Language::chinese)), table.kind);
  }
}

TEST(RoundTrip, equal_plans_make_equal_files) {
  const Plan plan = RandomPlan(7, 10).make();
  const TemporaryFolder folder;
  write_plan(plan, folder.path() / "a.xlsx");
  write_plan(plan, folder.path() / "b.xlsx");
  EXPECT_EQ(folder.read("a.xlsx"), folder.read("b.xlsx"));
  write_plan(plan, folder.path() / "a");
  write_plan(plan, folder.path() / "b");
  EXPECT_EQ(folder.read("a/tasks.csv"), folder.read("b/tasks.csv"));
  EXPECT_EQ(folder.read("a/plan.toml"), folder.read("b/plan.toml"));
}

}  // namespace
}  // namespace diaodu::formats
