#include "diaodu/forecast/flow.h"

#include <gtest/gtest.h>

#include "diaodu/forecast/calendar_table.h"
#include "diaodu/solve/critical_path.h"
#include "diaodu/solve/schedule_network.h"
#include "diaodu/solve/solve.h"
#include "support/property.h"
#include "support/random_network.h"
#include "support/tables.h"

namespace diaodu::forecast {
namespace {

using solve::Network;
using solve::Node;
constexpr std::size_t kLanes = FlowEngine::kLanes;

TEST(CalendarTable, agrees_with_the_calendar_on_every_minute_and_every_amount_of_work) {
  holds(300, [] {
    const Zone zone;
    CalendarRule rule = short_shifts("a");
    if (one_in(3)) rule.week[2] = DayShifts{};  // a day off
    const CalendarRule* chain[] = {&rule};
    const NamedCalendar named = make_calendar(rule, chain, zone);
    const Calendar& calendar = named.calendar;
    const Instant base{number(0, 3000)};
    constexpr int kLength = 5000;
    const CalendarTable table(calendar, base, base + Elapsed{kLength});
    std::vector<Minute> values(kLength);
    for (int i = 0; i < kLength; ++i) values[static_cast<std::size_t>(i)] = i;
    std::vector<Minute> worked = values;
    table.worked(worked);
    std::vector<Minute> reached = values;
    table.reached(reached);
    const std::int64_t total = calendar.work_between(base, base + Elapsed{kLength}).count();
    for (int i = 0; i < kLength; ++i) {
      const auto at = static_cast<std::size_t>(i);
      RC_ASSERT(worked[at] == calendar.work_between(base, base + Elapsed{i}).count());
      if (i == 0) continue;
      const Instant expected = calendar.advance(base, WorkTime{i});
      RC_ASSERT(reached[at] == (i > total ? kBeyond : (expected - base).count()));
    }
  });
}

/// Work of every node in every lane: as planned, none, or up to four times as much.
void draw_work(const Network& network, FlowEngine::Block& block) {
  for (Node node = 0; node < network.size(); ++node) {
    const auto planned = static_cast<int>(network.work[node].count());
    if (planned == 0) continue;  // a milestone stays one
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const int least = lane % 2;  // in every other lane nothing but milestones takes no time
      block.work[node * kLanes + lane] =
          least == 0 && one_in(6) ? 0 : number(least, 4 * planned + 1);
    }
  }
}

/// Each lane has the dates of a forward pass over a network with its work.
void compare(const Network& network) {
  const FlowEngine engine(network);
  FlowEngine::Block block = engine.make_block();
  draw_work(network, block);
  FlowEngine::Scratch scratch;
  engine.run(block, scratch);
  Network slow = network;
  const auto axis = solve::work_axis(network);
  const auto points = engine.points_of(block, kLanes);
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    for (Node node = 0; node < network.size(); ++node)
      slow.work[node] = WorkTime{block.work[node * kLanes + lane]};
    const solve::ForwardPass pass = solve::forward_pass(slow);
    if (pass.circle) continue;  // more work can close a circle of largest lags
    for (Node node = 0; node < network.size(); ++node) {
      const bool is_done =
          solve::Network::Role::task == network.role[node] &&
          (*network.states)[network.task[node]].stage == TaskState::Stage::completed;
      if (is_done) continue;  // what it passes on, not when it was
      const solve::Span dates = engine.dates(block, node, lane, points[lane]);
      if (axis && lane % 2 == 0 && slow.work[node] == WorkTime{}) {
        // About tasks that take no time the engine does not tell an evening from the next morning.
        RC_ASSERT(axis->to_axis(dates.start) == axis->to_axis(pass.path.earliest_start[node]));
        continue;
      }
      RC_ASSERT(dates.start == pass.path.earliest_start[node]);
      RC_ASSERT(dates.finish == pass.path.earliest_finish[node]);
    }
  }
}

int compare_random(const Ingredients& with, bool has_progress, int cases) {
  int num_compared = 0;
  holds(cases, [&] {
    Plan plan = random_plan(with);
    if (has_progress) {
      plan.data_date = plan.start + Elapsed{number(0, 30)};
      plan.options.start_lag = static_cast<Options::StartLag>(number(0, 2));
      for (const TaskId task : plan.tasks.ids()) {
        if (plan.tasks[task].kind == TaskKind::summary || one_in(2)) continue;
        Progress progress{.task = task, .actual_start = plan.start + Elapsed{number(0, 10)}};
        if (one_in(2)) {
          progress.actual_finish = *progress.actual_start + Elapsed{number(0, 20)};
        } else {
          progress.remaining = WorkTime{number(1, 9)};
        }
        plan.progress.push_back(progress);
      }
    }
    const WorkingTimes times(plan);
    const TaskStates states(plan, times);
    const Network network = solve::make_network(plan, times, states);
    if (solve::forward_pass(network).circle) return;
    ++num_compared;
    compare(network);
  });
  return num_compared;
}

TEST(Flow, is_the_forward_pass_of_each_trial) {
  EXPECT_GT(compare_random({.has_max_lags = false}, false, 2000), 1500);
}

TEST(Flow, on_one_calendar_too) {
  EXPECT_GT(compare_random({.has_calendars = false, .has_max_lags = false}, false, 1000), 800);
}

TEST(Flow, with_largest_lags_and_summaries_too) {
  EXPECT_GT(compare_random({.has_summaries = true}, false, 1000), 500);
}

TEST(Flow, around_what_has_happened_too) {
  EXPECT_GT(compare_random({.has_max_lags = false, .has_summaries = true}, true, 1500), 700);
}

TEST(Flow, a_task_begins_when_those_who_do_it_are_free) {
  //  A(2d) and B(3d) want the one crane; C(1d) follows A.  By links alone all begin at once.
  const auto read = read_tables({{"tasks", "id,duration,predecessors\nA,2d,\nB,3d,\nC,1d,A\n"},
                                 {"resources", "id,kind,capacity\ncrane,machine,1\n"},
                                 {"demands", "task,resource\nA,crane\nB,crane\n"}});
  const solve::Answer answer = solve::solve(read.plan, read.sources, {});
  ASSERT_TRUE(answer.has_schedule);
  const auto orders = solve::resource_order(read.plan, answer.schedule);
  ASSERT_EQ(orders.size(), 1U);
  const solve::ScheduleNetwork with_crane(read.plan, answer.schedule, orders);
  const FlowEngine engine(with_crane.network);
  FlowEngine::Block block = engine.make_block();
  FlowEngine::Scratch scratch;
  engine.run(block, scratch);
  const FlowEngine::Points points = engine.points_of(block, 1).front();
  for (const TaskId task : read.plan.tasks.ids()) {
    const Node node = with_crane.network.node_of[task];
    const solve::Span dates = engine.dates(block, node, 0, points);
    EXPECT_EQ(dates.start, answer.schedule.placements[task].start);
    EXPECT_EQ(dates.finish, answer.schedule.placements[task].finish);
  }
}

}  // namespace
}  // namespace diaodu::forecast
