#include "diaodu/plan/schedule.h"

#include "support/property.h"

namespace diaodu {
namespace {

TEST(Schedule, an_empty_one_finishes_where_the_plan_starts) {
  Plan plan;
  plan.start = Instant{500};
  EXPECT_EQ(finish(Schedule{}, plan), Instant{500});
  plan.tasks.add(Task{});
  Schedule schedule;
  schedule.placements.add({.start = Instant{600}, .finish = Instant{900}, .is_scheduled = false});
  EXPECT_EQ(finish(schedule, plan), Instant{500});  // what is left out does not count
}

TEST(Schedule, a_summary_spans_its_scheduled_descendants) {
  //  0 ............ summary of 1 and 4        1: summary of 2 and 3 (left out)
  //    2 [100, 200)   3 [0, 900) left out     4 [150, 300)
  Plan plan;
  const TaskId top = plan.tasks.add(Task{.kind = TaskKind::summary});
  const TaskId inner = plan.tasks.add(Task{.parent = top, .kind = TaskKind::summary});
  plan.tasks.add(Task{.parent = inner});
  plan.tasks.add(Task{.parent = inner});
  plan.tasks.add(Task{.parent = top});
  const TaskId childless = plan.tasks.add(Task{.kind = TaskKind::summary});
  Schedule schedule{Table<TaskId, Placement>(6), {}};
  schedule.placements[TaskId{2}] = {Instant{100}, Instant{200}, Instant{120}, {}, true};
  schedule.placements[TaskId{3}] = {Instant{0}, Instant{900}, Instant{0}, {}, false};
  schedule.placements[TaskId{4}] = {Instant{150}, Instant{300}, Instant{150}, {}, true};
  roll_up(schedule, plan);
  EXPECT_EQ(schedule.placements[inner].start, Instant{100});
  EXPECT_EQ(schedule.placements[inner].finish, Instant{200});
  EXPECT_EQ(schedule.placements[top].start, Instant{100});
  EXPECT_EQ(schedule.placements[top].finish, Instant{300});
  EXPECT_EQ(schedule.placements[top].resumes, Instant{120});
  EXPECT_FALSE(schedule.placements[childless].is_scheduled);
  EXPECT_EQ(finish(schedule, plan), Instant{300});
}

}  // namespace
}  // namespace diaodu
