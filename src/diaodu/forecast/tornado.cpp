#include "diaodu/forecast/tornado.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>

#include "diaodu/forecast/statistics.h"

namespace diaodu::forecast {
namespace {

constexpr std::size_t kLeastTrials = 100;
constexpr std::size_t kMostMovers = 30;
constexpr std::size_t kMostDates = 20;
constexpr std::size_t kMostOfDate = 5;
constexpr double kErrors = 3;

/// Of a few values of the outcome; those that are not there are NaN.
struct Group {
  double mean = 0;
  double variance = 0;  // of the mean
  std::size_t size = 0;
};

Group group_of(std::span<const double> outcome, std::span<const std::uint32_t> trials) {
  Group group;
  double sum = 0;
  for (const std::uint32_t trial : trials) {
    if (std::isnan(outcome[trial])) continue;
    sum += outcome[trial];
    ++group.size;
  }
  if (group.size == 0) return group;
  const auto n = static_cast<double>(group.size);
  group.mean = sum / n;
  double squares = 0;
  for (const std::uint32_t trial : trials) {
    if (!std::isnan(outcome[trial]))
      squares += (outcome[trial] - group.mean) * (outcome[trial] - group.mean);
  }
  group.variance = group.size < 2 ? 0 : squares / (n - 1) / n;
  return group;
}

class Tornado {
 public:
  Tornado(const solve::Network& network, const Record& record, std::vector<double> outcome)
      : network_(network), record_(record), outcome_(std::move(outcome)) {}

  std::vector<Mover> find(const Plan& plan) {
    if (outcome_.size() < kLeastTrials) return {};
    for (std::size_t u = 0; u < record_.uncertain.size(); ++u) add_task(u);
    for (std::size_t r = 0; r < plan.risks.size(); ++r) add_risk(r);
    std::stable_sort(movers_.begin(), movers_.end(),
                     [](const Mover& a, const Mover& b) { return a.spread() > b.spread(); });
    movers_.resize(std::min(movers_.size(), kMostMovers));
    return std::move(movers_);
  }

 private:
  void add(Mover mover, const Group& low, const Group& high) {
    mover.low = low.mean;
    mover.high = high.mean;
    const double error = std::sqrt(low.variance + high.variance);
    const bool is_there = low.size > 1 && high.size > 1;
    if (is_there && mover.spread() >= 1 && mover.spread() > kErrors * error)
      movers_.push_back(mover);
  }

  /// Where durations are equal, the trial decides: any of them would do.
  void add_task(std::size_t number) {
    const std::span<const std::int32_t> work = record_.work(number);
    std::vector<std::uint32_t> trials(work.size());
    std::iota(trials.begin(), trials.end(), 0U);
    const auto is_less = [&](std::uint32_t a, std::uint32_t b) {
      return std::pair{work[a], a} < std::pair{work[b], b};
    };
    const std::size_t tenth = trials.size() / 10;
    const auto low = trials.begin() + static_cast<std::ptrdiff_t>(tenth);
    const auto high = trials.end() - static_cast<std::ptrdiff_t>(tenth);
    std::nth_element(trials.begin(), low, trials.end(), is_less);
    std::nth_element(low, high, trials.end(), is_less);
    // Sums in one order, whatever the library's selection did.
    std::sort(trials.begin(), low);
    std::sort(high, trials.end());
    add({.task = network_.task[record_.uncertain[number]]},
        group_of(outcome_, std::span(trials).first(tenth)),
        group_of(outcome_, std::span(trials).last(tenth)));
  }

  void add_risk(std::size_t risk) {
    std::vector<std::uint32_t> without;
    std::vector<std::uint32_t> with;
    for (std::uint32_t i = 0; i < outcome_.size(); ++i)
      (record_.strikes(risk, i) ? with : without).push_back(i);
    add({.risk = risk}, group_of(outcome_, without), group_of(outcome_, with));
  }

  const solve::Network& network_;
  const Record& record_;
  std::vector<double> outcome_;
  std::vector<Mover> movers_;
};

std::vector<double> finishes_of(const Record& record) {
  std::vector<double> outcome;
  for (std::size_t i = 0; i < record.num_told(); ++i) {
    const std::int32_t minutes = record.finish()[i];
    outcome.push_back(minutes == kUndated ? std::nan("") : static_cast<double>(minutes));
  }
  return outcome;
}

double deviation_of(std::span<const std::int32_t> minutes) {
  double sum = 0;
  double count = 0;
  for (const std::int32_t each : minutes) {
    if (each == kUndated) continue;
    sum += each;
    ++count;
  }
  if (count < 2) return 0;
  double squares = 0;
  for (const std::int32_t each : minutes) {
    if (each != kUndated) squares += (each - sum / count) * (each - sum / count);
  }
  return std::sqrt(squares / (count - 1));
}

}  // namespace

std::vector<Mover> movers_of_finish(const Plan& plan, const solve::Network& network,
                                    const Record& record) {
  return Tornado(network, record, finishes_of(record)).find(plan);
}

std::vector<Mover> movers_of_cost(const Plan& plan, const solve::Network& network,
                                  const Record& record) {
  if (record.cost.empty()) return {};
  const auto end = record.cost.begin() + static_cast<std::ptrdiff_t>(record.num_told());
  return Tornado(network, record, std::vector<double>(record.cost.begin(), end)).find(plan);
}

std::vector<std::vector<DateDriver>> drivers_of_dates(const solve::Network& network,
                                                      const Record& record) {
  const std::size_t n = record.num_told();
  std::vector<std::vector<DateDriver>> told(record.watched.size());
  if (n < kLeastTrials) return told;
  const std::size_t num_dates = std::min(record.watched.size(), kMostDates);
  std::vector<std::vector<double>> ranks;
  std::vector<double> deviations;
  for (std::size_t w = 0; w < num_dates; ++w) {
    const auto minutes = std::span<const std::int32_t>(record.watched[w].minutes).first(n);
    ranks.push_back(ranks_of(minutes));
    deviations.push_back(deviation_of(minutes));
  }
  const double noise = kErrors / std::sqrt(static_cast<double>(n));
  for (std::size_t u = 0; u < record.uncertain.size(); ++u) {
    const std::vector<double> own = ranks_of(record.work(u));
    for (std::size_t w = 0; w < num_dates; ++w) {
      const double correlation = correlation_of(own, ranks[w]);
      if (correlation < noise || deviations[w] < 1) continue;
      told[w].push_back({.task = network.task[record.uncertain[u]],
                         .correlation = correlation,
                         .delay = correlation * deviations[w]});
    }
  }
  for (auto& of_date : told) {
    std::stable_sort(of_date.begin(), of_date.end(),
                     [](const DateDriver& a, const DateDriver& b) { return a.delay > b.delay; });
    of_date.resize(std::min(of_date.size(), kMostOfDate));
  }
  return told;
}

}  // namespace diaodu::forecast
