#include <gtest/gtest.h>

#include "support/tables.h"

namespace diaodu::formats {
namespace {

constexpr TableText kHouse = {"tasks",
                              "id,duration,earned_by\nA,5d,steps\nB,5d,50/50\nC,1d,实物\n"};

TEST(ReadProgress, rules_steps_and_costs) {
  const ReadPlan read = read_tables(
      {kHouse,
       {"resources", "id\ncrew\n"},
       {"steps", "task,id,name,weight,done\nA,1,Forms,2.5,yes\nA,2,,,\n"},
       {"progress", "task,actual_start,physical_percent\nC,2022-08-01,12.5%\n"},
       {"costs", "任务,资源,日期,金额\nA,crew,2022-08-02,\"1,234.50\"\nB,,2022-08-03,-7\n"}});
  EXPECT_EQ(found_in(read.findings),
            std::vector<std::string>{"progress.csv progress_without_data_date"});
  const Plan& plan = read.plan;
  EXPECT_EQ(plan.tasks[TaskId{0}].earned_by, EarningRule::steps);
  EXPECT_EQ(plan.tasks[TaskId{1}].earned_by, EarningRule::fifty_fifty);
  EXPECT_EQ(plan.tasks[TaskId{2}].earned_by, EarningRule::physical);
  ASSERT_EQ(plan.steps.size(), 2U);
  EXPECT_EQ(plan.steps[0].weight, 2500);
  EXPECT_TRUE(plan.steps[0].is_done);
  EXPECT_EQ(plan.steps[1].weight, 1000);
  EXPECT_EQ(plan.progress[0].physical_percent, 12'50);
  ASSERT_EQ(plan.costs.size(), 2U);
  EXPECT_EQ(plan.costs[0].amount, Money{123'450});
  EXPECT_EQ(plan.costs[0].resource, ResourceId{0});
  EXPECT_EQ(plan.costs[1].amount, Money{-700});
}

TEST(ReadProgress, what_steps_and_costs_cannot_be_is_found) {
  const ReadPlan read = read_tables(
      {{"tasks", "id,duration,earned_by\nA,5d,by luck\n"},
       {"steps", "task,id,weight,done\nZ,1,,\nA,1,-2,\nA,2,,perhaps\nA,3,,\nA,3,,\nA,,,\n"},
       {"progress", "task,physical_percent\nA,130%\n"},
       {"costs",
        "task,resource,date,amount\nA,crane,2022-08-02,1\nZ,,2022-08-02,1\nA,,,1\n"
        "A,,2022-08-02,\nA,,2022-08-02,much\n"}});
  EXPECT_EQ(
      found_in(read.findings),
      (std::vector<std::string>{"costs.csv:2:3 unknown_resource", "costs.csv:3:1 unknown_task",
                                "costs.csv:4:4 missing_cell", "costs.csv:5:15 missing_cell",
                                "costs.csv:6:15 bad_number", "progress.csv:2:3 number_out_of_range",
                                "steps.csv:2:1 unknown_task", "steps.csv:3:5 number_out_of_range",
                                "steps.csv:4:6 bad_yes_no", "steps.csv:6:3 duplicate_id",
                                "steps.csv:7:3 missing_cell", "tasks.csv:2:6 bad_choice"}));
}

}  // namespace
}  // namespace diaodu::formats
