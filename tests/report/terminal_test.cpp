#include "diaodu/report/terminal.h"

#include <gtest/gtest.h>

namespace diaodu::report {
namespace {

TEST(Terminal, a_chinese_letter_takes_two_columns_and_an_accent_none) {
  EXPECT_EQ(display_width("Dig"), 3);
  EXPECT_EQ(display_width("基坑开挖"), 8);
  EXPECT_EQ(display_width("e\xCC\x81"), 1);  // e with a combining acute accent
  EXPECT_EQ(display_width("（一）。"), 8);   // full-width punctuation
  EXPECT_EQ(display_width("…◆█ “x”"), 7);    // "ambiguous" letters take one
  EXPECT_EQ(display_width("한글かな"), 8);
  EXPECT_EQ(display_width("\x1B[31mred\x1B[0m"), 3);
}

TEST(Terminal, an_emoji_takes_two_columns_however_many_parts_it_is_joined_from) {
  EXPECT_EQ(display_width("🏗"), 1);         // text style by default, says Unicode
  EXPECT_EQ(display_width("🏗️"), 2);      // emoji style
  EXPECT_EQ(display_width("👷🏽"), 2);     // a skin tone joins
  EXPECT_EQ(display_width("👩‍🔧"), 2);  // woman + joiner + wrench
}

TEST(Terminal, text_is_cut_between_letters_and_says_so) {
  EXPECT_EQ(fit("Excavate", 8), "Excavate");
  EXPECT_EQ(fit("Excavate", 7), "Excava…");
  EXPECT_EQ(fit("基坑开挖", 7), "基坑开…");
  EXPECT_EQ(fit("基坑开挖", 6), "基坑…");  // half a letter would be left: it goes
  EXPECT_EQ(fit("基坑", 1), "…");
  EXPECT_EQ(fit("基坑", 0), "");
  EXPECT_EQ(pad("基坑", 6), "基坑  ");
  EXPECT_EQ(pad("42", 4, Align::right), "  42");
}

TEST(Terminal, a_cut_keeps_the_end_of_a_colour) {
  EXPECT_EQ(fit("\x1B[31mExcavate\x1B[0m", 4), "\x1B[31mExc…\x1B[0m");
}

TEST(Terminal, bytes_that_are_no_utf8_take_a_column_each_and_stop_nothing) {
  EXPECT_EQ(display_width("\xFF\xFE"), 2);
  EXPECT_EQ(display_width("\xE5\x9F"), 2);  // half of a letter
  EXPECT_EQ(fit("\xFF\xFF\xFF", 2), "\xFF…");
}

TEST(Terminal, lines_break_between_words_and_between_chinese_letters) {
  EXPECT_EQ(wrap("to be or not to be", 9), (std::vector<std::string>{"to be or", "not to be"}));
  EXPECT_EQ(wrap("混凝土养护七天", 8), (std::vector<std::string>{"混凝土养", "护七天"}));
}

TEST(Terminal, closing_punctuation_never_begins_a_line) {
  // 养护七天 fills the line; the full stop takes 天 along.
  EXPECT_EQ(wrap("养护七天。完", 8), (std::vector<std::string>{"养护七", "天。完"}));
}

TEST(Terminal, a_word_wider_than_the_line_is_cut_across_lines) {
  EXPECT_EQ(wrap("abcdefgh", 3), (std::vector<std::string>{"abc", "def", "gh"}));
}

TEST(Terminal, a_table_cuts_its_widest_columns_to_fit) {
  TextTable table({{"id"}, {"name", Align::left, true}, {"days", Align::right}});
  table.add({"A1", "Excavate the foundation pit", "8"});
  table.add({"A2", "基坑开挖与支护", "12"});
  EXPECT_EQ(table.str(24, 2, Ink{}),
            "  id  name          days\n"
            "  A1  Excavate th…     8\n"
            "  A2  基坑开挖与…     12\n");
}

TEST(Terminal, names_of_others_break_no_table_and_reach_no_terminal_raw) {
  EXPECT_EQ(in_line("Foundations\nnorth\tend"), "Foundations north end");
  EXPECT_EQ(in_line("\x1B]0;x\x07"
                    "A\x1B[2J"
                    "B\xC2\x9B"
                    "C"),
            "]0;xA[2JBC");
  EXPECT_EQ(in_line("\x1B[31mred\x1B[0m 桥"), "\x1B[31mred\x1B[0m 桥");
  TextTable table({{"name"}, {"end"}});
  table.add({"Foundations\nnorth", "1"});
  table.add({"Roof", "2"});
  const std::string text = table.str(60, 0, Ink{});
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 3);
}

}  // namespace
}  // namespace diaodu::report
