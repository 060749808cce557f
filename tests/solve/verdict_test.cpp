#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "diaodu/plan/finding_kinds.h"
#include "diaodu/solve/solve.h"
#include "support/findings.h"
#include "support/tables.h"

// What is called optimal, and what is called infeasible, is.

namespace diaodu::solve {
namespace {

struct Solved {
  formats::ReadPlan read;
  Answer answer;

  Instant finish(std::string_view id) const {
    return answer.schedule.placements[task_of(read.plan, id)].finish;
  }
  Instant when(std::string_view date, std::string_view clock) const {
    return at(read.plan, date, clock);
  }
};

Solved solved(const std::vector<TableText>& tables, std::string_view toml = kMonday,
              Request request = {}) {
  Solved of{read_tables(tables, toml), {}};
  EXPECT_FALSE(of.read.findings.has_errors()) << words_of(of.read.findings);
  request.limits.steps = 20'000;
  of.answer = solve(of.read.plan, of.read.sources, request);
  EXPECT_EQ(count_of(of.answer.findings, found::schedule_rejected), 0U)
      << words_of(of.answer.findings);
  EXPECT_EQ(count_of(of.answer.findings, found::value_rejected), 0U)
      << words_of(of.answer.findings);
  return of;
}

// All plans start on Monday 2022-08-01; a day is 08:00-12:00 13:00-17:00.

TEST(Verdict, late_dates_that_are_only_told_hold_no_schedule) {
  // On two people 3 + 3 beside 2 + 2 + 2 days is the best: 6, from Monday to the next.
  const auto of = [](std::string_view tasks, std::string_view toml) {
    return solved({{"tasks", tasks},
                   {"resources", "id,kind,capacity\ncrew,people,2\n"},
                   {"demands", "task,resource\nT1,crew\nT2,crew\nT3,crew\nT4,crew\nT5,crew\n"}},
                  toml);
  };
  for (const Solved& each :
       {of("id,duration\nT1,2d\nT2,2d\nT3,2d\nT4,3d\nT5,3d\n",
           "[plan]\nstart = 2022-08-01\n[options]\nopen_ends = \"critical\"\n"),
        of("id,duration,constraint,date\nT1,2d,finish_on_or_before,2022-08-02\n"
           "T2,2d,finish_on_or_before,2022-08-02\nT3,2d,finish_on_or_before,2022-08-02\n"
           "T4,3d,,\nT5,3d,,\n",
           "[plan]\nstart = 2022-08-01\n[options]\nlate_dates = \"wanted\"\n")}) {
    EXPECT_EQ(each.answer.finish, each.when("2022-08-08", "17:00"));
    EXPECT_EQ(each.answer.status, Status::optimal);
  }
}

TEST(Verdict, a_record_of_who_began_before_its_predecessor_holds_no_schedule) {
  // B has begun out of order and goes on as it likes; A and C want the crane for two days each.
  const Solved of = solved({{"tasks", "id,duration,predecessors\nA,2d,\nB,3d,A\nC,2d,\n"},
                            {"resources", "id,kind,capacity\ncrane,machine,1\n"},
                            {"demands", "task,resource\nA,crane\nC,crane\n"},
                            {"progress", "task,actual_start,remaining\nB,2022-08-01 08:00,1d\n"}},
                           "[plan]\nstart = 2022-08-01\ndata_date = 2022-08-03\n[options]\n"
                           "progress = \"actual_dates\"\n");
  EXPECT_EQ(of.answer.status, Status::optimal);
  EXPECT_EQ(of.answer.finish, of.when("2022-08-08", "17:00"));
}

TEST(Verdict, so_many_units_that_minutes_of_them_are_too_many_for_a_number) {
  // B first costs two days of A's lateness at weight 1: 960 minutes.
  const Solved of =
      solved({{"tasks", "id,duration,deadline,weight\nA,2d,2022-08-02,1\nB,2d,2022-08-02,10\n"},
              {"resources", "id,kind,capacity\npower,machine,10000\n"},
              {"demands", "task,resource,amount\nA,power,6000\nB,power,6000\n"}},
             "[plan]\nstart = 2022-08-01\n[options]\nobjective = \"tardiness\"\n");
  EXPECT_EQ(of.answer.values.tardiness, WorkTime{960});
  EXPECT_LE(of.answer.bounds.tardiness, WorkTime{960});
}

TEST(Verdict, amounts_in_thousandths_of_millions_are_not_proven_wrongly) {
  const Solved of = solved(
      {{"tasks", "id,duration\nA,2d\nB,3d\nC,4d\n"},
       {"resources", "id,kind,capacity\npower,machine,3000000\n"},
       {"demands",
        "task,resource,amount\nA,power,2345678.912\nB,power,1234567.891\nC,power,1000000.001\n"}});
  // A beside neither of the others fully: A and C do not fit, nor do A and B; B and C do.
  EXPECT_EQ(of.answer.finish, of.when("2022-08-08", "17:00"));
  EXPECT_NE(of.answer.status, Status::infeasible);
}

TEST(Verdict, a_milestone_before_a_lag_does_not_fall_out_of_time) {
  // A milestone with gaps behind it, and one link from start to start: the population shifts schedules both ways.
  const Solved of =
      solved({{"tasks", "id,duration\nM,0d\nX1,5d\nX2,5d\nX3,5d\nY1,1d\nY2,1d\nP,1d\nQ,1d\n"},
              {"links",
               "from,to,type,lag\nM,X1,FS,1d\nM,X2,FS,1d\nM,X3,FS,1d\nM,Y1,FS,1d\n"
               "M,Y2,FS,1d\nP,Q,SS,\n"},
              {"resources", "id,kind,capacity\ncrew,people,2\n"},
              {"demands", "task,resource\nX1,crew\nX2,crew\nX3,crew\nY1,crew\nY2,crew\n"}});
  EXPECT_EQ(of.answer.status, Status::optimal);
  EXPECT_EQ(of.answer.finish,
            of.when("2022-08-15", "17:00"));  // a day, then 5 + 5 beside 5 + 1 + 1
}

TEST(Verdict, a_milestone_on_a_bare_date_may_use_the_morning) {
  const std::string tasks = "id,duration,constraint,date\nM,0d,start_on,2022-08-10\nA,1d,,\n";
  const Solved alone = solved({{"tasks", tasks}});
  EXPECT_EQ(alone.answer.status, Status::optimal) << words_of(alone.answer.findings);
  EXPECT_EQ(alone.finish("M"), alone.when("2022-08-10", "08:00"));
  const Solved levelled = solved({{"tasks", tasks},
                                  {"resources", "id,kind,capacity\ncrew,people,1\n"},
                                  {"demands", "task,resource\nA,crew\n"}});
  EXPECT_EQ(levelled.answer.status, Status::optimal) << words_of(levelled.answer.findings);
}

TEST(Verdict, what_has_happened_in_a_summary_does_not_wait_for_it) {
  const Solved of =
      solved({{"tasks", "id,duration,parent,predecessors\nA,2d,,\nS,,,A\nB,1d,S,\nC,1d,S,\n"},
              {"progress",
               "task,actual_start,actual_finish\nA,2022-08-01 08:00,2022-08-03 17:00\n"
               "B,2022-08-02 08:00,2022-08-02 17:00\n"}},
             "[plan]\nstart = 2022-08-01\ndata_date = 2022-08-05\n");
  EXPECT_EQ(of.answer.status, Status::optimal) << words_of(of.answer.findings);
  EXPECT_EQ(of.finish("C"), of.when("2022-08-05", "17:00"));
}

TEST(Verdict, a_summary_that_is_over_broke_its_date_for_ever_and_nobody_can_help_it) {
  const Solved of = solved(
      {{"tasks",
        "id,duration,parent,constraint,date\nS,,,finish_on_or_before,2022-08-01\nA,2d,S,,\nB,1d,,,"
        "\n"},
       {"progress", "task,actual_start,actual_finish\nA,2022-08-01 08:00,2022-08-02 17:00\n"}},
      "[plan]\nstart = 2022-08-01\ndata_date = 2022-08-03\n");
  EXPECT_EQ(of.answer.status, Status::optimal) << words_of(of.answer.findings);
}

TEST(Verdict, a_hammock_in_a_summary_holds_nobody_who_waits_for_the_summary) {
  const Solved of =
      solved({{"tasks", "id,duration,parent,kind\nS,,,\nA,1d,S,\nH,,S,hammock\nZ,10d,,\nB,1d,,\n"},
              {"links", "from,to,type\nZ,H,SS\nZ,H,FF\nS,B,FS\n"}});
  EXPECT_EQ(of.answer.status, Status::optimal) << words_of(of.answer.findings);
  EXPECT_EQ(of.finish("B"), of.when("2022-08-02", "17:00"));
}

TEST(Verdict, dates_of_hammocks_and_other_dates_of_summaries_decide_nothing) {
  const Solved hammock = solved({{"tasks",
                                  "id,duration,kind,constraint,date\nH,,hammock,start_on_or_after,"
                                  "2022-12-01\nA,1d,,,\nB,1d,,,\n"},
                                 {"resources", "id,kind,capacity\ncrew,people,1\n"},
                                 {"demands", "task,resource\nA,crew\nB,crew\n"}});
  EXPECT_EQ(hammock.answer.status, Status::optimal);
  EXPECT_EQ(hammock.answer.bound.finish, hammock.when("2022-08-02", "17:00"));
  const Solved summary = solved({{"tasks",
                                  "id,duration,parent,predecessors,constraint,date\nA,2d,,,,\n"
                                  "S,,,,start_on_or_before,2022-08-01\nB,1d,S,A,,\n"}});
  EXPECT_EQ(summary.answer.status, Status::optimal) << words_of(summary.answer.findings);
}

TEST(Verdict, a_plan_that_must_end_is_searched_for_what_ends_then_and_moves_least) {
  for (const bool has_crew : {false, true}) {
    std::vector<TableText> tables = {{"tasks", "id,duration\nA,1d\n"}};
    if (has_crew) {
      tables.push_back({"resources", "id,kind,capacity\ncrew,people,1\n"});
      tables.push_back({"demands", "task,resource\nA,crew\n"});
    }
    Request request;
    request.objectives = {Objective::stability, Objective::finish};
    request.baseline = Baseline(1);
    request.baseline[TaskId{0}] = at(Plan{}, "2022-08-15", "08:00");
    const Solved of =
        solved(tables, "[plan]\nstart = 2022-08-01\nmust_finish = 2022-08-05\n", request);
    EXPECT_TRUE(of.answer.status == Status::optimal || of.answer.status == Status::feasible)
        << words_of(of.answer.findings);
    EXPECT_LE(of.answer.finish, of.when("2022-08-05", "17:00"));
  }
}

TEST(Verdict, a_payment_on_the_last_evening_of_a_month_is_of_that_month) {
  const auto of = [](const std::string& first, const std::string& then) {
    return solved({{"tasks", "id,duration,kind,predecessors\nA,5d,,\nM,0d,milestone,A\n"},
                   {"resources", "id,kind,capacity\ncash,money,100\n"},
                   {"availability", "resource,from,to,capacity\ncash,2022-08-01,2022-08-06," +
                                        first + "\ncash,2022-08-06,2022-08-13," + then + "\n"},
                   {"demands", "task,resource,amount\nM,cash,10\n"}});
  };
  const Solved soon = of("50", "0");
  EXPECT_EQ(soon.answer.status, Status::optimal) << words_of(soon.answer.findings);
  EXPECT_EQ(soon.finish("M"), soon.when("2022-08-05", "17:00"));
  const Solved later = of("0", "50");
  EXPECT_TRUE(later.answer.status == Status::optimal || later.answer.status == Status::feasible)
      << words_of(later.answer.findings);
  EXPECT_GE(later.finish("M"), later.when("2022-08-06", "00:00"));
}

TEST(Verdict, an_end_in_the_morning_is_as_good_as_it_gets) {
  const Solved of =
      solved({{"tasks", "id,duration,kind,predecessors\nA,5d,,\nM,0d,start_milestone,A\n"},
              {"resources", "id,kind,capacity\ncrane,machine,1\n"},
              {"demands", "task,resource\nA,crane\n"}});
  EXPECT_EQ(of.answer.finish, of.when("2022-08-08", "08:00"));
  EXPECT_EQ(of.answer.status, Status::optimal);
}

TEST(Verdict, without_an_optional_task_there_might_be_a_schedule_and_that_is_said) {
  const Solved of =
      solved({{"tasks",
               "id,duration,constraint,date,optional\nA,2d,mandatory_start,2022-08-02,\n"
               "B,2d,mandatory_start,2022-08-03,yes\n"},
              {"resources", "id,kind,capacity\ncrane,machine,1\n"},
              {"demands", "task,resource\nA,crane\nB,crane\n"}});
  EXPECT_NE(of.answer.status, Status::optimal);
  EXPECT_NE(of.answer.status, Status::feasible);
  EXPECT_EQ(count_of(of.answer.findings, found::optional_tasks_done), 1U);
}

TEST(Verdict, of_modes_that_need_nobody_the_quicker_is_taken) {
  const Solved of =
      solved({{"tasks", "id\nA\n"}, {"modes", "task,mode,duration\nA,slow,5d\nA,fast,2d\n"}});
  EXPECT_EQ(of.answer.status, Status::optimal);
  EXPECT_EQ(of.answer.finish, of.when("2022-08-02", "17:00"));
}

TEST(Verdict, a_circle_that_another_mode_opens_is_none) {
  // B lies between A and C, which starts at most a day after A ends: in its first mode it takes five.
  const Solved of = solved({{"tasks", "id,duration\nA,1d\nB,\nC,1d\n"},
                            {"modes", "task,mode,duration\nB,slow,5d\nB,fast,1d\n"},
                            {"links", "from,to,max_lag\nA,B,\nB,C,\nA,C,1d\n"}});
  EXPECT_EQ(of.answer.status, Status::optimal) << words_of(of.answer.findings);
  EXPECT_EQ(of.answer.finish, of.when("2022-08-03", "17:00"));
}

TEST(Verdict, whoever_wants_to_be_late_lies_before_the_end_one_behind_the_other) {
  const Solved of = solved(
      {{"tasks",
        "id,duration,constraint\nA,10d,\nB,1d,as_late_as_possible\nC,1d,as_late_as_possible\n"},
       {"resources", "id,kind,capacity\ncrew,people,1\n"},
       {"demands", "task,resource\nB,crew\nC,crew\n"}});
  EXPECT_EQ(of.answer.status, Status::optimal);
  EXPECT_EQ(std::max(of.finish("B"), of.finish("C")), of.when("2022-08-12", "17:00"));
  EXPECT_EQ(std::min(of.finish("B"), of.finish("C")), of.when("2022-08-11", "17:00"));
}

TEST(Verdict, a_circle_that_no_mode_opens_is_named) {
  const auto of = [](std::string_view links) {
    return solved({{"tasks", "id,duration\nA,1d\nB,\nC,1d\n"},
                   {"modes", "task,mode,duration\nB,slow,5d\nB,fast,3d\n"},
                   {"links", links}});
  };
  const Solved round = of("from,to\nA,B\nB,A\n");
  EXPECT_EQ(round.answer.status, Status::infeasible);
  EXPECT_EQ(count_of(round.answer.findings, found::circle_of_links), 1U);
  const Solved tight = of("from,to,max_lag\nA,B,\nB,C,\nA,C,1d\n");
  EXPECT_EQ(tight.answer.status, Status::unknown);
  EXPECT_EQ(count_of(tight.answer.findings, found::circle_of_quickest_modes), 1U);
}

TEST(Verdict, a_milestone_of_the_morning_that_wants_to_be_late_does_not_fall_into_the_night) {
  const Solved alone =
      solved({{"tasks",
               "id,duration,kind,constraint\nA,5d,,\nM,0d,start_milestone,as_late_as_possible\n"}});
  EXPECT_EQ(alone.answer.status, Status::optimal) << words_of(alone.answer.findings);
  const Solved levelled = solved(
      {{"tasks", "id,duration,kind,constraint\nA,5d,,\nM,0d,milestone,as_late_as_possible\n"},
       {"resources", "id,kind,capacity\ncrane,machine,1\n"},
       {"demands", "task,resource\nA,crane\n"}},
      "[plan]\nstart = 2022-08-01\nmust_finish = 2022-08-05\n");
  EXPECT_EQ(levelled.answer.status, Status::optimal) << words_of(levelled.answer.findings);
  EXPECT_EQ(levelled.answer.finish, levelled.when("2022-08-05", "17:00"));
}

TEST(Verdict, a_hammock_waits_for_no_summary) {
  const Solved of =
      solved({{"tasks",
               "id,duration,parent,kind,constraint,date\nS,,,,start_on_or_after,2022-12-01\n"
               "H,,S,hammock,,\nA,1d,,,,\nB,1d,,,,\n"},
              {"resources", "id,kind,capacity\ncrew,people,1\n"},
              {"demands", "task,resource\nA,crew\nB,crew\n"}});
  EXPECT_EQ(of.answer.status, Status::optimal);
  EXPECT_EQ(of.answer.bound.finish, of.when("2022-08-02", "17:00"));
}

TEST(Verdict, a_lag_after_a_summary_that_is_over_runs_from_when_that_was) {
  // T, six days after S, is free on the data date; the crew's twelve days take the two of them six.
  const Solved of = solved(
      {{"tasks",
        "id,duration,parent\nS,,\nA,1d,S\nT,1d,\nW1,3d,\nW2,3d,\nW3,2d,\nW4,2d,\nW5,2d,\n"},
       {"links", "from,to,lag\nS,T,6d\n"},
       {"resources", "id,kind,capacity\ncrew,people,2\n"},
       {"demands", "task,resource\nW1,crew\nW2,crew\nW3,crew\nW4,crew\nW5,crew\n"},
       {"progress", "task,actual_start,actual_finish\nA,2022-08-01 08:00,2022-08-01 17:00\n"}},
      "[plan]\nstart = 2022-08-01\ndata_date = 2022-08-15\n");
  EXPECT_EQ(of.answer.status, Status::optimal);
  EXPECT_EQ(of.answer.finish, of.when("2022-08-22", "17:00"));
  EXPECT_EQ(of.finish("T"), of.when("2022-08-15", "17:00"));
}

TEST(Verdict, a_gate_to_what_has_happened_is_not_held_by_the_data_date) {
  // P and all of S are over; T waits five days for S, from when it ended.
  const Solved of =
      solved({{"tasks", "id,duration,parent\nP,1d,\nS,,\nA,2d,S\nT,1d,\n"},
              {"links", "from,to,lag\nP,S,\nS,T,5d\n"},
              {"progress",
               "task,actual_start,actual_finish\nP,2022-08-01 08:00,2022-08-01 17:00\n"
               "A,2022-08-02 08:00,2022-08-03 17:00\n"}},
             "[plan]\nstart = 2022-08-01\ndata_date = 2022-08-15\n");
  EXPECT_EQ(of.answer.status, Status::optimal);
  EXPECT_EQ(of.answer.finish, of.when("2022-08-15", "17:00"));
}

TEST(Verdict, who_began_too_late_breaks_no_limit_any_more) {
  const Solved of =
      solved({{"tasks", "id,duration,constraint,date\nA,3d,start_on_or_before,2022-08-02\n"},
              {"progress", "task,actual_start\nA,2022-08-04 08:00\n"}},
             "[plan]\nstart = 2022-08-01\ndata_date = \"2022-08-04 08:00\"\n");
  EXPECT_EQ(of.answer.status, Status::optimal) << words_of(of.answer.findings);
  EXPECT_EQ(of.answer.finish, of.when("2022-08-08", "17:00"));
}

TEST(Verdict, what_is_said_to_begin_after_the_data_date_does_not_end_before_it_begins) {
  const Solved of = solved({{"tasks", "id,duration,predecessors\nA,1d,\nB,1d,A\n"},
                            {"progress", "task,actual_start\nA,2022-08-03 08:00\n"}},
                           "[plan]\nstart = 2022-08-01\ndata_date = \"2022-08-01 08:00\"\n");
  EXPECT_EQ(of.finish("A"), of.when("2022-08-03", "17:00"));
  EXPECT_EQ(of.finish("B"), of.when("2022-08-04", "17:00"));
}

TEST(Verdict, a_lead_that_counts_on_the_modes_calendar_bounds_no_other_mode) {
  // A is done on Monday 2022-08-08 at nine by whoever works office hours; of those a day before is Friday at nine.
  // By the clock it would be Sunday.
  const Solved of = solved(
      {{"tasks", "id,duration,constraint,date\nA,,start_on_or_after,2022-08-08 08:00\nB,10ed,,\n"},
       {"resources", "id,kind,capacity,calendar\nR1,machine,1,24h\nR2,machine,1,\n"},
       {"modes", "task,mode,duration\nA,m1,1h\nA,m2,1h\n"},
       {"demands", "task,mode,resource\nA,m1,R1\nA,m2,R2\n"},
       {"links", "from,to,lag\nA,B,-1d\n"}},
      "[plan]\nstart = 2022-08-04\n");
  EXPECT_LE(of.answer.bound.finish, of.answer.finish);
  EXPECT_EQ(of.answer.finish, of.when("2022-08-15", "09:00"));
}

TEST(Verdict, a_hammock_in_a_summary_is_no_work_of_it) {
  const Solved of =
      solved({{"tasks",
               "id,duration,parent,kind,deadline\nZ,3d,,,\nS,,,,2022-08-05\nA,1d,S,,\n"
               "H,,S,hammock,\n"},
              {"links", "from,to,type,lag\nZ,H,SS,\nZ,H,FF,5d\n"}},
             "[plan]\nstart = 2022-08-01\nmust_finish = 2022-08-05\n");
  EXPECT_EQ(of.answer.status, Status::optimal) << words_of(of.answer.findings);
  EXPECT_EQ(count_of(of.answer.findings, found::deadline_missed), 0U);
}

TEST(Verdict, what_is_done_out_of_order_hands_float_back_as_it_hands_dates_on) {
  // C was done before P, for which S still waits; Q lies beside them.
  const Solved of = solved(
      {{"tasks", "id,duration,predecessors\nP,2d,\nC,1d,P\nS,2d,C\nQ,1d,\n"},
       {"progress", "task,actual_start,actual_finish\nC,2022-08-01 08:00,2022-08-01 17:00\n"}},
      "[plan]\nstart = 2022-08-01\ndata_date = 2022-08-02\n");
  EXPECT_EQ(of.answer.finish, of.when("2022-08-05", "17:00"));
  const auto dates = [&](std::string_view id) {
    return of.answer.dates[task_of(of.read.plan, id)];
  };
  EXPECT_EQ(dates("P").total_float, WorkTime{});
  EXPECT_EQ(dates("P").free_float, WorkTime{});
  EXPECT_EQ(dates("Q").total_float, WorkTime{3 * 480});
}

TEST(Verdict, a_link_that_has_left_takes_no_free_float) {
  const Solved of = solved({{"tasks", "id,duration\nA,10d\nB,2d\nC,20d\n"},
                            {"links", "from,to,type\nA,B,SS\n"},
                            {"progress", "task,actual_start,remaining\nA,2022-08-01 08:00,5d\n"}},
                           "[plan]\nstart = 2022-08-01\ndata_date = 2022-08-08\n");
  const auto dates = of.answer.dates[task_of(of.read.plan, "A")];
  EXPECT_EQ(dates.total_float, WorkTime{15 * 480});
  EXPECT_EQ(dates.free_float, WorkTime{15 * 480});
}

TEST(Verdict, who_waits_for_links_alone_hands_no_float_back_to_who_waits_for_people) {
  // X has the crew first; S starts where P would have ended without it.
  const Solved of = solved(
      {{"tasks", "id,duration,predecessors\nP,2d,\nC,1d,P\nS,14d,C\nX,10d,\nY,5d,X\n"},
       {"resources", "id,kind,capacity\ncrew,people,1\n"},
       {"demands", "task,resource\nP,crew\nX,crew\n"},
       {"progress", "task,actual_start,actual_finish\nC,2022-08-01 08:00,2022-08-01 17:00\n"}},
      "[plan]\nstart = 2022-08-01\ndata_date = 2022-08-02\n");
  for (const std::string_view id : {"P", "S", "X", "Y"})
    EXPECT_GE(of.answer.dates[task_of(of.read.plan, id)].total_float, WorkTime{}) << id;
}

}  // namespace
}  // namespace diaodu::solve
