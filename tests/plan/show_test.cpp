#include "diaodu/plan/show.h"

#include <gtest/gtest.h>

#include "diaodu/plan/sources.h"
#include "support/tables.h"

namespace diaodu {
namespace {

Plan small_plan(std::string_view toml = kMonday) {
  return read_tables({{"tasks", "id,duration,name,name_zh\nA,1d,Pour slab,浇筑底板\nB,1d,,\n"},
                      {"resources", "id,name\ncrew,Crew\n"}},
                     toml)
      .plan;
}

TEST(Show, an_instant_is_what_the_plans_clocks_show) {
  const Plan plan = small_plan("[plan]\nstart = 2022-08-01\ntime_zone = 'Asia/Shanghai'\n");
  EXPECT_EQ(show(plan, plan.start), "2022-08-01 00:00");
  EXPECT_EQ(plan.start, Instant{LocalTime::at(Date::from(2022, 7, 31), 16 * 60).minutes});
  EXPECT_EQ(show_with_weekday(plan, plan.start, Language::english), "Mon 2022-08-01 00:00");
  EXPECT_EQ(show_with_weekday(plan, plan.start, Language::chinese), "2022-08-01 周一 00:00");
  EXPECT_EQ(show(plan, kNever), "∞");
  EXPECT_EQ(show(plan, kEver), "-∞");
  EXPECT_EQ(show_with_weekday(plan, kNever, Language::english), "∞");
}

TEST(Show, a_benchmark_counts_periods) {
  const Plan plan = small_plan("[plan]\nstart = 2022-08-01\ntime = 'periods'\n");
  const NamedCalendar& calendar = plan.calendars[plan.calendar];
  EXPECT_EQ(show(plan, plan.start + Elapsed{17}), "17");
  EXPECT_EQ(show_with_weekday(plan, plan.start + Elapsed{17}, Language::english), "17");
  EXPECT_EQ(show(plan, WorkTime{480}, calendar), "480");
  EXPECT_EQ(show(plan, Elapsed{90}, Language::english), "90");
}

TEST(Show, working_time_comes_in_days_where_these_come_out_short) {
  const Plan plan = small_plan();
  const NamedCalendar& standard = plan.calendars[plan.calendar];
  const auto shown = [&](std::int64_t minutes) { return show(plan, WorkTime{minutes}, standard); };
  EXPECT_EQ(shown(0), "0d");
  EXPECT_EQ(shown(3 * 480), "3d");
  EXPECT_EQ(shown(1200), "2.5d");
  EXPECT_EQ(shown(600), "1.25d");
  EXPECT_EQ(shown(-480), "-1d");
  EXPECT_EQ(shown(540), "9h");
  EXPECT_EQ(shown(240), "4h");
  EXPECT_EQ(shown(45), "0.75h");
  EXPECT_EQ(shown(50), "50min");
  EXPECT_EQ(shown(-50), "-50min");
}

TEST(Show, time_on_the_clock_is_said_in_parts) {
  const Plan plan = small_plan();
  EXPECT_EQ(show(plan, Elapsed{3 * 1440 + 4 * 60}, Language::english), "3 d 4 h");
  EXPECT_EQ(show(plan, Elapsed{3 * 1440 + 4 * 60 + 5}, Language::chinese), "3天4小时5分钟");
  EXPECT_EQ(show(plan, Elapsed{45}, Language::english), "45 min");
  EXPECT_EQ(show(plan, Elapsed{-61}, Language::english), "-1 h 1 min");
  EXPECT_EQ(show(plan, Elapsed{}, Language::english), "0 min");
  EXPECT_EQ(show(plan, Elapsed{}, Language::chinese), "0分钟");
}

TEST(Show, names_stand_in_the_quotes_of_their_language) {
  const Plan plan = small_plan();
  EXPECT_EQ(quoted(plan, TaskId{0}, Language::english), "'Pour slab'");
  EXPECT_EQ(quoted(plan, TaskId{0}, Language::chinese), "“浇筑底板”");
  EXPECT_EQ(quoted(plan, TaskId{1}, Language::chinese), "“B”");
  EXPECT_EQ(quoted(plan, ResourceId{0}, Language::chinese), "“Crew”");
}

TEST(Sources, name_the_line_and_column_of_a_row_as_far_as_they_are_known) {
  Sources sources;
  sources[TableKind::tasks] = {"tasks.csv", {2, 5}, {{"id", 1}, {"duration", 3}}};
  EXPECT_EQ(sources.at(TableKind::tasks, 1, "duration"), (Where{"tasks.csv", 5, 3}));
  EXPECT_EQ(sources.at(TableKind::tasks, 1, "owner"), (Where{"tasks.csv", 5, 0}));
  EXPECT_EQ(sources.at(TableKind::tasks, 1), (Where{"tasks.csv", 5, 0}));
  EXPECT_EQ(sources.at(TableKind::tasks, 2, "id"), (Where{"tasks.csv", 0, 0}));
  EXPECT_EQ(sources.at(TableKind::links, 0, "from"), Where{});
  EXPECT_EQ(table_name(TableKind::availability), "availability");
}

}  // namespace
}  // namespace diaodu
