#include "diaodu/track/status.h"

#include <limits>

#include "track/status_case.h"

namespace diaodu::track {
namespace {

/// Monday 2024-01-01; five working days of eight hours a week.
constexpr std::string_view kJanuary =
    "[plan]\nname = \"Wall\"\nstart = 2024-01-01\ndata_date = \"2024-01-03 17:00\"\n";

TEST(Status, four_walls_a_day_each_of_which_two_and_a_half_stand) {
  //  Four tasks of a day, one after the other, 1,000 each; Wednesday evening three should stand.
  //  Planned 3 x 1,000; two are finished, half of the third is done: 2,500.  Spent: 3,125.
  const StatusCase wall({{"tasks",
                          "id,duration,predecessors,cost\nN,1d,,1000\nE,1d,N,1000\nS,1d,E,1000\n"
                          "W,1d,S,1000\n"},
                         {"progress",
                          "task,actual_start,actual_finish,percent\nN,2024-01-01,2024-01-01,\n"
                          "E,2024-01-02,2024-01-02,\nS,2024-01-03,,50\n"},
                         {"costs",
                          "task,date,amount\nN,2024-01-01,1000\nE,2024-01-02,1125\n"
                          "S,2024-01-03,1000\n"}},
                        kJanuary);
  const Status status = wall.status();
  EXPECT_EQ(status.value.budget, yuan(4000));
  EXPECT_EQ(status.value.planned, yuan(3000));
  EXPECT_EQ(status.value.earned, yuan(2500));
  EXPECT_EQ(status.value.actual, yuan(3125));
  EXPECT_DOUBLE_EQ(*status.value.cost_performance(), 0.8);
  // What remains costs half of S and all of W: 1,500 on top of what was spent.
  EXPECT_EQ(*estimates_at_completion(status.value).bottom_up, yuan(4625));
  // 2,500 were planned to be earned Wednesday noon: of 2.5 days in 3.
  ASSERT_TRUE(status.schedule);
  EXPECT_EQ(status.schedule->earned, WorkTime{1200});
  EXPECT_EQ(status.schedule->actual, WorkTime{1440});
  EXPECT_EQ(status.schedule->variance(), WorkTime{-240});
  EXPECT_DOUBLE_EQ(*status.schedule->performance(), 2.5 / 3);
  // 4 days / (2.5 / 3) = 4.8 days: Friday, after 0.8 x 8 h = 6 h 24 min; with an hour's lunch at noon 15:24.
  EXPECT_EQ(*status.schedule->at_completion, WorkTime{2304});
  EXPECT_EQ(*status.schedule->finish, wall.at("2024-01-05", "15:24"));
}

TEST(Status, earned_schedule_crosses_a_month) {
  //  One task of 40 working days from Monday 2024-01-15, 40,000: 1,000 a day.  January has 13 of these days
  //  (15-19, 22-26, 29-31), February the 21 up to Thursday 29, March 6.
  //  At the end of February 34 days have passed; 20 days' worth is earned: planned for Friday 2024-02-09.
  const StatusCase road({{"tasks", "id,duration,cost\nR,40d,40000\n"},
                         {"progress", "task,actual_start,percent\nR,2024-01-15,50\n"}},
                        "[plan]\nstart = 2024-01-15\ndata_date = \"2024-02-29 17:00\"\n");
  const Status status = road.status();
  EXPECT_EQ(status.value.planned, yuan(34'000));
  EXPECT_EQ(status.value.earned, yuan(20'000));
  ASSERT_TRUE(status.schedule);
  EXPECT_EQ(status.schedule->earned, WorkTime{20 * 480});
  EXPECT_EQ(status.schedule->actual, WorkTime{34 * 480});
  EXPECT_EQ(status.schedule->date, road.at("2024-02-09"));
  // By the month: 13,000 by the end of January; of February's 21,000 another 7,000, a third.
  EXPECT_NEAR(*status.earned_months, 1 + 1.0 / 3, 1e-12);
  ASSERT_EQ(status.months.size(), 3U);
  EXPECT_EQ(status.months[0].planned, yuan(13'000));
  EXPECT_EQ(status.months[1].planned, yuan(21'000));
  EXPECT_EQ(status.months[2].planned, yuan(6'000));
  EXPECT_EQ(status.months[2].planned_so_far, yuan(40'000));
  // Between its start and the one report as much was earned each day: 20,000 x 13 / 34 in January.
  EXPECT_EQ(status.months[0].earned, Money{7647'06});
  EXPECT_EQ(status.months[0].earned + status.months[1].earned, yuan(20'000));
  EXPECT_EQ(status.weeks.size(), 8U);  // Mondays 01-15 ... 03-04; the last day is Friday 03-08
}

TEST(Status, each_rule_earns_in_its_own_way) {
  //  Six tasks of 4 days and 1,000 from Monday; Tuesday evening each has worked 2 days.  Of all that is known, each
  //  rule takes its own part:
  //    duration   3 d remain of 4                                   1/4
  //    work       2 d worked, 3 d remain                            2/5
  //    physical   30 % of the thing made                            3/10
  //    0/100      begun                                             0
  //    50/50      begun                                             1/2
  //    steps      forms (2) and steel (3) of 2 + 3 + 5              1/2
  const StatusCase rules(
      {{"tasks",
        "id,duration,cost,earned_by\nD,4d,1000,\nK,4d,1000,work\nP,4d,1000,physical\n"
        "Z,4d,1000,0/100\nF,4d,1000,50/50\nS,4d,1000,steps\n"},
       {"progress",
        "task,actual_start,remaining,physical_percent\nD,2024-01-01,3d,30\nK,2024-01-01,3d,30\n"
        "P,2024-01-01,3d,30\nZ,2024-01-01,3d,30\nF,2024-01-01,3d,30\nS,2024-01-01,3d,30\n"},
       {"steps", "task,id,weight,done\nS,forms,2,yes\nS,steel,3,yes\nS,pour,5,\n"}},
      "[plan]\nstart = 2024-01-01\ndata_date = \"2024-01-02 17:00\"\n");
  const Status status = rules.status();
  const auto earned = [&](std::string_view id) {
    return status.tasks[rules.task(id)].value.earned;
  };
  EXPECT_EQ(earned("D"), yuan(250));
  EXPECT_EQ(earned("K"), yuan(400));
  EXPECT_EQ(earned("P"), yuan(300));
  EXPECT_EQ(earned("Z"), yuan(0));
  EXPECT_EQ(earned("F"), yuan(500));
  EXPECT_EQ(earned("S"), yuan(500));
  EXPECT_EQ(status.value.earned, yuan(1950));
  EXPECT_EQ(status.value.planned, yuan(3000));  // half of each
}

TEST(Status, what_is_finished_has_earned_all_by_every_rule) {
  //  One day each; nobody reported steps or percentages.
  const StatusCase done(
      {{"tasks",
        "id,duration,cost,earned_by\nD,1d,100,\nK,1d,100,work\nP,1d,100,physical\nZ,1d,100,0/100\n"
        "F,1d,100,50/50\nS,1d,100,steps\n"},
       {"progress",
        "task,actual_start,actual_finish\nD,2024-01-01,2024-01-02\nK,2024-01-01,2024-01-02\n"
        "P,2024-01-01,2024-01-02\nZ,2024-01-01,2024-01-02\nF,2024-01-01,2024-01-02\n"
        "S,2024-01-01,2024-01-02\n"},
       {"steps", "task,id\nS,all\n"}},
      "[plan]\nstart = 2024-01-01\ndata_date = \"2024-01-31 17:00\"\n");
  const Status status = done.status();
  EXPECT_EQ(status.value.earned, yuan(600));
  EXPECT_EQ(status.value.earned, status.value.budget);
  // All was finished a day late, and stays a day late however long ago that was: SV(t) = 1 d - 2 d.
  EXPECT_EQ(status.schedule->variance(), WorkTime{-480});
  EXPECT_EQ(*status.schedule->at_completion, WorkTime{960});
  EXPECT_EQ(status.value.schedule_variance(), yuan(0));  // where SV in money forgets
  EXPECT_EQ(status.light.reasons.back().kind, LightReason::Kind::completed);
}

TEST(Status, a_zero_hundred_task_that_is_on_plan_is_not_called_late) {
  //  Half way through a task that earns 0/100, PV is half and EV nothing; that is the rule, not a delay.
  const StatusCase one({{"tasks", "id,duration,cost,earned_by\nZ,4d,1000,0/100\n"},
                        {"progress", "task,actual_start,remaining\nZ,2024-01-01,2d\n"}},
                       "[plan]\nstart = 2024-01-01\ndata_date = \"2024-01-02 17:00\"\n");
  EXPECT_EQ(one.status().tasks[one.task("Z")].light.light, Light::green);
}

TEST(Status, a_summary_is_the_sum_of_its_children_and_its_own_cost) {
  //  House: walls (1 d, 600) then roof (1 d, 400), and 100 for the site, over both days.  Monday evening the walls
  //  stand: 600, of the site 600/1,000 of 100: 60.  Planned: 600 and half of 100.
  const StatusCase house(
      {{"tasks",
        "id,parent,duration,predecessors,cost\nH,,,,100\nW,H,1d,,600\nR,H,1d,W,400\nX,,1d,,50\n"},
       {"progress", "task,actual_start,actual_finish\nW,2024-01-01,2024-01-01\n"},
       {"costs", "task,date,amount\nW,2024-01-01,500\nH,2024-01-01,70\n"}},
      "[plan]\nstart = 2024-01-01\ndata_date = \"2024-01-01 17:00\"\n");
  const Status status = house.status();
  const EarnedValue& value = status.tasks[house.task("H")].value;
  EXPECT_EQ(value.budget, yuan(1100));
  EXPECT_EQ(value.planned, yuan(650));
  EXPECT_EQ(value.earned, yuan(660));
  EXPECT_EQ(value.actual, yuan(570));
  EXPECT_EQ(status.value.budget, yuan(1150));
  EXPECT_EQ(status.tasks[house.task("H")].stage, Stage::started);
}

TEST(Status, resources_share_what_tasks_cost) {
  //  2 masons at 50 an hour for 2 days of 8 h: 1,600; 10 t of sand at 30: 300; fixed 100.  After a day, half of each.
  const StatusCase masons(
      {{"tasks", "id,duration,cost\nA,2d,100\n"},
       {"resources", "id,kind,capacity,rate\nmason,people,2,50\nsand,material,100,30\n"},
       {"demands", "task,resource,amount\nA,mason,2\nA,sand,10\n"},
       {"progress", "task,actual_start,percent\nA,2024-01-01,25\n"},
       {"costs", "task,resource,date,amount\nA,mason,2024-01-01,500\nA,,2024-01-01,20\n"}},
      "[plan]\nstart = 2024-01-01\ndata_date = \"2024-01-01 17:00\"\n");
  const Status status = masons.status();
  ASSERT_EQ(status.resources.size(), 3U);
  EXPECT_EQ(status.resources[0].value.budget, yuan(1600));
  EXPECT_EQ(status.resources[0].value.planned, yuan(800));
  EXPECT_EQ(status.resources[0].value.earned, yuan(400));
  EXPECT_EQ(status.resources[0].value.actual, yuan(500));
  EXPECT_EQ(status.resources[1].value.budget, yuan(300));
  EXPECT_EQ(status.resources[1].value.earned, yuan(75));
  EXPECT_FALSE(status.resources[2].resource);
  EXPECT_EQ(status.resources[2].value.budget, yuan(100));
  EXPECT_EQ(status.resources[2].value.actual, yuan(20));
  EXPECT_EQ(status.value.budget, yuan(2000));
}

TEST(Status, money_without_anything_earned_gives_no_ratio_that_is_infinite) {
  const StatusCase begun({{"tasks", "id,duration,cost\nA,4d,1000\n"},
                          {"costs", "task,date,amount\nA,2024-01-01,300\n"}},
                         "[plan]\nstart = 2024-01-01\ndata_date = \"2024-01-01 17:00\"\n");
  const Status status = begun.status();
  EXPECT_EQ(status.value.earned, yuan(0));
  EXPECT_DOUBLE_EQ(*status.value.cost_performance(), 0);
  EXPECT_FALSE(estimates_at_completion(status.value).by_cost_performance);
  EXPECT_FALSE(status.schedule->at_completion);
  EXPECT_EQ(status.tasks[TaskId{0}].light.reasons[0].kind, LightReason::Kind::slips_beyond_float);
}

TEST(Status, a_baseline_of_the_record_counts_with_its_own_money) {
  //  Agreed: 900 for what the plan now says costs 2 x 400 of a crane and 100 fixed; now the rate has risen to twice.
  StatusCase lift({{"tasks", "id,duration,cost\nA,1d,100\n"},
                   {"resources", "id,kind,rate\ncrane,machine,200\n"},
                   {"demands", "task,resource\nA,crane\n"}},
                  "[plan]\nstart = 2024-01-01\ndata_date = \"2024-01-01 12:00\"\n");
  lift.request.baseline.rows[0].cost = yuan(900);
  const Status status = lift.status();
  EXPECT_EQ(status.value.budget, yuan(900));
  // Divided as the plan's 1,600 : 100, and no cent lost.
  EXPECT_EQ(status.resources[0].value.budget + status.resources[1].value.budget, yuan(900));
  EXPECT_EQ(status.resources[1].value.budget, Money{52'94});  // 900 x 100 / 1,700
}

TEST(Status, what_owners_have_to_do_next) {
  //  As of Wednesday evening: A should have begun on Monday, B goes on until Friday, C starts on Monday, M is reached
  //  then; D lies beyond the seven days.
  const StatusCase week(
      {{"tasks",
        "id,duration,predecessors,owner,kind\nA,2d,,Li,\nB,5d,,Wang,\nC,2d,B,Li,\n"
        "M,0d,B,Wang,milestone\nD,3d,C,Wang,\nE,1d,D,Li,\n"},
       {"progress", "task,actual_start,remaining\nB,2024-01-01,2d\n"}},
      kJanuary);
  StatusCase seven = week;
  seven.request.days_ahead = 5;  // until Monday 17:00
  const Status status = seven.status();
  ASSERT_EQ(status.ahead.size(), 2U);
  using Kind = LookAhead::Entry::Kind;
  const auto& li = status.ahead[0];
  EXPECT_EQ(li.owner, "Li");
  ASSERT_EQ(li.entries.size(), 3U);
  EXPECT_EQ(li.entries[0].kind, Kind::overdue_start);
  EXPECT_EQ(li.entries[0].when, week.at("2024-01-01", "08:00"));
  EXPECT_EQ(li.entries[0].expected, week.at("2024-01-04", "08:00"));
  EXPECT_EQ(li.entries[1].kind, Kind::overdue_finish);  // Tuesday
  EXPECT_EQ(li.entries[2].kind, Kind::start);           // C, Monday 08:00
  const auto& wang = status.ahead[1];
  ASSERT_EQ(wang.entries.size(), 2U);
  EXPECT_EQ(wang.entries[0].kind, Kind::finish);
  EXPECT_EQ(wang.entries[1].kind, Kind::milestone);
}

TEST(Status, critical_tasks_are_new_or_cleared) {
  //  A (5 d) and B (3 d) lead to C.  A took 5 d as planned and is done; but B, begun on Friday, needs 3 d.
  const StatusCase two({{"tasks", "id,duration,predecessors\nA,5d,\nB,3d,\nC,2d,A; B\n"},
                        {"progress",
                         "task,actual_start,actual_finish,remaining\nA,2024-01-01,2024-01-05,\n"
                         "B,2024-01-05,,2d\n"}},
                       "[plan]\nstart = 2024-01-01\ndata_date = \"2024-01-05 17:00\"\n");
  const Status status = two.status();
  EXPECT_EQ(status.new_critical, std::vector{two.task("B")});
  EXPECT_TRUE(status.cleared_critical.empty());  // A is over, which nobody need be told
}

TEST(Status, lights_say_why) {
  using Kind = LightReason::Kind;
  //  A: deadline on Friday, will finish the Tuesday after.  B: 1 d late of 3 d float.  C: nobody said a word for weeks.
  StatusCase lights(
      {{"tasks", "id,duration,predecessors,deadline\nA,5d,,2024-01-26\nB,1d,,\nC,10d,,\nE,8d,A,\n"},
       {"progress", "task,actual_start,remaining\nA,2024-01-24,4d\n"}},
      "[plan]\nstart = 2024-01-22\ndata_date = \"2024-01-24 17:00\"\n");
  lights.record.tasks.push_back(
      {.task = "C", .when = lights.at("2024-01-22"), .actual_start = lights.at("2024-01-22")});
  lights.request.tolerances.days_without_report = 1;
  const Status status = lights.status();
  const auto has = [&](std::string_view id, Kind kind) {
    for (const LightReason& reason : status.tasks[lights.task(id)].light.reasons) {
      if (reason.kind == kind) return true;
    }
    return false;
  };
  EXPECT_TRUE(has("A", Kind::deadline_will_miss));
  EXPECT_EQ(status.tasks[lights.task("A")].light.light, Light::red);
  EXPECT_TRUE(has("B", Kind::slips_within_float));
  EXPECT_TRUE(has("B", Kind::not_finished));
  EXPECT_EQ(status.tasks[lights.task("B")].light.light, Light::amber);
  EXPECT_TRUE(has("C", Kind::no_report));
  for (const TaskStatus& task : status.tasks) EXPECT_FALSE(task.light.reasons.empty());
}

TEST(Status, what_the_record_cannot_mean_is_reported_and_left_out) {
  StatusCase bad({{"tasks", "id,duration,cost,earned_by\nA,4d,1000,\nB,4d,1000,steps\nC,1d,-5,\n"},
                  {"steps", "task,id,weight\nB,one,0\n"}},
                 "[plan]\nstart = 2024-01-01\ndata_date = \"2024-01-03 17:00\"\n");
  const Instant monday = bad.at("2024-01-01");
  const Instant tuesday = bad.at("2024-01-02");
  auto& facts = bad.record.tasks;
  facts.push_back({.task = "A", .when = monday, .actual_start = monday, .percent = 130'00});
  facts.push_back({.task = "A", .when = monday, .remaining = WorkTime{-1}});
  facts.push_back({.task = "A", .when = tuesday, .physical_percent = -1});
  facts.push_back({.task = "A", .when = tuesday, .actual_finish = bad.at("2023-12-29")});
  facts.push_back({.task = "B", .when = tuesday, .actual_start = bad.at("2024-02-01")});
  facts.push_back({.task = "B", .when = tuesday, .percent = 10'00});
  facts.push_back({.task = "nobody", .when = tuesday});
  TaskFact step{.task = "A", .when = tuesday};
  step.steps_done = {"nothing"};
  facts.push_back(step);
  bad.record.costs.push_back({"nobody", "", tuesday, yuan(1)});
  bad.record.costs.push_back({"A", "nothing", tuesday, yuan(1)});
  bad.record.costs.push_back({"A", "", tuesday, yuan(-7)});
  bad.request.baseline.rows.push_back({"gone", monday, tuesday, yuan(1)});
  bad.request.baseline.rows[1].finish = bad.at("2023-01-01");
  const Status status = bad.status();
  std::vector<std::string> expected = {"record_bad_percent",      "record_negative_remaining",
                                       "record_bad_percent",      "record_finish_before_start",
                                       "record_of_the_future",    "record_unknown_task",
                                       "record_unknown_step",     "record_unknown_task",
                                       "record_unknown_resource", "record_refund_exceeds",
                                       "record_without_start",    "baseline_reversed",
                                       "negative_budget",         "not_in_plan",
                                       "rule_without_steps"};
  EXPECT_EQ(found_in(status.findings), expected);
  EXPECT_EQ(status.value.actual, Money{});
  EXPECT_LE(status.value.earned, status.value.budget);
  EXPECT_FALSE(status.tasks[bad.task("B")].has_baseline);
}

TEST(Status, more_money_than_can_be_counted_is_left_out) {
  StatusCase rich({{"tasks", "id,duration\nA,4d\nB,4d\n"}},
                  "[plan]\nstart = 2024-01-01\ndata_date = \"2024-01-03 17:00\"\n");
  constexpr Money kMost{std::numeric_limits<std::int64_t>::max()};
  rich.request.baseline.rows[0].cost = kMost;
  rich.request.baseline.rows[1].cost = Money{600'000'000'000'000'000};
  const Instant monday = rich.at("2024-01-01");
  for (const Money amount : {kMost, -kMost, Money{600'000'000'000'000'000},
                             Money{600'000'000'000'000'000}, -kMost, Money{-1}})
    rich.record.costs.push_back({"A", "", monday, amount});
  rich.record.tasks.push_back({.task = "B", .when = monday, .actual_start = monday, .percent = 1});
  const Status status = rich.status();
  EXPECT_EQ(found_in(status.findings), std::vector<std::string>(5, "too_much_money"));
  EXPECT_EQ(status.value.budget, Money{600'000'000'000'000'000});
  EXPECT_EQ(status.value.actual, Money{599'999'999'999'999'999});
  // 0.01 % earned for all that money: what it will have cost is more than money can hold, so nothing is said of it.
  EXPECT_FALSE(estimates_at_completion(status.value).by_cost_performance);
}

TEST(Status, facts_after_the_status_date_are_not_known_yet) {
  StatusCase wall({{"tasks", "id,duration,cost\nA,4d,1000\n"}},
                  "[plan]\nstart = 2024-01-01\ndata_date = \"2024-01-02 17:00\"\n");
  wall.record.tasks.push_back({.task = "A",
                               .when = wall.at("2024-01-02"),
                               .actual_start = wall.at("2024-01-01", "08:00"),
                               .percent = 40'00});
  const Status before = wall.status();
  wall.record.tasks.push_back({.task = "A", .when = wall.at("2024-01-03"), .percent = 90'00});
  wall.record.costs.push_back({"A", "", wall.at("2024-01-03"), yuan(1)});
  const Status after = wall.status();
  EXPECT_EQ(before.value, after.value);
  EXPECT_EQ(after.value.earned, yuan(400));
}

TEST(Status, a_plan_without_money_still_has_dates_lights_and_slips) {
  const StatusCase poor({{"tasks", "id,duration,predecessors\nA,2d,\nB,1d,A\n"}}, kJanuary);
  const Status status = poor.status();
  EXPECT_FALSE(status.schedule);
  EXPECT_FALSE(status.earned_months);
  EXPECT_EQ(status.slip.total, WorkTime{3 * 480});
  EXPECT_EQ(status.light.light, Light::red);
}

TEST(Status, money_of_the_last_day_of_a_month_is_of_that_month_in_a_table_and_on_record) {
  constexpr std::string_view kToApril =
      "[plan]\nstart = 2024-03-01\ndata_date = \"2024-04-05 17:00\"\n";
  const std::vector<TableText> tables = {
      {"tasks", "id,duration,cost\nA,30d,1000\n"},
      {"progress", "task,actual_start,percent\nA,2024-03-01,50\n"}};
  StatusCase on_record(tables, kToApril);
  on_record.record.costs.push_back({.task = "A",
                                    .resource = "",
                                    .when = on_record.at("2024-04-01", "00:00"),
                                    .amount = yuan(700)});
  StatusCase before_all(tables, kToApril);
  before_all.record.costs.push_back({.task = "A",
                                     .resource = "",
                                     .when = before_all.at("2024-03-01", "00:00"),
                                     .amount = yuan(9)});
  EXPECT_EQ(before_all.status().months[0].actual, yuan(9));  // in February
  EXPECT_EQ(before_all.status().months[1].actual, yuan(0));
  std::vector<TableText> with_costs = tables;
  with_costs.push_back({"costs", "task,date,amount\nA,2024-03-31,700\n"});
  const StatusCase in_table(with_costs, kToApril);
  for (const Status& status : {on_record.status(), in_table.status()}) {
    ASSERT_GE(status.months.size(), 2U);
    EXPECT_EQ(status.months[0].actual, yuan(700));
    EXPECT_EQ(status.months[1].actual, yuan(0));
  }
}

}  // namespace
}  // namespace diaodu::track
