#include "diaodu/check/tour_check.h"

#include <gtest/gtest.h>

#include <cmath>

namespace diaodu::check {
namespace {

using TourKind = TourViolation::Kind;

/// Two places ten minutes apart; two visits at the far one that are made together; a pause from 30 to 40.
TourProblem small() {
  TourProblem problem{.travel = {.num_places = 2, .ticks = {0, 10, 10, 0}}};
  problem.visits = {
      {.place = 1,
       .duration = 15,
       .windows = {{.from = 10, .until = 30}},
       .due = 12,
       .priority = 4,
       .skills = 1,
       .load = 3,
       .together = 1},
      {.place = 1, .duration = 15, .windows = {}, .skills = 2, .load = 3, .together = 1},
      {.place = 1, .duration = 5, .windows = {}, .priority = 2, .prize = 7, .published = 1}};
  problem.duties = {{.until = 50,
                     .latest = 60,
                     .skills = 1,
                     .capacity = 5,
                     .pauses = {{.from = 30, .until = 40, .duration = 10}}},
                    {.until = 50, .latest = 60, .skills = 2, .capacity = 5, .pauses = {}}};
  return problem;
}

/// Both begin at 15; the first team then pauses from 30 to 40 and is back at 50.
TourPlan right() {
  TourPlan plan;
  plan.tours = {{{.index = 0, .start = 15}, {.is_pause = true, .index = 0, .start = 30}},
                {{.index = 1, .start = 15}}};
  // Late by 3; 4 ways of 10 and a prize of 7; the third visit, of priority 2, is not made.
  plan.cost.values = {2, 3, 0, 47, 0};
  return plan;
}

std::vector<TourKind> kinds(const TourProblem& problem, const TourPlan& plan) {
  std::vector<TourKind> found;
  for (const TourViolation& violation : judge_tours(problem, plan).violations)
    if (violation.kind != TourKind::wrong_cost) found.push_back(violation.kind);
  return found;
}

TEST(TourCheck, tours_that_keep_all_rules_are_legal) {
  EXPECT_TRUE(judge_tours(small(), right()).is_legal());
  EXPECT_EQ(judge_tours(small(), right()).cost.values, right().cost.values);
}

TEST(TourCheck, each_rule_that_is_broken_is_named) {
  TourPlan plan = right();
  plan.cost.values[0] = 0;
  EXPECT_EQ(judge_tours(small(), plan).violations.at(0).kind, TourKind::wrong_cost);

  plan = right();
  plan.tours[0][0].start = plan.tours[1][0].start = 9;
  EXPECT_EQ(kinds(small(), plan),
            (std::vector{TourKind::too_soon, TourKind::outside_windows, TourKind::too_soon}));

  plan = right();
  plan.tours[1][0].start = 16;
  EXPECT_EQ(kinds(small(), plan), std::vector{TourKind::not_together});

  plan = right();
  plan.tours[1].clear();
  EXPECT_EQ(kinds(small(), plan), std::vector{TourKind::not_together});

  plan = right();
  plan.tours[0].pop_back();
  EXPECT_EQ(kinds(small(), plan), std::vector{TourKind::lacks_pause});

  plan = right();
  plan.tours[0][1].start = 52;
  EXPECT_EQ(kinds(small(), plan),
            (std::vector{TourKind::outside_windows, TourKind::ends_too_late}));

  plan = right();
  plan.tours[1].push_back({.index = 0, .start = 30});
  EXPECT_EQ(kinds(small(), plan),
            (std::vector{TourKind::visited_twice, TourKind::outside_windows, TourKind::lacks_skill,
                         TourKind::overloaded, TourKind::not_together}));

  plan = right();
  plan.tours[1].push_back({.index = 9, .start = 30});
  EXPECT_EQ(kinds(small(), plan), std::vector{TourKind::no_such_stop});
}

TEST(TourCheck, a_visit_by_another_team_than_told_is_a_change) {
  TourPlan plan = right();
  // After the pause, at 40, for 5 minutes; back at 55, five minutes of overtime.
  plan.tours[0].push_back({.index = 2, .start = 40});
  EXPECT_EQ(judge_tours(small(), plan).cost.values, (std::array<std::int64_t, 5>{0, 3, 5, 40, 1}));
}

TEST(TourCheck, a_degree_of_latitude_is_a_hundred_and_eleven_kilometres) {
  // 6371 km × π / 180 = 111.195 km; at 1.3 times that and a kilometre a minute, 144.55, so 145 minutes.
  EXPECT_NEAR(
      great_circle_km({.latitude = 19, .longitude = 110}, {.latitude = 20, .longitude = 110}),
      111.195, 0.001);
  const Coordinates places[] = {{.latitude = 19, .longitude = 110},
                                {.latitude = 20, .longitude = 110}};
  EXPECT_EQ(great_circle_times(places, 1.3, 1).ticks, (std::vector<Tick>{0, 145, 145, 0}));
}

TEST(TourCheck, shuofang_is_the_airport_nearest_to_wuxi) {
  const Coordinates wuxi{.latitude = 31.574729, .longitude = 120.301663};
  EXPECT_EQ(std::lround(great_circle_km(wuxi, {.latitude = 31.4944, .longitude = 120.429001})), 15);
  EXPECT_EQ(std::lround(great_circle_km(wuxi, {.latitude = 31.742001, .longitude = 118.862})), 138);
}

}  // namespace
}  // namespace diaodu::check
