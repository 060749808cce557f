#include <gtest/gtest.h>

#include "diaodu/check/laboratory_check.h"
#include "diaodu/check/team_check.h"
#include "diaodu/plan/members.h"
#include "support/tables.h"

namespace diaodu::check {
namespace {

/// Five people for two teams: Li and Wang lead, Zhao is local, Sun and Wu sample with her.
formats::ReadPlan small() {
  return read_tables({{"people",
                       "id,role,leader,local,languages\n"
                       "Li,sampler,yes,,\n"
                       "Wang,sampler,yes,,hlai\n"
                       "Zhao,guide,,yes,hlai\n"
                       "Sun,sampler,,,\n"
                       "Wu,sampler,,,\n"},
                      {"teams", "id\nA\nB\n"},
                      {"team_rules",
                       "kind,trait,count,weight,people\n"
                       "balance,sampler,,10,\n"
                       "at_least,local,1,5,\n"
                       "at_most,leader,1,3,\n"
                       "together,,,2,Li Sun Wu\n"
                       "apart,,,7,Li Wang\n"
                       "stay,,,1,\n"}});
}

TEST(TeamCheck, counts_each_rule_from_its_definition) {
  const auto read = small();
  ASSERT_EQ(
      found_in(read.findings),
      std::vector<std::string>{"team_rules.csv:3:3 rule_above_supply"});  // one local, two teams
  const TeamId a{0};
  const TeamId b{1};
  TeamRoster roster{.teams = {a, b}, .members = members_of(read.plan)};
  roster.team_of = {a, a, b, b, a};  // Li, Wang, Wu in A; Zhao, Sun in B
  roster.yesterday = {a, b, TeamId{}, b, TeamId{}};
  const TeamVerdict verdict = judge_teams(read.plan, read.plan.team_rules, roster);
  EXPECT_TRUE(verdict.is_legal);
  // Four samplers are two each: A has 3, B has 1, one unit each.  A lacks a local.  A has two leaders.  Of Li, Sun and Wu
  // two are in one team.  Li and Wang are in one team.  Wang was in B.
  EXPECT_EQ(verdict.broken, (std::vector<std::int64_t>{2, 1, 1, 1, 1, 1}));
  EXPECT_EQ(verdict.cost, 2 * 10 + 5 + 3 + 2 + 7 + 1);
}

TEST(TeamCheck, shares_of_teams_that_have_sizes_add_up_to_all) {
  const auto read = read_tables({{"people",
                                  "id,role\n"
                                  "Li,sampler\nWang,sampler\nSun,sampler\n"
                                  "Zhao,guide\nWu,guide\nXu,guide\n"},
                                 {"teams", "id,min\nA,1\nB,1\nC,1\n"},
                                 {"team_rules", "kind,trait\nbalance,sampler\n"}});
  ASSERT_EQ(found_in(read.findings), std::vector<std::string>{});
  const TeamId a{0};
  const TeamId b{1};
  const TeamId c{2};
  TeamRoster roster{.teams = {a, b, c}, .members = members_of(read.plan)};
  roster.yesterday.resize(6);
  roster.team_of = {a, b, c, a, b, c};
  EXPECT_EQ(judge_teams(read.plan, read.plan.team_rules, roster).cost, 0);
  // One sampler each is a fair share: A has two too many, B and C lack one each.
  roster.team_of = {a, a, a, b, b, c};
  const TeamVerdict verdict = judge_teams(read.plan, read.plan.team_rules, roster);
  EXPECT_TRUE(verdict.is_legal);
  EXPECT_EQ(verdict.broken, std::vector<std::int64_t>{4});
}

TEST(TeamCheck, sizes_are_as_equal_as_can_be_and_nobody_is_lost) {
  const auto read = small();
  const TeamId a{0};
  const TeamId b{1};
  TeamRoster roster{.teams = {a, b}, .members = members_of(read.plan)};
  roster.yesterday.resize(5);
  roster.team_of = {a, a, a, a, b};  // four and one
  EXPECT_FALSE(judge_teams(read.plan, read.plan.team_rules, roster).is_legal);
  roster.team_of = {a, a, b, b, TeamId{}};
  EXPECT_FALSE(judge_teams(read.plan, read.plan.team_rules, roster).is_legal);
  roster.team_of.pop_back();
  EXPECT_FALSE(judge_teams(read.plan, read.plan.team_rules, roster).is_legal);
}

TEST(LaboratoryCheck, nobody_is_lost_between_arrival_and_result) {
  // Two lots of 10 and 5 tubes of 10 people; 120 have results, 30 wait.
  const std::vector<LaboratoryCount::Lot> lots = {{10, 10, 100}, {5, 10, 20}};
  const std::vector<LaboratoryCount::Point> curve = {{0, 10, 100}, {60, 3, 30}};
  const LaboratoryCount good{.lots = lots,
                             .curve = curve,
                             .tubes_received = 15,
                             .tubes_tested = 25,
                             .tubes_unfinished = 3,
                             .people_sampled = 150,
                             .people_reported = 120,
                             .people_unreported = 30,
                             .mean_in_lab = 4.5,
                             .little_in_lab = 4.5};
  EXPECT_TRUE(is_conserved(good));
  const auto breaks = [&good](auto change) {
    LaboratoryCount count = good;
    change(count);
    return !is_conserved(count);
  };
  EXPECT_TRUE(breaks([](LaboratoryCount& count) { count.people_reported = 119; }));
  EXPECT_TRUE(breaks([](LaboratoryCount& count) { count.tubes_received = 14; }));
  EXPECT_TRUE(breaks([](LaboratoryCount& count) { count.tubes_unfinished = 2; }));
  EXPECT_TRUE(breaks([](LaboratoryCount& count) { count.little_in_lab = 4.6; }));
  const std::vector<LaboratoryCount::Lot> too_many = {{10, 10, 110}, {5, 10, 10}};
  EXPECT_TRUE(breaks([&](LaboratoryCount& count) { count.lots = too_many; }));
}

}  // namespace
}  // namespace diaodu::check
