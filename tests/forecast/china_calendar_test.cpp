#include "diaodu/forecast/china_calendar.h"

#include <cmath>

#include "diaodu/plan/holidays_cn.h"
#include "support/property.h"

namespace diaodu::forecast {
namespace {

TEST(ChinaCalendar, spring_festivals_as_they_were) {
  const char* const known[] = {
      "1930-01-30", "1949-01-29", "1966-01-21", "1978-02-07", "1983-02-13", "1985-02-20", "1990-01-27",
      "1995-01-31", "1996-02-19", "1997-02-07", "1998-01-28", "1999-02-16", "2000-02-05", "2001-01-24",
      "2002-02-12", "2003-02-01", "2004-01-22", "2005-02-09", "2006-01-29", "2007-02-18", "2008-02-07",
      "2009-01-26", "2010-02-14", "2011-02-03", "2012-01-23", "2013-02-10", "2014-01-31", "2015-02-19",
      "2016-02-08", "2017-01-28", "2018-02-16", "2019-02-05", "2020-01-25", "2021-02-12", "2022-02-01",
      "2023-01-22", "2024-02-10", "2025-01-29", "2026-02-17", "2027-02-06", "2028-01-26", "2029-02-13",
      "2030-02-03", "2033-01-31", "2034-02-19"};
  for (const char* text : known) {
    const Date day = *parse_iso_date(text);
    EXPECT_EQ(to_string(spring_festival(year_month_day(day).year)), text);
  }
}

TEST(ChinaCalendar, shares_of_the_festival_are_those_of_genhol_but_for_their_mean) {
  // 2000-02-05: of the six days before it two lie in January, of the seven from it none.  2001-01-24: all.
  const Series monthly{.first_year = 2000};
  const auto before = festival_shares(monthly, 24, -6, -1);
  const auto during = festival_shares(monthly, 24, 0, 6);
  EXPECT_NEAR(before[12] - before[0], 1 - 2 / 6.0, 1e-12);
  EXPECT_NEAR(before[12] - before[0], .534653465347 + .132013201320, 1e-11);
  EXPECT_NEAR(during[12] - during[0], .753889674682 + .246110325318, 1e-11);
  // genhol's means are of R's table `cny`, which has some festivals a day early: by 2 of 606 days before and by
  // 1 of 707 from it.  A mean of a month is part of its season, and changes no forecast.
  EXPECT_NEAR(before[0] + .132013201320, 2 / 606.0, 1e-12);
  EXPECT_NEAR(during[0] + .246110325318, 1 / 707.0, 1e-12);
}

TEST(ChinaCalendar, quarters_do_not_feel_the_festival) {
  // It always lies in the first.
  const Series quarterly{.slots_per_year = 4, .first_year = 2000};
  for (const double share : festival_shares(quarterly, 40, 0, 6)) EXPECT_NEAR(share, 0, 1e-12);
}

}  // namespace
}  // namespace diaodu::forecast
