#include <gtest/gtest.h>

#include "diaodu/plan/finding_kinds.h"
#include "diaodu/solve/solve.h"
#include "support/findings.h"
#include "support/tables.h"

// What mandatory dates ask for, and what they leave to others.

namespace diaodu::solve {
namespace {

Instant on(std::string_view date, std::string_view clock) { return at(Plan{}, date, clock); }

Answer answer_in_2000_steps(const std::vector<TableText>& tables, std::string_view toml = kMonday) {
  const auto read = read_tables(tables, toml);
  EXPECT_FALSE(read.findings.has_errors()) << words_of(read.findings);
  Request request;
  request.limits.steps = 2000;
  const Answer answer = solve(read.plan, read.sources, request);
  EXPECT_EQ(count_of(answer.findings, found::schedule_rejected), 0U) << words_of(answer.findings);
  return answer;
}

// All plans start on Monday 2022-08-01; a day is 08:00-12:00 13:00-17:00.

TEST(Mandatory, two_dates_that_need_the_same_crane_at_once_cannot_be_kept) {
  const Answer of =
      answer_in_2000_steps({{"tasks",
                             "id,duration,constraint,date\nA,2d,mandatory_start,2022-08-02\n"
                             "B,2d,mandatory_start,2022-08-03\n"},
                            {"resources", "id,kind,capacity\ncrane,machine,1\n"},
                            {"demands", "task,resource\nA,crane\nB,crane\n"}});
  EXPECT_EQ(of.status, Status::infeasible);
  EXPECT_GE(count_of(of.findings, found::rule_broken) + count_of(of.findings, found::tasks_clash),
            1U);
}

TEST(Mandatory, a_date_at_which_nobody_with_the_skill_is_there_is_told) {
  // Anna welds, and is away until Thursday.
  const auto at = [](const std::string& date) {
    return answer_in_2000_steps(
        {{"tasks", "id,duration,constraint,date\nA,1d,mandatory_start," + date + "\nB,1d,,\n"},
         {"resources", "id,capacity,skills\nanna,1,weld\n"},
         {"availability", "resource,from,to,capacity\nanna,2022-08-01,2022-08-03,0\n"},
         {"demands", "task,skill,amount\nA,weld,1\nB,weld,1\n"}});
  };
  const Answer away = at("2022-08-02");
  EXPECT_NE(away.status, Status::optimal);
  EXPECT_NE(away.status, Status::feasible);
  EXPECT_GE(count_of(away.findings, found::rule_broken), 1U);
  EXPECT_EQ(at("2022-08-05").status, Status::optimal);
}

TEST(Mandatory, of_several_modes_one_with_room_is_chosen) {
  const Answer of = answer_in_2000_steps(
      {{"tasks", "id,duration,constraint,date\nA,1d,mandatory_start,2022-08-02\nB,1d,,\n"},
       {"modes", "task,mode,duration\nA,quick,1d\nA,slow,3d\n"},
       {"resources", "id,kind,capacity\ncrane,machine,1\nhoist,machine,1\n"},
       {"availability", "resource,from,to,capacity\ncrane,2022-08-01,2022-08-10,0\n"},
       {"demands", "task,mode,resource\nA,quick,crane\nA,slow,hoist\nB,,hoist\n"}});
  EXPECT_TRUE(of.status == Status::optimal || of.status == Status::feasible);
  EXPECT_EQ(of.finish, on("2022-08-04", "17:00"));
}

TEST(Mandatory, who_must_follow_closely_may_come_too_late) {
  // A ends on Tuesday evening and B within a day of it, but B has to wait for C until Thursday.
  const Answer of = answer_in_2000_steps(
      {{"tasks", "id,duration,constraint,date\nA,1d,mandatory_start,2022-08-02\nB,1d,,\nC,4d,,\n"},
       {"links", "from,to,max_lag\nA,B,1d\nC,B,\n"}});
  EXPECT_EQ(of.status, Status::infeasible);
  EXPECT_EQ(count_of(of.findings, found::link_broken_by_mandatory), 0U);
}

TEST(Mandatory, whom_it_follows_closely_it_does_not_hold_back) {
  // The date breaks the link from A, its largest lag too.
  const Answer of = answer_in_2000_steps(
      {{"tasks", "id,duration,constraint,date\nA,1d,,\nB,1d,mandatory_start,2022-08-10\n"},
       {"links", "from,to,max_lag\nA,B,1d\n"}});
  EXPECT_EQ(of.status, Status::optimal);
  EXPECT_EQ(of.dates[TaskId{0}].earliest_start, on("2022-08-01", "08:00"));
}

TEST(Mandatory, a_link_into_the_summary_above_it_is_not_broken_unsaid) {
  const auto with = [](const std::string& link) {
    return answer_in_2000_steps({{"tasks",
                                  "id,parent,duration,constraint,date\nA,,3d,,\nS,,,,\n"
                                  "C,S,1d,mandatory_start,2022-08-02\nD,S,1d,,\n"},
                                 {"links", "from,to\n" + link},
                                 {"resources", "id,kind,capacity\ncrane,machine,1\n"},
                                 {"demands", "task,resource\nA,crane\n"}});
  };
  const Answer of = with("A,S\n");
  EXPECT_EQ(of.status, Status::unknown);
  EXPECT_GE(count_of(of.findings, found::rule_broken), 1U) << words_of(of.findings);
  EXPECT_EQ(with("A,D\n").status, Status::optimal);
}

TEST(Mandatory, what_lies_before_the_data_date_may_be_all_there_is) {
  const Answer of = answer_in_2000_steps(
      {{"tasks", "id,duration,constraint,date\nA,1d,mandatory_start,2022-08-01\n"},
       {"resources", "id,kind,capacity\ncrane,machine,1\n"},
       {"demands", "task,resource\nA,crane\n"}},
      "[plan]\nstart = 2022-08-01\ndata_date = 2022-08-05\n");
  EXPECT_EQ(of.status, Status::optimal);
  EXPECT_EQ(of.bound.finish, of.finish);
}

TEST(Mandatory, a_start_that_has_happened_lets_what_remains_wait_for_the_data_date) {
  const Answer of = answer_in_2000_steps(
      {{"tasks", "id,duration,constraint,date\nA,3d,mandatory_start,2022-08-01\n"},
       {"progress", "task,actual_start,remaining\nA,2022-08-01 08:00,2d\n"}},
      "[plan]\nstart = 2022-08-01\ndata_date = 2022-08-03\n");
  EXPECT_EQ(of.finish, on("2022-08-04", "17:00"));
}

TEST(Mandatory, a_summary_whose_children_lie_before_the_data_date_ends_with_them) {
  const Answer of = answer_in_2000_steps(
      {{"tasks",
        "id,parent,duration,constraint,date\nS,,,finish_on_or_before,2022-08-02\n"
        "C,S,1d,mandatory_start,2022-08-01\nD,,1d,,\n"}},
      "[plan]\nstart = 2022-08-01\ndata_date = 2022-08-05\n");
  EXPECT_EQ(of.status, Status::optimal) << words_of(of.findings);
}

TEST(Mandatory, a_night_between_a_milestone_and_who_follows_it_at_once_is_no_time) {
  const Answer of =
      answer_in_2000_steps({{"tasks",
                             "id,kind,duration,constraint,date\nM,start_milestone,0d,mandatory_"
                             "start,2022-08-02\nB,,1d,,\n"},
                            {"links", "from,to,max_lag\nM,B,0d\n"}});
  EXPECT_EQ(of.status, Status::optimal) << words_of(of.findings);
}

TEST(Mandatory, one_date_against_another_of_the_same_task_cannot_be_kept) {
  const Answer of = answer_in_2000_steps(
      {{"tasks",
        "id,duration,constraint,date,second_constraint,second_date\n"
        "A,1d,mandatory_start,2022-08-02,start_on_or_after,2022-08-04\nB,1d,,,,\n"},
       {"resources", "id,kind,capacity\ncrane,machine,1\n"},
       {"demands", "task,resource\nA,crane\nB,crane\n"}});
  EXPECT_EQ(of.status, Status::infeasible) << words_of(of.findings);
}

TEST(Mandatory, who_was_chosen_for_a_skill_does_not_make_dates_impossible) {
  // Ann is wanted by name; Bob welds too.
  const Answer of =
      answer_in_2000_steps({{"tasks",
                             "id,duration,constraint,date\nA,1d,mandatory_start,2022-08-02\nB,"
                             "1d,mandatory_start,2022-08-02\n"},
                            {"resources", "id,capacity,skills\nann,1,weld\nbob,1,weld\n"},
                            {"demands", "task,skill,resource,amount\nA,weld,,1\nB,,ann,1\n"}});
  EXPECT_NE(of.status, Status::infeasible) << words_of(of.findings);
}

TEST(Mandatory, of_modes_that_lie_before_the_data_date_the_longer_is_not_the_best) {
  const Answer of = answer_in_2000_steps(
      {{"tasks", "id,duration,constraint,date\nA,1d,mandatory_start,2022-08-01\n"},
       {"modes", "task,mode,duration\nA,none,1d\nA,quick,2d\nA,slow,3d\n"},
       {"resources", "id,kind,capacity\ncrane,machine,1\nhoist,machine,1\n"},
       {"availability", "resource,from,to,capacity\ncrane,2022-07-01,2022-09-01,0\n"},
       {"demands", "task,mode,resource\nA,none,crane\nA,quick,hoist\nA,slow,hoist\n"}},
      "[plan]\nstart = 2022-08-01\ndata_date = 2022-08-10\n");
  EXPECT_LE(of.bound.finish, on("2022-08-02", "17:00"));
  EXPECT_EQ(of.status == Status::optimal, of.finish == of.bound.finish);
}

}  // namespace
}  // namespace diaodu::solve
