#include "diaodu/check/relevel.h"

#include <gtest/gtest.h>

#include <string_view>
#include <vector>

#include "diaodu/check/schedule_check.h"
#include "diaodu/plan/show.h"
#include "diaodu/solve/solve.h"
#include "support/tables.h"

namespace diaodu::check {
namespace {

/// One schedule of the plan, from the named tasks in that order.
std::optional<Schedule> relevelled(const Plan& plan, const std::vector<std::string_view>& names) {
  std::vector<TaskId> order;
  for (const std::string_view name : names) order.push_back(task_of(plan, name));
  const Schedule modes{.placements = Table<TaskId, Placement>(plan.tasks.size()),
                       .assignments = {}};
  return check::relevel(plan, modes, order);
}

Elapsed after_start(const Plan& plan, const Schedule& schedule, std::string_view name) {
  return schedule.placements[task_of(plan, name)].start - plan.start;
}

TEST(Relevel, each_task_in_turn_as_early_as_the_crane_is_free) {
  //  A(2h) B(1h) C(1h), one crane, around the clock; in the order C A B:
  //  C 0-1, A 1-3, B 3-4.
  const auto read = read_tables({{"tasks", "id,duration\nA,2eh\nB,1eh\nC,1eh\n"},
                                 {"resources", "id,kind,capacity\ncrane,machine,1\n"},
                                 {"demands", "task,resource\nA,crane\nB,crane\nC,crane\n"}});
  const auto schedule = relevelled(read.plan, {"C", "A", "B"});
  ASSERT_TRUE(schedule);
  EXPECT_EQ(after_start(read.plan, *schedule, "C"), Elapsed{0});
  EXPECT_EQ(after_start(read.plan, *schedule, "A"), Elapsed{60});
  EXPECT_EQ(after_start(read.plan, *schedule, "B"), Elapsed{180});
  EXPECT_TRUE(judge(read.plan, *schedule).is_legal);
}

TEST(Relevel, a_largest_lag_draws_its_predecessor_after_it) {
  //  A(1h) --at most 1h--> B(1h); B wants the crane, which C(5h) has first.  B 5-6, so A no earlier than 3-4.
  const auto read = read_tables({{"tasks", "id,duration\nA,1eh\nB,1eh\nC,5eh\n"},
                                 {"links", "from,to,max_lag\nA,B,1eh\n"},
                                 {"resources", "id,kind,capacity\ncrane,machine,1\n"},
                                 {"demands", "task,resource\nB,crane\nC,crane\n"}});
  const auto schedule = relevelled(read.plan, {"C", "A", "B"});
  ASSERT_TRUE(schedule);
  EXPECT_EQ(after_start(read.plan, *schedule, "B"), Elapsed{5 * 60});
  EXPECT_EQ(after_start(read.plan, *schedule, "A"), Elapsed{3 * 60});
}

TEST(Relevel, an_order_that_leads_nowhere_is_none) {
  // A wants two cranes where there is one.
  const auto read = read_tables({{"tasks", "id,duration\nA,1eh\n"},
                                 {"resources", "id,kind,capacity\ncrane,machine,1\n"},
                                 {"demands", "task,resource,amount\nA,crane,2\n"}});
  EXPECT_FALSE(relevelled(read.plan, {"A"}));
}

/// What the search makes of a plan, which the witness finds legal.
void is_legal_when_levelled(const formats::ReadPlan& read) {
  const solve::Answer answer = solve::solve(read.plan, read.sources, {});
  ASSERT_TRUE(answer.has_schedule);
  EXPECT_NE(answer.status, solve::Status::unknown);
  const Verdict verdict = judge(read.plan, answer.schedule);
  EXPECT_TRUE(verdict.is_legal) << to_string(verdict.first.front(), read.plan, Language::english);
}

TEST(Levelling, two_demands_of_one_task_for_the_same_add_up) {
  // A wants one crane for the lift and one for the load, so B must wait for it.
  is_legal_when_levelled(read_tables({{"tasks", "id,duration\nA,1eh\nB,1eh\n"},
                                      {"resources", "id,kind,capacity\ncrane,machine,2\n"},
                                      {"demands", "task,resource\nA,crane\nA,crane\nB,crane\n"}}));
}

TEST(Levelling, a_largest_lag_to_a_start_that_has_happened_is_kept_or_broken_for_good) {
  //  A is done, B began at once and is under way.  What remains of B begins at the data date, hours later.
  is_legal_when_levelled(read_tables(
      {{"tasks", "id,duration\nA,1eh\nB,5eh\n"},
       {"links", "from,to,max_lag\nA,B,0eh\n"},
       {"resources", "id,kind,capacity\ncrane,machine,1\n"},
       {"demands", "task,resource\nB,crane\n"},
       {"progress",
        "task,actual_start,actual_finish,remaining\nA,2022-08-01 00:00,2022-08-01 01:00,\n"
        "B,2022-08-01 01:00,,2h\n"}},
      "[plan]\nstart = 2022-08-01\ndata_date = 2022-08-01 06:00\n"));
}

}  // namespace
}  // namespace diaodu::check
