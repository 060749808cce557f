#include "diaodu/solve/bound.h"

#include <gtest/gtest.h>

#include "support/tables.h"

namespace diaodu::solve {
namespace {

TEST(Bound, what_is_pinned_to_the_past_takes_nothing_of_what_is_left) {
  // One crane around the clock; A was to be lifted before the data date and is not known to have been.
  const formats::ReadPlan read = read_tables(
      {{"tasks",
        "id,duration,constraint,constraint_date\nA,5h,mandatory_start,2024-01-01 "
        "00:00\nB,3h,,\nC,2h,,\n"},
       {"resources", "id,kind,capacity\ncrane,machine,1\n"},
       {"demands", "task,resource\nA,crane\nB,crane\nC,crane\n"}},
      "[plan]\nstart = 2024-01-01\ndata_date = \"2024-01-03 00:00\"\ncalendar = \"24h\"\n");
  ASSERT_FALSE(read.findings.has_errors());
  const WorkingTimes times(read.plan);
  const TaskStates states(read.plan, times);
  const Model model = make_model(make_network(read.plan, times, states));
  const LowerBound bound = lower_bound(model, model.early.finish + Elapsed{10'000});
  EXPECT_EQ(bound.kind, LowerBound::Kind::resource_load);
  EXPECT_EQ(bound.finish, *read.plan.data_date + Elapsed{5 * 60});  // B and C
}

}  // namespace
}  // namespace diaodu::solve
