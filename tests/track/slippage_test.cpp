#include "diaodu/track/slippage.h"

#include "track/status_case.h"

namespace diaodu::track {
namespace {

using CauseKind = Slip::Cause::Kind;

WorkTime days(std::int64_t number) { return WorkTime{number * 480}; }

WorkTime sum_of(const Slip& slip) {
  WorkTime sum;
  for (const Slip::Cause& cause : slip.causes) sum += cause.time;
  return sum;
}

TEST(Slippage, a_late_start_a_longer_task_and_what_waits_for_it) {
  //  Dig 5 d from Monday 1st, Pour 5 d after it, Roof 10 d after that.
  //  Dig began Tuesday (1 d late) and took 6 d (1 d longer): it ended Tuesday 9th instead of Friday 5th.
  //  Pour could begin Wednesday 10th (2 d waiting), began Thursday (1 d late), and 4 d remain Friday evening the 19th:
  //  it will have taken 11 d instead of 5 (6 d longer), and ends 9 d late.  Roof only waits.
  const StatusCase shed(
      {{"tasks", "id,duration,predecessors\nDig,5d,\nPour,5d,Dig\nRoof,10d,Pour\n"},
       {"progress",
        "task,actual_start,actual_finish,remaining\n"
        "Dig,2024-01-02,2024-01-09,\nPour,2024-01-11,,4d\n"}},
      "[plan]\nstart = 2024-01-01\ndata_date = \"2024-01-19 17:00\"\n");
  const Status status = shed.status();
  const Slip& dig = status.tasks[shed.task("Dig")].slip;
  EXPECT_EQ(dig.total, days(2));
  ASSERT_EQ(dig.causes.size(), 2U);
  EXPECT_EQ(dig.causes[0].kind, CauseKind::late_start);
  EXPECT_EQ(dig.causes[0].time, days(1));
  EXPECT_EQ(dig.causes[1].kind, CauseKind::duration);
  EXPECT_EQ(dig.root, shed.task("Dig"));
  const Slip& pour = status.tasks[shed.task("Pour")].slip;
  EXPECT_EQ(pour.total, days(9));
  EXPECT_EQ(pour.start, days(3));
  ASSERT_EQ(pour.causes.size(), 3U);
  EXPECT_EQ(pour.causes[0].kind, CauseKind::duration);
  EXPECT_EQ(pour.causes[0].time, days(6));
  EXPECT_EQ(pour.causes[1].kind, CauseKind::predecessor);
  EXPECT_EQ(pour.causes[1].time, days(2));
  EXPECT_EQ(pour.causes[1].task, shed.task("Dig"));
  EXPECT_EQ(pour.causes[2].kind, CauseKind::late_start);
  EXPECT_EQ(pour.root, shed.task("Pour"));  // most of it is its own
  const Slip& roof = status.tasks[shed.task("Roof")].slip;
  ASSERT_EQ(roof.causes.size(), 1U);
  EXPECT_EQ(roof.causes[0].task, shed.task("Pour"));
  EXPECT_EQ(roof.root, shed.task("Pour"));
  EXPECT_EQ(status.slip.total, days(9));
  EXPECT_EQ(status.slip.root, shed.task("Pour"));
}

TEST(Slippage, a_task_that_has_not_begun_although_it_could) {
  //  Nothing holds A but that nobody began: Wednesday evening three days are gone.
  const StatusCase idle({{"tasks", "id,duration\nA,2d\n"}},
                        "[plan]\nstart = 2024-01-01\ndata_date = \"2024-01-03 17:00\"\n");
  const Slip slip = idle.status().tasks[TaskId{0}].slip;
  ASSERT_EQ(slip.causes.size(), 1U);
  EXPECT_EQ(slip.causes[0].kind, CauseKind::not_begun);
  EXPECT_EQ(slip.causes[0].time, days(3));
}

TEST(Slippage, a_crane_that_is_taken) {
  //  One crane, no link.  A has it for 3 d from Monday; B, which may not begin before Thursday, then.  Monday evening
  //  A needs 4 d more instead of 2, until Friday: B waits for the crane until Monday, 2 d.
  const StatusCase crane(
      {{"tasks", "id,duration,constraint,date\nA,3d,,\nB,2d,start_on_or_after,2024-01-04\n"},
       {"resources", "id,kind,capacity\ncrane,machine,1\n"},
       {"demands", "task,resource\nA,crane\nB,crane\n"},
       {"progress", "task,actual_start,remaining\nA,2024-01-01,4d\n"}},
      "[plan]\nstart = 2024-01-01\ndata_date = \"2024-01-01 17:00\"\n");
  const Status status = crane.status();
  const Slip& slip = status.tasks[crane.task("B")].slip;
  EXPECT_EQ(slip.total, days(2));
  ASSERT_EQ(slip.causes.size(), 1U);
  EXPECT_EQ(slip.causes[0].kind, CauseKind::resource);
  EXPECT_EQ(slip.causes[0].resource, ResourceId{0});
  EXPECT_EQ(slip.causes[0].task, crane.task("A"));
}

TEST(Slippage, a_date_that_was_set_later) {
  //  In the baseline A began Monday; now it may not before Thursday.
  StatusCase dated({{"tasks", "id,duration,constraint,date\nA,2d,start_on_or_after,2024-01-04\n"}},
                   "[plan]\nstart = 2024-01-01\ndata_date = \"2024-01-01 08:00\"\n");
  dated.request.baseline.rows[0] = {
      "A", dated.at("2024-01-01", "08:00"), dated.at("2024-01-02"), {}};
  const Slip slip = dated.status().tasks[TaskId{0}].slip;
  ASSERT_EQ(slip.causes.size(), 1U);
  EXPECT_EQ(slip.causes[0].kind, CauseKind::constraint);
  EXPECT_EQ(slip.causes[0].time, days(3));
}

TEST(Slippage, a_lag_is_part_of_what_a_predecessor_holds) {
  //  Pour, 2 d for the concrete, Strip.  Pour takes 3 d instead of 1: Strip waits 2 d longer, the lag is as before.
  const StatusCase lag(
      {{"tasks", "id,duration,predecessors\nPour,1d,\nStrip,1d,PourFS+2d\n"},
       {"progress", "task,actual_start,actual_finish\nPour,2024-01-01,2024-01-03\n"}},
      "[plan]\nstart = 2024-01-01\ndata_date = \"2024-01-03 17:00\"\n");
  const Slip slip = lag.status().tasks[lag.task("Strip")].slip;
  ASSERT_EQ(slip.causes.size(), 1U);
  EXPECT_EQ(slip.causes[0].kind, CauseKind::predecessor);
  EXPECT_EQ(slip.causes[0].time, days(2));
}

TEST(Slippage, a_summary_slips_with_the_child_that_ends_last) {
  const StatusCase house(
      {{"tasks", "id,parent,duration,predecessors\nH,,,\nW,H,2d,\nR,H,1d,W\nG,H,1d,\n"},
       {"progress",
        "task,actual_start,actual_finish,remaining\nW,2024-01-01,,2d\n"
        "G,2024-01-01,2024-01-01,\n"}},
      "[plan]\nstart = 2024-01-01\ndata_date = \"2024-01-02 17:00\"\n");
  const Status status = house.status();
  const Slip& slip = status.tasks[house.task("H")].slip;
  EXPECT_EQ(slip.total, days(2));
  ASSERT_EQ(slip.causes.size(), 1U);
  EXPECT_EQ(slip.causes[0].kind, CauseKind::child);
  EXPECT_EQ(slip.causes[0].task, house.task("R"));
  EXPECT_EQ(slip.root, house.task("W"));
}

TEST(Slippage, what_is_early_has_a_negative_slip_that_adds_up_too) {
  //  A began on time and took 1 d instead of 3; B follows 2 d early.
  const StatusCase early(
      {{"tasks", "id,duration,predecessors\nA,3d,\nB,1d,A\n"},
       {"progress", "task,actual_start,actual_finish\nA,2024-01-01,2024-01-01\n"}},
      "[plan]\nstart = 2024-01-01\ndata_date = \"2024-01-01 17:00\"\n");
  const Status status = early.status();
  for (const TaskId task : early.plan().tasks.ids()) {
    EXPECT_EQ(status.tasks[task].slip.total, days(-2));
    EXPECT_EQ(sum_of(status.tasks[task].slip), days(-2));
    EXPECT_FALSE(status.tasks[task].slip.root);
  }
  EXPECT_EQ(status.light.light, Light::green);
}

}  // namespace
}  // namespace diaodu::track
