#include "diaodu/check/certify.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace diaodu::check {
namespace {

using ClaimKind = BoundClaim::Kind;

/// One crane and three lifts of an hour around the clock, from minute 0.
Plan three_lifts() {
  Plan plan;
  plan.calendars.add({});
  plan.calendar = CalendarId{0};
  plan.resources.add({.id = plan.text("crane"), .kind = ResourceKind::machine});
  for (const char* id : {"A", "B", "C"}) {
    Task task;
    task.id = plan.text(id);
    task.duration = WorkTime{60};
    plan.demands.add({.task = plan.tasks.add(task), .resource = ResourceId{0}});
  }
  return plan;
}

bool holds_of(const Plan& plan, const BoundClaim& claim) {
  return certify(plan, claim) == BoundVerdict::verified;
}

BoundClaim path(int finish) { return {.finish = Instant{finish}}; }

BoundClaim load(int finish, int to, std::vector<TaskId> tasks) {
  return {.finish = Instant{finish},
          .kind = ClaimKind::resource_load,
          .resource = ResourceId{0},
          .during = {Instant{0}, Instant{to}},
          .tasks = std::move(tasks)};
}

TEST(Certify, a_path_is_as_long_as_its_links_and_no_longer) {
  //  A [0 60] --30--> B [90 150]
  Plan plan = three_lifts();
  plan.links.add({.from = TaskId{0}, .to = TaskId{1}, .lag = {.amount = 30}});
  EXPECT_TRUE(holds_of(plan, path(150)));
  EXPECT_FALSE(holds_of(plan, path(151)));
  plan.tasks[TaskId{0}].is_optional = true;  // left out, it delays nobody
  EXPECT_TRUE(holds_of(plan, path(60)));
  EXPECT_FALSE(holds_of(plan, path(61)));
}

TEST(Certify, a_summary_holds_its_children_and_ends_with_the_last) {
  //  A [0 60] --> S: { B [60 120] } --> C [120 180]
  Plan plan = three_lifts();
  Task summary;
  summary.id = plan.text("S");
  summary.kind = TaskKind::summary;
  const TaskId s = plan.tasks.add(summary);
  plan.tasks[TaskId{1}].parent = s;
  plan.links.add({.from = TaskId{0}, .to = s});
  plan.links.add({.from = s, .to = TaskId{2}});
  EXPECT_TRUE(holds_of(plan, path(180)));
  EXPECT_FALSE(holds_of(plan, path(181)));
  plan.tasks[TaskId{1}].is_optional = true;  // then there may be no summary either
  EXPECT_FALSE(holds_of(plan, path(61)));
}

TEST(Certify, a_largest_lag_pulls_its_predecessor) {
  //  B not before 200; A starts at most 20 before B: A [180 240]
  Plan plan = three_lifts();
  plan.tasks[TaskId{1}].constraint = {ConstraintKind::start_on_or_after, Instant{200}};
  plan.tasks[TaskId{1}].duration = WorkTime{1};
  plan.links.add({.from = TaskId{0},
                  .to = TaskId{1},
                  .max_lag = {.amount = 20},
                  .type = LinkType::start_to_start,
                  .has_max_lag = true});
  EXPECT_TRUE(holds_of(plan, path(240)));
  EXPECT_FALSE(holds_of(plan, path(241)));
}

TEST(Certify, a_load_needs_all_its_tasks_and_a_stretch_that_they_must_lie_in) {
  const Plan plan = three_lifts();
  const std::vector<TaskId> all = {TaskId{0}, TaskId{1}, TaskId{2}};
  EXPECT_TRUE(holds_of(plan, load(180, 179, all)));
  EXPECT_FALSE(holds_of(plan, load(181, 180, all)));  // there is room
  EXPECT_FALSE(holds_of(plan, load(181, 179, all)));  // they need not lie there
  EXPECT_FALSE(holds_of(plan, load(180, 179, {TaskId{0}, TaskId{1}})));
  EXPECT_FALSE(holds_of(plan, load(180, 179, {TaskId{0}, TaskId{1}, TaskId{1}})));
  EXPECT_FALSE(holds_of(plan, load(180, 179, {})));
}

TEST(Certify, who_may_be_left_out_or_done_in_less_is_no_load) {
  const std::vector<TaskId> all = {TaskId{0}, TaskId{1}, TaskId{2}};
  Plan optional = three_lifts();
  optional.tasks[TaskId{1}].is_optional = true;
  EXPECT_FALSE(holds_of(optional, load(180, 179, all)));

  Plan modes = three_lifts();
  const ModeId slow = modes.modes.add({TaskId{0}, modes.text("slow"), WorkTime{60}, {}});
  const ModeId fast = modes.modes.add({TaskId{0}, modes.text("fast"), WorkTime{50}, {}});
  EXPECT_TRUE(holds_of(modes, load(170, 169, all)));
  EXPECT_FALSE(holds_of(modes, load(180, 179, all)));
  modes.demands[DemandId{0}].mode = slow;  // the fast way takes no crane
  EXPECT_FALSE(holds_of(modes, load(170, 169, all)));
  modes.demands.add({.task = TaskId{0}, .mode = fast, .resource = ResourceId{0}});
  EXPECT_TRUE(holds_of(modes, load(170, 169, all)));
}

TEST(Certify, room_changes_with_capacity_and_ends_where_none_of_the_calendars_works) {
  const std::vector<TaskId> all = {TaskId{0}, TaskId{1}, TaskId{2}};
  Plan plan = three_lifts();
  plan.availability.push_back({ResourceId{0}, {Instant{0}, Instant{30}}, Amount{2000}});
  EXPECT_FALSE(holds_of(plan, load(180, 179, all)));
  EXPECT_TRUE(holds_of(plan, load(150, 149, all)));

  CalendarRule rule;  // two hours, then nothing for the day
  rule.id = "short";
  rule.week.fill(DayShifts{{0, 120}});
  const CalendarRule* chain[] = {&rule};
  Plan short_days = three_lifts();
  short_days.calendar = short_days.calendars.add(make_calendar(rule, chain, short_days.zone));
  // Two lifts a day; the third by 01:00 of the next.
  EXPECT_TRUE(holds_of(short_days, load(1440 + 60, 1440 + 59, all)));
  EXPECT_FALSE(holds_of(short_days, load(1440 + 61, 1440 + 60, all)));
}

TEST(Certify, in_the_hours_of_some_all_must_do_their_share) {
  // The crane by day (08:00-16:00) for A and B, around the clock for C of two days and a half: wherever C lies, 16
  // hours of the days are its own.
  Plan plan = three_lifts();
  CalendarRule rule;
  rule.id = "day";
  rule.week.fill(DayShifts{{8 * 60, 16 * 60}});
  const CalendarRule* chain[] = {&rule};
  const CalendarId day = plan.calendars.add(make_calendar(rule, chain, plan.zone));
  for (const TaskId task : {TaskId{0}, TaskId{1}}) {
    plan.tasks[task].calendar = day;
    plan.tasks[task].duration = WorkTime{16 * 60};
  }
  plan.tasks[TaskId{2}].duration = WorkTime{60 * 60};
  // 48 hours of work in the daytime: six days, the last of which ends at 16:00.
  constexpr int kFinish = 5 * 1440 + 16 * 60;
  BoundClaim claim = load(kFinish, kFinish - 1, {TaskId{0}, TaskId{1}, TaskId{2}});
  EXPECT_FALSE(holds_of(plan, claim));  // around the clock there is room
  claim.hours_of = {TaskId{1}};
  EXPECT_TRUE(holds_of(plan, claim));
  claim.finish = claim.finish + Elapsed{1};
  claim.during.to = claim.during.to + Elapsed{1};
  EXPECT_FALSE(holds_of(plan, claim));
  claim = load(kFinish, kFinish - 1, {TaskId{0}, TaskId{1}, TaskId{2}});
  claim.hours_of = {TaskId{2}};  // around the clock again
  EXPECT_FALSE(holds_of(plan, claim));
}

}  // namespace
}  // namespace diaodu::check
