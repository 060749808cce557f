#include "diaodu/plan/working_times.h"

#include "support/property.h"
#include "support/tables.h"

namespace diaodu {
namespace {

constexpr std::string_view kShifts =
    "[plan]\nstart = 2022-08-01\n"
    "[calendars.early]\nweekdays = '06:00-14:00'\n"
    "[calendars.late]\nweekdays = '12:00-20:00'\n"
    "[calendars.night]\nweekdays = '22:00-24:00'\n";

formats::ReadPlan crews(std::string_view tasks, std::string_view demands,
                        std::string_view modes = {}) {
  return read_tables({{"tasks", tasks},
                      {"resources",
                       "id,kind,capacity,calendar\nann,people,1,early\nbob,people,1,late\n"
                       "eve,people,1,night\nany,people,1,\ncement,material,9,late\n"},
                      {"demands", demands},
                      {"modes", modes.empty() ? "task,mode,duration\n" : modes}},
                     kShifts);
}

std::vector<Interval> monday(const formats::ReadPlan& read, const Calendar& calendar) {
  return calendar.intervals({at(read.plan, "2022-08-01"), at(read.plan, "2022-08-02")});
}

Interval hours(const formats::ReadPlan& read, std::string_view from, std::string_view to) {
  return {at(read.plan, "2022-08-01", from), at(read.plan, "2022-08-01", to)};
}

TEST(WorkingTimes, two_people_work_together_while_both_are_there) {
  //  ann   06 ======== 14
  //  bob         12 ======== 20      together 12-14
  const auto read = crews("id,duration\nA,2h\nB,2h\nC,2h\n",
                          "task,resource\nA,ann\nA,bob\nB,ann\nB,any\nB,cement\n");
  const WorkingTimes times(read.plan);
  EXPECT_EQ(monday(read, times.of(TaskId{0}, {})), (std::vector{hours(read, "12:00", "14:00")}));
  // Who has no calendar of his own, and what is no person or machine, is there when it is wanted.
  EXPECT_EQ(monday(read, times.of(TaskId{1}, {})), (std::vector{hours(read, "06:00", "14:00")}));
  // Nobody demanded: the plan's calendar.
  EXPECT_EQ(monday(read, times.of(TaskId{2}, {})), monday(read, times.of_project()));
  EXPECT_EQ(times.combined(TaskId{0}).size(), 2U);
}

TEST(WorkingTimes, a_task_can_insist_on_its_own_calendar_or_on_the_clock) {
  const auto read = crews(
      "id,duration,calendar,ignore_resource_calendars\n"
      "A,2h,late,\nB,2h,late,yes\nC,2eh,,\nD,2h,24h,\n",
      "task,resource\nA,ann\nB,ann\nC,ann\nD,ann\n");
  const WorkingTimes times(read.plan);
  EXPECT_EQ(monday(read, times.of(TaskId{0}, {})), (std::vector{hours(read, "12:00", "14:00")}));
  EXPECT_EQ(monday(read, times.of(TaskId{1}, {})), (std::vector{hours(read, "12:00", "20:00")}));
  EXPECT_TRUE(times.of(TaskId{2}, {}).is_always());
  EXPECT_EQ(times.number_of(TaskId{2}), 0U);
  EXPECT_EQ(monday(read, times.of(TaskId{3}, {})), (std::vector{hours(read, "06:00", "14:00")}));
}

TEST(WorkingTimes, each_mode_has_its_own_people) {
  const auto read = crews("id,duration\nA,2h\n", "task,mode,resource\nA,x,ann\nA,y,bob\n",
                          "task,mode,duration\nA,x,2h\nA,y,2h\n");
  const WorkingTimes times(read.plan);
  EXPECT_EQ(monday(read, times.of(TaskId{0}, ModeId{0})),
            (std::vector{hours(read, "06:00", "14:00")}));
  EXPECT_EQ(monday(read, times.of(TaskId{0}, ModeId{1})),
            (std::vector{hours(read, "12:00", "20:00")}));
  EXPECT_EQ(times.number_of(TaskId{0}),
            times.number_of(ModeId{0}));  // the first, until one is chosen
}

TEST(WorkingTimes, people_who_never_meet_are_named) {
  const auto read = crews("id,duration\nA,2h\nB,2h\n", "task,resource\nA,ann\nA,eve\nB,eve\n");
  const WorkingTimes times(read.plan);
  EXPECT_EQ(times.never_workable(), (std::vector<TaskId>{TaskId{0}}));
}

TEST(WorkingTimes, equal_combinations_share_a_calendar) {
  const auto read = crews("id,duration\nA,2h\nB,2h\nC,2h\n",
                          "task,resource\nA,ann\nA,bob\nB,bob\nB,ann\nC,ann\n");
  const WorkingTimes times(read.plan);
  EXPECT_EQ(times.number_of(TaskId{0}), times.number_of(TaskId{1}));
  EXPECT_NE(times.number_of(TaskId{0}), times.number_of(TaskId{2}));
  EXPECT_GE(times.size(), 4U);
  EXPECT_TRUE(times.calendar(0).is_always());
}

TEST(WorkingTimes, of_ten_thousand_calendars_written_twice_each_two_are_one) {
  constexpr std::size_t kNum = 10'000;
  Plan plan;
  for (std::size_t i = 0; i < 2 * kNum; ++i) {
    const auto hours = static_cast<int>(i % kNum);
    const int begin = hours % 1'000;
    CalendarRule rule;
    rule.id = std::to_string(i);
    rule.week.fill(DayShifts{{begin, begin + 1 + hours / 1'000}});
    const CalendarRule* chain[] = {&rule};
    plan.calendars.add(make_calendar(rule, chain, plan.zone));
  }
  plan.calendar = CalendarId{0};
  const WorkingTimes times(plan);
  EXPECT_EQ(times.size(), kNum + 1);  // and around the clock
  for (std::size_t i = 0; i < kNum; ++i)
    ASSERT_EQ(times.number_of(CalendarId{i}), times.number_of(CalendarId{i + kNum}));
}

TEST(WorkingTimes, calendars_kept_apart_share_with_nobody) {
  // A on the early calendar, B with Ann, who works the same minutes: one, unless the early calendar is kept apart; then
  // only what has a part in it stays together.
  const auto read =
      read_tables({{"tasks", "id,duration,calendar\nA,2h,early\nB,2h,\nC,2h,early\n"},
                   {"resources", "id,kind,capacity,calendar\nann,people,1,dawn\n"},
                   {"demands", "task,resource\nB,ann\nC,ann\n"}},
                  std::string(kShifts) + "[calendars.dawn]\nweekdays = '06:00-14:00'\n");
  const WorkingTimes times(read.plan);
  EXPECT_EQ(times.number_of(TaskId{0}), times.number_of(TaskId{1}));
  EXPECT_FALSE(times.keeps_apart());

  const CalendarId early = read.plan.tasks[TaskId{0}].calendar;
  const WorkingTimes apart(read.plan, {&early, 1});
  EXPECT_NE(apart.number_of(TaskId{0}), apart.number_of(TaskId{1}));
  EXPECT_EQ(apart.number_of(TaskId{0}), apart.number_of(TaskId{2}));
  EXPECT_EQ(apart.apart(apart.number_of(TaskId{2})).front(), early);
  EXPECT_TRUE(apart.apart(apart.number_of(TaskId{1})).empty());
}

TEST(WorkingTimes, a_minute_is_worked_when_every_calendar_in_it_works) {
  // The slow twin asks each calendar about each minute.
  holds(10'000, [] {
    const auto shifts = [] {
      const int from = *rc::gen::inRange(0, 20);
      const int to = *rc::gen::inRange(from + 1, 30);
      return DayShifts{{from, to}};
    };
    Plan plan;
    const int num_calendars = *rc::gen::inRange(1, 4);
    for (int i = 0; i < num_calendars; ++i) {
      CalendarRule rule;
      rule.id = std::to_string(i);
      rule.week.fill(shifts());
      if (*rc::gen::inRange(0, 3) == 0) {
        rule.exceptions.push_back(
            {Date::from(1970, 1, 1), Date::from(1970, 1, 1), false, shifts(), ""});
      }
      const CalendarRule* chain[] = {&rule};
      plan.calendars.add(make_calendar(rule, chain, plan.zone));
    }
    const auto some_calendar = [&] {
      const int number = *rc::gen::inRange(-1, num_calendars);
      return number < 0 ? CalendarId{} : CalendarId{static_cast<std::size_t>(number)};
    };
    plan.calendar = CalendarId{0};
    Task task;
    task.calendar = some_calendar();
    task.is_elapsed = *rc::gen::inRange(0, 6) == 0;
    task.ignores_resource_calendars = *rc::gen::inRange(0, 4) == 0;
    plan.tasks.add(task);
    std::vector<CalendarId> all;
    if (task.calendar) all.push_back(task.calendar);
    for (int i = *rc::gen::inRange(0, 3); i > 0; --i) {
      const ResourceId resource = plan.resources.add(Resource{.calendar = some_calendar()});
      plan.demands.add({.task = TaskId{0}, .resource = resource});
      const CalendarId calendar = plan.resources[resource].calendar;
      if (calendar && !task.ignores_resource_calendars) all.push_back(calendar);
    }
    if (all.empty()) all.push_back(plan.calendar);

    const WorkingTimes times(plan);
    for (Instant minute{0}; minute < Instant{40}; minute = minute + Elapsed{1}) {
      bool is_worked = true;
      for (CalendarId calendar : all) {
        is_worked = is_worked && plan.calendars[calendar].calendar.is_working(minute);
      }
      RC_ASSERT(times.of(TaskId{0}, {}).is_working(minute) == (is_worked || task.is_elapsed));
    }
  });
}

}  // namespace
}  // namespace diaodu
