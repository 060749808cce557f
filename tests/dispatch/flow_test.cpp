#include "diaodu/dispatch/flow.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <vector>

#include "diaodu/core/random.h"
#include "diaodu/dispatch/dimacs.h"
#include "support/data.h"
#include "support/property.h"

namespace diaodu::dispatch {
namespace {

/// Carries what was asked, within the limits, at the cost told; and the potentials prove that nothing is
/// cheaper.
void expect_proven(const FlowNetwork& network, const Flow& flow) {
  ASSERT_EQ(flow.status, Flow::Status::optimal);
  std::vector<std::int64_t> left = network.supply;
  std::int64_t cost = 0;
  for (std::size_t i = 0; i < network.arcs.size(); ++i) {
    const FlowNetwork::Arc& arc = network.arcs[i];
    const std::int64_t amount = flow.amounts[i];
    EXPECT_GE(amount, arc.lower);
    EXPECT_LE(amount, arc.capacity);
    left[arc.from] -= amount;
    left[arc.to] += amount;
    cost += amount * arc.cost;
    const std::int64_t reduced = arc.cost + flow.potentials[arc.from] - flow.potentials[arc.to];
    if (reduced > 0) {
      EXPECT_EQ(amount, arc.lower);
    }
    if (reduced < 0) {
      EXPECT_EQ(amount, arc.capacity);
    }
  }
  EXPECT_EQ(left, std::vector<std::int64_t>(network.supply.size(), 0));
  EXPECT_EQ(cost, flow.cost);
}

TEST(Flow, goods_take_the_cheap_way_until_it_is_full) {
  //      ┌── 3 units at 1 ──┐
  //   0 ─┤                  ├─▶ 1     five are wanted: 3 × 1 + 2 × 4 = 11
  //      └── any at 4 ──────┘
  const FlowNetwork network{
      .supply = {5, -5},
      .arcs = {{.from = 0, .to = 1, .capacity = 3, .cost = 1}, {.from = 0, .to = 1, .cost = 4}}};
  const Flow flow = min_cost_flow(network);
  EXPECT_EQ(flow.cost, 11);
  EXPECT_EQ(flow.amounts, (std::vector<std::int64_t>{3, 2}));
  expect_proven(network, flow);
}

TEST(Flow, a_lower_bound_forces_goods_on_a_dear_way) {
  const FlowNetwork network{
      .supply = {5, -5},
      .arcs = {{.from = 0, .to = 1, .cost = 1}, {.from = 0, .to = 1, .lower = 2, .cost = 4}}};
  EXPECT_EQ(min_cost_flow(network).cost, 3 * 1 + 2 * 4);
}

TEST(Flow, says_what_cannot_be_carried) {
  const auto status = [](const FlowNetwork& network) { return min_cost_flow(network).status; };
  EXPECT_EQ(status({}), Flow::Status::optimal);
  EXPECT_EQ(status({.supply = {1, -2}, .arcs = {{.from = 0, .to = 1}}}), Flow::Status::infeasible);
  EXPECT_EQ(status({.supply = {2, -2}, .arcs = {{.from = 0, .to = 1, .capacity = 1}}}),
            Flow::Status::infeasible);
  EXPECT_EQ(status({.supply = {2, -2}, .arcs = {{.from = 0, .to = 1, .lower = 3, .capacity = 2}}}),
            Flow::Status::infeasible);
  EXPECT_EQ(status({.supply = {0, 0},
                    .arcs = {{.from = 0, .to = 1, .cost = -1}, {.from = 1, .to = 0, .cost = 0}}}),
            Flow::Status::unbounded);
}

TEST(Flow, random_networks_are_carried_at_a_proven_cost_where_they_can_be) {
  int num_optimal = 0;
  holds(400, [&] {
    RandomStream random(*rc::gen::arbitrary<std::uint64_t>());
    const auto below = [&random](std::size_t bound) {
      return static_cast<std::size_t>(random.below(bound));
    };
    FlowNetwork network;
    const std::size_t num_nodes = 2 + below(7);
    network.supply.assign(num_nodes, 0);
    for (std::size_t i = below(12); i-- > 0;) {
      const auto amount = static_cast<std::int64_t>(below(9));
      network.supply[below(num_nodes)] += amount;
      network.supply[below(num_nodes)] -= amount;
    }
    for (std::size_t i = below(30); i-- > 0;) {
      const auto lower = static_cast<std::int64_t>(below(2));
      network.arcs.push_back({.from = below(num_nodes),
                              .to = below(num_nodes),
                              .lower = lower,
                              .capacity = lower + static_cast<std::int64_t>(below(12)),
                              .cost = static_cast<std::int64_t>(below(40)) - 5});
    }
    const Flow flow = min_cost_flow(network);
    if (flow.status != Flow::Status::optimal) return;
    ++num_optimal;
    expect_proven(network, flow);
  });
  EXPECT_GT(num_optimal, 50);
}

TEST(Dimacs, a_network_is_read_as_it_is_written) {
  const auto network =
      read_dimacs("c two ways\np min 2 2\nn 1 5\nn 2 -5\r\na 1 2 0 3 1\na 1 2 0 -1 4\n");
  ASSERT_TRUE(network);
  EXPECT_EQ(min_cost_flow(*network).cost, 11);
}

TEST(Dimacs, what_is_no_network_is_not_read) {
  for (const char* text :
       {"", "n 1 5\n", "p min 1\n", "p max 1 0\n", "p min 1 0\nn 2 1\n", "p min 1 1\n",
        "p min 1 1\na 1 1 0 1\n", "p min 1 1\na 1 2 0 1 1\n", "p min 1 0\np min 1 0\n",
        "p min -1 0\n", "p min 99999999999999 0\n", "p min 1 0\nx\n"}) {
    EXPECT_FALSE(read_dimacs(text)) << text;
  }
}

TEST(Dimacs, the_three_known_networks_cost_what_four_other_methods_say) {
  // Network1 to Network3 of MCFClass: GLPK's out-of-kilter and simplex and LEMON's two agree on these.
  const std::vector<std::pair<std::string, std::int64_t>> known = {
      {"Network1.dmx", 250'408'004}, {"Network2.dmx", 74'168'480}, {"Network3.dmx", 12'909'051}};
  for (const auto& [name, cost] : known) {
    std::ifstream file(data_folder() / "dispatch" / name);
    if (!file) GTEST_SKIP() << "no data folder: " << data_folder() / "dispatch";
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const auto network = read_dimacs(text);
    ASSERT_TRUE(network) << name;
    const Flow flow = min_cost_flow(*network);
    EXPECT_EQ(flow.cost, cost) << name;
    expect_proven(*network, flow);
  }
}

}  // namespace
}  // namespace diaodu::dispatch
