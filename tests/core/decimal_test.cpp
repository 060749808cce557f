#include "diaodu/core/decimal.h"

#include <limits>

#include "support/property.h"

namespace diaodu {
namespace {

TEST(Decimal, digits_with_a_sign_and_one_point_are_numbers) {
  EXPECT_EQ(parse_decimal("2.5", 3), 2500);
  EXPECT_EQ(parse_decimal("-2.5", 1), -25);
  EXPECT_EQ(parse_decimal("+7", 0), 7);
  EXPECT_EQ(parse_decimal(".5", 2), 50);
  EXPECT_EQ(parse_decimal("5.", 0), 5);
  EXPECT_EQ(parse_decimal("007", 0), 7);
  for (const char* text :
       {"", ".", "-", "+.", "1.2.3", "1e5", "--1", "1-", " 1", "1 ", "0x10", "１"}) {
    EXPECT_FALSE(parse_decimal(text, 3)) << text;
  }
}

TEST(Decimal, further_digits_are_rounded_half_away_from_zero) {
  EXPECT_EQ(parse_decimal("0.0005", 3), 1);
  EXPECT_EQ(parse_decimal("0.00049999", 3), 0);
  EXPECT_EQ(parse_decimal("-0.0005", 3), -1);
  EXPECT_EQ(parse_decimal("1.4999", 0), 1);
  EXPECT_EQ(parse_decimal("1.5", 0), 2);
  EXPECT_EQ(parse_decimal("9.995", 2), 1000);
}

TEST(Decimal, above_ten_to_the_fifteenth_there_is_no_number) {
  EXPECT_EQ(parse_decimal("1000000000000000", 0), 1'000'000'000'000'000);
  EXPECT_FALSE(parse_decimal("1000000000000001", 0));
  EXPECT_FALSE(parse_decimal("1000000000000000.5", 0));  // would round to above
  EXPECT_FALSE(parse_decimal("1000000000001", 3));
  EXPECT_FALSE(parse_decimal(std::string(500, '9'), 0));
  std::string padded(500, '0');
  padded.back() = '1';
  EXPECT_EQ(parse_decimal(padded, 0), 1);
}

TEST(Decimal, what_is_written_is_read_back_exactly) {
  holds(10'000, [] {
    const auto value =
        *rc::gen::inRange<std::int64_t>(-1'000'000'000'000'000, 1'000'000'000'000'001);
    const int places = *rc::gen::inRange(0, 10);
    RC_ASSERT(parse_decimal(decimal_string(value, places), places) == value);
  });
}

TEST(Decimal, is_written_with_no_more_digits_than_needed) {
  EXPECT_EQ(decimal_string(2500, 3), "2.5");
  EXPECT_EQ(decimal_string(-5, 3), "-0.005");
  EXPECT_EQ(decimal_string(100, 2), "1");
  EXPECT_EQ(decimal_string(0, 2), "0");
  EXPECT_EQ(decimal_string(12, 0), "12");
  EXPECT_EQ(to_string(Amount{2500}), "2.5");
  EXPECT_EQ(to_string(Money{1234'50}), "1234.5");
  EXPECT_EQ(decimal_string(std::numeric_limits<std::int64_t>::min(), 0), "-9223372036854775808");
}

}  // namespace
}  // namespace diaodu
