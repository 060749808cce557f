#include "diaodu/core/finding.h"

#include "support/property.h"

namespace diaodu {
namespace {

constexpr FindingKind kWet{
    "wet", Severity::error, {"'{0}' is wet", "“{0}”是湿的"}, {"dry {0}", "请擦干{0}"}};
constexpr FindingKind kDamp{"damp", Severity::warning, {"{0} and {1}", "{0}和{1}"}, {}};
constexpr FindingKind kDry{"dry", Severity::note, {"all is dry", "都干"}, {}};

TEST(Finding, is_written_as_compilers_write_and_the_hint_stands_below) {
  const Finding finding{&kWet, {"tasks.csv", 14, 5}, {"Slab"}};
  EXPECT_EQ(to_string(finding, Language::english),
            "tasks.csv:14:5: error: 'Slab' is wet\n  hint: dry Slab");
  EXPECT_EQ(to_string(finding, Language::chinese),
            "tasks.csv:14:5: 错误：“Slab”是湿的\n  建议：请擦干Slab");
}

TEST(Finding, leaves_out_what_is_not_known_of_its_place) {
  EXPECT_EQ(to_string({&kDry, {}, {}}, Language::english), "note: all is dry");
  EXPECT_EQ(to_string({&kDry, {"plan.toml"}, {}}, Language::chinese), "plan.toml: 提示：都干");
  EXPECT_EQ(to_string({&kDamp, {"a.csv", 3}, {"x", "y"}}, Language::english),
            "a.csv:3: warning: x and y");
  EXPECT_EQ(to_string({&kDamp, {"a.csv", 3}, {"x", "y"}}, Language::chinese),
            "a.csv:3: 警告：x和y");
}

TEST(Finding, our_own_words_are_said_in_the_readers_language_and_theirs_stay) {
  const Finding finding{&kDamp, {}, {Words{"a duration", "工期"}, Argument("modes", "方式")}};
  EXPECT_EQ(finding.message(Language::english), "a duration and modes");
  EXPECT_EQ(finding.message(Language::chinese), "工期和方式");
  EXPECT_EQ(finding.hint(Language::english), "");
}

TEST(Fill, replaces_numbers_that_have_an_argument_and_no_others) {
  const std::vector<std::string> words = {"zero", "{0}"};
  EXPECT_EQ(fill("{0} {1} {2} {x} {", words), "zero {0} {2} {x} {");
  EXPECT_EQ(fill("{1}{0}}", words), "{0}zero}");
  EXPECT_EQ(fill("", words), "");
}

TEST(Findings, count_errors_and_warnings_apart) {
  Findings findings;
  EXPECT_TRUE(findings.is_empty());
  findings.add(kDry, {});
  findings.add(kDamp, {});
  EXPECT_FALSE(findings.has_errors());
  findings.add(kWet, {});
  EXPECT_TRUE(findings.has_errors());
  EXPECT_EQ(findings.num_errors(), 1U);
  EXPECT_EQ(findings.num_warnings(), 1U);
  EXPECT_EQ(findings.kept().size(), 3U);
}

TEST(Findings, sorted_they_follow_the_file_and_keep_their_order_within_a_cell) {
  Findings findings;
  findings.add(kWet, {"b.csv", 1, 1});
  findings.add(kWet, {"a.csv", 10, 1});
  findings.add(kWet, {"a.csv", 9, 2}, {"first"});
  findings.add(kWet, {"a.csv", 9, 2}, {"second"});
  findings.add(kWet, {"a.csv", 9, 1});
  findings.sort();
  const auto& kept = findings.kept();
  EXPECT_EQ(kept[0].where, (Where{"a.csv", 9, 1}));
  EXPECT_EQ(kept[1].arguments[0].en, "first");
  EXPECT_EQ(kept[2].arguments[0].en, "second");
  EXPECT_EQ(kept[3].where.line, 10);
  EXPECT_EQ(kept[4].where.file, "b.csv");
}

TEST(Findings, words_of_more_than_three_hundred_bytes_are_cut_between_letters) {
  // 中 has three bytes, one letter three more than there is room for.
  std::string long_word;
  for (int i = 0; i < 20'000; ++i) long_word += "中";
  long_word = "a" + long_word;
  Findings findings;
  findings.add(kWet, {}, {long_word});
  const Argument& kept = findings.kept().front().arguments.front();
  EXPECT_EQ(kept.en, long_word.substr(0, 298) + "…");
  EXPECT_EQ(kept.zh, kept.en);
}

TEST(Findings, of_a_hopeless_file_the_first_are_kept_and_all_are_counted) {
  Findings many;
  for (std::size_t i = 0; i < Findings::kMaxKept + 5; ++i) many.add(kWet, {});
  EXPECT_EQ(many.kept().size(), Findings::kMaxKept);
  EXPECT_EQ(many.num_dropped(), 5U);
  EXPECT_EQ(many.num_errors(), Findings::kMaxKept + 5);

  Findings more;
  more.add(kDamp, {});
  more.append(many);
  EXPECT_EQ(more.kept().size(), Findings::kMaxKept);
  EXPECT_EQ(more.num_errors(), Findings::kMaxKept + 5);
  EXPECT_EQ(more.num_warnings(), 1U);
  EXPECT_EQ(more.num_dropped(), 6U);
}

}  // namespace
}  // namespace diaodu
