#include <gtest/gtest.h>

#include <numeric>

#include "diaodu/solve/generate.h"
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

}  // namespace
}  // namespace diaodu::solve
