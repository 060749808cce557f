#include "diaodu/check/schedule_check.h"

#include <gtest/gtest.h>

#include "check/placed.h"
#include "support/tables.h"

namespace diaodu::check {
namespace {

using Kind = Violation::Kind;

std::vector<Kind> kinds(const Plan& plan, const Schedule& schedule) {
  const Verdict verdict = judge(plan, schedule);
  std::vector<Kind> kinds;
  for (const Violation& violation : verdict.first) {
    kinds.push_back(violation.kind);
    EXPECT_FALSE(to_string(violation, plan, Language::english).empty());
    EXPECT_FALSE(to_string(violation, plan, Language::chinese).empty());
  }
  EXPECT_EQ(verdict.is_legal, kinds.empty());
  EXPECT_EQ(verdict.num_violations, kinds.size());
  return kinds;
}
using Kinds = std::vector<Kind>;
const Kinds kLegal;

Kinds kinds(const formats::ReadPlan& read, const std::vector<Placed>& placed) {
  EXPECT_FALSE(read.findings.has_errors())
      << to_string(read.findings.kept().front(), Language::english);
  return kinds(read.plan, scheduled(read.plan, placed));
}

TEST(Check, a_task_has_to_be_scheduled_unless_it_is_optional) {
  const auto read = read_tables({{"tasks", "id,duration,optional\nA,1d,\nB,1d,yes\n"}});
  EXPECT_EQ(kinds(read, {{"A", "08-01 08:00", "08-01 17:00"}}), kLegal);
  EXPECT_EQ(kinds(read, {{"B", "08-01 08:00", "08-01 17:00"}}), Kinds{Kind::task_missing});
  EXPECT_EQ(kinds(read.plan, Schedule{}), (Kinds{Kind::task_missing, Kind::task_missing}));
}

TEST(Check, nothing_begins_before_the_plan_or_the_data_date) {
  const auto read = read_tables({{"tasks", "id,duration\nA,1d\n"}});
  EXPECT_EQ(kinds(read, {{"A", "07-29 08:00", "07-29 17:00"}}), Kinds{Kind::starts_too_early});
  const auto later = read_tables({{"tasks", "id,duration\nA,1d\n"}},
                                 "[plan]\nstart = 2022-08-01\ndata_date = 2022-08-03\n");
  EXPECT_EQ(kinds(later, {{"A", "08-02 08:00", "08-02 17:00"}}), Kinds{Kind::starts_too_early});
  EXPECT_EQ(kinds(later, {{"A", "08-03 08:00", "08-03 17:00"}}), kLegal);
}

TEST(Check, a_task_starts_in_a_working_minute_and_finishes_when_its_work_is_done) {
  const auto read = read_tables({{"tasks", "id,duration\nA,1d\n"}});
  EXPECT_EQ(kinds(read, {{"A", "08-01 12:30", "08-02 12:00"}}), Kinds{Kind::starts_off_work});
  EXPECT_EQ(kinds(read, {{"A", "08-01 10:00", "08-01 17:00"}}), Kinds{Kind::wrong_finish});
  EXPECT_EQ(kinds(read, {{"A", "08-01 10:00", "08-02 10:00"}}), kLegal);
  // What has not started has nothing to resume.
  EXPECT_EQ(kinds(read, {{"A", "08-01 08:00", "08-02 17:00", "", "08-02 08:00"}}),
            Kinds{Kind::wrong_finish});
}

TEST(Check, a_milestone_may_stand_at_any_minute) {
  const auto read = read_tables({{"tasks", "id,duration\nA,0d\n"}});
  EXPECT_EQ(kinds(read, {{"A", "08-01 12:30", "08-01 12:30"}}), kLegal);
}

TEST(Check, a_task_is_done_in_a_mode_of_its_own) {
  const auto read = read_tables({{"tasks", "id,duration\nA,\nB,1d\n"},
                                 {"modes", "task,mode,duration\nA,slow,2d\nA,quick,1d\n"}});
  const Placed b{"B", "08-01 08:00", "08-01 17:00"};
  EXPECT_EQ(kinds(read, {{"A", "08-01 08:00", "08-01 17:00", "quick"}, b}), kLegal);
  EXPECT_EQ(kinds(read, {{"A", "08-01 08:00", "08-02 17:00", "slow"}, b}), kLegal);
  EXPECT_EQ(kinds(read, {{"A", "08-01 08:00", "08-01 17:00"}, b}), Kinds{Kind::wrong_mode});
  EXPECT_EQ(kinds(read, {{"A", "08-01 08:00", "08-01 17:00", "quick"},
                         {"B", "08-01 08:00", "08-01 17:00", "quick"}}),
            Kinds{Kind::wrong_mode});
}

TEST(Check, what_has_happened_stays_as_it_is_on_record) {
  const auto read = read_tables({{"plan", "key,value\ndata_date,2022-08-03\n"},
                                 {"tasks", "id,duration\nA,1d\nB,2d\n"},
                                 {"progress",
                                  "task,actual_start,actual_finish,remaining\nA,2022-08-01,2022-08-"
                                  "02,\nB,2022-08-02,,1d\n"}});
  const Placed a{"A", "08-01 08:00", "08-02 17:00"};
  const Placed b{"B", "08-02 08:00", "08-03 17:00", "", "08-03 08:00"};
  EXPECT_EQ(kinds(read, {a, b}), kLegal);
  EXPECT_EQ(kinds(read, {{"A", "08-01 09:00", "08-02 16:00"}, b}),
            (Kinds{Kind::not_as_recorded, Kind::not_as_recorded}));
  EXPECT_EQ(kinds(read, {a, {"B", "08-03 08:00", "08-03 17:00", "", "08-03 08:00"}}),
            Kinds{Kind::not_as_recorded});
  EXPECT_EQ(kinds(read, {a, {"B", "08-02 08:00", "08-02 17:00"}}), Kinds{Kind::starts_too_early});
}

TEST(Check, dated_constraints_hold_to_the_working_minute) {
  struct Example {
    const char* constraint;
    const char* date;
    const char* start;
    const char* finish;
    bool is_legal;
  };
  // Tue 2nd 17:00 and Wed 3rd 08:00 are the same working moment.
  const std::vector<Example> examples = {
      {"start_on_or_after", "2022-08-02 08:00", "08-02 08:00", "08-02 17:00", true},
      {"start_on_or_after", "2022-08-02 08:00", "08-01 08:00", "08-01 17:00", false},
      {"start_on_or_before", "2022-08-02 17:00", "08-03 08:00", "08-03 17:00", true},
      {"start_on_or_before", "2022-08-02 17:00", "08-03 08:01", "08-04 08:01", false},
      {"start_on", "2022-08-02 08:00", "08-02 08:00", "08-02 17:00", true},
      {"start_on", "2022-08-02 17:00", "08-03 08:00", "08-03 17:00", true},
      {"start_on", "2022-08-02 08:00", "08-02 08:01", "08-03 08:01", false},
      {"start_on", "2022-08-02 08:00", "08-01 08:00", "08-01 17:00", false},
      {"finish_on_or_after", "2022-08-03 08:00", "08-02 08:00", "08-02 17:00", true},
      {"finish_on_or_after", "2022-08-03 09:00", "08-02 08:00", "08-02 17:00", false},
      {"finish_on_or_before", "2022-08-02 17:00", "08-02 08:00", "08-02 17:00", true},
      {"finish_on_or_before", "2022-08-02 16:59", "08-02 08:00", "08-02 17:00", false},
      {"finish_on", "2022-08-03 08:00", "08-02 08:00", "08-02 17:00", true},
      {"finish_on", "2022-08-02 16:00", "08-02 08:00", "08-02 17:00", false},
      {"finish_on", "2022-08-03 08:01", "08-02 08:00", "08-02 17:00", false},
      {"mandatory_start", "2022-08-02 08:00", "08-02 08:00", "08-02 17:00", true},
      {"mandatory_start", "2022-07-26 08:00", "07-26 08:00", "07-26 17:00", true},  // come what may
      {"mandatory_finish", "2022-08-02 17:00", "08-02 08:00", "08-02 17:00", true},
      {"mandatory_finish", "2022-08-02 17:00", "08-03 08:00", "08-03 17:00", false},
      {"as_late_as_possible", "", "08-09 08:00", "08-09 17:00", true},
  };
  for (const Example& each : examples) {
    SCOPED_TRACE(std::string(each.constraint) + ' ' + each.date + ": " + each.start);
    const std::string row = std::string(each.constraint) + ',' + each.date + '\n';
    const auto first = read_tables({{"tasks", "id,duration,constraint,date\nA,1d," + row}});
    const auto second =
        read_tables({{"tasks", "id,duration,second_constraint,second_date\nA,1d," + row}});
    const Kinds expected = each.is_legal ? kLegal : Kinds{Kind::outside_window};
    EXPECT_EQ(kinds(first, {{"A", each.start, each.finish}}), expected);
    if (std::string_view(each.constraint).starts_with("mandatory_start")) continue;
    EXPECT_EQ(kinds(second, {{"A", each.start, each.finish}}), expected);
  }
}

TEST(Check, a_link_of_each_type_holds_between_its_own_two_ends) {
  //  A  Mon 08 ===== Mon 17        2 h of lag on A's calendar
  struct Example {
    const char* type;
    const char* start;  // the first legal hour of B, which takes 4 h
    const char* finish;
    const char* early_start;
    const char* early_finish;
  };
  const std::vector<Example> examples = {
      {"FS", "08-02 10:00", "08-02 15:00", "08-02 09:00", "08-02 14:00"},
      {"SS", "08-01 10:00", "08-01 15:00", "08-01 09:00", "08-01 14:00"},
      {"FF", "08-01 15:00", "08-02 10:00", "08-01 14:00", "08-02 09:00"},  // 2 h on Tuesday
      {"SF", "08-01 08:00", "08-01 12:00", "", ""},
  };
  for (const Example& each : examples) {
    SCOPED_TRACE(each.type);
    const auto read =
        read_tables({{"tasks", "id,duration\nA,1d\nB,4h\n"},
                     {"links", std::string("from,to,type,lag\nA,B,") + each.type + ",2h\n"}});
    const Placed a{"A", "08-01 08:00", "08-01 17:00"};
    EXPECT_EQ(kinds(read, {a, {"B", each.start, each.finish}}), kLegal);
    if (each.early_start[0] == '\0') continue;
    EXPECT_EQ(kinds(read, {a, {"B", each.early_start, each.early_finish}}),
              Kinds{Kind::link_too_short});
  }
  // Start to finish: B may not finish before A's start and 2 h, Mon 10:00.
  const auto read = read_tables(
      {{"tasks", "id,duration\nA,1d\nB,1h\n"}, {"links", "from,to,type,lag\nA,B,SF,2h\n"}});
  EXPECT_EQ(kinds(read, {{"A", "08-01 08:00", "08-01 17:00"}, {"B", "08-01 08:00", "08-01 09:00"}}),
            Kinds{Kind::link_too_short});
}

TEST(Check, lags_and_leads_are_counted_as_the_link_and_the_plan_say) {
  const auto legal = [](std::string_view lag, std::string_view rule, Placed b) {
    const std::string toml = "[plan]\nstart = 2022-08-01\n[options]\nlag_calendar = '" +
                             std::string(rule) + "'\n[calendars.late]\nevery_day = '12:00-20:00'\n";
    const auto read = read_tables({{"tasks", "id,duration,calendar\nA,1d,\nB,4h,late\n"},
                                   {"links", "from,to,lag\nA,B," + std::string(lag) + "\n"}},
                                  toml);
    return kinds(read, {{"A", "08-05 08:00", "08-05 17:00"}, b}).empty();
  };
  // A ends on Friday at 17:00.
  EXPECT_TRUE(legal("2h", "predecessor", {"B", "08-08 12:00", "08-08 16:00"}));  // Mon 10:00
  EXPECT_FALSE(legal("2h", "predecessor", {"B", "08-07 12:00", "08-07 16:00"}));
  EXPECT_TRUE(legal("2h", "successor", {"B", "08-05 19:00", "08-06 15:00"}));  // Fri 19:00
  EXPECT_FALSE(legal("2h", "successor", {"B", "08-05 18:00", "08-06 14:00"}));
  EXPECT_FALSE(legal("2h", "project", {"B", "08-07 12:00", "08-07 16:00"}));
  EXPECT_TRUE(legal("2h", "24h", {"B", "08-05 19:00", "08-06 15:00"}));
  EXPECT_TRUE(legal("2eh", "predecessor", {"B", "08-05 19:00", "08-06 15:00"}));
  EXPECT_FALSE(legal("1ed", "predecessor", {"B", "08-06 16:00", "08-06 20:00"}));
  EXPECT_TRUE(legal("50%", "predecessor", {"B", "08-08 12:00", "08-08 16:00"}));   // Mon 12:00
  EXPECT_FALSE(legal("75%", "predecessor", {"B", "08-08 12:00", "08-08 16:00"}));  // Mon 15:00
  EXPECT_TRUE(
      legal("25e%", "predecessor", {"B", "08-05 19:00", "08-06 15:00"}));  // 2 h on the clock
  EXPECT_TRUE(legal("-4h", "predecessor", {"B", "08-05 13:00", "08-05 17:00"}));
  EXPECT_FALSE(legal("-4h", "predecessor", {"B", "08-05 12:00", "08-05 16:00"}));
}

TEST(Check, a_largest_lag_keeps_two_tasks_together) {
  const auto read = read_tables(
      {{"tasks", "id,duration\nA,4h\nB,4h\n"}, {"links", "from,to,lag,max_lag\nA,B,0h,2h\n"}});
  const Placed a{"A", "08-01 08:00", "08-01 12:00"};
  EXPECT_EQ(kinds(read, {a, {"B", "08-01 15:00", "08-02 10:00"}}), kLegal);  // 13-15: two hours
  EXPECT_EQ(kinds(read, {a, {"B", "08-01 15:01", "08-02 10:01"}}), Kinds{Kind::link_too_long});
}

TEST(Check, links_stand_back_before_mandatory_dates_and_history) {
  const auto pinned = read_tables(
      {{"tasks", "id,duration,constraint,date\nA,1d,,\nB,1d,mandatory_start,2022-08-01 08:00\n"},
       {"links", "from,to\nA,B\n"}});
  EXPECT_EQ(
      kinds(pinned, {{"A", "08-01 08:00", "08-01 17:00"}, {"B", "08-01 08:00", "08-01 17:00"}}),
      kLegal);
  const auto done =
      read_tables({{"plan", "key,value\ndata_date,2022-08-03\n"},
                   {"tasks", "id,duration\nA,1d\nB,1d\n"},
                   {"links", "from,to\nA,B\n"},
                   {"progress", "task,actual_start,actual_finish\nB,2022-08-01,2022-08-01\n"}});
  EXPECT_EQ(kinds(done, {{"A", "08-03 08:00", "08-03 17:00"}, {"B", "08-01 08:00", "08-01 17:00"}}),
            kLegal);
}

TEST(Check, what_is_under_way_waits_for_its_predecessors_under_retained_logic_alone) {
  const auto read = [](std::string_view rule) {
    return read_tables(
        {{"plan", "key,value\ndata_date,2022-08-03\n"},
         {"tasks", "id,duration\nA,1d\nB,2d\n"},
         {"links", "from,to\nA,B\n"},
         {"progress", "task,actual_start,remaining\nB,2022-08-01,1d\n"}},
        "[plan]\nstart = 2022-08-01\n[options]\nprogress = '" + std::string(rule) + "'\n");
  };
  const std::vector<Placed> at_once = {{"A", "08-03 08:00", "08-03 17:00"},
                                       {"B", "08-01 08:00", "08-03 17:00", "", "08-03 08:00"}};
  EXPECT_EQ(kinds(read("retained_logic"), at_once), Kinds{Kind::link_too_short});
  EXPECT_EQ(kinds(read("progress_override"), at_once), kLegal);
  EXPECT_EQ(kinds(read("actual_dates"), at_once), kLegal);
}

TEST(Check, capacity_is_shared_in_the_hours_that_are_worked) {
  const auto read =
      read_tables({{"tasks", "id,duration,calendar\nA,4h,\nB,4h,\nC,1h,24h\n"},
                   {"resources", "id,capacity\ncrew,2\n"},
                   {"demands", "task,resource,amount\nA,crew,1\nB,crew,2\nC,crew,2\n"}});
  // A pauses 12-13; C fits in there.
  EXPECT_EQ(kinds(read, {{"A", "08-01 10:00", "08-01 15:00"},
                         {"B", "08-02 08:00", "08-02 12:00"},
                         {"C", "08-01 12:00", "08-01 13:00"}}),
            kLegal);
  const Schedule schedule = scheduled(read.plan, {{"A", "08-01 10:00", "08-01 15:00"},
                                                  {"B", "08-01 11:00", "08-01 16:00"},
                                                  {"C", "08-02 12:00", "08-02 13:00"}});
  const Verdict verdict = judge(read.plan, schedule);
  ASSERT_EQ(verdict.num_violations, 2U);  // 11-12 and 13-15
  EXPECT_EQ(to_string(verdict.first[0], read.plan, Language::english),
            "'crew': 3 in use at 2022-08-01 11:00, but there are 2; by 'A', 'B'");
  EXPECT_EQ(verdict.first[1].when, moment(read.plan, "08-01 13:00"));
}

TEST(Check, a_crowd_is_named_in_part) {
  std::string tasks = "id,duration\n";
  std::string demands = "task,resource\n";
  std::vector<std::string> names;
  for (int i = 0; i < 8; ++i) names.push_back("T" + std::to_string(i));
  std::vector<Placed> placed;
  for (const std::string& name : names) {
    tasks += name + ",1d\n";
    demands += name + ",crew\n";
    placed.push_back({name, "08-01 08:00", "08-01 17:00"});
  }
  const auto read =
      read_tables({{"tasks", tasks}, {"resources", "id,capacity\ncrew,1\n"}, {"demands", demands}});
  const Verdict verdict = judge(read.plan, scheduled(read.plan, placed));
  EXPECT_EQ(to_string(verdict.first.at(0), read.plan, Language::chinese),
            "“crew”：2022-08-01 08:00 占用 8，而只有 1；占用者：“T0”、“T1”、“T2”、“T3”、“T4”、…");
}

TEST(Check, what_is_used_up_is_used_up) {
  const auto read =
      read_tables({{"tasks", "id,duration,optional\nA,1d,yes\nB,1d,yes\n"},
                   {"resources", "id,kind,capacity\nsand,material,5\n"},
                   {"availability", "resource,from,to,capacity\nsand,2022-08-01,2022-08-02,2\n"},
                   {"demands", "task,resource,amount\nA,sand,3\nB,sand,3\n"}});
  const Placed a{"A", "08-02 08:00", "08-02 17:00"};
  EXPECT_EQ(kinds(read, {a}), kLegal);
  EXPECT_EQ(kinds(read, {a, {"B", "08-03 08:00", "08-03 17:00"}}), Kinds{Kind::used_up});
  EXPECT_EQ(kinds(read, {{"A", "08-01 08:00", "08-01 17:00"}}),
            Kinds{Kind::used_up});  // 3 of 2 that day
}

TEST(Check, a_reservoir_never_falls_below_zero_and_is_filled_before_it_is_drawn) {
  const auto read = read_tables({{"tasks", "id,duration\nfill,1d\ndraw,1d\n"},
                                 {"resources", "id,kind,capacity\ntank,reservoir,1\n"},
                                 {"demands", "task,resource,amount\nfill,tank,-2\ndraw,tank,3\n"}});
  const Placed fill{"fill", "08-01 08:00", "08-01 17:00"};
  EXPECT_EQ(kinds(read, {fill, {"draw", "08-02 08:00", "08-02 17:00"}}), kLegal);
  EXPECT_EQ(kinds(read, {fill, {"draw", "08-01 08:00", "08-01 17:00"}}),
            Kinds{Kind::reservoir_empty});
}

TEST(Check, a_demand_for_a_skill_is_filled_in_full_by_people_who_have_it_and_are_there) {
  const auto read = read_tables(
      {{"tasks", "id,duration,optional\nA,1d,\nB,1d,yes\n"},
       {"resources", "id,capacity,skills,calendar\nann,1,weld,\nbob,1,weld,late\ncat,1,paint,\n"},
       {"demands", "task,skill,amount\nA,weld,1\nB,paint,1\n"}},
      "[plan]\nstart = 2022-08-01\n[calendars.late]\nweekdays = '12:00-20:00'\n");
  Schedule schedule = scheduled(read.plan, {{"A", "08-01 08:00", "08-01 17:00"}});
  const auto with = [&](std::string_view who, Amount amount, std::size_t demand = 0) {
    schedule.assignments = {{DemandId{demand}, resource_of(read.plan, who), amount}};
    return kinds(read.plan, schedule);
  };
  const Kinds wrong{Kind::wrong_assignment};
  EXPECT_EQ(with("ann", kOne), kLegal);
  EXPECT_EQ(kinds(read.plan, scheduled(read.plan, {{"A", "08-01 08:00", "08-01 17:00"}})), wrong);
  EXPECT_EQ(with("ann", Amount{500}), wrong);  // half of her
  EXPECT_EQ(with("cat", kOne), wrong);         // cannot weld
  EXPECT_EQ(with("bob", kOne), wrong);         // comes at noon
  // Nothing is to be assigned to a task that is left out: one for B, and A lacks its own.
  EXPECT_EQ(with("cat", kOne, 1), (Kinds{Kind::wrong_assignment, Kind::wrong_assignment}));
  // Twice of her, in the morning and in the afternoon.
  EXPECT_EQ(with("ann", Amount{2000}),
            (Kinds{Kind::wrong_assignment, Kind::capacity_exceeded, Kind::capacity_exceeded}));
}

TEST(Check, a_summary_spans_its_children_and_keeps_its_own_dates) {
  const auto read = read_tables({{"tasks",
                                  "id,duration,parent,constraint,date\n"
                                  "S,,,start_on_or_after,2022-08-02 08:00\nA,1d,S,,\nB,1d,S,,\n"}});
  const std::vector<Placed> late = {{"A", "08-02 08:00", "08-02 17:00"},
                                    {"B", "08-03 08:00", "08-03 17:00"}};
  EXPECT_EQ(kinds(read, late), kLegal);
  EXPECT_EQ(kinds(read, {{"A", "08-01 08:00", "08-01 17:00"}, late[1]}),
            Kinds{Kind::outside_window});
  Schedule schedule = scheduled(read.plan, late);
  schedule.placements[TaskId{0}].finish = moment(read.plan, "08-02 17:00");
  EXPECT_EQ(kinds(read.plan, schedule), Kinds{Kind::summary_off_children});
  schedule.placements[TaskId{0}].is_scheduled = false;
  EXPECT_EQ(kinds(read.plan, schedule), Kinds{Kind::summary_off_children});
  const auto early = read_tables({{"tasks",
                                   "id,duration,parent,constraint,date\n"
                                   "S,,,finish_on_or_before,2022-08-02\nA,1d,S,,\nB,1d,S,,\n"}});
  EXPECT_EQ(kinds(early, late), Kinds{Kind::outside_window});
}

TEST(Check, links_of_summaries_hold_between_their_spans) {
  const auto read =
      read_tables({{"tasks", "id,duration,parent\nS,,\nA,1d,S\nB,1d,S\nC,1d,\nD,1d,\n"},
                   {"links", "from,to,lag\nS,C,8h\nD,S,\n"}});
  // S lasts from Tuesday to Wednesday; 8 h later is Thursday evening.
  const Placed a{"A", "08-02 08:00", "08-02 17:00"};
  const Placed b{"B", "08-03 08:00", "08-03 17:00"};
  const Placed d{"D", "08-01 08:00", "08-01 17:00"};
  EXPECT_EQ(kinds(read, {a, b, d, {"C", "08-05 08:00", "08-05 17:00"}}), kLegal);
  EXPECT_EQ(kinds(read, {a, b, d, {"C", "08-04 16:00", "08-05 16:00"}}),
            Kinds{Kind::link_too_short});
  EXPECT_EQ(
      kinds(read, {a, b, {"D", "08-02 08:00", "08-02 17:00"}, {"C", "08-05 08:00", "08-05 17:00"}}),
      Kinds{Kind::link_too_short});
}

TEST(Check, of_a_hopeless_schedule_a_hundred_violations_are_named_and_all_counted) {
  std::string tasks = "id,duration\n";
  for (int i = 0; i < 150; ++i) tasks += "T" + std::to_string(i) + ",1d\n";
  const auto read = read_tables({{"tasks", tasks}});
  const Verdict verdict = judge(read.plan, scheduled(read.plan, {}));
  EXPECT_FALSE(verdict.is_legal);
  EXPECT_EQ(verdict.num_violations, 150U);
  EXPECT_EQ(verdict.first.size(), 100U);
}

TEST(Check, every_violation_can_be_said_of_a_plan_without_names) {
  Plan plan;
  for (int kind = 0; kind <= static_cast<int>(Kind::summary_off_children); ++kind) {
    const Violation violation{.kind = static_cast<Kind>(kind)};
    EXPECT_GT(to_string(violation, plan, Language::english).size(), 10U);
    EXPECT_GT(to_string(violation, plan, Language::chinese).size(), 10U);
  }
}

TEST(ScheduleCost, fixed_costs_modes_and_rates_add_up) {
  const auto read =
      read_tables({{"tasks", "id,duration,cost,optional\nA,1d,100,\nB,,50,\nC,1d,999,yes\n"},
                   {"modes", "task,mode,duration,cost\nB,slow,2d,10\nB,quick,1d,20\n"},
                   {"resources",
                    "id,kind,capacity,rate,skills\ncrew,people,9,30,\nann,people,1,40,weld\nsand,"
                    "material,9,7,\n"
                    "tank,reservoir,9,5,\n"},
                   {"demands",
                    "task,mode,resource,skill,amount\nA,,crew,,2\nB,slow,crew,,1\nB,quick,crew,,"
                    "3\nA,,sand,,2.5\n"
                    "A,,tank,,-4\nB,,tank,,1\nA,,,weld,1\nC,,sand,,9\n"}});
  Schedule schedule = scheduled(read.plan, {{"A", "08-01 08:00", "08-01 17:00"},
                                            {"B", "08-02 08:00", "08-02 17:00", "quick"}});
  schedule.assignments = {{DemandId{6}, resource_of(read.plan, "ann"), kOne}};
  // A: 100 + 2 x 8 h x 30 + 2.5 x 7 + 8 h x 40 = 100 + 480 + 17.5 + 320; filling the tank is free.
  // B: 50 + 20 + 3 x 8 h x 30 + 1 x 5          = 50 + 20 + 720 + 5;       C is left out.
  EXPECT_EQ(cost(read.plan, schedule), Money{917'50 + 795'00});
}

}  // namespace
}  // namespace diaodu::check
