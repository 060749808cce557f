#include "diaodu/dispatch/faults.h"

#include <gtest/gtest.h>

namespace diaodu::dispatch {
namespace {

using Thing = InputFault::Thing;
using What = InputFault::What;

TEST(Faults, of_visits_and_duties_all_are_told_at_once) {
  TourProblem problem{.travel = {.num_places = 2, .ticks = {0, 5, -5, 0}}};
  problem.visits = {{.place = 2, .duration = -1, .windows = {{.from = 9, .until = 9}}},
                    {.place = 1, .windows = {}, .together = 4, .published = 1}};
  problem.duties = {{.end_place = 7, .from = 60, .until = 30, .pauses = {{.from = 5, .until = 4}}}};
  problem.order[1] = TourCriterion::travel;
  const std::vector<InputFault> expected = {
      {Thing::problem, 0, What::negative},    {Thing::problem, 0, What::not_an_order},
      {Thing::visit, 0, What::unknown_place}, {Thing::visit, 0, What::negative},
      {Thing::visit, 0, What::empty_window},  {Thing::visit, 1, What::meets_nobody},
      {Thing::visit, 1, What::unknown_duty},  {Thing::duty, 0, What::unknown_place},
      {Thing::duty, 0, What::empty_window}};
  EXPECT_EQ(faults_of(problem), expected);
  EXPECT_TRUE(faults_of(TourProblem{}).empty());
}

TEST(Faults, of_teams_all_are_told_at_once) {
  TeamProblem problem{.people = std::vector<TeamPerson>(2), .num_teams = 2};
  problem.rules = {{.count = -1, .people = {1, 2}}};
  problem.sizes = {{.min = 3, .max = 2}};
  const std::vector<InputFault> expected = {{Thing::problem, 0, What::wrong_size},
                                            {Thing::rule, 0, What::negative},
                                            {Thing::rule, 0, What::unknown_person},
                                            {Thing::team, 0, What::min_above_max}};
  EXPECT_EQ(faults_of(problem), expected);
}

TEST(Faults, of_the_laboratory_all_are_told_at_once) {
  const Lab lab{.stages = {{.machines = 0, .duration = -2}},
                .shifts = {{.from = 0, .until = 9, .machines = {1}},
                           {.from = 8, .until = 8, .machines = {1, -1}}}};
  const TubeArrival arrivals[] = {{.at = 5, .tubes = -1},
                                  {.at = 4, .people_per_tube = 0, .prevalence = 1.5}};
  const std::vector<InputFault> expected = {
      {Thing::stage, 0, What::negative},       {Thing::stage, 0, What::does_nothing},
      {Thing::shift, 1, What::empty_window},   {Thing::shift, 1, What::out_of_order},
      {Thing::shift, 1, What::wrong_size},     {Thing::shift, 1, What::negative},
      {Thing::arrival, 0, What::negative},     {Thing::arrival, 1, What::out_of_order},
      {Thing::arrival, 1, What::does_nothing}, {Thing::arrival, 1, What::not_a_share}};
  EXPECT_EQ(faults_of(lab, arrivals), expected);
}

}  // namespace
}  // namespace diaodu::dispatch
