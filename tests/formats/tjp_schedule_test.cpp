#include "support/tjp.h"

namespace diaodu::formats {
namespace {

// One test for each file of TaskJuggler's own tests of its scheduler that can be told anew, in their order there: what
// is asked, and which dates must come out.  What is written here is our own.  Its working day is 9:00 to 17:00, Monday
// to Friday; some of its facts are from a time when there was a break at noon, which the projects then say.
// Where it chooses among people by a rule of thumb, the fact is that our schedule is legal and no task is later.

constexpr std::string_view kNoon = "{ workinghours mon - fri 9:00 - 12:00, 13:00 - 18:00 }\n";

// 1
TEST(TjpSchedule, allocations_mandatory_inherited_and_on_shifts) {
  const std::string head = "project \"Allocate\" 2007-08-31 +3w " + std::string(kNoon);
  //  The crane works 10:00 to 18:00, not on Tuesdays, and the helper only beside it: 8 + 7 hours a day.  Of 104 hours
  //  six days (31 August, 3, 5, 6, 7, 10 September) are 90; the last 14 are done on Wednesday the 12th, of which the
  //  slot until 18:00 is the last.  Seven people are all there on Wednesdays alone: 112 hours are two of these.
  expect_facts(
      head + R"(
resource crane "Crane" { workinghours mon, wed - fri 10:00 - 18:00 workinghours tue, sat, sun off }
resource helper "Helper"
resource three "Three" {
  resource x1 "X1" { workinghours sun, mon, sat off workinghours tue - fri 10:00 - 18:00 }
  resource x2 "X2" { workinghours sun, tue, sat off workinghours mon, wed - fri 10:00 - 18:00 }
  resource x3 "X3" { workinghours sun, thu - sat off workinghours mon - wed 10:00 - 18:00 }
}
resource four "Four" {
  workinghours mon - fri 10:00 - 18:00
  resource y1 "Y1" resource y2 "Y2" resource y3 "Y3" resource y4 "Y4"
}
task lift "Lift" { effort 13d allocate crane { mandatory }, helper }
task meet "Meet" { effort 14d allocate three { mandatory }, four }
)",
      {{"lift", "2007-08-31 10:00", "2007-09-12 18:00"}, {"meet", "", "2007-09-12 18:00"}});
  //  p alone three days; q alone beside it two; both four days from the 5th; p two days more from the 7th.
  expect_no_later(head + R"(
resource p "P" resource q "Q"
task all "All" {
  allocate p
  task one "One" { effort 3d }
  task two "Two" {
    allocate q
    task a "A" { effort 2d }
    task b "B" { effort 4d depends !!one }
  }
  task three "Three" { effort 2d depends !two }
}
)",
                  {{"all.one", "", "2007-09-04 18:00"},
                   {"all.two.a", "", "2007-09-03 18:00"},
                   {"all.two.b", "", "2007-09-06 18:00"},
                   {"all.three", "", "2007-09-10 18:00"}});
  //  In the first week of September m works on Monday, Wednesday and Friday and n on Tuesday and Thursday: 16 hours on
  //  31 August, 40 in that week, 16 on Monday the 10th; the last 8 of 80 are done on Tuesday by both until 14:00.
  expect_facts(head + R"(
shift odd "Odd" { workinghours mon, wed, fri 9:00 - 12:00, 13:00 - 18:00 workinghours tue, thu, sat off }
shift even "Even" { workinghours tue, thu, sat 9:00 - 12:00, 13:00 - 18:00 workinghours mon, wed, fri off }
resource m "M" resource n "N"
task t "T" { effort 10d allocate m { shift odd 2007-09-01 +1w } allocate n { shift even 2007-09-01 +1w } }
)",
               {{"t", "2007-08-31 09:00", "2007-09-11 14:00"}});
}

// 2
TEST(TjpSchedule, what_has_no_length_is_a_milestone_or_spans_its_dates) {
  expect_facts(R"(project "Milestones" 2009-02-12 - 2009-06-12
task first "First" { start ${projectstart} milestone }
task last "Last" { end ${projectend} milestone }
task m1 "1" { start ${projectstart} }
task m2 "2" { start ${projectstart} depends first }
task m3 "3" { depends !first }
task m4 "4" { end ${projectend} }
task m5 "5" { end ${projectend} precedes last }
task m6 "6" { precedes last }
task whole "Whole" { period ${projectstart} - ${projectend} }
)",
               {{"m1", "2009-02-12", "2009-02-12"},
                {"m2", "2009-02-12", "2009-02-12"},
                {"m3", "2009-02-12", "2009-02-12"},
                {"m4", "2009-06-12", "2009-06-12"},
                {"m5", "2009-06-12", "2009-06-12"},
                {"m6", "2009-06-12", "2009-06-12"},
                {"whole", "2009-02-12", "2009-06-12"}});
}

// 3
TEST(TjpSchedule, what_was_booked_until_now_is_done_and_the_rest_goes_on) {
  //  a: one hour each on the 24th and 25th, ten with overtime on the 27th, five on the 26th from 9:00 to 15:00; the
  //  projection is not strict, so the 27th goes on with two hours before noon and five behind: 24 of 80.  56 are
  //  seven days from 30 April: Tuesday 8 May.  b: 24 of 80, on leave on two days of the five.  c: three whole days, 72
  //  of 88; d: five, 120 of 128.
  expect_facts(R"(project "Booked" 2007-04-22 +5w {
  now 2007-04-30
  scenario plan "Plan" { projection }
  workinghours mon - fri 9:00 - 12:00, 13:00 - 18:00
}
resource p "P"
resource q "Q" { vacation 2007-04-24 +2d }
resource r "R" { vacation 2007-04-24 +2d }
resource s "S" { vacation 2007-04-24 +2d }
task a "A" {
  effort 10d
  allocate p
  booking p 2007-04-24 +10h, 2007-04-25 +10h { sloppy 1 }
  booking p 2007-04-27 +10h { overtime 2 }
}
task b "B" { effort 10d allocate q booking q 2007-04-23 +5d { sloppy 2 } }
task c "C" { effort 11d allocate r booking r 2007-04-23 +5d { sloppy 2 overtime 1 } }
task d "D" { effort 16d allocate s booking s 2007-04-23 +5d { sloppy 2 overtime 2 } }
supplement resource p { booking a 2007-04-26-5:00 +10h { sloppy 1 } }
)",
               {{"a", "", "2007-05-08 18:00"},
                {"b", "", "2007-05-08 18:00"},
                {"c", "", "2007-05-01 18:00"},
                {"d", "", "2007-04-30 18:00"}});
}

// 4
TEST(TjpSchedule, overtime_and_sloppy_bookings_count_other_hours) {
  //  b: 8 of 40 hours done on Monday.  c: on leave on Tuesday.  d: 24 of 56 done overnight.  e: 48 of 72.
  expect_facts(R"(project "Overtime" 2010-02-08 +1m
resource p "P" resource q "Q" resource s "S" resource u "U" { vacation 2010-02-09 }
resource r "R" { vacation 2010-02-09 }
task "A" { effort 40h allocate p }
task "B" { effort 40h allocate q booking q 2010-02-08 +1d { sloppy 1 } }
task "C" { effort 32h allocate r booking r 2010-02-08 +2d { sloppy 2 } }
task "D" { effort 56h allocate s booking s 2010-02-08 +1d { overtime 1 } }
task "E" { effort 72h allocate u booking u 2010-02-08 +2d { overtime 2 } }
)",
               {{"A", "", "2010-02-12 17:00"},
                {"B", "", "2010-02-12 17:00"},
                {"C", "", "2010-02-12 17:00"},
                {"D", "", "2010-02-12 17:00"},
                {"E", "", "2010-02-12 17:00"}});
}

// 5
TEST(TjpSchedule, bookings_are_of_one_scenario_and_a_strict_projection_begins_now) {
  //  In `done` Monday's eight of 16 hours are booked; in `open`, derived from it, nothing is, and all lies after now.
  const std::string_view text = R"(project "Strict" 2011-05-15 +1w {
  scenario done "Done" { projection { strict } scenario open "Open" { projection { strict } } }
  trackingscenario open
  now 2011-05-17
  workinghours mon - fri 9:00 - 12:00, 13:00 - 18:00
}
resource p "P"
task t "T" { effort 2d allocate p }
supplement task t { booking p 2011-05-16-9:00 +3h, 2011-05-16-13:00 +5h }
)";
  expect_facts(text, {{"t", "2011-05-16 09:00", "2011-05-17 18:00"}});
  expect_facts(text, {{"t", "2011-05-17 09:00", "2011-05-18 18:00"}}, "open");
}

// 6
TEST(TjpSchedule, containers_end_with_what_is_in_them) {
  expect_facts(R"(project "Inside" 2009-01-01 - 2009-01-31 { timezone "Europe/Amsterdam" }
task box "Box" { task t "T" { duration 6d } }
task behind "Behind" { depends box duration 1d }
task m1 "M1" { milestone start 2009-01-10 depends behind, box }
task m2 "M2" { milestone depends box }
)",
               {{"box", "2009-01-01", "2009-01-07"},
                {"box.t", "2009-01-01", "2009-01-07"},
                {"behind", "2009-01-07", "2009-01-08"},
                {"m1", "2009-01-10", "2009-01-10"},
                {"m2", "2009-01-07", "2009-01-07"}});
}

// 7
TEST(TjpSchedule, containers_span_dates_between_two_milestones) {
  //  A week of work from Saturday the 10th ends Friday the 16th; one that ends on Tuesday the 20th at midnight began on
  //  Tuesday the 13th at nine.
  expect_facts(R"(project "Span" 2009-01-01 +1m
task from "From" { milestone start 2009-01-01 }
task until "Until" { milestone end 2009-01-30 }
task box "Box" {
  depends from
  precedes until
  task one "One" { task t "T" { start 2009-01-10 length 1w } }
  task two "Two" { scheduling alap task t "T" { end 2009-01-20 length 1w } }
}
)",
               {{"box", "2009-01-10", "2009-01-20"},
                {"box.one", "", "2009-01-16 17:00"},
                {"box.one.t", "2009-01-10", "2009-01-16 17:00"},
                {"box.two", "2009-01-13 09:00", ""},
                {"box.two.t", "2009-01-13 09:00", "2009-01-20"}});
}

// 8
TEST(TjpSchedule, a_date_and_a_predecessor_both_count) {
  expect_facts(R"(project "Both" 2013-06-22 +2m
resource p "P"
task f "F" {
  task a "A" { start 2013-06-24 effort 2d allocate p }
  task b "B" { depends !a { onstart } start 2013-06-27 effort 2d allocate p }
}
)",
               {{"f.a", "2013-06-24 09:00", "2013-06-25 17:00"}, {"f.b", "2013-06-27 09:00", ""}});
}

// 9
TEST(TjpSchedule, successors_follow_with_gaps_on_the_clock_and_of_work) {
  //  c ends Monday 30 April 0:00; five working days later it is Friday 4 May 17:00.
  expect_facts(R"(project "After" 2007-04-02 +3m
task a "A" { start ${projectstart} duration 1w }
task b "B" { depends a duration 1w }
task c "C" { depends b { gapduration 1w } duration 1w }
task d "D" { depends c { onend gaplength 1w } duration 1w }
task e "E" { depends d { onstart } duration 1w }
task f "F" { depends d { onstart gaplength 1w } duration 1w }
)",
               {{"a", "2007-04-02", "2007-04-09"},
                {"b", "2007-04-09", "2007-04-16"},
                {"c", "2007-04-23", "2007-04-30"},
                {"d", "2007-05-04 17:00", "2007-05-11 17:00"},
                {"e", "2007-05-04 17:00", "2007-05-11 17:00"},
                {"f", "2007-05-11 17:00", "2007-05-18 17:00"}});
}

// 10
TEST(TjpSchedule, durations_run_on_the_clock) {
  //  Five months are 5/12 of 365 days: 152 days and two hours.
  expect_facts(R"(project "Clock" 2007-03-25 +6m
task all "All" {
  start 2007-03-27
  task h "5h" { duration 5h }
  task d "5d" { duration 5d }
  task w "5w" { duration 5w }
  task m "5m" { duration 5m }
}
)",
               {{"all.h", "2007-03-27", "2007-03-27 05:00"},
                {"all.d", "2007-03-27", "2007-04-01"},
                {"all.w", "2007-03-27", "2007-05-01"},
                {"all.m", "2007-03-27", "2007-08-26 02:00"}});
}

// 11
TEST(TjpSchedule, dates_of_the_project_bound_what_has_none) {
  //  Twenty days of one: Wednesday 4 February to Tuesday 3 March; before Monday 1 June from Monday 4 May, before
  //  Friday 1 May from Friday 3 April.
  expect_facts(R"(project "Bounds" 2009-02-04 - 2009-06-01 { timezone "Europe/Amsterdam" }
resource r1 "1" resource r2 "2" resource r3 "3" resource r4 "4"
task first "First" { milestone }
task last "Last" { milestone scheduling alap }
task p "P" {
  task plain "Plain" { task a "A" { }  task b "B" { start 2009-02-06 }  task c "C" { end 2009-03-01 } }
  task marks "Marks" {
    task a "A" { milestone }
    task b "B" { milestone scheduling alap }
    task c "C" { start 2009-02-06 milestone }
    task d "D" { end 2009-03-01 milestone }
    task e "E" { start 2009-02-06 depends first }
    task f "F" { end 2009-03-01 precedes last }
  }
  task work "Work" {
    task a "A" { allocate r1 effort 20d scheduling asap }
    task b "B" { allocate r2 effort 20d scheduling asap start 2009-02-06 }
    task c "C" { allocate r3 effort 20d scheduling alap }
    task d "D" { allocate r4 effort 20d scheduling alap end 2009-05-01 }
  }
}
task q "Q" {
  task a "A" { }
  task b "B" { depends !a }
  task c "C" { scheduling alap }
  task d "D" { precedes !c }
}
)",
               {{"first", "2009-02-04", "2009-02-04"},
                {"last", "2009-06-01", "2009-06-01"},
                {"p.plain.a", "2009-02-04", "2009-02-04"},
                {"p.plain.b", "2009-02-06", "2009-02-06"},
                {"p.plain.c", "2009-03-01", "2009-03-01"},
                {"p.marks.a", "2009-02-04", "2009-02-04"},
                {"p.marks.b", "2009-06-01", "2009-06-01"},
                {"p.marks.c", "2009-02-06", "2009-02-06"},
                {"p.marks.d", "2009-03-01", "2009-03-01"},
                {"p.marks.e", "2009-02-06", "2009-02-06"},
                {"p.marks.f", "2009-03-01", "2009-03-01"},
                {"p.work.a", "2009-02-04 09:00", "2009-03-03 17:00"},
                {"p.work.b", "2009-02-06 09:00", "2009-03-05 17:00"},
                {"p.work.c", "2009-05-04 09:00", "2009-05-29 17:00"},
                {"p.work.d", "2009-04-03 09:00", "2009-04-30 17:00"},
                {"q.a", "2009-02-04", "2009-02-04"},
                {"q.b", "2009-02-04", "2009-02-04"},
                {"q.c", "2009-06-01", "2009-06-01"},
                {"q.d", "2009-06-01", "2009-06-01"}});
}

// 12
TEST(TjpSchedule, attributes_are_inherited_by_derived_scenarios_and_by_tasks_inside) {
  const std::string_view text = R"(project "Inherit" 2011-01-04 +1m {
  scenario s1 "1" { scenario s2 "2" { scenario s3 "3" } }
}
task a "A" { priority 3 s2:priority 2 task b "B" { task c "C" { } } }
task d "D" { priority 3 s2:priority 2 task e "E" { task f "F" { s2:priority 1 } } }
task g "G" { priority 3 s2:priority 2 task h "H" { s3:priority 1 task i "I" { s2:priority 1 } } }
)";
  struct Row {
    std::string_view task;
    std::vector<int> in_scenarios;
  };
  const std::vector<std::string_view> scenarios = {"s1", "s2", "s3"};
  for (std::size_t i = 0; i < scenarios.size(); ++i) {
    const ReadPlan read = read_tjp(text, "p.tjp", scenarios[i]);
    for (const Row& row : std::vector<Row>{{"a", {3, 2, 2}},
                                           {"a.b", {3, 2, 2}},
                                           {"a.b.c", {3, 2, 2}},
                                           {"d", {3, 2, 2}},
                                           {"d.e", {3, 2, 2}},
                                           {"d.e.f", {3, 1, 1}},
                                           {"g", {3, 2, 2}},
                                           {"g.h", {3, 2, 1}},
                                           {"g.h.i", {3, 1, 1}}}) {
      EXPECT_EQ(read.plan.tasks[task_of(read.plan, row.task)].priority, row.in_scenarios[i])
          << row.task << ' ' << scenarios[i];
    }
  }
}

// 13
TEST(TjpSchedule, leaves_of_all_and_of_one_are_off) {
  //  Twenty days from Monday 12 March without the 14th and without the week from the 19th: Monday 16 April.
  const std::string_view text =
      R"(project "Leaves" 2012-03-12 +6m { scenario s1 "1" { scenario s2 "2" } }
vacation "Off" 2012-03-14
resource p "P" { vacation 2012-03-19 +1w }
task t "T" { effort 20d allocate p }
)";
  for (const std::string_view scenario : {"s1", "s2"})
    expect_facts(text, {{"t", "2012-03-12 09:00", "2012-04-16 17:00"}}, scenario);
}

// 14
TEST(TjpSchedule, limits_hold_for_days_weeks_and_blocks_of_thirty_days) {
  //  From Wednesday 29 August.  a: ten days of four hours.  b: three days in each of ten weeks.  c: blocks of thirty
  //  days from 1 August; two days until the 30th, fifteen until 29 September, fifteen until 29 October, the last
  //  thirteen from 30 October on.  d: 14 hours until 30 August; 7 on the 31st, weeks of 32 hours and 17 from the 24th
  //  on, together 120; 120 from 1 October to the 25th; 28 on four days from 30 October, 32, 32 and 28: 120; then 7, 7,
  //  7, and 5 on 4 December until 15:00.
  const std::string head = "project \"Limits\" 2007-08-29 +6m " + std::string(kNoon);
  expect_facts(head + R"(
resource p "P" resource q "Q" resource r "R" resource s "S" resource v "V" resource w "W"
task t "T" {
  task a "A" { effort 40h allocate p limits { dailymax 4h } }
  task b "B" { effort 30d allocate q limits { weeklymax 3d } }
  task c "C" { effort 45d allocate r limits { monthlymax 15d } }
  task d "D" { effort 50d allocate s limits { dailymax 7h weeklymax 4d monthlymax 15d } }
}
task e "E" { effort 20d allocate v limits { weeklymax 8h { period 2007-09-05 +8d } } }
task f "F" { effort 10d allocate w limits { weeklymax 16h { resources w } } }
)",
               {{"t.a", "", "2007-09-11 14:00"},
                {"t.b", "", "2007-10-31 18:00"},
                {"t.c", "", "2007-11-15 18:00"},
                {"t.d", "", "2007-12-04 15:00"},
                {"e", "", "2007-10-01 18:00"},
                {"f", "", "2007-09-25 18:00"}});
  //  Twenty hours a week for both, which each alone uses up: b, which is more urgent, has twelve weeks, 7, 7 and 6
  //  hours in each; a has the next twelve, 8, 8 and 4.
  const std::string shared = head + R"(
resource p "P" resource q "Q"
task t "T" {
  limits { weeklymax 20h }
  task a "A" { effort 30d allocate p }
  task b "B" { effort 30d allocate q priority 600 limits { dailymax 7h } }
}
)";
  expect_facts(shared,
               {{"t.b", "2007-08-29 09:00", "2007-11-14 16:00"}, {"t.a", "", "2008-02-06 14:00"}});
  EXPECT_TRUE(has(read_tjp(shared, "p.tjp").findings, found::read_otherwise));
}

// 15
TEST(TjpSchedule, who_must_be_there_together_works_when_all_are) {
  //  p works on Tuesdays and Thursdays: eight such days for sixteen of two.  r and s share Mondays and Fridays.
  expect_facts(R"(project "Together" 2009-10-31 +2m
resource p "P" { workinghours mon, wed, fri off } resource q "Q"
resource r "R" { workinghours tue, thu off } resource s "S" { workinghours wed off } resource u "U"
task a "A" { effort 16d allocate p { mandatory }, q }
task b "B" { effort 24d allocate r { mandatory }, s { mandatory }, u }
)",
               {{"a", "2009-11-03 09:00", "2009-11-26 17:00"},
                {"b", "2009-11-02 09:00", "2009-11-27 17:00"}});
}

// 16
TEST(TjpSchedule, any_four_of_five_can_do_one_task_a_day) {
  //  The second and third task are alike and want four of five nodes each: one is done on Friday the 23rd and the other
  //  on Monday the 26th, which ends the plan.
  const std::string text = R"(project "Nodes" 2007-11-22 +6d
resource nodes "Nodes" {
  resource n1 "1" resource n2 "2" resource n3 "3" resource n4 "4" resource n5 "5"
}
macro any [ allocate n1 { mandatory alternative n2, n3, n4, n5 } ]
macro four [ effort 4d ${any} ${any} ${any} ${any} ]
task p "P" {
  task a "A" { start ${projectstart} ${four} }
  task b "B" { depends !a ${four} }
  task c "C" { depends !a ${four} }
}
)";
  expect_no_later(text, {{"p.a", "", "2007-11-22 17:00"}, {"p", "", "2007-11-26 17:00"}});
}

// 17
TEST(TjpSchedule, an_alternative_stays_with_its_task) {
  //  Each at once, on people of their own: five days from Monday the 13th, six from Tuesday the 14th.
  expect_facts(R"(project "Either" 2012-08-10 +3m
resource p "P" resource q "Q"
macro either [ allocate p { alternative q persistent } ]
task a "A" { start 2012-08-13 effort 5d ${either} }
task b "B" { start 2012-08-14 effort 6d ${either} }
)",
               {{"a", "2012-08-13 09:00", "2012-08-17 17:00"},
                {"b", "2012-08-14 09:00", "2012-08-21 17:00"}});
}

// 18
TEST(TjpSchedule, one_who_stays_with_a_task_does_not_leave_it_half_done) {
  //  p is away from the 14th on.  TaskJuggler begins a with him, warns, and has q end it on Monday the 27th, after b.
  //  Ours keeps to q, who has eleven days of work from the 13th or the 14th: no later.
  expect_no_later(R"(project "Away" 2012-08-10 +3m
resource p "P" { leaves project "" 2012-08-14 - ${projectend} }
resource q "Q"
macro either [ allocate p { alternative q persistent } ]
task a "A" { start 2012-08-13 effort 5d ${either} }
task b "B" { start 2012-08-14 effort 6d ${either} }
)",
                  {{"", "", "2012-08-27 17:00"}});
}

// 19
TEST(TjpSchedule, predecessors_go_before_as_late_as_they_can) {
  //  c begins on Sunday 3 June; five working days before is Monday 28 May 9:00, and five before that Monday the 21st.
  expect_facts(R"(project "Before" 2007-04-02 - 2007-07-01
task a "A" { end ${projectend} duration 1w }
task b "B" { precedes a duration 1w }
task c "C" { precedes b { gapduration 1w } duration 1w }
task d "D" { precedes c { onstart gaplength 1w } duration 1w }
task e "E" { precedes d { onend } duration 1w }
task f "F" { precedes d { onend gaplength 1w } duration 1w }
)",
               {{"a", "2007-06-24", "2007-07-01"},
                {"b", "2007-06-17", "2007-06-24"},
                {"c", "2007-06-03", "2007-06-10"},
                {"d", "2007-05-21 09:00", "2007-05-28 09:00"},
                {"e", "2007-05-21 09:00", "2007-05-28 09:00"},
                {"f", "2007-05-14 09:00", "2007-05-21 09:00"}});
}

// 20
TEST(TjpSchedule, two_share_an_effort_in_every_scenario) {
  const std::string_view text =
      R"(project "Two" 2011-02-27 +2m { scenario s1 "1" { scenario s2 "2" } }
resource p "P" resource q "Q"
task t "T" { allocate p allocate q effort 2w }
)";
  for (const std::string_view scenario : {"s1", "s2"})
    expect_facts(text, {{"t", "2011-02-28 09:00", "2011-03-04 17:00"}}, scenario);
}

// 21
TEST(TjpSchedule, what_is_booked_and_complete_is_as_it_was) {
  expect_facts(R"(project "Done" 2013-08-18 +1m { now 2013-08-25 }
resource p "P"
task t "T" { booking p 2013-08-19-9:00 +8h scheduled }
)",
               {{"t", "2013-08-19 09:00", "2013-08-19 17:00"}});
}

// 22
TEST(TjpSchedule, the_tracking_scenario_goes_on_from_now) {
  //  In s2 a begins after now, on Monday the 24th; b began on the 17th, and five of its ten days are done.
  const std::string_view text = R"(project "Tracking" 2014-03-16 +2m {
  scenario s1 "1" { scenario s2 "2" scenario s3 "3" }
  trackingscenario s2
  now 2014-03-23
}
resource p "P" resource q "Q"
task a "A" { effort 10d allocate p }
task box "Box" { task b "B" { effort 10d allocate q s2:start 2014-03-17-9:00 s2:effortdone 5d } }
)";
  for (const std::string_view scenario : {"s1", "s3"}) {
    expect_facts(text,
                 {{"a", "2014-03-17 09:00", "2014-03-28 17:00"},
                  {"box.b", "2014-03-17 09:00", "2014-03-28 17:00"}},
                 scenario);
  }
  expect_facts(text,
               {{"a", "2014-03-24 09:00", "2014-04-04 17:00"},
                {"box.b", "2014-03-17 09:00", "2014-03-28 17:00"}},
               "s2");
}

// 23
TEST(TjpSchedule, shifts_hold_for_a_while_and_are_inherited) {
  //  The team is on leave from the 22nd to the 24th and has mornings of four hours until the 27th, also on the weekend:
  //  12 hours; 32 until the 31st.  Then two weeks: odd days are 36 hours, even days with weekends 48, without 24; and
  //  eight hours a day again from the 17th: 80 more, 108 more, 92 more.  `off` works on Wednesday 5 September, for its
  //  shift replaces leaves, and not on Thursday the 6th.
  const std::string head = "project \"Shifts\" 2007-08-22 +2m " + std::string(kNoon);
  expect_facts(head + R"(
shift odd "Odd" {
  workinghours mon, wed, fri 10:00 - 16:00
  workinghours tue, thu, sat, sun off
}
shift even "Even" {
  workinghours mon, wed, fri off
  workinghours tue, thu, sat, sun 10:00 - 16:00
  shift weekday "Even, no weekend" { workinghours sat, sun off }
}
shift early "Early" { workinghours mon - sun 8:00 - 12:00 }
shift thursday "Thursday off" { vacation 2007-09-06 replace }
resource team "Team" {
  vacation 2007-08-22 +3d
  shifts early 2007-08-23 +5d
  resource p "P" { shifts odd 2007-09-01 +2w }
  resource q "Q" { shifts even 2007-09-01 +2w }
  resource r "R" { shifts weekday 2007-09-01 +2w }
  resource off "Off" { vacation 2007-09-05 shifts thursday 2007-09-01 +7d }
}
resource other "Other"
task all "All" {
  start 2007-08-22
  task a "A" { effort 4w allocate p }
  task b "B" { effort 5w allocate q }
  task c "C" { effort 4w allocate r }
  task d "D" { effort 7w allocate other }
  task e "E" { start 2007-09-01 effort 4d allocate off }
}
)",
               {{"all.a", "", "2007-09-28 18:00"},
                {"all.b", "", "2007-10-04 14:00"},
                {"all.c", "", "2007-10-02 14:00"},
                {"all.d", "", "2007-10-09 18:00"},
                {"all.e", "", "2007-09-07 18:00"}});
}

// 24
TEST(TjpSchedule, shifts_hold_with_or_without_leaves) {
  expect_facts(R"(project "Replace" 2010-02-06 +1w
shift s2 "2" { replace workinghours mon - fri 8:00 - 16:00 }
shift s3 "3" { vacation 2010-02-09 workinghours mon - fri 8:00 - 16:00 }
shift s4 "4" { replace vacation 2010-02-09 workinghours mon - fri 8:00 - 16:00 }
vacation 2010-02-10
resource p "P"
resource q "Q" { shifts s2 2010-02-08 +1w }
resource r "R" { shifts s3 2010-02-08 +1w }
resource s "S" { shifts s4 2010-02-08 +1w }
task "A" { effort 32h allocate p }
task "B" { effort 40h allocate q }
task "C" { effort 24h allocate r }
task "D" { effort 32h allocate s }
)",
               {{"A", "", "2010-02-12 17:00"},
                {"B", "", "2010-02-12 16:00"},
                {"C", "", "2010-02-12 16:00"},
                {"D", "", "2010-02-12 16:00"}});
}

// 25
TEST(TjpSchedule, what_lies_between_others_without_a_length_spans_all_between) {
  expect_facts(R"(project "Hammock" 2013-06-22 +2m
task from "From" { start 2013-07-01 }
task until "Until" { start 2013-08-01 }
task phase "Phase" {
  precedes until
  depends from
  task a "A" { }
  task b "B" { }
}
task own "Own" { depends from precedes until }
)",
               {{"phase.a", "2013-07-01", "2013-08-01"},
                {"phase.b", "2013-07-01", "2013-08-01"},
                {"own", "2013-07-01", "2013-08-01"},
                {"phase", "2013-07-01", "2013-08-01"}});
}

// 26
TEST(TjpSchedule, what_was_inherited_can_be_taken_back) {
  //  Eighty hours from Thursday 31 May: twenty mornings of p in s1, ten days of q in s2.
  const std::string_view text =
      R"(project "Purge" 2012-05-31 +1m { scenario s1 "1" { scenario s2 "2" } }
resource p "P" { workinghours mon - fri 8:00 - 12:00 }
resource q "Q"
task box "Box" {
  allocate p
  task t "T" {
    purge s2:allocate
    s2:allocate q
    effort 2w
  }
}
)";
  expect_facts(text, {{"box.t", "", "2012-06-27 12:00"}});
  expect_facts(text, {{"box.t", "", "2012-06-13 17:00"}}, "s2");
}

}  // namespace
}  // namespace diaodu::formats
