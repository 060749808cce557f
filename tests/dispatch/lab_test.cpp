#include "diaodu/dispatch/lab.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <cmath>

#include "diaodu/core/random.h"
#include "support/property.h"

namespace diaodu::dispatch {
namespace {

/// Extraction of 96 tubes in 30 minutes, PCR of 96 in 90 minutes, as many machines as said.
Lab usual(std::int64_t extractors, std::int64_t cyclers) {
  return {.stages = {{.machines = extractors, .batch = 96, .duration = 30},
                     {.machines = cyclers, .batch = 96, .duration = 90}},
          .shifts = {}};
}

TEST(Lab, a_full_plate_takes_the_sum_of_its_steps) {
  // 960 tubes at 0 through one extractor and three cyclers: plates leave the extractor at 30, 60, ... 300, each finds one
  // of three cyclers free (three times 30 minutes are 90), and the last is done at 390.
  const TubeArrival arrivals[] = {{.at = 0, .tubes = 960, .people_per_tube = 10}};
  const LabOutcome outcome = simulate_lab(usual(1, 3), arrivals);
  EXPECT_EQ(outcome.tubes_received, 960);
  EXPECT_EQ(outcome.people_sampled, 9600);
  EXPECT_EQ(outcome.people_reported, 9600);
  EXPECT_DOUBLE_EQ(outcome.end, 390);
  EXPECT_DOUBLE_EQ(outcome.of_tubes.longest, 390);
  // The fifth of ten plates is the median: 30 × 5 + 90.
  EXPECT_DOUBLE_EQ(outcome.of_tubes.median, 240);
  EXPECT_DOUBLE_EQ(outcome.of_tubes.p90, 360);
  EXPECT_EQ(outcome.stages[0].batches, 10);
  EXPECT_DOUBLE_EQ(outcome.stages[0].utilisation, 300.0 / 390);
  EXPECT_DOUBLE_EQ(outcome.stages[1].mean_wait, 0);
}

TEST(Lab, a_plate_that_is_not_full_waits_no_longer_than_it_may) {
  Lab lab = usual(1, 1);
  lab.stages[0].longest_wait = 20;
  // 50 tubes at 0 and 46 at 10 make a plate at 10; 5 more at 15 find the machine busy until 40 and have then waited 25.
  const TubeArrival arrivals[] = {
      {.at = 0, .tubes = 50}, {.at = 10, .tubes = 46}, {.at = 15, .tubes = 5}};
  const LabOutcome outcome = simulate_lab(lab, arrivals);
  EXPECT_EQ(outcome.stages[0].batches, 2);
  EXPECT_DOUBLE_EQ(outcome.stages[0].mean_wait, (50 * 10 + 5 * 25) / 101.0);
  // Alone they wait their 20 minutes out.
  const TubeArrival few[] = {{.at = 0, .tubes = 5}};
  EXPECT_DOUBLE_EQ(simulate_lab(lab, few).end, 20 + 30 + 90);
}

TEST(Lab, tubes_that_come_at_one_instant_go_into_one_batch) {
  // From one plate, in two lots: 50 tubes at 0 and 46 at 10 leave the extractor at 40.
  Lab lab = usual(1, 1);
  lab.stages[0].longest_wait = 20;
  const TubeArrival two_lots[] = {{.at = 0, .tubes = 50}, {.at = 10, .tubes = 46}};
  const LabOutcome outcome = simulate_lab(lab, two_lots);
  EXPECT_EQ(outcome.stages[1].batches, 1);
  EXPECT_DOUBLE_EQ(outcome.stages[1].mean_wait, 0);
  EXPECT_DOUBLE_EQ(outcome.end, 10 + 30 + 90);
  // From two extractors of 48 tubes each.
  Lab half_plates = usual(2, 1);
  half_plates.stages[0].batch = 48;
  const TubeArrival one_lot[] = {{.at = 0, .tubes = 96}};
  EXPECT_EQ(simulate_lab(half_plates, one_lot).stages[1].batches, 1);
  EXPECT_DOUBLE_EQ(simulate_lab(half_plates, one_lot).end, 30 + 90);
  // From outside.
  const TubeArrival at_once[] = {{.at = 0, .tubes = 50}, {.at = 0, .tubes = 46}};
  EXPECT_EQ(simulate_lab(usual(1, 1), at_once).stages[0].batches, 1);
  EXPECT_DOUBLE_EQ(simulate_lab(usual(1, 1), at_once).end, 30 + 90);
  // From people called back: all of two pools that are positive at 120, an hour later.
  Lab again = usual(1, 1);
  again.recall = 60;
  const TubeArrival pools[] = {{.at = 0, .tubes = 1, .people_per_tube = 5, .prevalence = 1},
                               {.at = 0, .tubes = 1, .people_per_tube = 5, .prevalence = 1}};
  EXPECT_EQ(simulate_lab(again, pools).stages[0].batches, 2);
  EXPECT_DOUBLE_EQ(simulate_lab(again, pools).end, 120 + 60 + 30 + 90);
}

TEST(Lab, batches_start_in_shifts_and_run_on_after_them) {
  Lab lab = usual(1, 1);
  lab.shifts = {{.from = 480, .until = 1020, .machines = {1, 1}},
                {.from = 1920, .until = 2460, .machines = {1, 1}}};
  // At 16:40 (1000): extraction until 1030, when nobody is there to start the PCR until 8:00 of the next day (1920).
  const TubeArrival arrivals[] = {{.at = 1000, .tubes = 96}};
  EXPECT_DOUBLE_EQ(simulate_lab(lab, arrivals).end, 1920 + 90);
  // What comes when the last shift is over stays, and is told.
  const TubeArrival late[] = {{.at = 3000, .tubes = 7, .people_per_tube = 20}};
  EXPECT_EQ(simulate_lab(lab, late).tubes_unfinished, 7);
  EXPECT_EQ(simulate_lab(lab, late).people_unreported, 140);
}

TEST(Lab, people_in_a_positive_pool_are_tested_once_more_each) {
  Lab lab = usual(1, 1);
  lab.recall = 60;
  // All are infected: one pool of ten at 0 is positive at 120; ten tubes at 180, results at 300.
  const TubeArrival arrivals[] = {{.at = 0, .tubes = 1, .people_per_tube = 10, .prevalence = 1}};
  const LabOutcome outcome = simulate_lab(lab, arrivals);
  EXPECT_EQ(outcome.tubes_received, 1);
  EXPECT_EQ(outcome.tubes_tested, 11);
  EXPECT_EQ(outcome.positive_pools, 1);
  EXPECT_EQ(outcome.positive_people, 10);
  EXPECT_EQ(outcome.people_reported, 10);
  EXPECT_DOUBLE_EQ(outcome.of_people.median, 300);
  // Where nobody is called back, the pool's result is theirs.
  lab.recall = -1;
  EXPECT_DOUBLE_EQ(simulate_lab(lab, arrivals).of_people.median, 120);
}

TEST(Lab, a_batch_on_a_machine_that_fails_is_made_again) {
  // One machine, batches of one tube in 10 minutes, failing every 100 minutes of running on average and repaired in 5.  A
  // batch takes (100 + 5)(e^(10/100) - 1) = 11.04 minutes from its start until it is done, on average.
  Lab lab{.stages = {{.duration = 10, .between_failures = 100, .repair = 5}}, .shifts = {}};
  const TubeArrival arrivals[] = {{.at = 0, .tubes = 200'000}};
  const LabOutcome outcome = simulate_lab(lab, arrivals);
  EXPECT_NEAR(outcome.end / 200'000, 105 * std::expm1(0.1), 0.03);
  EXPECT_EQ(outcome.of_tubes.count, 200'000);
}

TEST(Lab, pools_need_as_many_tests_as_dorfman_says) {
  const TubeArrival arrivals[] = {
      {.at = 0, .tubes = 40'000, .people_per_tube = 10, .prevalence = 0.01}};
  Lab lab = usual(50, 50);
  const LabOutcome outcome = simulate_lab(lab, arrivals);
  // 0.195618 tests a person; by chance ±0.0005 at 400,000 people.
  EXPECT_NEAR(
      static_cast<double>(outcome.tubes_tested) / static_cast<double>(outcome.people_sampled),
      0.195618, 0.002);
  EXPECT_NEAR(static_cast<double>(outcome.positive_people) / 400'000, 0.01, 0.0006);
  EXPECT_EQ(outcome.people_reported, outcome.people_sampled);
}

TEST(Lab, the_best_pool_for_a_prevalence_is_dorfmans) {
  const struct {
    double prevalence;
    std::int64_t pool;
    double tests;
  } known[] = {{.0005, 45, .044476}, {.001, 32, .062759}, {.005, 15, .139098}, {.01, 11, .195571},
               {.02, 8, .274237},    {.05, 5, .426219},   {.1, 4, .5939},      {.2, 3, .821333},
               {.3, 3, .990333},     {.31, 1, 1}};
  for (const auto& row : known) {
    EXPECT_EQ(best_pool(row.prevalence, 100), row.pool) << row.prevalence;
    EXPECT_NEAR(tests_per_person(row.prevalence, row.pool), row.tests, 5e-7) << row.prevalence;
  }
  EXPECT_NEAR(tests_per_person(.001, 10), .109955, 5e-7);
  EXPECT_NEAR(tests_per_person(.1, 10), .751322, 5e-7);
  // Where swabs of twenty at most go into a tube, twenty it is for few infected.
  EXPECT_EQ(best_pool(.0005, 20), 20);
}

TEST(Lab, the_pool_that_people_wait_least_for_depends_on_the_prevalence) {
  const std::int64_t pools[] = {1, 3, 5, 10, 20};
  const auto fastest = [&](double prevalence) {
    const auto outcomes = compare_pools(usual(4, 12), 50'000, prevalence, pools);
    return std::min_element(outcomes.begin(), outcomes.end(),
                            [](const auto& a, const auto& b) {
                              return a.outcome.of_people.mean < b.outcome.of_people.mean;
                            })
        ->pool;
  };
  EXPECT_EQ(fastest(0.0001), 20);
  EXPECT_LE(fastest(0.05), 5);
  EXPECT_EQ(fastest(0.5), 1);
}

TEST(Lab, capacity_is_the_most_that_is_done_in_time) {
  // Extraction of a plate every 30 minutes, from 0; the last that is done at 600 leaves extraction at 510: 17 plates.
  EXPECT_EQ(capacity_by(usual(1, 3), {.at = 0, .people_per_tube = 10}, 600), 17 * 96);
  EXPECT_EQ(capacity_by(usual(1, 3), {.at = 0}, 119), 0);
}

TEST(Lab, the_backlog_falls_from_all_to_none) {
  Lab lab = usual(1, 3);
  lab.curve_step = 60;
  const TubeArrival arrivals[] = {{.at = 0, .tubes = 192, .people_per_tube = 10}};
  // Plates are done at 120 and 150; a point shows the time just before it.
  const LabOutcome outcome = simulate_lab(lab, arrivals);
  ASSERT_EQ(outcome.curve.size(), 4U);
  EXPECT_EQ(outcome.curve[1].people, 1920);
  EXPECT_EQ(outcome.curve[2].at, 120);
  EXPECT_EQ(outcome.curve[2].tubes, 96);
  EXPECT_EQ(outcome.curve[3].tubes, 0);
}

/// Whatever is drawn: no tube and no person is lost.
TEST(Lab, tubes_and_people_are_conserved) {
  holds(200, [] {
    RandomStream random(*rc::gen::arbitrary<std::uint64_t>());
    Lab lab{.stages = {}, .shifts = {}, .recall = static_cast<Minutes>(random.below(100)) - 20};
    for (std::uint64_t n = 1 + random.below(3); n > 0; --n) {
      lab.stages.push_back({.machines = static_cast<std::int64_t>(1 + random.below(3)),
                            .batch = static_cast<std::int64_t>(1 + random.below(96)),
                            .duration = static_cast<Minutes>(1 + random.below(90)),
                            .is_exponential = random.one_in(2),
                            .longest_wait = static_cast<Minutes>(random.below(30)),
                            .between_failures = random.one_in(2) ? 300.0 : 0.0,
                            .repair = 20});
    }
    if (random.one_in(2))
      lab.shifts = {
          {.from = 0, .until = 300, .machines = std::vector<std::int64_t>(lab.stages.size(), 2)},
          {.from = 600, .until = 900, .machines = std::vector<std::int64_t>(lab.stages.size(), 2)}};
    std::vector<TubeArrival> arrivals;
    Minutes at = 0;
    std::int64_t people = 0;
    for (std::uint64_t n = random.below(20); n > 0; --n) {
      at += static_cast<Minutes>(random.below(60));
      arrivals.push_back({.at = at,
                          .tubes = static_cast<std::int64_t>(random.below(300)),
                          .people_per_tube = static_cast<std::int64_t>(1 + random.below(20)),
                          .prevalence = random.one_in(2) ? 0.02 : 0});
      people += arrivals.back().tubes * arrivals.back().people_per_tube;
    }
    const LabOutcome outcome = simulate_lab(lab, arrivals, random.next());
    RC_ASSERT(outcome.people_sampled == people);
    RC_ASSERT(outcome.of_people.count == outcome.people_reported);
    RC_ASSERT(outcome.people_reported + outcome.people_unreported == people);
    RC_ASSERT(outcome.of_tubes.count + outcome.tubes_unfinished == outcome.tubes_tested);
    if (lab.shifts.empty()) RC_ASSERT(outcome.tubes_unfinished == 0);
    // Little's law.
    RC_ASSERT(std::abs(outcome.mean_in_lab - outcome.little_in_lab) <
              1e-6 * (1 + outcome.mean_in_lab));
  });
}

/// Means of several days of 10^6 arrivals each against queueing theory.  A single day strays, by 1 % where machines are
/// busy three minutes in four and by 3 % where nine in ten (`bench_lab`), so the busier the more days.
struct Queue {
  double wait = 0;
  double share_waiting = 0;
};

Queue queue(double arrivals_per_minute, const LabStage& stage, std::uint64_t days) {
  constexpr std::size_t kArrivals = 1'000'000;
  Queue mean;
  for (std::uint64_t day = 0; day < days; ++day) {
    const auto arrivals = poisson_arrivals(arrivals_per_minute, kArrivals, 2 * day);
    const LabOutcome outcome =
        simulate_lab({.stages = {stage}, .shifts = {}}, arrivals, 2 * day + 1);
    mean.wait += outcome.stages[0].mean_wait / static_cast<double>(days);
    mean.share_waiting += outcome.stages[0].share_waiting / static_cast<double>(days);
  }
  return mean;
}

TEST(Lab, two_machines_make_people_wait_as_erlang_says) {
  const Queue mean = queue(1.5, {.machines = 2, .duration = 1, .is_exponential = true}, 8);
  EXPECT_NEAR(mean.share_waiting, .642857, .00642857);
  EXPECT_NEAR(mean.wait, 1.285714, .01285714);
}

TEST(Lab, five_machines_make_people_wait_as_erlang_says) {
  const Queue mean = queue(4, {.machines = 5, .duration = 1, .is_exponential = true}, 8);
  EXPECT_NEAR(mean.share_waiting, .554113, .00554113);
  // Wq = P / (c μ - λ) = P.
  EXPECT_NEAR(mean.wait, .554113, .00554113);
}

TEST(Lab, ten_machines_make_people_wait_as_erlang_says) {
  const Queue mean = queue(9, {.machines = 10, .duration = 1, .is_exponential = true}, 40);
  EXPECT_NEAR(mean.wait, .668732, .00668732);
}

TEST(Lab, a_machine_that_always_takes_as_long_makes_people_wait_half_as_long) {
  // M/D/1: ρ / (2 μ (1 - ρ)) = 0.8 / 0.4 = 2.
  const Queue mean = queue(.8, {.machines = 1, .duration = 1}, 4);
  EXPECT_NEAR(mean.wait, 2, .02);
  EXPECT_NEAR(mean.share_waiting, .8, .008);
}

TEST(Lab, whoever_has_no_result_waits_longest) {
  Lab lab = usual(1, 1);
  lab.shifts = {{.from = 0, .until = 100, .machines = {1, 1}}};
  // Two plates; when the second is extracted nobody is there to start the PCR.
  const TubeArrival arrivals[] = {{.at = 0, .tubes = 192}};
  const LabOutcome outcome = simulate_lab(lab, arrivals);
  ASSERT_GT(outcome.people_unreported, 0);
  ASSERT_GT(outcome.people_reported, 0);
  EXPECT_TRUE(std::isfinite(outcome.of_people.median));
  EXPECT_FALSE(std::isfinite(outcome.of_people.p95));
  EXPECT_FALSE(std::isfinite(outcome.of_people.longest));
}

}  // namespace
}  // namespace diaodu::dispatch
