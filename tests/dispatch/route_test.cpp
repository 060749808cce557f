#include "diaodu/dispatch/route.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cstdlib>

#include "diaodu/check/tour_check.h"
#include "diaodu/core/random.h"
#include "dispatch/slow_tours.h"
#include "support/data.h"
#include "support/property.h"
#include "support/solomon.h"

namespace diaodu {
namespace {

using dispatch::LeftOut;

constexpr std::uint64_t kDisinfection = 1;
constexpr std::uint64_t kTracing = 2;

/// Places along one road, numbered by their kilometre; a kilometre takes a minute.
TravelTimes road(std::size_t kilometres) {
  TravelTimes travel{.num_places = kilometres, .ticks = {}};
  for (std::size_t from = 0; from < kilometres; ++from)
    for (std::size_t to = 0; to < kilometres; ++to)
      travel.ticks.push_back(std::abs(static_cast<Tick>(from) - static_cast<Tick>(to)));
  return travel;
}

dispatch::TourAnswer solve(const TourProblem& problem, std::int64_t steps = 2000) {
  Budget budget({.steps = steps});
  dispatch::TourAnswer answer = dispatch::solve_tours(problem, budget);
  const check::TourVerdict verdict = check::judge_tours(problem, answer.plan);
  EXPECT_TRUE(verdict.is_legal()) << "first violation "
                                  << static_cast<int>(verdict.violations.front().kind);
  return answer;
}

/// Some of everything: windows, due dates, skills, loads, prizes, pauses, a group, published tours.
TourProblem random_problem(std::uint64_t seed, bool has_group) {
  RandomStream random(seed);
  TourProblem problem;
  constexpr std::size_t kPlaces = 6;
  std::vector<std::pair<Tick, Tick>> at;
  for (std::size_t i = 0; i < kPlaces; ++i)
    at.emplace_back(static_cast<Tick>(random.below(20)), static_cast<Tick>(random.below(20)));
  problem.travel.num_places = kPlaces;
  for (const auto& [x, y] : at)
    for (const auto& [u, v] : at) problem.travel.ticks.push_back(std::abs(x - u) + std::abs(y - v));
  const std::size_t duties = 2;
  const std::size_t visits = has_group ? 4 : 5;
  const bool is_told = random.one_in(3);
  for (std::size_t i = 0; i < visits; ++i) {
    Visit visit{.place = random.below(kPlaces),
                .duration = static_cast<Tick>(1 + random.below(15)),
                .windows = {},
                .priority = static_cast<std::int64_t>(random.below(4)),
                .prize = random.one_in(3) ? static_cast<Tick>(random.below(30)) : 0,
                .skills = random.one_in(3) ? kDisinfection : 0,
                .load = static_cast<std::int64_t>(random.below(4))};
    for (std::uint64_t n = random.below(3); n > 0; --n) {
      const Tick from = static_cast<Tick>(random.below(80));
      visit.windows.push_back(
          {.from = from, .until = from + 1 + static_cast<Tick>(random.below(40))});
    }
    if (random.one_in(2)) visit.due = static_cast<Tick>(random.below(80));
    if (is_told) visit.published = random.below(duties);
    problem.visits.push_back(visit);
  }
  if (has_group) {
    const std::size_t place = problem.visits[0].place;
    for (std::size_t i = 0; i < 2; ++i) {
      problem.visits[i].place = place;
      problem.visits[i].together = 7;
      problem.visits[i].skills = i == 0 ? kDisinfection : kTracing;
    }
  }
  for (std::size_t i = 0; i < duties; ++i) {
    Duty duty{.start_place = random.below(2),
              .end_place = random.below(2),
              .from = static_cast<Tick>(random.below(20)),
              .skills = i == 0 ? kDisinfection | kTracing : kTracing * random.below(2),
              .capacity = static_cast<std::int64_t>(4 + random.below(6)),
              .pauses = {}};
    if (has_group && i == 1) duty.skills = kTracing;
    duty.until = duty.from + 30 + static_cast<Tick>(random.below(60));
    duty.latest = duty.until + static_cast<Tick>(random.below(30));
    if (random.one_in(2)) {
      const Tick from = duty.from + static_cast<Tick>(random.below(30));
      duty.pauses.push_back({.from = from, .until = from + 40, .duration = 10});
    }
    problem.duties.push_back(duty);
  }
  if (random.one_in(4)) std::swap(problem.order[3], problem.order[4]);
  if (has_group && random.one_in(4)) {
    // Two teams alike, of which either may make either.
    problem.visits[0].skills = problem.visits[1].skills = 0;
    problem.duties[1] = problem.duties[0];
  }
  return problem;
}

TEST(Route, tours_of_a_few_visits_are_as_good_as_the_best_of_all_tours) {
  holds(600, [] {
    const auto seed = *rc::gen::arbitrary<std::uint64_t>();
    const TourProblem problem = random_problem(seed, false);
    RC_ASSERT(solve(problem).plan.cost.values == SlowTours(problem).best().values);
  });
}

TEST(Route, teams_that_must_meet_meet_as_well_as_in_the_best_of_all_tours) {
  holds(600, [] {
    const auto seed = *rc::gen::arbitrary<std::uint64_t>();
    const TourProblem problem = random_problem(seed, true);
    RC_ASSERT(solve(problem).plan.cost.values == SlowTours(problem).best().values);
  });
}

TEST(Route, tours_hold_whatever_the_ways_between_places_are) {
  holds(300, [] {
    const auto seed = *rc::gen::arbitrary<std::uint64_t>();
    RandomStream random(seed);
    const bool has_group = random.one_in(2);
    TourProblem problem = random_problem(random.next(), has_group);
    TravelTimes& travel = problem.travel;
    for (std::size_t from = 0; from < travel.num_places; ++from)
      for (std::size_t to = 0; to < travel.num_places; ++to)
        if (from != to)
          travel.ticks[from * travel.num_places + to] = static_cast<Tick>(random.below(40));
    const TourPlan plan = solve(problem, 500).plan;
    const bool is_no_better = compare(problem, plan.cost, SlowTours(problem).best()) >= 0;
    RC_ASSERT(is_no_better);
  });
}

TEST(Route, a_visit_in_time_only_by_way_of_another_is_not_made_without_it) {
  // 60 minutes straight to place 2, 20 by way of place 1.  The visit at 2 that begins before 8:45
  // needs that at 1; a team that carries 10 cannot make the third visit, of 6, beside both.
  TourProblem problem{.travel = {.num_places = 3, .ticks = {0, 10, 60, 10, 0, 10, 60, 10, 0}}};
  problem.visits = {{.place = 1, .duration = 5, .windows = {}, .priority = 1, .load = 6},
                    {.place = 2,
                     .duration = 5,
                     .windows = {{.from = 480, .until = 525}},
                     .priority = 5,
                     .load = 1},
                    {.place = 2, .duration = 30, .windows = {}, .priority = 5, .load = 6}};
  problem.duties = {{.from = 480, .until = 720, .latest = 720, .capacity = 10, .pauses = {}}};
  const dispatch::TourAnswer answer = solve(problem);
  EXPECT_EQ(answer.plan.cost[TourCriterion::unserved], 5);
  EXPECT_EQ(answer.plan.cost[TourCriterion::travel], 10 + 10 + 60);
  ASSERT_EQ(answer.left_out.size(), 1U);
  EXPECT_EQ(answer.left_out[0].reason, LeftOut::Reason::no_room);
  // To give up the first is to give up the second with it.
  EXPECT_EQ(answer.left_out[0].instead_of, (std::vector<std::size_t>{0, 1}));
}

TEST(Route, two_teams_that_are_alike_meet_where_they_must) {
  // 20 km away, from 8:00 on.
  TourProblem problem{.travel = road(21)};
  problem.visits = {{.place = 20, .duration = 60, .windows = {}, .together = 1},
                    {.place = 20, .duration = 60, .windows = {}, .together = 1}};
  problem.duties = {{.from = 480, .until = 1080, .latest = 1080, .pauses = {}},
                    {.from = 480, .until = 1080, .latest = 1080, .pauses = {}}};
  const TourPlan plan = solve(problem).plan;
  ASSERT_EQ(plan.tours[0].size(), 1U);
  ASSERT_EQ(plan.tours[1].size(), 1U);
  EXPECT_EQ(plan.tours[0][0].start, 500);
  EXPECT_EQ(plan.tours[1][0].start, 500);
}

TEST(Route, two_teams_of_different_skill_begin_at_one_place_at_the_same_minute) {
  // Both need each other at kilometre 10.  The tracers, from kilometre 0, are there at 10; the disinfectors, from
  // kilometre 30, at 20, so both begin at 20.
  TourProblem problem{.travel = road(31)};
  problem.visits = {
      {.place = 10, .duration = 15, .windows = {}, .skills = kDisinfection, .together = 1},
      {.place = 10, .duration = 40, .windows = {}, .skills = kTracing, .together = 1}};
  problem.duties = {{.start_place = 0, .skills = kTracing, .pauses = {}},
                    {.start_place = 30, .end_place = 30, .skills = kDisinfection, .pauses = {}}};
  const TourPlan plan = solve(problem).plan;
  ASSERT_EQ(plan.tours[0].size(), 1U);
  ASSERT_EQ(plan.tours[1].size(), 1U);
  EXPECT_EQ(plan.tours[0][0].start, 20);
  EXPECT_EQ(plan.tours[1][0].start, 20);
  EXPECT_EQ(plan.cost[TourCriterion::travel], 10 + 10 + 20 + 20);
}

TEST(Route, a_team_has_its_pause_where_it_is) {
  // 8 km, 20 minutes there, the pause of 30 from minute 20 to 40 at the latest, then 5 km on.  The first visit ends at
  // 28: a pause from 28 to 58, the second visit at 63.
  TourProblem problem{.travel = road(14)};
  problem.visits = {{.place = 8, .duration = 20, .windows = {{.from = 0, .until = 9}}},
                    {.place = 13, .duration = 10, .windows = {}}};
  problem.duties = {{.end_place = 13, .pauses = {{.from = 20, .until = 40, .duration = 30}}}};
  const TourPlan plan = solve(problem).plan;
  ASSERT_EQ(plan.tours[0].size(), 3U);
  EXPECT_TRUE(plan.tours[0][1].is_pause);
  EXPECT_EQ(plan.tours[0][1].start, 28);
  EXPECT_EQ(plan.tours[0][2].start, 63);
  EXPECT_EQ(plan.cost[TourCriterion::travel], 13);
}

TEST(Route, an_optional_visit_is_made_if_it_is_worth_the_detour) {
  // From kilometre 0 to 10 and back, 20 km.  A visit at 13 costs 6 more: made for a prize of 7, not for one of 5.
  for (const Tick prize : {Tick{5}, Tick{7}}) {
    TourProblem problem{.travel = road(14)};
    problem.visits = {{.place = 10, .windows = {}},
                      {.place = 13, .windows = {}, .priority = 0, .prize = prize}};
    problem.duties = {{.pauses = {}}};
    const dispatch::TourAnswer answer = solve(problem);
    EXPECT_EQ(answer.plan.tours[0].size(), prize == 7 ? 2U : 1U);
    EXPECT_EQ(answer.plan.cost[TourCriterion::travel], prize == 7 ? 26 : 25);
    if (prize == 5) {
      ASSERT_EQ(answer.left_out.size(), 1U);
      EXPECT_EQ(answer.left_out[0].reason, LeftOut::Reason::not_worth);
      EXPECT_EQ(answer.left_out[0].duty, 0U);
    }
  }
}

TEST(Route, whoever_is_left_out_is_told_why) {
  TourProblem problem{.travel = road(60)};
  problem.visits = {
      {.place = 10, .duration = 30, .windows = {{.from = 0, .until = 20}}, .priority = 5},
      {.place = 10, .duration = 30, .windows = {{.from = 0, .until = 20}}, .priority = 3},
      {.place = 5, .windows = {}, .skills = kDisinfection},
      {.place = 50, .windows = {}},
      {.place = 5, .windows = {}, .load = 9},
      {.place = 10, .windows = {}, .together = 1},
      {.place = 10, .windows = {}, .together = 1}};
  problem.duties = {{.until = 60, .latest = 60, .skills = kTracing, .capacity = 8, .pauses = {}}};
  const dispatch::TourAnswer answer = solve(problem);
  ASSERT_EQ(answer.left_out.size(), 6U);
  // One team, and half an hour for each of two visits that begin in the same ten minutes: the more urgent is made.
  EXPECT_EQ(answer.left_out[0].visit, 1U);
  EXPECT_EQ(answer.left_out[0].reason, LeftOut::Reason::no_room);
  EXPECT_EQ(answer.left_out[0].duty, 0U);
  EXPECT_EQ(answer.left_out[0].instead_of, std::vector<std::size_t>{0});
  EXPECT_EQ(answer.left_out[1].reason, LeftOut::Reason::no_skill);
  EXPECT_EQ(answer.left_out[2].reason, LeftOut::Reason::no_hours);  // 50 km out and 50 back
  EXPECT_EQ(answer.left_out[3].reason, LeftOut::Reason::too_heavy);
  EXPECT_EQ(answer.left_out[4].reason, LeftOut::Reason::no_partner);
  EXPECT_EQ(answer.left_out[5].reason, LeftOut::Reason::no_partner);
}

TEST(Route, visits_that_must_meet_are_told_why_they_are_left_out_together) {
  const auto expect_both_left_out = [](const TourProblem& problem, LeftOut::Reason reason) {
    const dispatch::TourAnswer answer = solve(problem);
    ASSERT_EQ(answer.left_out.size(), 2U);
    for (const LeftOut& left : answer.left_out) {
      EXPECT_EQ(left.reason, reason);
      EXPECT_EQ(left.duty, kNobody);
      EXPECT_TRUE(left.instead_of.empty());
    }
  };
  // Two teams are free, 10 km away, but nothing is lost if they stay.
  TourProblem worthless{.travel = road(11)};
  worthless.visits = {{.place = 10, .windows = {}, .priority = 0, .together = 1},
                      {.place = 10, .windows = {}, .priority = 0, .together = 1}};
  worthless.duties = {{.pauses = {}}, {.pauses = {}}};
  expect_both_left_out(worthless, LeftOut::Reason::not_worth);
  // Two teams have an hour each, which a more urgent visit takes up.
  TourProblem crowded{.travel = road(1)};
  crowded.visits = {{.duration = 60, .windows = {}, .priority = 9},
                    {.duration = 60, .windows = {}, .priority = 9},
                    {.duration = 10, .windows = {}, .together = 1},
                    {.duration = 10, .windows = {}, .together = 1}};
  crowded.duties = {{.until = 60, .latest = 60, .pauses = {}},
                    {.until = 60, .latest = 60, .pauses = {}}};
  expect_both_left_out(crowded, LeftOut::Reason::no_room);
  // Either could be made, the second when it is too late for the first.
  TourProblem apart{.travel = road(1)};
  apart.visits = {{.windows = {{.from = 0, .until = 5}}, .together = 1},
                  {.windows = {{.from = 10, .until = 15}}, .together = 1}};
  apart.duties = {{.pauses = {}}, {.pauses = {}}};
  expect_both_left_out(apart, LeftOut::Reason::no_partner);
}

TEST(Route, orders_that_have_gone_out_stand_where_change_counts_before_travel) {
  // Two teams at the ends of the road were told to swap sides.  By travel each stays on its own side; told is told.
  TourProblem problem{.travel = road(41)};
  problem.visits = {{.place = 10, .windows = {}, .published = 1},
                    {.place = 30, .windows = {}, .published = 0}};
  problem.duties = {{.pauses = {}}, {.start_place = 40, .end_place = 40, .pauses = {}}};
  EXPECT_EQ(solve(problem).plan.cost[TourCriterion::change], 2);
  EXPECT_EQ(solve(problem).plan.cost[TourCriterion::travel], 40);
  std::swap(problem.order[3], problem.order[4]);
  EXPECT_EQ(solve(problem).plan.cost[TourCriterion::change], 0);
  EXPECT_EQ(solve(problem).plan.cost[TourCriterion::travel], 120);
}

TEST(Route, the_same_seed_and_steps_give_the_same_tours) {
  const TourProblem problem = random_problem(5, true);
  const TourPlan once = solve(problem, 300).plan;
  const TourPlan again = solve(problem, 300).plan;
  ASSERT_EQ(once.tours.size(), again.tours.size());
  for (std::size_t duty = 0; duty < once.tours.size(); ++duty) {
    ASSERT_EQ(once.tours[duty].size(), again.tours[duty].size());
    for (std::size_t i = 0; i < once.tours[duty].size(); ++i)
      EXPECT_EQ(once.tours[duty][i].start, again.tours[duty][i].start);
  }
}

TEST(Route, a_team_makes_each_visit_on_a_day_on_which_it_may) {
  // A team from kilometre 0 on two days (from 480 and from 1920), and another that stays at kilometre 40.  The visit at 10 may
  // only be made on the second day, that at 5 on either, that at 38 belongs to the other team.
  TourProblem problem{.travel = road(41)};
  problem.visits = {{.place = 10, .duration = 60, .windows = {{.from = 2000, .until = 2100}}},
                    {.place = 5,
                     .duration = 60,
                     .windows = {{.from = 500, .until = 520}, {.from = 2300, .until = 2310}}},
                    {.place = 38, .duration = 60, .windows = {}}};
  problem.duties = {{.from = 480, .until = 700, .latest = 700, .pauses = {}, .team = 1},
                    {.from = 1920, .until = 2400, .latest = 2400, .pauses = {}, .team = 1},
                    {.start_place = 40,
                     .end_place = 40,
                     .from = 480,
                     .until = 960,
                     .latest = 960,
                     .pauses = {},
                     .team = 2}};
  const TourPlan plan = solve(problem).plan;
  // On the second day 5 lies on the way back from 10: one day costs 20, two would cost 30.
  EXPECT_TRUE(plan.tours[0].empty());
  ASSERT_EQ(plan.tours[1].size(), 2U);
  EXPECT_EQ(plan.tours[1][0].start, 2000);
  EXPECT_EQ(plan.tours[1][1].start, 2300);
  EXPECT_EQ(plan.tours[2].size(), 1U);
  EXPECT_EQ(plan.cost[TourCriterion::travel], 20 + 4);
}

TEST(Route, when_a_team_falls_ill_only_its_visits_are_made_by_others) {
  // Thirty visits and four teams with hours to spare; then the first team cannot come.
  RandomStream random(12);
  TourProblem problem{.travel = road(60)};
  for (int i = 0; i < 30; ++i)
    problem.visits.push_back({.place = random.below(60), .duration = 10, .windows = {}});
  for (const std::size_t home : {5U, 20U, 35U, 55U})
    problem.duties.push_back(
        {.start_place = home, .end_place = home, .until = 150, .latest = 150, .pauses = {}});
  const TourPlan told = solve(problem).plan;
  ASSERT_EQ(told.cost[TourCriterion::unserved], 0);
  ASSERT_FALSE(told.tours[0].empty());
  for (std::size_t duty = 0; duty < told.tours.size(); ++duty)
    for (const TourStep& stop : told.tours[duty]) problem.visits[stop.index].published = duty;
  problem.duties[0].latest = problem.duties[0].until = problem.duties[0].from;
  std::swap(problem.order[3], problem.order[4]);
  // The others have time for it: 30 visits of 10 minutes in three tours of 150, and ways between.
  Budget budget({.steps = 2000});
  const dispatch::TourAnswer answer =
      dispatch::solve_tours(problem, budget, {.seed = 1, .from = &told});
  EXPECT_TRUE(check::judge_tours(problem, answer.plan).is_legal());
  EXPECT_TRUE(answer.plan.tours[0].empty());
  for (const LeftOut& left : answer.left_out) EXPECT_EQ(left.reason, LeftOut::Reason::no_room);
  EXPECT_EQ(
      answer.plan.cost[TourCriterion::change] + static_cast<std::int64_t>(answer.left_out.size()),
      static_cast<std::int64_t>(told.tours[0].size()));
}

TEST(Route, a_plan_to_begin_with_is_followed_as_far_as_it_fits) {
  // Without a step of search the tours are those of the plan, though 30 before 10 is a long way round; its third stop is
  // unknown by now, and the visit at 20 that is new is put in on the way.
  TourProblem problem{.travel = road(41)};
  problem.visits = {{.place = 10, .windows = {{.from = 50, .until = 99}}},
                    {.place = 30, .windows = {{.from = 0, .until = 31}}},
                    {.place = 20, .windows = {}}};
  problem.duties = {{.pauses = {}}};
  TourPlan before;
  before.tours = {
      {{.index = 1, .start = 30}, {.index = 0, .start = 50}, {.index = 8, .start = 99}}};
  Budget none({.steps = 0});
  const dispatch::TourAnswer answer =
      dispatch::solve_tours(problem, none, {.seed = 1, .from = &before});
  ASSERT_EQ(answer.plan.tours[0].size(), 3U);
  EXPECT_EQ(answer.plan.cost[TourCriterion::travel], 60);
  EXPECT_TRUE(check::judge_tours(problem, answer.plan).is_legal());
}

TEST(Route, a_told_tour_without_time_for_its_pause_loses_no_more_than_it_must) {
  // Two hours, told full with four visits of half an hour, of which the team's pause takes one.
  TourProblem problem{.travel = road(1)};
  TourPlan told;
  told.tours.emplace_back();
  for (std::size_t i = 0; i < 4; ++i) {
    problem.visits.push_back({.duration = 30, .windows = {}, .published = 0});
    told.tours[0].push_back({.index = i, .start = 480 + 30 * static_cast<Tick>(i)});
  }
  problem.duties = {{.from = 480,
                     .until = 600,
                     .latest = 600,
                     .pauses = {{.from = 510, .until = 570, .duration = 30}}}};
  for (const std::int64_t steps : {std::int64_t{0}, std::int64_t{500}}) {
    Budget budget({.steps = steps});
    const dispatch::TourAnswer answer =
        dispatch::solve_tours(problem, budget, {.seed = 1, .from = &told});
    EXPECT_TRUE(check::judge_tours(problem, answer.plan).is_legal());
    EXPECT_EQ(answer.plan.cost[TourCriterion::unserved], 1);
    EXPECT_EQ(answer.plan.tours[0].size(), 4U);  // three visits and the pause
    EXPECT_EQ(answer.left_out.size(), 1U);
  }
}

TEST(Route, nothing_to_do_is_a_plan_too) {
  EXPECT_TRUE(solve(TourProblem{}).plan.tours.empty());
  TourProblem nobody{.travel = road(2)};
  nobody.visits = {{.place = 1, .windows = {}, .priority = 4}};
  const dispatch::TourAnswer answer = solve(nobody);
  EXPECT_EQ(answer.plan.cost[TourCriterion::unserved], 4);
  EXPECT_EQ(answer.left_out.at(0).reason, LeftOut::Reason::no_skill);
}

/// The optima of Solomon's files under distances cut to tenths: Kohl, Desrosiers, Madsen, Solomon & Soumis 1999 (and Cook &
/// Rich, Kallehauge, Larsen & Madsen for RC102), as VROOM's `benchmarks/VRPTW/BKS.json` lists them.
TEST(Route, solomons_files_are_solved_within_two_per_cent_of_the_optimum) {
  const std::pair<const char*, std::int64_t> optima[] = {
      {"C101", 8273},  {"C102", 8273},  {"C105", 8273},   {"C106", 8273},   {"R101", 16377},
      {"R102", 14666}, {"R105", 13553}, {"RC101", 16198}, {"RC102", 14574}, {"RC105", 15137}};
  for (const auto& [name, optimum] : optima) {
    const auto path = data_folder() / "routing" / (std::string(name) + ".txt");
    if (!std::filesystem::exists(path)) GTEST_SKIP() << path << " is not there";
    const TourProblem problem = read_solomon(path).problem;
    ASSERT_EQ(problem.visits.size(), 100U);
    const TourPlan plan = solve(problem, 40'000).plan;
    EXPECT_EQ(plan.cost[TourCriterion::unserved], 0) << name;
    EXPECT_LE(plan.cost[TourCriterion::travel], optimum * 102 / 100) << name;
    EXPECT_GE(plan.cost[TourCriterion::travel], optimum) << name;
  }
}

/// Righini & Salani's optima of the orienteering problems made of the same files.
TEST(Route, orienteering_reaches_the_optimum) {
  const std::pair<const char*, std::int64_t> optima[] = {
      {"C101", 320}, {"R101", 198},  {"RC101", 219}, {"R105", 247},
      {"C105", 340}, {"RC105", 244}, {"C106", 340}};
  for (const auto& [name, optimum] : optima) {
    const auto path = data_folder() / "routing" / (std::string(name) + ".txt");
    if (!std::filesystem::exists(path)) GTEST_SKIP() << path << " is not there";
    const TourProblem problem = orienteering(read_solomon(path));
    const TourPlan plan = solve(problem, 30'000).plan;
    std::int64_t score = 0;
    for (const TourStep& stop : plan.tours[0]) score += problem.visits[stop.index].priority;
    EXPECT_EQ(score, optimum) << name;
  }
}

}  // namespace
}  // namespace diaodu
