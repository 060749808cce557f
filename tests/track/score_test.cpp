#include "diaodu/track/score.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <vector>

namespace diaodu::track {
namespace {

using Rule = Target::Rule;

/// A target under the top, which is number 0.
TargetId add(Plan& plan, Rule rule, double goal = 100) {
  Target target;
  if (plan.targets.size() > 0) target.parent = TargetId{0};
  target.rule = rule;
  target.goal = goal;
  return plan.targets.add(target);
}

Plan with_top() {
  Plan plan;
  plan.targets.add({});
  return plan;
}

double points_of(const Plan& plan, TargetId target, double value, std::vector<double> peers = {}) {
  std::vector<double> values(plan.targets.size(), kUnknown);
  values[target.index()] = value;
  return ScoreTree(plan).points_of(target, {values, peers});
}

TEST(Score, a_threshold_is_all_or_nothing) {
  Plan plan = with_top();
  const TargetId growth = add(plan, Rule::threshold, 5.8);
  EXPECT_EQ(points_of(plan, growth, 5.8), 100);
  EXPECT_EQ(points_of(plan, growth, 5.79), 0);
  plan.targets[growth].direction = Target::Direction::less_is_better;
  EXPECT_EQ(points_of(plan, growth, 5.79), 100);
  EXPECT_EQ(points_of(plan, growth, 5.81), 0);
}

// 4.2 of 6.0 is 70 %; 9 of 6 is 150 %, of which 100 count, or 120 where that is the cap.
TEST(Score, a_share_of_the_goal_is_capped) {
  Plan plan = with_top();
  const TargetId growth = add(plan, Rule::proportional, 6);
  EXPECT_NEAR(points_of(plan, growth, 4.2), 70, 1e-9);
  EXPECT_EQ(points_of(plan, growth, 9), 100);
  EXPECT_EQ(points_of(plan, growth, -1), 0);
  plan.targets[growth].cap = 120;
  EXPECT_EQ(points_of(plan, growth, 9), 120);
  // Where less is better: 27 against 26 is 2 - 27/26.
  plan.targets[growth].direction = Target::Direction::less_is_better;
  plan.targets[growth].goal = 26;
  EXPECT_NEAR(points_of(plan, growth, 27), 100 * (2 - 27.0 / 26), 1e-9);
}

// The method of efficacy coefficients: between 4 (60 points) and 8 (100 points), 5 gets 60 + 40 / 4 = 70,
// 3 gets 60 - 10 = 50, and -3 would get -10.
TEST(Score, efficacy_is_sixty_and_forty) {
  Plan plan = with_top();
  const TargetId growth = add(plan, Rule::efficacy, 8);
  plan.targets[growth].base = 4;
  EXPECT_NEAR(points_of(plan, growth, 5), 70, 1e-9);
  EXPECT_NEAR(points_of(plan, growth, 3), 50, 1e-9);
  EXPECT_EQ(points_of(plan, growth, -3), 0);
  EXPECT_EQ(points_of(plan, growth, 80), 100);
  plan.targets[growth].low = 5;
  plan.targets[growth].high = 10;
  EXPECT_NEAR(points_of(plan, growth, 5), 60, 1e-9);
  EXPECT_NEAR(points_of(plan, growth, 7.5), 80, 1e-9);
}

// Best 100, second 95, third 90; who is level with another shares the better rank.
TEST(Score, a_rank_down_costs_five_points) {
  Plan plan = with_top();
  const TargetId growth = add(plan, Rule::rank);
  for (int i = 0; i < 3; ++i) plan.peers.push_back({.target = growth});
  EXPECT_EQ(points_of(plan, growth, 9, {5, 6, 7}), 100);
  EXPECT_EQ(points_of(plan, growth, 7, {5, 6, 7}), 100);
  EXPECT_EQ(points_of(plan, growth, 6.5, {5, 6, 7}), 95);
  EXPECT_EQ(points_of(plan, growth, 4, {5, 6, 7}), 85);
  EXPECT_EQ(points_of(plan, growth, 4, {5, kUnknown, 7}), 90);  // who is not known is not ranked
  plan.targets[growth].step = 40;
  EXPECT_EQ(points_of(plan, growth, 4, {5, 6, 7}), 0);
}

// A tenth of a point for each tenth of a percentage point above the average (here 6), two points at most.
TEST(Score, points_are_counted_from_the_average_or_the_goal) {
  Plan plan = with_top();
  const TargetId growth = add(plan, Rule::per_point);
  for (int i = 0; i < 3; ++i) plan.peers.push_back({.target = growth});
  plan.targets[growth].goal.reset();
  plan.targets[growth].cap = 2;
  EXPECT_NEAR(points_of(plan, growth, 6.3, {5, 6, 7}), 100.3, 1e-9);
  EXPECT_NEAR(points_of(plan, growth, 3, {5, 6, 7}), 98, 1e-9);
  plan.targets[growth].goal = 7;
  EXPECT_NEAR(points_of(plan, growth, 6.3, {5, 6, 7}), 99.3, 1e-9);
}

// GDP counts twice, 4 points for the goal and 6 for the rank: (4 * 100 + 6 * 95) / 10 = 97.
TEST(Score, one_value_may_be_scored_by_two_rules) {
  Plan plan = with_top();
  const TargetId gdp = plan.targets.add({});
  const TargetId reached = add(plan, Rule::threshold, 8);
  const TargetId rank = add(plan, Rule::rank);
  plan.peers = {{.target = gdp}, {.target = gdp}};
  plan.targets[reached].of = plan.targets[rank].of = gdp;
  plan.targets[reached].weight = 4;
  plan.targets[rank].weight = 6;
  std::vector<double> values(4, kUnknown);
  values[gdp.index()] = 8.2;
  const std::vector<double> peers = {8.5, 7};
  std::vector<double> points(4);
  ScoreTree(plan).score({values, peers}, points);
  EXPECT_NEAR(points[0], 97, 1e-9);
}

// A fatal accident: whatever else was reached, nothing is scored.
TEST(Score, a_veto_leaves_its_parent_nothing) {
  Plan plan = with_top();
  const TargetId accidents = add(plan, Rule::threshold, 0);
  plan.targets[accidents].direction = Target::Direction::less_is_better;
  plan.targets[accidents].is_veto = true;
  add(plan, Rule::proportional, 6);
  std::vector<double> points(3);
  ScoreTree(plan).score({std::vector<double>{kUnknown, 1, 6}, {}}, points);
  EXPECT_EQ(points[0], 0);
  ScoreTree(plan).score({std::vector<double>{kUnknown, 0, 3}, {}}, points);
  EXPECT_EQ(points[0], 75);  // (100 + 50) / 2
}

TEST(Score, what_has_no_value_weighs_nothing) {
  Plan plan = with_top();
  add(plan, Rule::proportional, 10);
  add(plan, Rule::proportional, 10);
  std::vector<double> points(3);
  ScoreTree(plan).score({std::vector<double>{kUnknown, kUnknown, 4}, {}}, points);
  EXPECT_TRUE(std::isnan(points[1]));
  EXPECT_NEAR(points[0], 40, 1e-9);
  ScoreTree(plan).score({std::vector<double>(3, kUnknown), {}}, points);
  EXPECT_TRUE(std::isnan(points[0]));
}

// The slow twin: scores by recursion, from the plan's own rows.
double twin(const Plan& plan, std::size_t at, const Values& values) {
  const Target& target = plan.targets[TargetId{at}];
  if (target.rule != Rule::none) return ScoreTree(plan).points_of(TargetId{at}, values);
  double sum = 0;
  double weight = 0;
  for (TargetId child : plan.targets.ids()) {
    if (plan.targets[child].parent != TargetId{at}) continue;
    const double points = twin(plan, child.index(), values);
    if (std::isnan(points)) continue;
    if (plan.targets[child].is_veto && points < 100) return 0;
    sum += plan.targets[child].weight * points;
    weight += plan.targets[child].weight;
  }
  return weight > 0 ? sum / weight : kUnknown;
}

RC_GTEST_PROP(Score, rolls_up_as_recursion_does_and_refreshes_what_stands_above, ()) {
  Plan plan;
  const auto size = *rc::gen::inRange<std::size_t>(1, 25);
  std::vector<double> values;
  for (std::size_t i = 0; i < size; ++i) {
    Target target;
    if (i > 0 && *rc::gen::inRange(0, 5) > 0)
      target.parent = TargetId{*rc::gen::inRange<std::size_t>(0, i)};
    target.rule = static_cast<Rule>(*rc::gen::inRange(0, 6));
    target.goal = *rc::gen::inRange(1, 9);
    target.base = 0;
    target.weight = *rc::gen::inRange(0, 4);
    target.is_veto = *rc::gen::inRange(0, 6) == 0;
    plan.targets.add(target);
    plan.peers.push_back({.target = TargetId{i}});
    values.push_back(*rc::gen::inRange(0, 4) == 0 ? kUnknown : *rc::gen::inRange(-2, 12));
  }
  const std::vector<double> peers(size, 4.0);
  const ScoreTree tree(plan);
  std::vector<double> points(size);
  tree.score({values, peers}, points);
  const auto equal = [](double a, double b) {
    return std::isnan(a) ? std::isnan(b) : std::abs(a - b) < 1e-9;
  };
  for (std::size_t i = 0; i < size; ++i)
    RC_ASSERT(equal(points[i], twin(plan, i, {values, peers})));

  // One value moves: refreshing from there up is scoring all again.
  const auto moved = *rc::gen::inRange<std::size_t>(0, size);
  values[moved] = *rc::gen::inRange(-2, 12);
  if (plan.targets[TargetId{moved}].rule != Rule::none) {
    points[moved] = tree.points_of(TargetId{moved}, {values, peers});
  }
  tree.refresh_above(TargetId{moved}, tree.weights(), points);
  std::vector<double> again(size);
  tree.score({values, peers}, again);
  for (std::size_t i = 0; i < size; ++i) RC_ASSERT(equal(points[i], again[i]));
}

}  // namespace
}  // namespace diaodu::track
