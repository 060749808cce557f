#include "diaodu/plan/progress.h"

#include <gtest/gtest.h>

#include "support/tables.h"

namespace diaodu {
namespace {

using Stage = TaskState::Stage;

struct Read {
  formats::ReadPlan read;
  WorkingTimes times{read.plan};
  TaskStates states{read.plan, times};
  TaskState operator[](std::string_view id) const { return states[task_of(read.plan, id)]; }
};

Read with_progress(std::string_view rows, std::string_view data_date = "2022-08-03 12:00") {
  const std::string settings = "key,value\ndata_date," + std::string(data_date) + "\n";
  const std::string progress =
      "task,actual_start,actual_finish,remaining,percent\n" + std::string(rows);
  return Read{read_tables({{"plan", settings},
                           {"tasks", "id,duration,parent\nS,,\nA,4d,S\nB,4d,\nC,,\n"},
                           {"modes", "task,mode,duration\nC,slow,2d\nC,quick,1d\n"},
                           {"progress", progress}})};
}

TEST(Progress, without_rows_nothing_has_happened) {
  const Read read{read_tables({{"tasks", "id,duration\nA,1d\n"}})};
  EXPECT_FALSE(read.states.is_any());
  EXPECT_EQ(read["A"].stage, Stage::not_started);
  EXPECT_EQ(earliest_remaining(read.read.plan), read.read.plan.start);
}

TEST(Progress, a_started_task_has_left_what_the_record_says) {
  const Read read = with_progress("A,2022-08-01,,3d,90\nB,,,2d,\n");
  EXPECT_EQ(read["A"].stage, Stage::started);
  EXPECT_EQ(read["A"].remaining, WorkTime{3 * 480});  // and not the 10 % of the percentage
  EXPECT_EQ(read["A"].actual_start, at(read.read.plan, "2022-08-01", "08:00"));
  EXPECT_EQ(read["B"].stage, Stage::not_started);  // what has not started has nothing "remaining"
}

TEST(Progress, else_what_its_percentage_says) {
  const Read read = with_progress("A,2022-08-01,,,25\n");
  EXPECT_EQ(read["A"].remaining, WorkTime{3 * 480});
}

TEST(Progress, else_what_is_left_after_working_until_the_data_date) {
  //  Mon 08:00 ... Wed 12:00 is 2.5 days of the 4.
  const Read read = with_progress("A,2022-08-01,,,\n");
  EXPECT_EQ(read["A"].remaining, WorkTime{3 * 240});
  EXPECT_EQ(earliest_remaining(read.read.plan), at(read.read.plan, "2022-08-03", "12:00"));
}

TEST(Progress, what_should_long_be_done_has_nothing_left_and_nothing_less) {
  const Read late = with_progress("A,2022-08-01,,,\n", "2022-08-20");
  EXPECT_EQ(late["A"].remaining, WorkTime{});
  const Read early =
      with_progress("A,2022-08-05,,,\n", "2022-08-03");  // started after the data date
  EXPECT_EQ(early["A"].remaining, WorkTime{4 * 480});
}

TEST(Progress, a_finish_without_a_start_has_started_in_time_for_it) {
  const Read read = with_progress("A,,2022-08-08 17:00,,\nC,,2022-08-02 17:00,,\n");
  EXPECT_EQ(read["A"].stage, Stage::completed);
  EXPECT_EQ(read["A"].actual_finish, at(read.read.plan, "2022-08-08", "17:00"));
  // Four days before Monday evening: Mon, Fri, Thu, Wed.
  EXPECT_EQ(read["A"].actual_start, at(read.read.plan, "2022-08-03", "08:00"));
  // In its first mode, the slow one, C takes Monday and Tuesday.
  EXPECT_EQ(read["C"].actual_start, at(read.read.plan, "2022-08-01", "08:00"));
}

TEST(Progress, of_a_summary_is_its_childrens_affair) {
  const Read read = with_progress("S,2022-08-01,2022-08-02,,\n");
  EXPECT_EQ(read["S"].stage, Stage::not_started);
}

TEST(Progress, before_the_plan_begins_the_data_date_does_not_count) {
  const Read read = with_progress("", "2022-07-01");
  EXPECT_EQ(earliest_remaining(read.read.plan), read.read.plan.start);
}

}  // namespace
}  // namespace diaodu
