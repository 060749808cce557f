#include "diaodu/solve/packing.h"

#include <gtest/gtest.h>

#include "diaodu/check/certify.h"
#include "diaodu/solve/heaviest.h"
#include "diaodu/solve/solve.h"
#include "support/property.h"
#include "support/random_network.h"

namespace diaodu::solve {
namespace {

/// Resources of `capacity` around the clock, from minute 0.
Plan machines(int count, int capacity) {
  Plan plan;
  plan.calendars.add({});
  plan.calendar = CalendarId{0};
  for (int i = 0; i < count; ++i) {
    plan.resources.add({.id = plan.text("R" + std::to_string(i)),
                        .kind = ResourceKind::machine,
                        .capacity = capacity * kOne});
  }
  return plan;
}

TaskId add_task(Plan& plan, int minutes, const std::vector<int>& needs) {
  Task task;
  task.id = plan.text("T" + std::to_string(plan.tasks.size()));
  task.duration = WorkTime{minutes};
  const TaskId id = plan.tasks.add(task);
  for (std::size_t i = 0; i < needs.size(); ++i) {
    if (needs[i] == 0) continue;
    plan.demands.add({.task = id, .resource = ResourceId{i}, .amount = needs[i] * kOne});
  }
  return id;
}

Answer scheduled(const Plan& plan) {
  Request request;
  request.limits.steps = 2000;
  return solve(plan, {}, request);
}

void expect_packed_until(const Plan& plan, int finish) {
  const Answer answer = scheduled(plan);
  EXPECT_EQ(answer.status, Status::optimal);
  EXPECT_EQ(answer.finish, Instant{finish});
  EXPECT_EQ(answer.bound.finish, Instant{finish});
  EXPECT_EQ(answer.bound.kind, LowerBound::Kind::packing);
  EXPECT_EQ(answer.bound_verdict, check::BoundVerdict::verified);
}

TEST(Packing, no_two_that_need_more_than_half_fit_in_together) {
  //  Six of ten each: 180 minutes of work at 60 %, but no two at once.
  Plan plan = machines(1, 10);
  for (int i = 0; i < 3; ++i) add_task(plan, 60, {6});
  expect_packed_until(plan, 180);
}

TEST(Packing, of_tasks_that_need_more_than_a_third_two_fit_in) {
  Plan plan = machines(1, 10);
  for (int i = 0; i < 6; ++i) add_task(plan, 60, {4});
  expect_packed_until(plan, 180);
}

TEST(Packing, each_pair_meets_at_another_machine) {
  //  A and B want R0, B and C R1, C and A R2: each machine is busy for two hours of three.
  Plan plan = machines(3, 1);
  add_task(plan, 60, {1, 0, 1});
  add_task(plan, 60, {1, 1, 0});
  add_task(plan, 60, {0, 1, 1});
  expect_packed_until(plan, 180);
}

/// A (task 0) and B (task 1) at a machine each; C meets A at R0 and B at R1.
Plan two_and_one_at_both() {
  Plan plan = machines(2, 1);
  for (const auto& needs : {std::vector{1, 0}, {0, 1}, {1, 1}}) add_task(plan, 60, needs);
  return plan;
}
constexpr TaskId kA{0};
constexpr TaskId kB{1};
constexpr TaskId kC{2};

TEST(Packing, links_keep_apart_what_machines_would_not) {
  //  A before B by a milestone: all three one after the other.
  Plan plan = two_and_one_at_both();
  Task milestone;
  milestone.id = plan.text("M");
  const TaskId m = plan.tasks.add(milestone);
  plan.links.add({.from = kA, .to = m});
  plan.links.add({.from = m, .to = kB});
  expect_packed_until(plan, 180);
}

TEST(Packing, links_of_summaries_keep_apart_what_is_in_them) {
  Plan plan = two_and_one_at_both();
  Task summary;
  summary.kind = TaskKind::summary;
  summary.id = plan.text("S");
  const TaskId first = plan.tasks.add(summary);
  summary.id = plan.text("Z");
  const TaskId second = plan.tasks.add(summary);
  plan.tasks[kA].parent = first;
  plan.tasks[kB].parent = second;
  plan.links.add({.from = first, .to = second});
  expect_packed_until(plan, 180);
}

TEST(Packing, is_refused_where_a_lead_lets_tasks_overlap_or_a_weight_is_wrong) {
  Plan plan = two_and_one_at_both();
  plan.links.add({.from = kA, .to = kB});
  check::BoundClaim claim{.finish = Instant{180},
                          .kind = check::BoundClaim::Kind::packing,
                          .during = {Instant{0}, Instant{179}},
                          .tasks = {kA, kB, kC},
                          .weights = {1, 1, 1},
                          .limit = 1};
  const auto holds_so = [&](const check::BoundClaim& each) {
    return check::certify(plan, each) == check::BoundVerdict::verified;
  };
  EXPECT_TRUE(holds_so(claim));
  check::BoundClaim wrong = claim;
  wrong.weights = {1, 1, 2};
  EXPECT_FALSE(holds_so(wrong));
  wrong.weights = {1, 1};
  EXPECT_FALSE(holds_so(wrong));
  wrong = claim;
  wrong.tasks = {kA, kB, kB};
  EXPECT_FALSE(holds_so(wrong));
  wrong = claim;
  wrong.limit = 0;
  EXPECT_FALSE(holds_so(wrong));
  wrong = claim;
  wrong.finish = Instant{181};
  EXPECT_FALSE(holds_so(wrong));
  plan.links[LinkId{0}].lag.amount = -1;
  EXPECT_FALSE(holds_so(claim));
  plan.links[LinkId{0}].lag.amount = 0;
  plan.links[LinkId{0}].type = LinkType::finish_to_finish;
  EXPECT_FALSE(holds_so(claim));
}

Bins random_bins(std::size_t most) {
  Bins bins;
  const auto size = static_cast<std::size_t>(number(1, static_cast<int>(most) + 1));
  for (int kind = number(1, 4); kind > 0; --kind) bins.capacity.push_back(number(1, 12));
  bins.size.resize(size);
  for (auto& sizes : bins.size) {
    for (const std::int32_t capacity : bins.capacity) sizes.push_back(number(0, capacity + 1));
  }
  bins.is_apart.assign(size, std::vector<char>(size, 0));
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t other = 0; other < i; ++other)
      bins.is_apart[i][other] = bins.is_apart[other][i] = one_in(4) ? 1 : 0;
  }
  return bins;
}

/// The slow twin: every set.
std::int64_t heaviest_of_all(const Bins& bins, const std::vector<std::int64_t>& weight) {
  std::int64_t most = 0;
  for (std::uint32_t set = 0; set < std::uint32_t{1} << weight.size(); ++set) {
    std::vector<std::int32_t> left = bins.capacity;
    std::int64_t sum = 0;
    bool fits = true;
    for (std::size_t i = 0; fits && i < weight.size(); ++i) {
      if ((set >> i & 1) == 0) continue;
      sum += weight[i];
      for (std::size_t kind = 0; kind < left.size(); ++kind) {
        left[kind] -= bins.size[i][kind];
        fits = fits && left[kind] >= 0;
      }
      for (std::size_t other = 0; other < i; ++other)
        fits = fits && ((set >> other & 1) == 0 || bins.is_apart[i][other] == 0);
    }
    if (fits) most = std::max(most, sum);
  }
  return most;
}

TEST(Packing, the_heaviest_set_is_that_of_trying_all) {
  holds(3000, [] {
    const Bins bins = random_bins(9);
    std::vector<std::int64_t> weight;
    for (std::size_t i = 0; i < bins.num_items(); ++i) weight.push_back(number(0, 20));
    HeaviestSet<std::int64_t> heaviest(bins);
    heaviest.search(weight, 0, 1'000'000);
    RC_ASSERT(heaviest.is_finished());
    const std::int64_t most = heaviest_of_all(bins, weight);
    RC_ASSERT(heaviest.best() == most);
    std::int64_t sum = 0;
    for (const std::uint32_t item : heaviest.set()) sum += weight[item];
    RC_ASSERT(sum == most);
    heaviest.search(weight, most, 1'000'000);
    RC_ASSERT(heaviest.set().empty());
  });
}

}  // namespace
}  // namespace diaodu::solve
