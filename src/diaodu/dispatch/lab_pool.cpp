#include <algorithm>
#include <cmath>

#include "diaodu/dispatch/lab.h"

namespace diaodu::dispatch {

double tests_per_person(double prevalence, std::int64_t pool) {
  if (pool <= 1) return 1;
  const auto size = static_cast<double>(pool);
  return 1 / size + 1 - std::pow(1 - prevalence, size);
}

std::int64_t best_pool(double prevalence, std::int64_t largest) {
  std::int64_t best = 1;
  for (std::int64_t pool = 2; pool <= largest; ++pool)
    if (tests_per_person(prevalence, pool) < tests_per_person(prevalence, best)) best = pool;
  return best;
}

std::vector<PoolOutcome> compare_pools(const Lab& lab, std::int64_t people, double prevalence,
                                       std::span<const std::int64_t> pools, std::uint64_t seed) {
  std::vector<PoolOutcome> outcomes;
  const Minutes at = lab.shifts.empty() ? 0 : lab.shifts.front().from;
  for (const std::int64_t pool : pools) {
    // The last pool holds whoever is left.
    std::vector<TubeArrival> arrivals = {
        {.at = at, .tubes = people / pool, .people_per_tube = pool, .prevalence = prevalence}};
    if (people % pool != 0)
      arrivals.push_back(
          {.at = at, .tubes = 1, .people_per_tube = people % pool, .prevalence = prevalence});
    outcomes.push_back({.pool = pool, .outcome = simulate_lab(lab, arrivals, seed)});
  }
  return outcomes;
}

std::int64_t capacity_by(const Lab& lab, TubeArrival kind, Minutes until, std::uint64_t seed) {
  const auto is_done = [&](std::int64_t tubes) {
    kind.tubes = tubes;
    const LabOutcome outcome = simulate_lab(lab, {&kind, 1}, seed);
    return outcome.people_unreported == 0 && kind.at + outcome.of_people.longest <= until;
  };
  if (until <= kind.at || !is_done(1)) return 0;
  std::int64_t possible = 1;
  constexpr std::int64_t kMost = std::int64_t{1} << 40;
  while (possible < kMost && is_done(2 * possible)) possible *= 2;
  std::int64_t impossible = 2 * possible;
  while (impossible - possible > 1) {
    const std::int64_t middle = possible + (impossible - possible) / 2;
    (is_done(middle) ? possible : impossible) = middle;
  }
  return possible;
}

}  // namespace diaodu::dispatch
