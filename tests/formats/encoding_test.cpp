#include "diaodu/formats/encoding.h"

#include "support/property.h"
#include "support/tables.h"

namespace diaodu::formats {
namespace {

using Lines = std::vector<std::string>;

struct Decoded {
  std::string text;
  Lines found;
};
Decoded decode(std::string_view bytes, std::string_view declared = {}) {
  Findings findings;
  std::string text = to_utf8(bytes, "a.csv", findings, declared);
  return {std::move(text), found_in(findings)};
}

TEST(Encoding, utf8_stays_as_it_is_and_loses_its_mark) {
  EXPECT_EQ(decode("任务,a").text, "任务,a");
  EXPECT_EQ(decode("\xEF\xBB\xBF任务").text, "任务");
  EXPECT_TRUE(decode("\xEF\xBB\xBF任务").found.empty());
  EXPECT_EQ(decode("").text, "");
}

TEST(Encoding, utf16_is_told_by_its_mark) {
  using namespace std::string_view_literals;
  EXPECT_EQ(decode("\xFF\xFE\xFB\x4E\x61\x00"sv).text, "任a");
  EXPECT_EQ(decode("\xFE\xFF\x4E\xFB\x00\x61"sv).text, "任a");
  // Half a surrogate pair in the middle: one letter is lost and the rest stays readable.
  const Decoded half = decode("\xFF\xFE\x61\x00\x00\xD8\x62\x00\x63\x00"sv);
  EXPECT_EQ(half.text,
            "a\xEF\xBF\xBD"
            "bc");
  EXPECT_EQ(half.found, Lines{"a.csv bad_encoding"});
  EXPECT_EQ(decode("\xFF\xFE\x61\x00\x62"sv).text, "a\xEF\xBF\xBD");  // cut off within a letter
}

TEST(Encoding, chinese_from_an_old_spreadsheet_is_gb18030) {
  const Decoded chinese = decode("\xC8\xCE\xCE\xF1,\xB9\xA4\xC6\xDA");
  EXPECT_EQ(chinese.text, "任务,工期");
  EXPECT_EQ(chinese.found, Lines{"a.csv encoding_assumed"});
}

TEST(Encoding, words_of_small_letters_from_e0_up_are_russian) {
  //  "План работ, Фундамент": each word begins with a capital letter or none.
  const Decoded russian =
      decode("\xCF\xEB\xE0\xED \xF0\xE0\xE1\xEE\xF2, \xD4\xF3\xED\xE4\xE0\xEC\xE5\xED\xF2");
  EXPECT_EQ(russian.text, "План работ, Фундамент");
  EXPECT_EQ(russian.found, Lines{"a.csv encoding_assumed"});
  //  Chinese whose bytes are all from C0 up: 任务, 人, 土建 ... is not taken for it.
  EXPECT_EQ(decode("\xC8\xCE\xCE\xF1,\xC8\xCB,\xCD\xC1\xC1\xC8,\xC8\xCE\xCE\xF1").text,
            "任务,人,土寥,任务");
}

TEST(Encoding, single_high_bytes_are_western) {
  EXPECT_EQ(decode("M\xFCller baut Stra\xDF"
                   "e")
                .text,
            "Müller baut Straße");
  EXPECT_EQ(decode("caf\xE9").text, "café");
}

TEST(Encoding, what_a_file_says_of_itself_counts_if_it_makes_sense) {
  EXPECT_EQ(decode("\xC8\xCE", "GBK").text, "任");
  EXPECT_TRUE(decode("\xC8\xCE", "GBK").found.empty());
  EXPECT_EQ(decode("caf\xE9", "KLINGON").text, "café");
  EXPECT_EQ(decode("caf\xE9", "KLINGON").found, Lines{"a.csv encoding_assumed"});
}

TEST(Encoding, bytes_that_are_no_text_are_replaced_and_reported) {
  EXPECT_EQ(decode("\xEF\xBB\xBF"
                   "a\xC0\x80z")
                .text,
            "a\xEF\xBF\xBD\xEF\xBF\xBDz");
  EXPECT_EQ(decode("\xEF\xBB\xBF"
                   "a\xFFz")
                .found,
            Lines{"a.csv bad_encoding"});
  EXPECT_EQ(decode("x\x81y\xE9").found, (Lines{"a.csv encoding_assumed", "a.csv bad_encoding"}));
}

TEST(Encoding, a_nul_byte_becomes_a_blank_and_its_line_is_named) {
  using namespace std::string_view_literals;
  const Decoded nul = decode("a\nb\0c"sv);
  EXPECT_EQ(nul.text, "a\nb c");
  EXPECT_EQ(nul.found, Lines{"a.csv:2 nul_bytes"});
}

TEST(Encoding, overlong_letters_surrogates_and_numbers_beyond_unicode_are_not_utf8) {
  for (const char* bad :
       {"\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF0\x80\x80\x80", "\xF4\x90\x80\x80",
        "\xF5\x80\x80\x80", "\x80", "\xE4\xBB", "a\xE4\xBBz"}) {
    EXPECT_FALSE(is_valid_utf8(bad));
  }
  for (const char* good : {"", "abc", "任务", "\xF0\x9F\x8F\x97", "\xEE\x80\x80",
                           "\xF4\x8F\xBF\xBF", "twelve bytes of ASCII and ü"}) {
    EXPECT_TRUE(is_valid_utf8(good)) << good;
  }
}

TEST(Encoding, whatever_the_bytes_the_text_is_utf8_without_nul) {
  holds(10'000, [](const std::string& bytes) {
    Findings findings;
    const auto front = *rc::gen::element<std::string>("", "\xEF\xBB\xBF", "\xFF\xFE", "\xFE\xFF");
    const std::string text = to_utf8(front + bytes, "a", findings);
    RC_ASSERT(is_valid_utf8(text));
    RC_ASSERT(text.find('\0') == std::string::npos);
  });
}

TEST(Encoding, a_cut_never_splits_a_letter) {
  EXPECT_EQ(cut("任务", 6), "任务");
  EXPECT_EQ(cut("任务", 5), "任");
  EXPECT_EQ(cut("任务", 3), "任");
  EXPECT_EQ(cut("任务", 2), "");
  EXPECT_EQ(cut("abc", 2), "ab");
}

TEST(Encoding, one_bad_byte_does_not_make_another_encoding_of_a_file) {
  const Decoded chinese = decode("名称\n基础\n结\xE6构\n");
  EXPECT_EQ(chinese.text, "名称\n基础\n结\xEF\xBF\xBD构\n");
  EXPECT_EQ(chinese.found, Lines{"a.csv bad_encoding"});
  const Decoded german = decode("für Tür Käse Öl \x92 Gemüse");
  EXPECT_EQ(german.text, "für Tür Käse Öl \xEF\xBF\xBD Gemüse");
}

}  // namespace
}  // namespace diaodu::formats
