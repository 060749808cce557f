#include "diaodu/check/objective.h"

#include <gtest/gtest.h>

#include "check/placed.h"
#include "support/tables.h"

namespace diaodu::check {
namespace {

TEST(ObjectiveValues, what_is_late_counts_by_its_weight_in_its_own_working_time) {
  //  Due Friday 5 August, 17:00 and midnight.  Dig, finished Monday at 10:00, is 2 h late, 3 times: 6 h.
  //  Cure works around the clock: late from Saturday 0:00 to Monday 0:00, 48 h.  Paint is on time.
  const auto read = read_tables({{"tasks",
                                  "id,duration,deadline,weight\n"
                                  "dig,2d,2022-08-05 17:00,3\n"
                                  "cure,3ed,2022-08-05,\n"
                                  "paint,1d,2022-08-05,9\n"}});
  const Schedule schedule = scheduled(read.plan, {{"dig", "08-04 10:00", "08-08 10:00"},
                                                  {"cure", "08-05 00:00", "08-08 00:00"},
                                                  {"paint", "08-05 08:00", "08-05 17:00"}});
  const ObjectiveValues values = objective_values(read.plan, schedule);
  EXPECT_EQ(values.tardiness, WorkTime{6 * 60 + 48 * 60});
  EXPECT_EQ(values.finish, moment(read.plan, "08-08 10:00"));
  EXPECT_EQ(values.stability, WorkTime{});
}

TEST(ObjectiveValues, a_weekend_is_not_late_and_a_summary_counts_on_the_plans_calendar) {
  //  The summary was due Friday and ends Monday at 09:00 with its only child: 1 h.  The start milestone lies
  //  on Monday at 08:00, no working time after Friday.
  const auto read = read_tables({{"tasks",
                                  "id,parent,duration,kind,deadline\n"
                                  "S,,,,2022-08-05\n"
                                  "A,S,1h,,\n"
                                  "M,,0d,start_milestone,2022-08-05\n"}});
  const Schedule schedule = scheduled(
      read.plan, {{"A", "08-08 08:00", "08-08 09:00"}, {"M", "08-08 08:00", "08-08 08:00"}});
  EXPECT_EQ(objective_values(read.plan, schedule).tardiness, WorkTime{60});
}

TEST(ObjectiveValues, what_is_completed_counts_no_more) {
  const auto read = read_tables(
      {{"tasks",
        "id,parent,duration,deadline\nS,,,2022-08-01\nA,S,2d,2022-08-01\nB,,2d,2022-08-01\n"},
       {"progress", "task,actual_start,actual_finish\nA,2022-08-01,2022-08-02\n"}},
      "[plan]\nstart = 2022-08-01\ndata_date = 2022-08-03\n");
  const Schedule schedule = scheduled(
      read.plan, {{"A", "08-01 08:00", "08-02 17:00"}, {"B", "08-03 08:00", "08-04 17:00"}});
  //  B alone: from Monday's end to Thursday's, 3 d.
  EXPECT_EQ(objective_values(read.plan, schedule).tardiness, WorkTime{3 * 480});
}

TEST(Moves, both_ways_count_and_new_tasks_and_milestones_over_a_weekend_do_not) {
  //  A a day later, B two hours earlier; C is new; M from Friday evening to Monday morning; S is a summary.
  const auto read = read_tables({{"tasks",
                                  "id,parent,duration,kind\nS,,,\nA,S,1d,\nB,S,1d,\nC,S,1d,\n"
                                  "M,,0d,start_milestone\n"}});
  const Plan& plan = read.plan;
  const Schedule schedule = scheduled(plan, {{"A", "08-02 08:00", "08-02 17:00"},
                                             {"B", "08-02 14:00", "08-03 14:00"},
                                             {"C", "08-01 08:00", "08-01 17:00"},
                                             {"M", "08-08 08:00", "08-08 08:00"}});
  Baseline baseline(plan.tasks.size(), kNever);
  baseline[task_of(plan, "S")] = moment(plan, "08-01 08:00");
  baseline[task_of(plan, "A")] = moment(plan, "08-01 08:00");
  baseline[task_of(plan, "B")] = moment(plan, "08-02 16:00");
  baseline[task_of(plan, "M")] = moment(plan, "08-05 17:00");
  const Moves all = moves(plan, schedule, baseline);
  EXPECT_EQ(all.num_compared, 3U);
  EXPECT_EQ(all.num_moved, 2U);
  EXPECT_EQ(all.total, WorkTime{480 + 120});
  EXPECT_EQ(all.largest, WorkTime{480});
  EXPECT_EQ(all.farthest, task_of(plan, "A"));
  EXPECT_EQ(objective_values(plan, schedule, baseline).stability, all.total);
  const auto by_task = moves_of_tasks(plan, schedule, baseline);
  EXPECT_EQ(by_task[task_of(plan, "A")], WorkTime{480});
  EXPECT_EQ(by_task[task_of(plan, "B")], WorkTime{-120});
  EXPECT_EQ(by_task[task_of(plan, "C")], WorkTime{});
}

}  // namespace
}  // namespace diaodu::check
