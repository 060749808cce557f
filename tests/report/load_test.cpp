#include "diaodu/report/load.h"

#include <gtest/gtest.h>

#include "diaodu/report/time_axis.h"
#include "report/plant.h"

namespace diaodu::report {
namespace {

//  Mon 4 Mar      Tue 5 Mar     Wed 6 Mar
//  A (1 mason) A  A   A         .   .
//                 B (2 masons)  B
Plan make_walls() {
  return make_plan("[plan]\nstart = 2024-03-04\n", "id,duration,predecessors\nA,2d,\nB,1d,ASS+1d\n",
                   "id,kind,capacity\nmason,people,2\nbrick,material,900\n",
                   "task,resource,amount\nA,mason,1\nB,mason,2\nA,brick,400\nB,brick,300\n");
}

TEST(Load, use_and_offer_are_counted_where_the_calendar_works) {
  // A: 2 d x 1, B: 1 d x 2, all in two days that offer 2 d x 2.
  const Plan plan = make_walls();
  const auto loads = resource_loads(plan, answer(plan, false).schedule);
  const ResourceLoad& mason = loads[ResourceId{0}];
  EXPECT_EQ(mason.used, Effort{4 * 480 * 1000});
  EXPECT_EQ(mason.offered, Effort{4 * 480 * 1000});
  EXPECT_EQ(mason.peak, Amount{3000});
  EXPECT_DOUBLE_EQ(mason.utilisation(), 1.0);
  EXPECT_FALSE(loads[ResourceId{1}].is_used());  // what is used up has no load
}

TEST(Load, buckets_add_up_to_the_whole_and_tell_full_and_overloaded_days) {
  const Plan plan = make_walls();
  const ResourceLoad load = resource_loads(plan, answer(plan, false).schedule)[ResourceId{0}];
  const auto days = in_buckets(load, divisions(plan, load.during, Scale::day));
  ASSERT_EQ(days.size(), 2U);
  EXPECT_EQ(days[0].used, Effort{480 * 1000});
  EXPECT_FALSE(days[0].is_full());
  EXPECT_FALSE(days[0].is_over);
  EXPECT_EQ(days[1].used, Effort{3 * 480 * 1000});
  EXPECT_TRUE(days[1].is_over);
  EXPECT_EQ(days[0].used + days[1].used, load.used);
}

TEST(Load, an_overload_is_named_with_its_day_and_its_tasks) {
  const Plan plan = make_walls();
  const auto all = overloads(plan, answer(plan, false).schedule);
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].num_days, 1U);
  EXPECT_EQ(all[0].used, Amount{3000});
  EXPECT_EQ(all[0].capacity, Amount{2000});
  EXPECT_EQ(all[0].tasks.size(), 2U);
  EXPECT_TRUE(overloads(plan, answer(plan, true).schedule).empty());
}

TEST(Load, capacity_follows_the_rows_of_availability) {
  Plan plan = make_walls();
  // On Tuesday only one mason comes.
  const Instant tuesday = plan.start + Elapsed{kMinutesPerDay};
  plan.availability.push_back({ResourceId{0}, {tuesday, tuesday + Elapsed{kMinutesPerDay}}, kOne});
  const ResourceLoad load = resource_loads(plan, answer(plan, false).schedule)[ResourceId{0}];
  EXPECT_EQ(load.offered, Effort{3 * 480 * 1000});
}

TEST(Load, what_is_used_up_is_taken_where_a_task_starts) {
  const Plan plan = make_walls();
  const Schedule schedule = answer(plan, false).schedule;
  const Instant tuesday = plan.start + Elapsed{kMinutesPerDay};
  EXPECT_EQ(consumption(plan, schedule, ResourceId{1}, {plan.start, tuesday}), Amount{400'000});
  EXPECT_EQ(consumption(plan, schedule, ResourceId{1}, {tuesday, kNever}), Amount{300'000});
  const std::vector<Interval> both = {{plan.start, tuesday}, {tuesday, kNever}};
  const auto taken = consumption(plan, schedule, both);
  EXPECT_TRUE(taken[ResourceId{0}].empty());  // masons go home again
  EXPECT_EQ(taken[ResourceId{1}], (std::vector<Amount>{Amount{400'000}, Amount{300'000}}));
}

// 18 days of 480 minutes times "no limit" are more than a number holds.
TEST(Load, what_has_no_limit_offers_what_is_used) {
  const Plan plan =
      make_plan("[plan]\nstart = 2024-03-04\n", "id,duration\nA,18d\n",
                "id,kind,capacity\ncrew,people,\n", "task,resource,amount\nA,crew,2\n");
  const ResourceLoad load = resource_loads(plan, answer(plan, false).schedule)[ResourceId{0}];
  const std::vector<Bucket> buckets = in_buckets(load, {load.during});
  ASSERT_EQ(buckets.size(), 1U);
  EXPECT_EQ(buckets[0].used, Effort{2 * 18 * 480 * 1000});
  EXPECT_EQ(buckets[0].offered, buckets[0].used);
  EXPECT_FALSE(buckets[0].is_over);
}

TEST(TimeAxis, divisions_begin_at_midnight_on_the_plans_clocks) {
  const Plan plan = make_plant();  // Shanghai
  const Interval march{plan.zone.to_instant(LocalTime::at(Date::from(2024, 3, 6), 600)),
                       plan.zone.to_instant(LocalTime::at(Date::from(2024, 3, 19), 0))};
  const auto weeks = divisions(plan, march, Scale::week);
  ASSERT_EQ(weeks.size(), 3U);  // of 4, 11 and 18 March
  EXPECT_EQ(to_string(plan.zone.to_local(weeks[0].from)), "2024-03-04 00:00");
  EXPECT_EQ(full_name(plan, weeks[1].from, Scale::day, Language::chinese), "2024年3月11日");
  EXPECT_EQ(full_name(plan, weeks[1].from, Scale::quarter, Language::english), "Q1 2024");
}

TEST(TimeAxis, marks_are_as_fine_as_there_is_room_for) {
  const Plan plan = make_plant();
  const auto finest = [&](std::int64_t days, double length) {
    return make_axis(plan, {plan.start, plan.start + Elapsed{days * kMinutesPerDay}}, length, 20)
        .minor;
  };
  EXPECT_EQ(finest(30, 900), Scale::day);     // 30 a day
  EXPECT_EQ(finest(100, 900), Scale::week);   // 63 a week
  EXPECT_EQ(finest(700, 900), Scale::month);  // 38 a month
  EXPECT_EQ(finest(3000, 900), Scale::quarter);
  EXPECT_EQ(finest(9000, 900), Scale::year);
}

}  // namespace
}  // namespace diaodu::report
