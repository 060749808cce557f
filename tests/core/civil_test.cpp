#include "diaodu/core/civil.h"

#include "support/property.h"

namespace diaodu {
namespace {

bool is_leap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int days_in(int year, int month) {
  if (month == 2) return is_leap(year) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

TEST(Date, agrees_with_counting_day_by_day_through_seven_centuries) {
  // The slow twin is a wall calendar: tear off a sheet, and another.
  Date date = Date::from(1600, 1, 1);
  int on_the_wall = 5;  // 1600-01-01 was a Saturday
  for (int year = 1600; year < 2300; ++year) {
    for (int month = 1; month <= 12; ++month) {
      for (int day = 1; day <= days_in(year, month); ++day) {
        ASSERT_EQ(Date::from(year, month, day), date);
        const YearMonthDay back = year_month_day(date);
        ASSERT_TRUE(back.year == year && back.month == month && back.day == day);
        ASSERT_EQ(static_cast<int>(weekday(date)), on_the_wall);
        date = date + 1;
        on_the_wall = (on_the_wall + 1) % 7;
      }
    }
  }
}

TEST(Date, known_days_are_where_they_belong) {
  EXPECT_EQ(Date::from(1970, 1, 1).days, 0);
  EXPECT_EQ(Date::from(1969, 12, 31).days, -1);
  EXPECT_EQ(weekday(Date::from(1970, 1, 1)), Weekday::thursday);
  EXPECT_EQ(weekday(Date::from(2022, 8, 12)), Weekday::friday);
  EXPECT_EQ(Date::from(2024, 3, 1) - 1, Date::from(2024, 2, 29));
}

TEST(Date, only_days_that_exist_in_the_years_of_plans_are_made) {
  EXPECT_TRUE(make_date(2024, 2, 29));
  EXPECT_FALSE(make_date(2023, 2, 29));
  EXPECT_FALSE(make_date(2024, 4, 31));
  EXPECT_FALSE(make_date(2024, 0, 1));
  EXPECT_FALSE(make_date(2024, 13, 1));
  EXPECT_FALSE(make_date(2024, 1, 0));
  EXPECT_FALSE(make_date(2024, 1, 32));
  EXPECT_FALSE(make_date(1899, 12, 31));
  EXPECT_TRUE(make_date(1900, 1, 1));
  EXPECT_TRUE(make_date(2199, 12, 31));
  EXPECT_FALSE(make_date(2200, 1, 1));
}

TEST(Date, iso_dates_are_read_and_nothing_else) {
  EXPECT_EQ(parse_iso_date("2024-04-12"), Date::from(2024, 4, 12));
  for (const char* text : {"", "2024-4-12", "2024/04/12", "2024-04-12 ", "2024-04-1x", "2024-13-01",
                           "-024-04-12", "2024--4-12", "+024-04-12", "20240412", "2024-02-30"}) {
    EXPECT_FALSE(parse_iso_date(text)) << text;
  }
}

TEST(Date, what_is_written_is_read_back) {
  holds(10'000, [] {
    const Date date{
        *rc::gen::inRange(Date::from(kFirstYear, 1, 1).days, Date::from(kLastYear, 12, 31).days)};
    RC_ASSERT(parse_iso_date(to_string(date)) == date);
  });
}

TEST(Clock, midnight_can_end_a_day_and_nothing_comes_after_it) {
  EXPECT_EQ(parse_clock("00:00"), 0);
  EXPECT_EQ(parse_clock("8:05"), 485);
  EXPECT_EQ(parse_clock("16:00"), 960);
  EXPECT_EQ(parse_clock("24:00"), 1440);
  for (const char* text : {"", ":00", "24:01", "25:00", "7:60", "7:5", "7:005", "123:00", "7",
                           "-1:00", "1:-1", "a:00", "7:0b", "7.00"}) {
    EXPECT_FALSE(parse_clock(text)) << text;
  }
}

TEST(Clock, every_minute_of_the_day_is_read_back) {
  for (int minute = 0; minute <= 1440; ++minute) {
    ASSERT_EQ(parse_clock(clock_string(minute)), minute);
  }
}

TEST(LocalTime, before_1970_the_minute_of_the_day_still_counts_forward) {
  const LocalTime time = LocalTime::at(Date::from(1969, 12, 31), 23 * 60 + 59);
  EXPECT_EQ(time.minutes, -1);
  EXPECT_EQ(time.date(), Date::from(1969, 12, 31));
  EXPECT_EQ(time.minute_of_day(), 1439);
  EXPECT_EQ(to_string(time), "1969-12-31 23:59");
  EXPECT_EQ((LocalTime{-1440}.date()), Date::from(1969, 12, 31));
  EXPECT_LT(time, LocalTime{0});
}

}  // namespace
}  // namespace diaodu
