#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace diaodu::dispatch {

/// Instants and durations of a laboratory's day, as real numbers: what happens there is drawn by chance.
using Minutes = double;

/// One step through which every tube goes, such as extraction or PCR.
struct LabStage {
  std::int64_t machines = 1;
  std::int64_t batch = 1;       ///< tubes that a machine takes at once
  Minutes duration = 0;         ///< of a batch, full or not
  bool is_exponential = false;  ///< `duration` is the mean of an exponential law, not fixed
  /// A batch that is not full starts when its first tube has waited so long; 0: at once.
  Minutes longest_wait = 0;
  Minutes between_failures = 0;  ///< mean of running until a machine fails (exponential); 0: never
  Minutes repair = 0;            ///< mean until it runs again (exponential)
};

/// Hours in which people are there to start batches; what is started runs to its end.
struct LabShift {
  Minutes from = 0;
  Minutes until = 0;                   ///< `[from, until)`
  std::vector<std::int64_t> machines;  ///< of each stage that can be kept running
};

struct Lab {
  std::vector<LabStage> stages;
  std::vector<LabShift> shifts;  ///< in order of time, apart; none: all machines, always
  /// From a positive pool's result until a tube of each of its people is there; below 0: nobody is tested again.
  Minutes recall = 0;
  bool retests_first = true;   ///< before tubes that wait for a first result
  Minutes curve_step = 0;      ///< between points of the backlog curve; 0: no curve
  bool notes_results = false;  ///< whose results are there when
};

/// Tubes that come together.  A tube is not a person: a pool holds a swab from each of several.
struct TubeArrival {
  Minutes at = 0;
  std::int64_t tubes = 1;
  std::int64_t people_per_tube = 1;
  double prevalence = 0;  ///< the chance that one of these people is infected, each by themselves
};

/// How long something took, from the arrival of the first tube of whom it concerns.  Percentiles and the longest are
/// infinite where too many had no result.
struct Turnaround {
  std::int64_t count = 0;  ///< of those with a result; so is the mean
  Minutes mean = 0;
  Minutes median = 0;
  Minutes p90 = 0;
  Minutes p95 = 0;
  Minutes p99 = 0;
  Minutes longest = 0;
};

struct BacklogPoint {
  Minutes at = 0;
  std::int64_t tubes = 0;   ///< in the laboratory
  std::int64_t people = 0;  ///< without a result, of those whose first tube has come
};

/// People of an arrival who have their result then.
struct ResultPoint {
  Minutes at = 0;
  std::size_t arrival = 0;
  std::int64_t people = 0;
};

struct StageOutcome {
  std::int64_t batches = 0;
  std::int64_t tubes = 0;
  std::int64_t failures = 0;
  double utilisation = 0;    ///< of the machines, from the first arrival until all is done
  Minutes mean_wait = 0;     ///< of a tube, before its batch starts
  double share_waiting = 0;  ///< of the tubes, that wait at all
};

struct LabOutcome {
  std::int64_t tubes_received = 0;  ///< first tubes
  std::int64_t people_sampled = 0;
  std::int64_t tubes_tested = 0;  ///< first tubes and those of retests
  std::int64_t people_reported = 0;
  std::int64_t positive_pools = 0;
  std::int64_t positive_people = 0;   ///< found among single tubes, first or second
  std::int64_t tubes_unfinished = 0;  ///< when the last shift is over
  std::int64_t people_unreported = 0;
  Turnaround of_tubes;   ///< from each tube's own arrival
  Turnaround of_people;  ///< from the arrival of their first tube to the result that settles it
  std::vector<StageOutcome> stages;
  std::vector<BacklogPoint> curve;
  std::vector<ResultPoint> results;  ///< in order of time, if they are noted
  Minutes end = 0;                   ///< when the last thing happened
  double mean_in_lab = 0;            ///< tubes, over time
  double little_in_lab =
      0;  ///< arrivals a minute times mean time: the same (Little 1961), asserted
  std::int64_t events = 0;
};

/// A laboratory's day, event by event: tubes arrive in lots, wait first come first served, go through each stage in
/// batches on machines that people start in their shifts and that fail; people in positive pools are tested once more
/// each (Dorfman 1943).  A batch starts when all is there that comes at that instant; one on a
/// machine that fails is made again.  Tests are taken to be right.
///
/// The same laboratory, arrivals (in order of time) and seed give the same day.  O(log machines) an event.
LabOutcome simulate_lab(const Lab& lab, std::span<const TubeArrival> arrivals,
                        std::uint64_t seed = 1);

/// Arrivals one by one at exponential intervals (a Poisson process), from 0 on.
std::vector<TubeArrival> poisson_arrivals(double per_minute, std::size_t count, std::uint64_t seed);

/// Tests a person that pools of so many need on average, with a retest of each in a positive pool (Dorfman 1943):
/// 1/n + 1 - (1 - prevalence)^n, and 1 for single tubes.
double tests_per_person(double prevalence, std::int64_t pool);

/// The pool with the fewest tests a person, of 1 to `largest`; 1 where pooling saves nothing.
std::int64_t best_pool(double prevalence, std::int64_t largest);

/// How a pool size works out in a laboratory.
struct PoolOutcome {
  std::int64_t pool = 1;
  LabOutcome outcome;
};

/// `people` of one prevalence come at once, in pools of each of `pools`; in the order of `pools`.  The best for an area is
/// that whose people wait least, which need not be that with the fewest tests: a retest costs time.
std::vector<PoolOutcome> compare_pools(const Lab& lab, std::int64_t people, double prevalence,
                                       std::span<const std::int64_t> pools, std::uint64_t seed = 1);

/// The most tubes of this kind (`kind.tubes` is not read) that can come at `kind.at`, at once, so that all people have
/// their results by `until`; found by halves, on the day that the seed draws.
std::int64_t capacity_by(const Lab& lab, TubeArrival kind, Minutes until, std::uint64_t seed = 1);

}  // namespace diaodu::dispatch
