#include "diaodu/formats/tjp.h"

#include "diaodu/formats/plan_file.h"
#include "diaodu/formats/settings.h"
#include "diaodu/formats/tjp_text.h"
#include "diaodu/solve/solve.h"
#include "support/findings.h"
#include "support/tables.h"
#include "support/temporary.h"

namespace diaodu::formats {
namespace {

// The facts are those of TaskJuggler's own tests of its scheduler, written anew: what is asked, and which dates
// must come out.  Its working day is 9:00 to 17:00, Monday to Friday.

solve::Answer answer_of(const ReadPlan& read, bool with_resources = true) {
  solve::Request request;
  request.with_resources = with_resources && !read.plan.demands.empty();
  request.limits = {.steps = 20'000};
  return solve::solve(read.plan, read.sources, request);
}

/// The same to the calendar: no work lies between.
bool is_same(const Plan& plan, Instant a, Instant b) {
  const Calendar& works = calendar_of(plan, plan.calendar).calendar;
  const Elapsed apart = a < b ? b - a : a - b;
  return a == b || (works.work_between(a, b) == WorkTime{} && apart < Elapsed{5 * kMinutesPerDay});
}

struct Fact {
  std::string_view task;
  std::string_view start;   ///< empty: not told
  std::string_view finish;  ///< likewise
};

Instant instant(const Plan& plan, std::string_view written) {
  return written.size() > 10 ? at(plan, written.substr(0, 10), written.substr(11))
                             : at(plan, written);
}

void expect_facts(std::string_view text, const std::vector<Fact>& facts,
                  bool with_resources = true) {
  const ReadPlan read = read_tjp(text, "p.tjp");
  ASSERT_FALSE(read.findings.has_errors()) << words_of(read.findings);
  const solve::Answer answer = answer_of(read, with_resources);
  ASSERT_TRUE(answer.has_schedule) << words_of(answer.findings);
  EXPECT_FALSE(answer.findings.has_errors()) << words_of(answer.findings);
  for (const Fact& fact : facts) {
    const TaskId task = task_of(read.plan, fact.task);
    ASSERT_TRUE(task) << fact.task;
    const Placement& placed = answer.schedule.placements[task];
    const auto expect = [&](std::string_view wanted, Instant got, const char* which) {
      if (wanted.empty()) return;
      EXPECT_TRUE(is_same(read.plan, instant(read.plan, wanted), got))
          << fact.task << ' ' << which << ": " << wanted << " wanted, "
          << to_string(LocalTime{got.minutes()});
    };
    expect(fact.start, placed.start, "start");
    expect(fact.finish, placed.finish, "finish");
  }
}

TEST(Tjp, successors_follow_with_gaps_on_the_clock_and_of_work) {
  //  t3 ends Mon 30 April 0:00; five working days later it is Fri 4 May 17:00.
  expect_facts(
      "project x \"X\" 2007-04-02 +3m\ntask t1 \"1\" { start ${projectstart} duration 1w }\ntask "
      "t2 \"2\" { depends t1 duration 1w }\ntask t3 \"3\" { depends t2 { gapduration 1w } duration "
      "1w }\ntask t4 \"4\" { depends t3 { onend gaplength 1w } duration 1w }\ntask t5 \"5\" { "
      "depends t4 { onstart } duration 1w }\ntask t6 \"6\" { depends t4 { onstart gaplength 1w } "
      "duration 1w }\n",
      {{"t1", "2007-04-02", "2007-04-09"},
       {"t2", "2007-04-09", "2007-04-16"},
       {"t3", "2007-04-23", "2007-04-30"},
       {"t4", "2007-05-04 17:00", "2007-05-11 17:00"},
       {"t5", "2007-05-04 17:00", "2007-05-11 17:00"},
       {"t6", "2007-05-11 17:00", "2007-05-18 17:00"}});
}

TEST(Tjp, predecessors_go_before_as_late_as_they_can) {
  expect_facts(
      "project x \"X\" 2007-04-02 - 2007-07-01\ntask t1 \"1\" { end ${projectend} duration 1w "
      "}\ntask t2 \"2\" { precedes t1 duration 1w }\ntask t3 \"3\" { precedes t2 { gapduration 1w "
      "} duration 1w }\n",
      {{"t1", "2007-06-24", "2007-07-01"},
       {"t2", "2007-06-17", "2007-06-24"},
       {"t3", "2007-06-03", "2007-06-10"}});
}

TEST(Tjp, containers_span_what_is_in_them) {
  expect_facts(
      "project p \"P\" 2009-01-01 - 2009-01-31\ntask C0 \"C0\" { task T0 \"T0\" { duration 6d } "
      "}\ntask T1 \"T1\" { depends C0 duration 1d }\ntask M1 \"M1\" { milestone start 2009-01-10 "
      "depends T1, C0 }\ntask M2 \"M2\" { milestone depends C0 }\n",
      {{"C0", "2009-01-01", "2009-01-07"},
       {"C0.T0", "2009-01-01", "2009-01-07"},
       {"T1", "2009-01-07", "2009-01-08"},
       {"M1", "2009-01-10", "2009-01-10"},
       {"M2", "2009-01-07", "2009-01-07"}});
  //  A week of work from Saturday the 10th ends Friday the 16th; one that ends on Tuesday the 20th at midnight
  //  began on Tuesday the 13th at nine.
  expect_facts(
      "project p \"P\" 2009-01-01 +1m\ntask C0 \"C0\" {\n  task C1 \"C1\" { task T1 \"T1\" { start "
      "2009-01-10 length 1w } }\n  task C2 \"C2\" { scheduling alap task T2 \"T2\" { end "
      "2009-01-20 length 1w } }\n}\n",
      {{"C0.C1", "", "2009-01-16 17:00"},
       {"C0.C2.T2", "2009-01-13 09:00", "2009-01-20"},
       {"C0", "2009-01-10", "2009-01-20"}});
}

TEST(Tjp, durations_run_on_the_clock) {
  //  Five months are 5/12 of 365 days: 152 days and two hours.
  expect_facts(
      "project x \"X\" 2007-03-25 +6m\ntask d \"D\" { start 2007-03-27\n  task t1 \"5h\" { "
      "duration 5h }  task t2 \"5d\" { duration 5d }\n  task t3 \"5w\" { duration 5w }  task t4 "
      "\"5m\" { duration 5m } }\n",
      {{"d.t1", "2007-03-27", "2007-03-27 05:00"},
       {"d.t2", "", "2007-04-01"},
       {"d.t3", "", "2007-05-01"},
       {"d.t4", "", "2007-08-26 02:00"}});
}

TEST(Tjp, effort_takes_as_long_as_those_allocated_need) {
  //  Twenty days of one: Wed 4 February to Tue 3 March; before Fri 1 May from Fri 3 April; two do two weeks in one.
  expect_facts(
      "project x \"X\" 2009-02-04 - 2009-06-05\nresource r1 \"1\" resource r2 \"2\" resource r3 "
      "\"3\" resource r4 \"4\" resource r5 \"5\" resource r6 \"6\"\ntask t1 \"1\" { allocate r1 "
      "effort 20d }\ntask t2 \"2\" { start 2009-02-06 effort 20d allocate r2 }\ntask t3 \"3\" { "
      "effort 20d allocate r3 scheduling alap }\ntask t4 \"4\" { end 2009-05-01 scheduling alap "
      "effort 20d allocate r4 }\ntask t5 \"5\" { start 2009-02-09 effort 2w allocate r5 allocate "
      "r6 }\n",
      {{"t1", "2009-02-04 09:00", "2009-03-03 17:00"},
       {"t2", "2009-02-06 09:00", "2009-03-05 17:00"},
       {"t3", "2009-05-08 09:00", "2009-06-04 17:00"},
       {"t4", "2009-04-03 09:00", "2009-04-30 17:00"},
       {"t5", "2009-02-09 09:00", "2009-02-13 17:00"}});
}

TEST(Tjp, what_has_no_length_is_a_milestone_or_spans_its_dates) {
  expect_facts(
      "project x \"X\" 2009-02-12 - 2009-06-12\ntask s \"S\" { start ${projectstart} milestone "
      "}\ntask e \"E\" { end ${projectend} milestone }\ntask m1 \"1\" { start ${projectstart} "
      "}\ntask m3 \"3\" { depends !s }\ntask m4 \"4\" { end ${projectend} }\ntask m6 \"6\" { "
      "precedes e }\ntask t1 \"T\" { period ${projectstart} - ${projectend} }\n",
      {{"m1", "2009-02-12", "2009-02-12"},
       {"m3", "2009-02-12", "2009-02-12"},
       {"m4", "2009-06-12", "2009-06-12"},
       {"m6", "2009-06-12", "2009-06-12"},
       {"t1", "2009-02-12", "2009-06-12"}});
}

TEST(Tjp, a_date_and_a_predecessor_both_count) {
  expect_facts(
      "project \"P\" 2013-06-22 +2m\nresource r \"R\"\ntask f \"F\" {\n task t1 \"1\" { start "
      "2013-06-24 effort 2d allocate r }\n task t2 \"2\" { depends !t1 { onstart } start "
      "2013-06-27 effort 2d allocate r }\n}\n",
      {{"f.t1", "2013-06-24 09:00", "2013-06-25 17:00"}, {"f.t2", "2013-06-27 09:00", ""}});
}

TEST(Tjp, shifts_hold_for_their_time_with_or_without_leaves) {
  expect_facts(
      "project \"P\" 2010-02-06 +1w\nshift s2 \"2\" { replace workinghours mon - fri 8:00 - 16:00 "
      "}\nshift s3 \"3\" { vacation 2010-02-09 workinghours mon - fri 8:00 - 16:00 }\nshift s4 "
      "\"4\" { replace vacation 2010-02-09 workinghours mon - fri 8:00 - 16:00 }\nvacation "
      "2010-02-10\nresource r1 \"1\" resource r2 \"2\" { shifts s2 2010-02-08 +1w }\nresource r3 "
      "\"3\" { shifts s3 2010-02-08 +1w } resource r4 \"4\" { shifts s4 2010-02-08 +1w }\ntask "
      "\"T1\" { effort 32h allocate r1 }  task \"T2\" { effort 40h allocate r2 }\ntask \"T3\" { "
      "effort 24h allocate r3 }  task \"T4\" { effort 32h allocate r4 }\n",
      {{"T1", "", "2010-02-12 17:00"},
       {"T2", "", "2010-02-12 16:00"},
       {"T3", "", "2010-02-12 16:00"},
       {"T4", "", "2010-02-12 16:00"}});
}

TEST(Tjp, leaves_of_all_and_of_one_are_off) {
  expect_facts(
      "project \"L\" 2012-03-12 +6m { scenario s1 \"S1\" { scenario s2 \"S2\" } }\nvacation "
      "\"Off\" 2012-03-14\nresource r1 \"R\" { vacation 2012-03-19 +1w }\ntask t \"T\" { effort "
      "20d allocate r1 }\n",
      {{"t", "2012-03-12 09:00", "2012-04-16 17:00"}});
}

TEST(Tjp, who_must_be_there_together_works_when_all_are) {
  //  a works on Tuesdays and Thursdays: eight such days for sixteen of two.  c and d share Mondays and Fridays.
  expect_facts(
      "project \"M\" 2009-10-31 +2m\nresource a \"A\" { workinghours mon, wed, fri off } resource "
      "b \"B\"\nresource c \"C\" { workinghours tue, thu off } resource d \"D\" { workinghours wed "
      "off } resource e \"E\"\ntask t1 \"1\" { effort 16d allocate a { mandatory }, b }\ntask t2 "
      "\"2\" { effort 24d allocate c { mandatory }, d { mandatory }, e }\n",
      {{"t1", "2009-11-03 09:00", "2009-11-26 17:00"},
       {"t2", "2009-11-02 09:00", "2009-11-27 17:00"}});
}

TEST(Tjp, limits_leave_the_first_hours_of_a_day_and_the_first_days_of_a_week) {
  //  Ten days of four hours from Wed 29 August; three days in each of ten weeks; two days in each of five.
  expect_facts(
      "project x \"X\" 2007-08-29 +6m\nresource a \"A\" resource b \"B\" resource h \"H\"\ntask t1 "
      "\"1\" { effort 40h allocate a limits { dailymax 4h } }\ntask t2 \"2\" { effort 30d allocate "
      "b limits { weeklymax 3d } }\ntask t3 \"3\" { effort 10d allocate h limits { weeklymax 16h { "
      "resources h } } }\n",
      {{"t1", "", "2007-09-11 13:00"},
       {"t2", "", "2007-10-31 17:00"},
       {"t3", "", "2007-09-25 17:00"}});
}

TEST(Tjp, bookings_are_work_done) {
  //  T2: 8 of 40 hours done on Monday.  T3: on leave on Tuesday.  T4: 24 of 56 done overnight.  T5: 48 of 72.
  expect_facts(
      "project \"B\" 2010-02-08 +1m\nresource r1 \"1\" resource r2 \"2\" resource r3 \"3\" { "
      "vacation 2010-02-09 }\nresource r4 \"4\" resource r5 \"5\" { vacation 2010-02-09 }\ntask "
      "\"T1\" { effort 40h allocate r1 }\ntask \"T2\" { effort 40h allocate r2 booking r2 "
      "2010-02-08 +1d { sloppy 1 } }\ntask \"T3\" { effort 32h allocate r3 booking r3 2010-02-08 "
      "+2d { sloppy 2 } }\ntask \"T4\" { effort 56h allocate r4 booking r4 2010-02-08 +1d { "
      "overtime 1 } }\ntask \"T5\" { effort 72h allocate r5 booking r5 2010-02-08 +2d { overtime 2 "
      "} }\n",
      {{"T1", "", "2010-02-12 17:00"},
       {"T2", "", "2010-02-12 17:00"},
       {"T3", "", "2010-02-12 17:00"},
       {"T4", "", "2010-02-12 17:00"},
       {"T5", "", "2010-02-12 17:00"}});
  expect_facts(
      "project \"B\" 2011-05-15 +1w { now 2011-05-17 workinghours mon - fri 9:00 - 12:00, 13:00 - "
      "18:00 }\nresource r1 \"1\"\ntask t1 \"1\" { effort 2d allocate r1 }\nsupplement task t1 { "
      "booking r1 2011-05-16-9:00 +3h, 2011-05-16-13:00 +5h }\n",
      {{"t1", "2011-05-16 09:00", "2011-05-17 18:00"}});
  expect_facts(
      "project \"B\" 2013-08-18 +1m { now 2013-08-25 }\nresource r \"R\"\ntask f \"F\" { allocate "
      "r booking r 2013-08-19-9:00 +8h scheduled }\n",
      {{"f", "2013-08-19 09:00", "2013-08-19 17:00"}});
}

/// The plan finishes by then, which is when TaskJuggler's own schedule does.
void expect_by(std::string_view text, std::string_view finish) {
  const ReadPlan read = read_tjp(text, "p.tjp");
  ASSERT_FALSE(read.findings.has_errors()) << words_of(read.findings);
  const solve::Answer answer = answer_of(read);
  ASSERT_TRUE(answer.has_schedule);
  EXPECT_LE(answer.finish, instant(read.plan, finish))
      << to_string(LocalTime{answer.finish.minutes()});
}

TEST(Tjp, where_taskjuggler_optimises_diaodu_finishes_no_later) {
  const std::string head =
      "project x \"X\" 2000-01-01-0:00 +2m\nresource tux1 \"1\" resource tux2 \"2\" resource tux3 "
      "\"3\"\n";
  expect_by(head +
                "task t1 \"1\" { effort 2d allocate tux1 { alternative tux2 persistent } }\ntask "
                "t2 \"2\" { effort 4d allocate tux1 }\n",
            "2000-01-06 17:00");
  expect_by(head +
                "task t1 \"1\" { effort 10d allocate tux2 { alternative tux1 persistent } }\ntask "
                "t2 \"2\" { effort 4d allocate tux2 }\ntask t3 \"3\" { depends !t2 effort 10d "
                "allocate tux2 }\n",
            "2000-01-20 17:00");
  expect_by(head +
                "task t1 \"1\" { start 2000-01-04 effort 5d allocate tux1 }\ntask t2 \"2\" { start "
                "2000-01-10 effort 5d allocate tux1 }\ntask t3 \"3\" { start 2000-01-02 effort 4d "
                "allocate tux1 { alternative tux2 persistent } }\n",
            "2000-01-17 17:00");
  expect_by(head +
                "task t1 \"1\" { effort 5d allocate tux1 }\ntask t2 \"2\" { effort 6d allocate "
                "tux1 }\ntask t3 \"3\" { depends !t1 effort 10d allocate tux1, tux2 }\n",
            "2000-01-24 17:00");
  expect_by(head +
                "task t0 \"0\" { effort 5d allocate tux1 { alternative tux3 } }\ntask t1 \"1\" { "
                "effort 5d allocate tux1 }\ntask t2 \"2\" { effort 5d allocate tux2 }\ntask t3 "
                "\"3\" { depends !t1, !t2 effort 4d allocate tux1, tux2 }\ntask t4 \"4\" { depends "
                "!t3 effort 5d allocate tux1 }\ntask t5 \"5\" { depends !t3 effort 10d allocate "
                "tux2 }\ntask t6 \"6\" { effort 5d allocate tux1 }\n",
            "2000-01-25 17:00");
  // Five nodes, four for each of three tasks of a day: the last ends on the third working day.
  const std::string nodes =
      "resource n1 \"1\" resource n2 \"2\" resource n3 \"3\" resource n4 \"4\" resource n5 "
      "\"5\"\nmacro any [ allocate n1 { mandatory alternative n2, n3, n4, n5 } ]\nmacro four [ "
      "effort 4d ${any} ${any} ${any} ${any} ]\n";
  expect_by("project x \"X\" 2007-11-22 +6d\n" + nodes +
                "task a \"A\" { ${four} }\ntask b \"B\" { depends a ${four} }\ntask c \"C\" { "
                "depends a ${four} }\n",
            "2007-11-26 17:00");
}

struct Wrong {
  std::string_view text;
  std::string_view expected;  ///< a finding of the reader, or of the schedule
};

TEST(Tjp, what_is_wrong_is_told) {
  const std::string head = "project x \"X\" 2000-01-01 - 2000-03-01\n";
  const std::string people = "resource r \"R\" resource s \"S\" { vacation 2000-01-05 } ";
  for (const Wrong& wrong : std::vector<Wrong>{
           {"task a \"A\" { depends a duration 1d }", "link_to_itself"},
           {"task a \"A\" { depends b duration 1d } task b \"B\" { depends a duration 1d }",
            "circle_of_links"},
           {"task a \"A\" { depends b duration 1d } task b \"B\" { depends c } task c \"C\" { "
            "depends a }",
            "circle_of_links"},
           {"task a \"A\" { precedes b duration 1d } task b \"B\" { precedes a }",
            "circle_of_links"},
           {"task a \"A\" { precedes b duration 1d } task b \"B\" { precedes c } task c \"C\" { "
            "precedes a }",
            "circle_of_links"},
           {"task a \"A\" { depends b task c \"C\" { duration 1d } } task b \"B\" { depends a.c "
            "duration 1d }",
            "circle_of_links"},
           {"task a \"A\" { task c \"C\" { duration 1d depends b } } task b \"B\" { depends a "
            "duration 1d }",
            "circle_of_links"},
           {"task a \"A\" { task c \"C\" { duration 1d precedes b } } task b \"B\" { precedes a "
            "duration 1d }",
            "circle_of_links"},
           {"task a \"A\" { depends b { onstart gaplength 1d } duration 1d } task b \"B\" { "
            "depends a { onstart gaplength 1d } duration 1d }",
            "circle_of_links"},
           {"task a \"A\" { precedes b { onend gaplength 1d } duration 1d } task b \"B\" { "
            "precedes a { onend gaplength 1d } duration 1d }",
            "circle_of_links"},
           {"task a \"A\" { task b \"B\" { depends a duration 1d } }", "link_to_ancestor"},
           {"task a \"A\" { depends a.b task b \"B\" { duration 1d } }", "link_to_ancestor"},
           {"task a \"A\" { depends nobody duration 1d }", "unknown_task"},
           {"task a \"A\" { precedes nobody duration 1d }", "unknown_task"},
           {"task a \"A\" { duration 1d } task b \"B\" { depends a, a duration 1d }",
            "repeated_link"},
           {"task a \"A\" { start 2000-01-05 end 2000-01-08 duration 3d }", "tjp_contradiction"},
           {"task a \"A\" { start 2000-01-05 end 2000-01-08 length 3d }", "tjp_contradiction"},
           {"task a \"A\" { start 2000-01-05 end 2000-01-08 effort 3d allocate r }",
            "tjp_contradiction"},
           {"task a \"A\" { duration 3d length 3d }", "tjp_contradiction"},
           {"task a \"A\" { duration 3d duration 4d }", "tjp_contradiction"},
           {"task a \"A\" { milestone duration 3d }", "tjp_contradiction"},
           {"task a \"A\" { milestone start 2000-01-05 end 2000-01-06 }", "tjp_contradiction"},
           {"task a \"A\" { milestone booking r 2000-01-05 +8h }", "tjp_contradiction"},
           {"task a \"A\" { duration 3d task b \"B\" { duration 1d } }", "tjp_contradiction"},
           {"task a \"A\" { milestone task b \"B\" { duration 1d } }", "tjp_contradiction"},
           {"task a \"A\" { booking r 2000-01-05-9:00 +8h { sloppy 1 } task b \"B\" { duration 1d "
            "} }",
            "tjp_contradiction"},
           {"task a \"A\" { effort 3d }", "tjp_contradiction"},
           {"task a \"A\" { effort 0d allocate r }", "tjp_contradiction"},
           {"task a \"A\" { start 2000-01-08 end 2000-01-05 }", "tjp_contradiction"},
           {"task a \"A\" { start 1999-12-08 duration 1d }", "tjp_contradiction"},
           {"task a \"A\" { effort 3d allocate nobody }", "unknown_resource"},
           {"task a \"A\" { effort 3d allocate r booking nobody 2000-01-05 +8h }",
            "unknown_resource"},
           {"task a \"A\" { effort 3d allocate s booking s 2000-01-05-9:00 +8h }",
            "tjp_contradiction"},
           {"task a \"A\" { effort 3d allocate r booking r 2000-01-08-9:00 +8h }",
            "tjp_contradiction"},
           {"task a \"A\" { effort 3d allocate r booking r 2000-01-05-9:00 +8h } task b \"B\" { "
            "effort 3d allocate r booking r 2000-01-05-10:00 +3h }",
            "tjp_contradiction"},
           {"task a \"A\" { duration 10d } task b \"B\" { start 2000-01-05 duration 1d depends a }",
            "too_late_for_constraint"},
           {"task a \"A\" { duration 10d } task b \"B\" { start 2000-01-11 duration 1d depends a { "
            "gapduration 5d } }",
            "too_late_for_constraint"},
           {"task a \"A\" { duration 10d } task b \"B\" { start 2000-01-11 duration 1d depends a { "
            "gaplength 5d } }",
            "too_late_for_constraint"},
           {"task a \"A\" { duration 10d } task b \"B\" { end 2000-01-08 duration 1d depends a }",
            "too_late_for_constraint"},
           {"task a \"A\" { duration 10d maxend 2000-01-05 }", "deadline_missed"},
           {"task a \"A\" { duration 1d } task a \"A\" { duration 2d }", "duplicate_id"},
           {"", "no_tasks"},
           {"task a \"A\" { start soon }", "tjp_syntax"},
           {"task a \"A\" { duration 3 }", "tjp_syntax"},
           {"task a \"A\" { duration 3d", "tjp_syntax"},
           {"task a \"A\" { ${nothing} duration 1d }", "tjp_unknown_macro"},
           {"macro m duration 1d\ntask a \"A\" { duration 1d }", "tjp_bad_macro"},
           {"macro m [ duration 1d task a \"A\" { duration 1d }", "tjp_bad_macro"},
           {"macro m [ ${m} ] task a \"A\" { ${m} duration 1d }", "tjp_deep_macro"},
           {"resource t \"T\" { shifts none 2000-01-05 +1d } task a \"A\" { duration 1d }",
            "unknown_shift"}}) {
    const ReadPlan read = read_tjp(head + people + "\n" + std::string(wrong.text), "p.tjp");
    Findings all = read.findings;
    if (!read.findings.has_errors()) all.append(answer_of(read).findings);
    std::string codes;
    for (const std::string& line : found_in(all)) codes += line + '\n';
    EXPECT_NE(codes.find(std::string(wrong.expected) + '\n'), std::string::npos)
        << wrong.text << "\ngives\n"
        << words_of(all);
  }
}

TEST(Tjp, findings_name_the_place_in_the_file_and_the_call_of_a_macro) {
  const ReadPlan read = read_tjp(
      "project x \"X\" 2000-01-01 +1m\n# a comment\nmacro bad [ depends nobody ]\ntask a \"A\" {\n "
      " duration 1d\n  ${bad}\n}\ntask b \"B\" { duration 1d  depends nobody }\n",
      "p.tjp");
  EXPECT_EQ(found_in(read.findings),
            (std::vector<std::string>{"p.tjp:6:3 unknown_task", "p.tjp:8:35 unknown_task"}));
}

TEST(Tjp, what_has_no_place_in_a_plan_is_told_once_and_skipped_with_its_block) {
  const ReadPlan read = read_tjp(
      "project x \"X\" 2000-01-01 +1m { timeformat \"%Y\" }\nflags red, blue\ntask a \"A\" { "
      "duration 1d flags red }\ntask b \"B\" { duration 1d flags blue\n plan:priority 700\n "
      "other:priority 1 }\ntaskreport r \"R\" {\n  columns name { title \"N\" }, start\n}\n",
      "p.tjp");
  EXPECT_FALSE(read.findings.has_errors()) << words_of(read.findings);
  EXPECT_EQ(count_of(read.findings, found::tjp_not_read),
            4U);  // timeformat, flags, priority, taskreport
  EXPECT_EQ(read.plan.tasks[TaskId{1}].priority, 700);
}

TEST(Tjp, macros_that_call_each_other_a_thousand_million_times_end) {
  std::string text = "project x \"X\" 2000-01-01 +1m\nmacro m0 []\n";
  for (int i = 1; i < 15; ++i) {
    const std::string inner = "${m" + std::to_string(i - 1) + "}";
    text += "macro m" + std::to_string(i) + " [ ";
    for (int k = 0; k < 10; ++k) text += inner;
    text += " ]\n";
  }
  Findings findings;
  const TjpText expanded(text + "${m14}", "p.tjp", {}, findings);
  EXPECT_TRUE(has(findings, found::file_too_large));
  EXPECT_LE(expanded.text().size(), TjpText::kMost + 1);
}

TEST(Tjp, it_is_known_by_its_content) {
  EXPECT_TRUE(looks_like_tjp("/* x */\n# y\nproject \"P\" 2000-01-01 +1m\n"));
  EXPECT_FALSE(looks_like_tjp("project management is hard\n"));
  const TemporaryFolder folder;
  const auto path =
      folder.write("plan.txt", "project \"P\" 2000-01-01 +1m\ntask a \"A\" { duration 1d }\n");
  EXPECT_EQ(recognise(path), FileFormat::tjp);
  EXPECT_EQ(read_plan(path).plan.tasks.size(), 1U);
}

}  // namespace
}  // namespace diaodu::formats
