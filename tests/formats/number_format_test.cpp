#include "diaodu/formats/number_format.h"

#include <gtest/gtest.h>

namespace diaodu::formats {
namespace {

TEST(NumberFormat, tells_dates_clocks_and_shares_from_numbers) {
  for (const char* date :
       {"yyyy-mm-dd", "m/d/yy", "yyyy\"年\"m\"月\"d\"日\"", "[$-804]d mmm", "mmm"}) {
    EXPECT_EQ(kind_of_format(date), NumberKind::date) << date;
  }
  for (const char* both : {"yyyy-mm-dd hh:mm", "m/d/yy h:mm AM/PM", "[$-F400]d.m.yyyy h:mm;@"}) {
    EXPECT_EQ(kind_of_format(both), NumberKind::date_time) << both;
  }
  for (const char* plain : {"General", "0.00", "#,##0.00", "0.00E+00", "\"days\" 0", "0 \\d",
                            "[Red]0", "@", "", "\"", "[", "\\", "_", "General;[Red]-General"}) {
    EXPECT_EQ(kind_of_format(plain), NumberKind::plain) << plain;
  }
  EXPECT_EQ(kind_of_format("h:mm:ss"), NumberKind::clock);
  EXPECT_EQ(kind_of_format("[h]:mm"), NumberKind::elapsed);
  EXPECT_EQ(kind_of_format("0.0%"), NumberKind::percent);
  EXPECT_EQ(kind_of_built_in(14), NumberKind::date);
  EXPECT_EQ(kind_of_built_in(31), NumberKind::date);
  EXPECT_EQ(kind_of_built_in(22), NumberKind::date_time);
  EXPECT_EQ(kind_of_built_in(0), NumberKind::plain);
}

TEST(NumberFormat, writes_a_number_as_a_person_would) {
  EXPECT_EQ(number_text("45394", NumberKind::date, false), "2024-04-12");
  EXPECT_EQ(number_text("45394.666666666664", NumberKind::date, false), "2024-04-12 16:00");
  EXPECT_EQ(number_text("45394", NumberKind::date_time, false), "2024-04-12 00:00");
  EXPECT_EQ(number_text("43932", NumberKind::date, true), "2024-04-12");
  EXPECT_EQ(number_text("0.66666666666666663", NumberKind::clock, false), "16:00");
  EXPECT_EQ(number_text("1.5", NumberKind::elapsed, false), "2160min");
  EXPECT_EQ(number_text("0.07", NumberKind::percent, false), "7%");
  EXPECT_EQ(number_text("0.10000000000000001", NumberKind::plain, false), "0.1");
  EXPECT_EQ(number_text("1E+3", NumberKind::plain, false), "1000");
  EXPECT_EQ(number_text("12345678901234567", NumberKind::plain, false), "1.2345678901234568e+16");
}

TEST(NumberFormat, leaves_what_is_no_number_or_no_date) {
  EXPECT_EQ(number_text("nan", NumberKind::date, false), "nan");
  EXPECT_EQ(number_text("1e999", NumberKind::date, false), "1e999");
  EXPECT_EQ(number_text("-1", NumberKind::date, false), "-1");
  EXPECT_EQ(number_text("1e300", NumberKind::elapsed, false), "1e+300");
  EXPECT_EQ(number_text("", NumberKind::percent, false), "");
}

}  // namespace
}  // namespace diaodu::formats
