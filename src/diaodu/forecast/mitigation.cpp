#include "diaodu/forecast/mitigation.h"

#include <algorithm>
#include <numeric>

#include "diaodu/forecast/statistics.h"

namespace diaodu::forecast {
namespace {

constexpr std::size_t kMostMitigations = 30;
constexpr std::int64_t kMostTrialsOfEach = 20'000;

/// Of the first `num` trials.
double mean_cost(const Record& record, std::int64_t num) {
  if (record.cost.empty()) return 0;
  return std::accumulate(record.cost.begin(), record.cost.begin() + num, 0.0) /
         static_cast<double>(num);
}

/// The mean of what the trials that have a date on both sides end earlier.
double mean_gain(const std::vector<std::int32_t>& base, const std::vector<std::int32_t>& other) {
  std::int64_t sum = 0;
  std::int64_t count = 0;
  for (std::size_t i = 0; i < other.size(); ++i) {
    if (base[i] == kUndated || other[i] == kUndated) continue;
    sum += std::int64_t{base[i]} - other[i];
    ++count;
  }
  return count == 0 ? 0 : static_cast<double>(sum) / static_cast<double>(count);
}

std::int32_t p80_of(const std::vector<std::int32_t>& minutes, std::int64_t num) {
  std::vector<std::int32_t> first(minutes.begin(), minutes.begin() + num);
  return quantile(first, 0.8);
}

}  // namespace

std::vector<Mitigation> value_of_mitigations(const Plan& plan, const solve::Answer& answer,
                                             const RiskRequest& request, const Simulation& base) {
  std::vector<Mitigation> told;
  RiskRequest same = request;
  same.kind = base.kind();
  // The numbers of a Latin hypercube depend on how many trials there are.
  const std::int64_t num = request.latin_hypercube
                               ? base.record().num_trials
                               : std::min(base.record().num_trials, kMostTrialsOfEach);
  same.trials = num;
  same.on_progress = nullptr;
  same.until = {};
  for (std::size_t r = 0; r < plan.risks.size() && told.size() < kMostMitigations; ++r) {
    if (!plan.risks[r].mitigated_probability) continue;
    Plan mitigated = plan;
    mitigated.risks[r].probability = *plan.risks[r].mitigated_probability;
    Simulation simulation(mitigated, answer, same, Simulation::Scope::finish);
    simulation.run_beside(base, r);
    const Record& other = simulation.record();
    if (other.was_cancelled) break;
    const std::int32_t before = p80_of(base.record().finish(), num);
    const std::int32_t after = p80_of(other.finish(), num);
    Mitigation each{.risk = r, .gain = mean_gain(base.record().finish(), other.finish())};
    if (before != kUndated && after != kUndated) each.p80_gain = Elapsed{before - after};
    each.saving = mean_cost(base.record(), num) - mean_cost(other, num);
    each.price = static_cast<double>(plan.risks[r].mitigation_cost.count());
    told.push_back(each);
  }
  std::stable_sort(told.begin(), told.end(), [](const Mitigation& a, const Mitigation& b) {
    return std::pair{a.gain, a.net()} > std::pair{b.gain, b.net()};
  });
  return told;
}

}  // namespace diaodu::forecast
