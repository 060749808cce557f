#include <gtest/gtest.h>

#include <numeric>

#include "diaodu/solve/generate.h"
#include "support/property.h"
#include "support/random_levelling.h"
#include "support/tables.h"

namespace diaodu::solve {
namespace {

/// One schedule of a plan, its tasks in the order of the table.
struct InOrder {
  explicit InOrder(const formats::ReadPlan& read)
      : times(read.plan),
        states(read.plan, times),
        network(make_network(read.plan, times, states)),
        model(make_model(network)),
        generator(model) {
    EXPECT_FALSE(read.findings.has_errors());
    Genes genes{.order = std::vector<Node>(model.size()),
                .way = std::vector<std::uint16_t>(model.size(), 0),
                .release = {}};
    std::iota(genes.order.begin(), genes.order.end(), Node{0});
    generator.forward(genes);
  }

  WorkingTimes times;
  TaskStates states;
  Network network;
  Model model;
  Generator generator;
};

/// A site that works in the morning, and Nina, the only welder, who comes at night.
constexpr std::string_view kSiteByDay = R"(
[plan]
start = 2022-08-01
calendar = "site"
[calendars.site]
every_day = "08:00-12:00"
[calendars.night]
every_day = "20:00-24:00"
)";

const std::vector<TableText> kNightWelder = {
    {"tasks", "id,duration\nA,2h\n"},
    {"resources", "id,kind,calendar,skills\nnina,person,night,weld\n"},
    {"demands", "task,skill\nA,weld\n"}};

TEST(Generator, people_who_are_never_there_when_the_task_works_are_found_out_within_weeks) {
  // Each morning Nina is away until 20:00, and the site opens again the next day: one try a day.
  // After 32 of them it is asked whether there is any hope, and 14 days show all that there is: 15
  // more, until the evening after.  Two years would take 730.
  const formats::ReadPlan read = read_tables(kNightWelder, kSiteByDay);
  const InOrder task(read);
  EXPECT_EQ(task.generator.stuck(), 0);
  EXPECT_EQ(task.generator.blocking(), resource_of(read.plan, "nina"));
  EXPECT_LE(task.generator.steps(), 1 + 32 + 15);
}

TEST(Generator, people_who_come_on_one_day_in_years_are_waited_for) {
  // Nina works one morning, 2024-05-06: the 645th try finds it.
  const std::string toml = std::string(kSiteByDay).append(R"(
exceptions = [{ dates = "2024-05-06", hours = "08:00-12:00" }]
)");
  const formats::ReadPlan read = read_tables(kNightWelder, toml);
  const InOrder task(read);
  ASSERT_EQ(task.generator.stuck(), kNoNode);
  EXPECT_EQ(to_string(read.plan.zone.to_local(task.generator.finish(0))), "2024-05-06 10:00");
}

TEST(Generator, who_is_too_few_for_a_second_skill_waits_for_one_who_takes_the_first) {
  //  Anna welds and lifts, Boris welds.  While Boris does B (2h), A finds Anna for both and is one too few; when he is
  //  free, he welds and she lifts.
  const formats::ReadPlan read = read_tables(
      {{"tasks", "id,duration\nB,2eh\nA,1eh\n"},
       {"resources", "id,kind,capacity,skills\nboris,person,1,weld\nanna,person,1,weld;lift\n"},
       {"demands", "task,resource,skill\nB,boris,\nA,,weld\nA,,lift\n"}});
  const InOrder tasks(read);
  EXPECT_EQ(tasks.generator.stuck(), kNoNode);
  EXPECT_EQ(tasks.generator.start(1), read.plan.start + Elapsed{120});
}

TEST(Generator, what_has_happened_has_used_up_its_share_before_anybody_else) {
  // B, done, took the one tonne that January has.  It comes after A in the order, but A must wait for February.
  const formats::ReadPlan read = read_tables(
      {{"tasks", "id,duration\nA,1h\nB,1h\n"},
       {"resources", "id,kind,capacity\nsteel,material,2\n"},
       {"availability", "resource,from,to,capacity\nsteel,2024-01-01,2024-02-01,1\n"},
       {"demands", "task,resource\nA,steel\nB,steel\n"},
       {"progress", "task,actual_start,actual_finish\nB,2024-01-01 08:00,2024-01-01 09:00\n"}},
      "[plan]\nstart = 2024-01-01\ndata_date = \"2024-01-02 08:00\"\n");
  ASSERT_FALSE(read.findings.has_errors());
  const WorkingTimes times(read.plan);
  const TaskStates states(read.plan, times);
  const Network network = make_network(read.plan, times, states);
  const Model model = make_model(network);
  Generator generator(model);
  generator.forward({.order = {0, 1}, .way = {0, 0}});
  EXPECT_EQ(generator.start(0), read.plan.start + Elapsed{31 * kMinutesPerDay + 8 * 60});
}

TEST(Generator, lines_of_time_give_the_schedules_that_minutes_on_the_clock_give) {
  int num_with_lines = 0;
  holds(5000, [&] {
    Plan plan = random_plan({.has_modes = false});
    for (const TaskId task : plan.tasks.ids()) {
      if (one_in(3)) plan.tasks[task].calendar = CalendarId{static_cast<std::size_t>(number(0, 2))};
    }
    const WorkingTimes times(plan);
    const TaskStates states(plan, times);
    const Network network = make_network(plan, times, states);
    const ForwardPass pass = forward_pass(network);
    if (pass.circle || pass.path.finish >= kNever) return;
    const Model model = make_model(network);
    Model by_minutes = model;
    for (Renewable& renewable : by_minutes.renewables) renewable.lines = {};
    num_with_lines += model.lines.empty() ? 0 : 1;
    Genes genes{.order = std::vector<Node>(model.size()),
                .way = std::vector<std::uint16_t>(model.size(), 0),
                .release = {}};
    std::iota(genes.order.begin(), genes.order.end(), Node{0});
    for (std::size_t i = genes.order.size(); i-- > 1;)
      std::swap(genes.order[i],
                genes.order[static_cast<std::size_t>(number(0, static_cast<int>(i) + 1))]);
    Generator fast(model);
    Generator slow(by_minutes);
    fast.make_legal(genes.order);
    const Cost cost = fast.forward(genes);
    RC_ASSERT(cost.broken == slow.forward(genes).broken);
    for (Node node = 0; node < model.size(); ++node) {
      RC_ASSERT(fast.start(node) == slow.start(node));
      RC_ASSERT(fast.finish(node) == slow.finish(node));
    }
    RC_ASSERT(fast.assignments().size() == slow.assignments().size());
    for (std::size_t i = 0; i < fast.assignments().size(); ++i)
      RC_ASSERT(fast.assignments()[i].resource == slow.assignments()[i].resource);
  });
  EXPECT_GT(num_with_lines, 1200);
}

/// Sites on different hours, with so many tasks that many have to wait.
Plan crowded_plan() {
  constexpr std::size_t kTasks = 40;
  Plan plan;
  plan.start = Instant{std::int64_t{19'723} * kMinutesPerDay};
  const std::vector<DayShifts> days = {{{8 * 60, 12 * 60}, {13 * 60, 17 * 60}},
                                       {{6 * 60, 22 * 60}},
                                       {{7 * 60, 19 * 60}},
                                       {{0, kMinutesPerDay}}};
  for (std::size_t i = 0; i < days.size(); ++i) {
    CalendarRule rule;
    rule.id = "hours " + std::to_string(i);
    rule.week.fill(days[i]);
    for (int weekday = number(4, 8); weekday < 7; ++weekday)
      rule.week[static_cast<std::size_t>(weekday)] = DayShifts{};
    const Date date{19'723 + number(0, 30)};
    if (one_in(2)) rule.exceptions.push_back({.first = date, .last = date + number(0, 4)});
    const CalendarRule* chain[] = {&rule};
    plan.calendars.add(make_calendar(rule, chain, plan.zone));
  }
  plan.calendar = CalendarId{0};
  for (const char* id : {"crane", "crew"})
    plan.resources.add({.id = plan.text(id), .capacity = kOne * number(4, 9)});
  for (std::size_t i = 0; i < kTasks; ++i) {
    Task task;
    task.id = plan.text("T" + std::to_string(i));
    task.calendar = CalendarId{static_cast<std::size_t>(number(0, 4))};
    task.duration = WorkTime{number(1, 3000)};
    const TaskId id = plan.tasks.add(task);
    for (const ResourceId resource : plan.resources.ids())
      plan.demands.add({.task = id, .resource = resource, .amount = kOne * number(1, 5)});
  }
  return plan;
}

TEST(Generator, leaps_over_gaps_too_short_for_the_hours_and_over_nothing_else) {
  std::int64_t num_steps = 0;
  std::int64_t num_slow_steps = 0;
  holds(300, [&] {
    const Plan plan = crowded_plan();
    const WorkingTimes times(plan);
    const TaskStates states(plan, times);
    const Model model = make_model(make_network(plan, times, states));
    Model slow_model = model;
    slow_model.line_fits = {};
    Genes genes{.order = std::vector<Node>(model.size()),
                .way = std::vector<std::uint16_t>(model.size(), 0),
                .release = {}};
    std::iota(genes.order.begin(), genes.order.end(), Node{0});
    Generator fast(model);
    Generator slow(slow_model);
    fast.forward(genes);
    slow.forward(genes);
    for (Node node = 0; node < model.size(); ++node)
      RC_ASSERT(fast.start(node) == slow.start(node));
    num_steps += fast.steps();
    num_slow_steps += slow.steps();
  });
  EXPECT_LT(num_steps, num_slow_steps);
}

}  // namespace
}  // namespace diaodu::solve
