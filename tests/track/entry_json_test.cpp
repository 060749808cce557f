#include "diaodu/track/entry_json.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <stdexcept>

#include "support/property.h"
#include "track/random_events.h"

namespace diaodu::track {
namespace {

TEST(EntryJson, has_members_in_the_order_of_their_names_and_leaves_out_what_is_not_said) {
  const TaskFact fact{
      .task = "pour", .when = Instant{60}, .actual_start = Instant{120}, .percent = 45'00};
  EXPECT_EQ(content_of(fact), R"({"actual_start":120,"percent":4500,"task":"pour"})");
  EXPECT_EQ(content_of(CostFact{"pour", "", Instant{0}, Money{-250}}),
            R"({"amount":-250,"task":"pour"})");
  EXPECT_EQ(
      content_of(Observation{"gdp", {2026, 1, 2}, Measure::growth_to_date, 5.25, Instant{0}, "局"}),
      R"({"measure":"growth_to_date","period":"2026-01..02","source":"局","target":"gdp","value":5.25})");
  EXPECT_EQ(content_of(Withdrawal{}), "{}");
}

TEST(EntryJson, reads_back_every_fact_as_it_was) {
  holds(500, [] {
    const Fact fact = any_fact();
    const std::string content = content_of(fact);
    const auto back = fact_of(kind_of(fact), content, effective_of(fact));
    RC_ASSERT(back.has_value());
    RC_ASSERT(content_of(*back) == content);
    RC_ASSERT(effective_of(*back) == effective_of(fact));
    RC_ASSERT(subject_of(*back) == subject_of(fact));
  });
}

TEST(EntryJson, takes_nothing_that_it_would_write_otherwise) {
  const auto reads = [](std::string_view kind, std::string_view text) {
    return fact_of(kind, text, Instant{}).has_value();
  };
  EXPECT_TRUE(reads("cost", R"({"amount":5,"task":"a"})"));
  for (const char* text :
       {R"({"task":"a","amount":5})", R"({"amount": 5,"task":"a"})", R"({"amount":05,"task":"a"})",
        R"({"amount":5,"task":"\u0061"})", R"({"amount":5,"amount":5,"task":"a"})",
        R"({"amount":5,"resource":"","task":"a"})", R"({"amount":5,"task":"a"} )",
        R"({"amount":5,"task":"a")", R"({"amount":5,"more":1,"task":"a"})",
        R"({"amount":5e0,"task":"a"})", R"({"amount":9007199254740993,"task":"a"})",
        "{\"amount\":5,\"task\":\"\xff\"}", "", "{}", "[]"})
    EXPECT_FALSE(reads("cost", text)) << text;
  EXPECT_FALSE(reads("price", R"({"amount":5,"task":"a"})"));
  EXPECT_FALSE(
      reads("observation", R"({"measure":"level","period":"2026-03","target":"a","value":nan})"));
  EXPECT_FALSE(reads("withdrawal", R"({"a":1})"));
}

TEST(EntryJson, knows_whole_numbers_as_far_as_a_double_does) {
  EXPECT_THROW(content_of(CostFact{"a", "", {}, Money{(std::int64_t{1} << 53) + 1}}),
               std::out_of_range);
}

}  // namespace
}  // namespace diaodu::track
