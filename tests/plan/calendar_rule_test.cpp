#include "diaodu/plan/calendar_rule.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "diaodu/plan/holidays_cn.h"
#include "support/data.h"

namespace diaodu {
namespace {

TEST(CalendarRule, a_six_day_site_works_its_own_saturday_hours_on_a_make_up_saturday) {
  // Site: Monday to Friday 10 h, Saturday 6 h, with the statutory holidays.  Sunday 2024-02-04 is a
  // make-up day without shifts of its own, so it is like Monday; Saturday 2024-05-11 stays
  // Saturday.
  CalendarRule site;
  for (std::size_t day = 0; day < 5; ++day) site.week[day] = DayShifts{{7 * 60, 17 * 60}};
  site.week[5] = DayShifts{{7 * 60, 13 * 60}};
  site.has_statutory_holidays = true;
  const CalendarRule* chain[] = {&site};
  const WorkPattern pattern = resolve(chain);
  EXPECT_EQ(to_string(pattern.on(Date::from(2024, 2, 4))), "07:00-17:00");
  EXPECT_EQ(to_string(pattern.on(Date::from(2024, 5, 11))), "07:00-13:00");
  EXPECT_EQ(to_string(pattern.on(Date::from(2024, 2, 12))), "");
}

TEST(CalendarRule, a_child_overrides_weekdays_and_dates_of_its_base) {
  const auto built_in = built_in_calendars();
  CalendarRule child;
  child.week[4] = DayShifts{};  // no Fridays
  child.exceptions.push_back({.first = Date::from(2024, 2, 12),
                              .last = Date::from(2024, 2, 12),
                              .shifts = {{9 * 60, 10 * 60}}});
  const CalendarRule* chain[] = {&built_in[1], &built_in[2], &child};
  const WorkPattern pattern = resolve(chain);
  EXPECT_EQ(to_string(pattern.on(Date::from(2024, 3, 1))), "");              // a Friday
  EXPECT_EQ(to_string(pattern.on(Date::from(2024, 2, 12))), "09:00-10:00");  // in the holidays
  EXPECT_EQ(to_string(pattern.on(Date::from(2024, 2, 13))), "");
  EXPECT_EQ(to_string(pattern.on(Date::from(2024, 3, 4))), "08:00-12:00 13:00-17:00");
}

TEST(CalendarRule, a_day_is_the_usual_length_of_a_working_day) {
  CalendarRule rule;
  for (std::size_t day = 0; day < 5; ++day) rule.week[day] = DayShifts{{7 * 60, 17 * 60}};
  rule.week[5] = DayShifts{{7 * 60, 11 * 60}};
  const CalendarRule* chain[] = {&rule};
  const NamedCalendar named = make_calendar(rule, chain, Zone{});
  EXPECT_EQ(named.day, WorkTime{600});
  EXPECT_EQ(named.week, WorkTime{5 * 600 + 240});
  EXPECT_EQ(named.month, WorkTime{20 * 600});
}

TEST(Shifts, are_read_as_people_write_them) {
  EXPECT_EQ(parse_shifts("08:00-12:00 13:00-17:00"), (DayShifts{{480, 720}, {780, 1020}}));
  EXPECT_EQ(parse_shifts("13:00-17:00, 8:00-12:00"), (DayShifts{{480, 720}, {780, 1020}}));
  EXPECT_EQ(parse_shifts("22:00-06:00"), (DayShifts{{1320, 1800}}));
  EXPECT_EQ(parse_shifts("00:00-24:00"), (DayShifts{{0, 1440}}));
  EXPECT_EQ(parse_shifts(""), DayShifts{});
  EXPECT_EQ(parse_shifts("8-12"), std::nullopt);
  EXPECT_EQ(parse_shifts("08:00-25:00"), std::nullopt);
  EXPECT_EQ(parse_shifts("24:00-02:00"), std::nullopt);
  EXPECT_EQ(to_string(DayShifts{{1320, 1800}}), "22:00-06:00");
}

TEST(HolidaysCn, every_day_agrees_with_the_independent_table) {
  const std::filesystem::path folder = data_folder() / "holidays";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no data folder: " << folder;
  std::map<Date, bool> ours;  // date -> worked
  for (const StatutoryDays& days : statutory_days_cn()) {
    for (Date date = days.first; date <= days.last; date = date + 1) ours[date] = days.is_worked;
  }
  std::map<Date, bool> theirs;
  for (int year = 2007; year <= last_statutory_year_cn(); ++year) {
    std::ifstream file(folder / (std::to_string(year) + ".json"));
    const nlohmann::json announced = nlohmann::json::parse(file);
    for (const auto& day : announced["days"]) {
      theirs[*parse_iso_date(day["date"].get<std::string>())] = !day["isOffDay"].get<bool>();
    }
  }
  EXPECT_EQ(ours, theirs);
  EXPECT_EQ(theirs.size(), 678U);
}

}  // namespace
}  // namespace diaodu
