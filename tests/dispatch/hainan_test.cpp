#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "diaodu/core/random.h"
#include "diaodu/formats/plan_file.h"
#include "dispatch/muster_cases.h"

namespace diaodu::dispatch {
namespace {

Plan hainan() {
  auto read = formats::read_plan(std::filesystem::path(DIAODU_SOURCE_DIR) / "examples" / "hainan");
  EXPECT_EQ(found_in(read.findings), std::vector<std::string>{});
  return std::move(read.plan);
}

std::int64_t num_people(const Plan& plan) {
  std::int64_t sum = 0;
  for (const Group& group : plan.groups) sum += group.count;
  return sum;
}

TEST(Hainan, all_1015_are_accounted_for_and_come_where_they_are_needed) {
  const Plan plan = hainan();
  EXPECT_EQ(num_people(plan), 1015);
  const MusterAnswer answer = muster(plan);
  expect_legal(plan, answer);
  EXPECT_EQ(answer.value.unmet, 0);
  EXPECT_TRUE(answer.is_optimal);
  EXPECT_FALSE(answer.bottlenecks.empty());
}

TEST(Hainan, without_limits_each_city_takes_the_hub_that_it_really_took) {
  Plan plan = hainan();
  for (Route& route : plan.routes) route.seats.reset();
  for (Place& place : plan.places) place.throughput.reset();
  const MusterAnswer answer = muster(plan, {.has_bottlenecks = false});
  expect_legal(plan, answer);
  EXPECT_EQ(answer.value.unmet, 0);
  const std::map<std::string_view, std::string_view> hubs = {
      {"wuxi", "wux"}, {"changzhou", "wux"}, {"yangzhou", "nkg"}, {"zhenjiang", "nkg"}};
  for (const Party& party : answer.movement.parties) {
    ASSERT_FALSE(party.legs.empty());
    const std::string_view city = plan.places[party.stops[0].place].id;
    EXPECT_EQ(plan.places[party.stops[1].place].id, hubs.at(city)) << city;
  }
}

TEST(Hainan, each_figure_that_is_not_the_reports_is_marked_as_assumed) {
  const Plan plan = hainan();
  for (const Place& place : plan.places) EXPECT_TRUE(place.basis.view().starts_with("assumed"));
  for (const Route& route : plan.routes) EXPECT_TRUE(route.basis.view().starts_with("assumed"));
  for (const Group& group : plan.groups) EXPECT_TRUE(group.basis.view().starts_with("assumed"));
  for (const Need& need : plan.needs) EXPECT_TRUE(need.basis.view().starts_with("assumed"));
}

/// A flight is cancelled, or a county needs up to twice as many.
void disturb(Plan& plan, RandomStream& random) {
  if (random.one_in(2)) {
    std::vector<std::size_t> flights;
    for (std::size_t row = 0; row < plan.routes.size(); ++row) {
      if (plan.routes[row].departs) flights.push_back(row);
    }
    plan.routes[flights[random.below(flights.size())]].seats = Amount{};
    return;
  }
  const PlaceId place = plan.needs[random.below(plan.needs.size())].place;
  for (Need& need : plan.needs) {
    if (need.place == place) need.count *= 2;
  }
}

TEST(Hainan, after_a_disruption_a_legal_plan_keeps_most_orders) {
  const Plan plan = hainan();
  const MusterAnswer published = muster(plan, {.has_bottlenecks = false});
  RandomStream random(20220812);
  std::vector<std::int64_t> changed;
  for (int i = 0; i < 12; ++i) {
    Plan now = plan;
    disturb(now, random);
    const MusterAnswer answer =
        muster(now, {.published = &published.movement, .has_bottlenecks = false});
    expect_legal(now, answer);
    changed.push_back(answer.value.changed);
  }
  std::nth_element(changed.begin(), changed.begin() + 6, changed.end());
  RecordProperty("median_changed", static_cast<int>(changed[6]));
  EXPECT_LE(changed[6], 1015 / 4);
}

}  // namespace
}  // namespace diaodu::dispatch
