#include "diaodu/check/quality.h"

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "diaodu/solve/delay_test.h"
#include "diaodu/solve/solve.h"
#include "support/tables.h"

namespace diaodu::check {
namespace {

using FlawKind = QualityFlaw::Kind;
using Point = QualityPoint;
using Grade = QualityResult::Verdict;

/// A plan, its critical path, a baseline by hand, and what is measured.
struct Measured {
  explicit Measured(std::initializer_list<TableText> tables, std::string_view toml = kMonday)
      : read(read_tables(tables, toml)) {
    EXPECT_FALSE(read.findings.has_errors()) << found_in(read.findings).front();
    solve::Request request;
    request.with_resources = false;
    answer = solve::solve(read.plan, read.sources, request);
    evidence.dates = solve::quality_dates(read.plan, answer);
    evidence.finish = answer.finish;
    evidence.delay = solve::test_by_delay(read.plan, read.sources, answer);
    quality = check::quality(read.plan, evidence);
  }

  /// What was agreed: `A` from that morning to that evening.
  void agree(std::string_view task, std::string_view from, std::string_view to) {
    if (evidence.baseline.empty())
      evidence.baseline = Table<TaskId, std::optional<Interval>>(read.plan.tasks.size());
    evidence.baseline[task_of(read.plan, task)] =
        Interval{at(read.plan, from, "08:00"), at(read.plan, to, "17:00")};
    quality = check::quality(read.plan, evidence);
  }

  const QualityResult& operator[](Point point) const { return quality[point]; }

  /// `A no_successor`: the flaws of a point by task.
  std::vector<std::pair<std::string, FlawKind>> flaws(Point point) const {
    std::vector<std::pair<std::string, FlawKind>> found;
    for (const QualityFlaw& flaw : quality[point].flaws)
      found.emplace_back(read.plan.tasks[flaw.task].id.str(), flaw.kind);
    return found;
  }

  formats::ReadPlan read;
  solve::Answer answer;
  QualityEvidence evidence;
  Quality quality;
};

using Flaws = std::vector<std::pair<std::string, FlawKind>>;

TEST(Quality, one_beginning_and_one_end_are_the_plans_own_and_every_other_open_end_counts) {
  //  A(2d) --> B(2d) --> C(2d)      D(1d)  hangs on nothing      E(1d) --> B      A --> F(1d)
  //  A and E both begin on Monday; A comes first in the table and is the beginning.  C ends last.
  //  D has neither (1), E no predecessor (2), F no successor (3): 3 of 6.
  const Measured plan(
      {{"tasks", "id,duration,predecessors\nA,2d,\nB,2d,A;E\nC,2d,B\nD,1d,\nE,1d,\nF,1d,A\n"}});
  EXPECT_EQ(plan.flaws(Point::logic), (Flaws{{"D", FlawKind::no_links},
                                             {"E", FlawKind::no_predecessor},
                                             {"F", FlawKind::no_successor}}));
  EXPECT_EQ(plan[Point::logic].count, 3U);
  EXPECT_EQ(plan[Point::logic].of, 6U);
  EXPECT_EQ(plan[Point::logic].value, 0.5);
  EXPECT_EQ(plan[Point::logic].verdict, Grade::broken);
}

TEST(Quality, links_of_a_summary_count_for_all_below_it) {
  //  A --> S: { B, C }, and both end with the plan on the same evening.
  const Measured plan(
      {{"tasks", "id,parent,duration,predecessors\nA,,1d,\nS,,,A\nB,S,1d,\nC,S,1d,\n"}});
  EXPECT_EQ(plan.flaws(Point::logic), (Flaws{{"C", FlawKind::no_successor}}));
  EXPECT_EQ(plan[Point::logic].of, 3U);
}

TEST(Quality, a_loose_end_is_told_and_not_counted) {
  //  A SS--> B FF--> C: nothing waits for A's finish, nothing holds C's start.
  const Measured plan({{"tasks", "id,duration,predecessors\nA,1d,\nB,3d,ASS\nC,1d,BFF\n"}});
  EXPECT_EQ(plan.flaws(Point::logic),
            (Flaws{{"A", FlawKind::loose_finish}, {"C", FlawKind::loose_start}}));
  EXPECT_EQ(plan[Point::logic].count, 0U);
  EXPECT_EQ(plan[Point::logic].verdict, Grade::kept);
}

TEST(Quality, leads_lags_and_types_are_shares_of_the_links) {
  //  Four links: FS-1d (a lead), FS+2d (a lag), SS, FS: one lead of 4, one lag of 4, three of 4 from finish to start.
  const Measured plan(
      {{"tasks", "id,duration,predecessors\nA,3d,\nB,3d,AFS-1d\nC,3d,BFS+2d\nD,3d,CSS\nE,1d,D\n"}});
  EXPECT_EQ(plan[Point::leads].value, 0.25);
  EXPECT_EQ(plan[Point::leads].verdict, Grade::broken);
  EXPECT_EQ(plan[Point::lags].value, 0.25);
  EXPECT_EQ(plan[Point::lags].verdict, Grade::broken);
  EXPECT_EQ(plan[Point::link_types].count, 3U);
  EXPECT_EQ(plan[Point::link_types].value, 0.75);
  EXPECT_EQ(plan.flaws(Point::link_types), (Flaws{{"D", FlawKind::link_type}}));
}

TEST(Quality, without_links_there_is_nothing_to_judge_in_them) {
  const Measured plan({{"tasks", "id,duration\nA,3d\n"}});
  EXPECT_EQ(plan[Point::leads].verdict, Grade::not_applicable);
  EXPECT_EQ(plan[Point::link_types].verdict, Grade::not_applicable);
}

TEST(Quality, constraints_are_hard_where_they_hold_from_above) {
  //  Of the eight kinds with a date six; a second one counts as well, and a task once.
  const Measured plan(
      {{"tasks",
        "id,duration,constraint,date,second_constraint,second_date\n"
        "A,1d,start_on_or_after,2022-08-02,finish_on_or_before,2022-09-02\n"
        "B,1d,start_on_or_after,2022-08-02,,\nC,1d,finish_on_or_after,2022-08-02,,\n"
        "D,1d,start_on,2022-08-02,,\nE,1d,finish_on,2022-08-02,,\n"
        "F,1d,start_on_or_before,2022-08-02,,\nG,1d,mandatory_start,2022-08-02,,\n"
        "H,1d,mandatory_finish,2022-08-02,,\nI,1d,as_late_as_possible,,,\nJ,1d,,,,\n"}});
  EXPECT_EQ(plan[Point::hard_constraints].count, 6U);
  EXPECT_EQ(plan[Point::hard_constraints].of, 10U);
  EXPECT_EQ(plan.flaws(Point::hard_constraints).front(),
            std::pair(std::string("A"), FlawKind::constraint));
}

TEST(Quality, float_above_44_days_is_high_and_44_days_are_not) {
  //  A(46d) ends the plan; B(1d), C(2d) may slip 45 and 44 days.
  const Measured plan({{"tasks", "id,duration\nA,46d\nB,1d\nC,2d\n"}});
  EXPECT_EQ(plan.flaws(Point::high_float), (Flaws{{"B", FlawKind::high_float}}));
  EXPECT_EQ(plan[Point::high_float].of, 3U);
  //  A takes longer than 44 days too.
  EXPECT_EQ(plan.flaws(Point::long_durations), (Flaws{{"A", FlawKind::long_duration}}));
}

TEST(Quality, a_day_is_that_of_the_tasks_calendar) {
  //  On 24 hours a day, 44 days are 44 x 24 h: A takes exactly as long.
  const Measured plan({{"tasks", "id,duration,calendar\nA,1056h,24h\nB,1057h,24h\n"}});
  EXPECT_EQ(plan.flaws(Point::long_durations), (Flaws{{"B", FlawKind::long_duration}}));
}

TEST(Quality, what_is_too_late_has_negative_float) {
  //  A(3d) ends on Wednesday evening; by its limit on Tuesday it is a day too late.
  const Measured plan(
      {{"tasks", "id,duration,constraint,date\nA,3d,finish_on_or_before,2022-08-02\nB,1d,,\n"}});
  EXPECT_EQ(plan.flaws(Point::negative_float), (Flaws{{"A", FlawKind::negative_float}}));
  EXPECT_EQ(plan[Point::negative_float].flaws.front().time, WorkTime{-480});
}

TEST(Quality, facts_of_the_future_and_plans_for_the_past_are_invalid) {
  //  Data date Friday 2022-08-05 08:00.  A finished in time; B is recorded for Monday after; C must start on the
  //  Tuesday before.
  const Measured plan(
      {{"tasks",
        "id,duration,constraint,date\nA,2d,,\nB,2d,,\nC,2d,mandatory_start,2022-08-02\nD,1d,,\n"},
       {"progress",
        "task,actual_start,actual_finish\nA,2022-08-01,2022-08-02\nB,2022-08-08 08:00,\n"}},
      "[plan]\nstart = 2022-08-01\ndata_date = \"2022-08-05 08:00\"\n");
  EXPECT_EQ(plan.flaws(Point::invalid_dates),
            (Flaws{{"B", FlawKind::actual_in_future}, {"C", FlawKind::start_in_past}}));
  EXPECT_EQ(plan[Point::invalid_dates].value, 0.5);
  const Measured undated({{"tasks", "id,duration\nA,2d\n"}});
  EXPECT_EQ(undated[Point::invalid_dates].verdict, Grade::not_applicable);
}

TEST(Quality, work_needs_a_resource_or_a_cost_where_the_plan_has_any) {
  //  A demands the crew, B costs money, C nothing; M is a milestone and needs none.
  const Measured plan(
      {{"tasks", "id,duration,kind,cost\nA,1d,,\nB,1d,,100\nC,1d,,\nM,,milestone,\n"},
       {"resources", "id\ncrew\n"},
       {"demands", "task,resource\nA,crew\n"}});
  EXPECT_EQ(plan.flaws(Point::resources), (Flaws{{"C", FlawKind::no_resource}}));
  EXPECT_EQ(plan[Point::resources].of, 3U);
  const Measured bare({{"tasks", "id,duration\nA,1d\n"}});
  EXPECT_EQ(bare[Point::resources].verdict, Grade::not_applicable);
}

/// Five tasks of two days, one after the other from Monday 2022-08-01; it is Friday evening of the first week.
Measured five_in_a_row(std::string_view progress) {
  return Measured({{"tasks", "id,duration,predecessors\nA,2d,\nB,2d,A\nC,2d,B\nD,2d,C\nE,2d,D\n"},
                   {"progress", progress}},
                  "[plan]\nstart = 2022-08-01\ndata_date = \"2022-08-05 17:00\"\n");
}

TEST(Quality, missed_is_what_was_due_and_ended_later_or_has_not_ended) {
  //  Agreed: A Mon-Tue, B Wed-Thu, C Fri-Mon.  A took until Wednesday: missed.  B is not finished: missed.  C is not due.
  Measured plan = five_in_a_row(
      "task,actual_start,actual_finish,remaining\nA,2022-08-01 08:00,2022-08-03 17:00,\n"
      "B,2022-08-04 08:00,,1d\n");
  EXPECT_EQ(plan[Point::missed_tasks].verdict, Grade::not_applicable);  // against what?
  plan.agree("A", "2022-08-01", "2022-08-02");
  plan.agree("B", "2022-08-03", "2022-08-04");
  plan.agree("C", "2022-08-05", "2022-08-08");
  plan.agree("D", "2022-08-09", "2022-08-10");
  plan.agree("E", "2022-08-11", "2022-08-12");
  EXPECT_EQ(plan.flaws(Point::missed_tasks),
            (Flaws{{"A", FlawKind::finished_late}, {"B", FlawKind::not_finished}}));
  EXPECT_EQ(plan[Point::missed_tasks].value, 1.0);
  //  BEI: one is completed, two should be.
  EXPECT_EQ(plan[Point::execution].count, 1U);
  EXPECT_EQ(plan[Point::execution].of, 2U);
  EXPECT_EQ(plan[Point::execution].value, 0.5);
  EXPECT_EQ(plan.flaws(Point::execution), (Flaws{{"B", FlawKind::open_before_due}}));
}

TEST(Quality, the_index_of_execution_rewards_what_is_early_and_counts_what_was_never_agreed) {
  //  A, B and C are done; of what was agreed only A is due, and E is in no baseline: 3 / (1 + 1) = 1.5.
  Measured plan = five_in_a_row(
      "task,actual_start,actual_finish\nA,2022-08-01 08:00,2022-08-01 17:00\n"
      "B,2022-08-02 08:00,2022-08-02 17:00\nC,2022-08-03 08:00,2022-08-05 17:00\n");
  plan.agree("A", "2022-08-01", "2022-08-02");
  plan.agree("B", "2022-08-08", "2022-08-09");
  plan.agree("C", "2022-08-10", "2022-08-11");
  plan.agree("D", "2022-08-12", "2022-08-15");
  EXPECT_EQ(plan[Point::execution].value, 1.5);
  EXPECT_EQ(plan[Point::execution].verdict, Grade::kept);
  EXPECT_EQ(plan[Point::missed_tasks].count, 0U);
}

TEST(Quality, the_finish_of_a_sound_network_follows_a_delay) {
  //  A(2d) --> B(2d), ends Thursday 2022-08-04 17:00.  600 working days more are 120 weeks: 2024-11-21.
  const Measured plan({{"tasks", "id,duration,predecessors\nA,2d,\nB,2d,A\nC,1d,\n"}});
  ASSERT_TRUE(plan.evidence.delay);
  const DelayTest& test = *plan.evidence.delay;
  EXPECT_EQ(plan.read.plan.tasks[test.task].id, "A");
  EXPECT_EQ(test.delay, WorkTime{600 * 480});
  EXPECT_EQ(test.before, at(plan.read.plan, "2022-08-04", "17:00"));
  EXPECT_EQ(test.after, at(plan.read.plan, "2024-11-21", "17:00"));
  EXPECT_EQ(test.moved, test.delay);
  EXPECT_EQ(plan[Point::critical_path_test].verdict, Grade::kept);
}

TEST(Quality, a_pinned_finish_does_not_follow) {
  //  B alone must finish on a date, whatever its work: 600 days more, and nothing moves.
  const Measured plan(
      {{"tasks", "id,duration,constraint,date\nB,2d,mandatory_finish,2022-08-12\n"}});
  EXPECT_EQ(plan[Point::critical_path_test].value, 0);
  EXPECT_EQ(plan.flaws(Point::critical_path_test), (Flaws{{"B", FlawKind::not_followed}}));
  EXPECT_EQ(plan[Point::critical_path_test].verdict, Grade::broken);
}

TEST(Quality, what_is_under_way_is_delayed_in_what_remains) {
  //  A began on Monday and has 1 d left from Wednesday morning: it ends Wednesday, B on Friday.
  const Measured plan(
      {{"tasks", "id,duration,predecessors\nA,2d,\nB,2d,A\n"},
       {"progress", "task,actual_start,remaining\nA,2022-08-01 08:00,1d\n"}},
      "[plan]\nstart = 2022-08-01\ndata_date = \"2022-08-03 08:00\"\n[quality]\ndelay_days = 5\n");
  ASSERT_TRUE(plan.evidence.delay);
  EXPECT_EQ(plan.evidence.delay->before, at(plan.read.plan, "2022-08-05", "17:00"));
  EXPECT_EQ(plan.evidence.delay->after, at(plan.read.plan, "2022-08-12", "17:00"));
}

TEST(Quality, the_path_index_compares_what_is_left_with_what_is_needed) {
  //  10 working days of work from Monday 08-01 to Friday 08-12; the plan must end by Friday 08-19: 5 d of float.
  //  CPLI = (10 + 5) / 10 = 1.5.  By Wednesday 08-10 there are -2 d: (10 - 2) / 10 = 0.8.
  const std::initializer_list<TableText> tables = {{"tasks", "id,duration\nA,10d\n"}};
  const Measured early(tables, "[plan]\nstart = 2022-08-01\nmust_finish = 2022-08-19\n");
  EXPECT_DOUBLE_EQ(early[Point::critical_path_length].value, 1.5);
  EXPECT_EQ(early.quality.path_float, WorkTime{5 * 480});
  const Measured late(tables, "[plan]\nstart = 2022-08-01\nmust_finish = 2022-08-10\n");
  EXPECT_DOUBLE_EQ(late[Point::critical_path_length].value, 0.8);
  EXPECT_EQ(late[Point::critical_path_length].verdict, Grade::broken);
  Measured agreed(tables);
  EXPECT_EQ(agreed[Point::critical_path_length].verdict, Grade::not_applicable);
  agreed.agree("A", "2022-08-01",
               "2022-08-19");  // without a must-finish the baseline's end is to be met
  EXPECT_DOUBLE_EQ(agreed[Point::critical_path_length].value, 1.5);
}

TEST(Quality, limits_are_the_plans_own) {
  //  Three of four tasks (75 %) have an open end; 0.75 is allowed here, and leads are not judged.
  const std::initializer_list<TableText> tables = {
      {"tasks", "id,duration,predecessors\nA,1d,\nB,1d,\nC,1d,AFS-1h\nD,3d,\n"}};
  const Measured usual(tables);
  EXPECT_EQ(usual[Point::logic].count,
            3U);  // of B and D neither, of C the second; A begins the plan, D ends it
  EXPECT_EQ(usual[Point::logic].verdict, Grade::broken);
  EXPECT_EQ(usual[Point::leads].verdict, Grade::broken);
  const Measured own(tables,
                     "[plan]\nstart = 2022-08-01\n[quality]\nlogic = \"75%\"\nleads = \"off\"\n");
  EXPECT_EQ(own[Point::logic].verdict, Grade::kept);
  EXPECT_EQ(own[Point::leads].verdict, Grade::not_judged);
}

TEST(Quality, what_is_completed_left_out_or_a_summary_does_not_count) {
  const Measured plan(
      {{"tasks", "id,parent,duration,optional\nS,,,\nA,S,1d,\nB,S,1d,\nC,,100d,yes\n"},
       {"progress", "task,actual_start,actual_finish\nA,2022-08-01 08:00,2022-08-01 17:00\n"}},
      "[plan]\nstart = 2022-08-01\ndata_date = \"2022-08-02 08:00\"\n");
  EXPECT_EQ(plan.quality.num_completed, 1U);
  EXPECT_EQ(plan[Point::logic].of, plan.quality.num_open);
}

}  // namespace
}  // namespace diaodu::check
