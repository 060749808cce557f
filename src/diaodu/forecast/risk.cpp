#include "diaodu/forecast/risk.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <utility>

#include "diaodu/check/schedule_check.h"
#include "diaodu/forecast/confidence.h"
#include "diaodu/forecast/mitigation.h"
#include "diaodu/forecast/simulation.h"
#include "diaodu/forecast/statistics.h"
#include "diaodu/forecast/tornado.h"
#include "diaodu/plan/finding_kinds.h"

namespace diaodu::forecast {
namespace {

using solve::Node;

constexpr std::int64_t kMostJudged = 20;
constexpr std::size_t kJudgedTasks = 50'000;  // judged over all trials
constexpr int kNumBins = 20;

/// The minutes of the trials that have a date, and how many they are.
struct Dated {
  std::int64_t sum = 0;
  std::int64_t count = 0;

  explicit Dated(const std::vector<std::int32_t>& minutes) {
    for (const std::int32_t each : minutes) {
      if (each == kUndated) continue;
      sum += each;
      ++count;
    }
  }
};

/// Of the finishes of the trials, in minutes since the plan's start: whole days from midnight on, unless all is
/// over within some.  The outermost bins hold the tails.
Histogram histogram_of(const Plan& plan, std::vector<std::int32_t> minutes) {
  Histogram told;
  std::erase(minutes, kUndated);
  if (minutes.empty()) return told;
  constexpr double kTail = 0.005;
  const std::int64_t least = quantile(minutes, kTail);
  const std::int64_t most = quantile(minutes, 1 - kTail);
  // Bins begin at midnight and hold whole days, unless all is over within some.
  const bool has_days = !plan.is_abstract && most - least >= kNumBins * kMinutesPerDay / 4;
  Instant from = plan.start + Elapsed{least};
  std::int64_t grain = 1;
  if (has_days) {
    grain = kMinutesPerDay;
    const LocalTime local = plan.zone.to_local(from);
    from = from - Elapsed{((local.minutes % grain) + grain) % grain};
  }
  const std::int64_t length = (plan.start + Elapsed{most} - from).count() + 1;
  const std::int64_t width = ((length + kNumBins - 1) / kNumBins + grain - 1) / grain * grain;
  told.from = from;
  told.width = Elapsed{width};
  told.counts.assign(static_cast<std::size_t>((length + width - 1) / width), 0);
  const auto last = static_cast<std::int64_t>(told.counts.size()) - 1;
  for (const std::int32_t each : minutes) {
    const std::int64_t bin = (plan.start + Elapsed{each} - from).count() / width;
    ++told.counts[static_cast<std::size_t>(std::clamp<std::int64_t>(bin, 0, last))];
  }
  return told;
}

/// Works out what is told of the trials that a simulation has kept.
class Answers {
 public:
  Answers(const Plan& plan, const solve::Answer& answer, const RiskRequest& request,
          Simulation& simulation)
      : plan_(plan),
        answer_(answer),
        request_(request),
        simulation_(simulation),
        record_(simulation.record()) {
    begin();
  }

  Forecast tell() {
    if (!simulation_.is_uncertain()) {
      forecast_.findings.add(found::nothing_uncertain, {});
      return std::move(forecast_);
    }
    simulation_.run();
    forecast_.was_cancelled = record_.was_cancelled;
    forecast_.num_not_watched = record_.num_not_watched;
    if (record_.num_trials == 0) return std::move(forecast_);
    forecast_.has_trials = true;
    forecast_.num_trials = record_.num_trials;
    tell_error();
    tell_drivers();
    tell_risks();
    tell_points();
    tell_cost();
    forecast_.histogram = histogram_of(plan_, record_.finish());
    forecast_.curve = curve_of(record_.finish());
    for (const Watch& each : record_.watched) tell_dates(each);
    tell_movers();
    tell_tasks();
    forecast_.mitigations = value_of_mitigations(plan_, answer_, request_, simulation_);
    judge_some();
    return std::move(forecast_);
  }

 private:
  void begin() {
    forecast_.kind = simulation_.kind();
    forecast_.num_asked = trials_asked(plan_, request_);
    forecast_.seed = request_.seed;
    forecast_.until = request_.until;
    forecast_.latin_hypercube = request_.latin_hypercube;
    forecast_.confidence = request_.confidence > 0 ? request_.confidence : plan_.risk.confidence;
    forecast_.findings.append(simulation_.trials().findings());
  }

  Instant instant(std::int32_t minutes) const {
    return minutes == kUndated ? kNever : plan_.start + Elapsed{minutes};
  }

  Quantiles<Instant> quantiles(std::vector<std::int32_t> minutes) const {
    const auto [sum, count] = Dated(minutes);
    Quantiles<Instant> all;
    all.mean = count == 0
                   ? kNever
                   : plan_.start + Elapsed{static_cast<std::int64_t>(std::llround(
                                       static_cast<double>(sum) / static_cast<double>(count)))};
    all.p10 = instant(quantile(minutes, 0.1));
    all.p50 = instant(quantile(minutes, 0.5));
    all.p80 = instant(quantile(minutes, 0.8));
    all.p90 = instant(quantile(minutes, 0.9));
    all.at_confidence = instant(quantile(minutes, forecast_.confidence));
    return all;
  }

  std::vector<Instant> curve_of(const std::vector<std::int32_t>& minutes) const {
    std::vector<Instant> curve;
    for (const std::int32_t each : percentiles(minutes)) curve.push_back(instant(each));
    return curve;
  }

  double share_by(const std::vector<std::int32_t>& minutes, Instant date) const {
    const auto in_time = std::count_if(minutes.begin(), minutes.end(), [&](std::int32_t each) {
      return each != kUndated && instant(each) <= date;
    });
    return static_cast<double>(in_time) / static_cast<double>(minutes.size());
  }

  void tell_dates(const Watch& each) {
    DateForecast told{.kind = each.kind, .task = each.task};
    told.planned = each.task ? answer_.schedule.placements[each.task].finish : answer_.finish;
    told.planned_share = share_by(each.minutes, told.planned);
    if (each.task && plan_.tasks[each.task].deadline < kNever) {
      told.deadline = plan_.tasks[each.task].deadline;
      told.deadline_share = share_by(each.minutes, told.deadline);
    }
    told.dates = quantiles(each.minutes);
    forecast_.dates.push_back(told);
  }

  void tell_error() {
    const std::vector<std::int32_t>& minutes = record_.finish();
    forecast_.num_without_dates = std::count(minutes.begin(), minutes.end(), kUndated);
    forecast_.p80_error = p80_error_of(minutes, record_.num_trials);
    forecast_.convergence = convergence_of(plan_.start, minutes);
  }

  void tell_drivers() {
    const solve::Network& network = simulation_.main().net.network;
    const auto n = static_cast<double>(record_.num_trials);
    const std::int64_t sampled = std::min(record_.num_sampled, record_.num_trials);
    const std::vector<std::int32_t>& minutes = record_.finish();
    const std::vector<double> finish =
        ranks_of(std::span(minutes).first(static_cast<std::size_t>(sampled)));
    std::vector<std::size_t> row_of(network.size(), record_.uncertain.size());
    for (std::size_t u = 0; u < record_.uncertain.size(); ++u) row_of[record_.uncertain[u]] = u;
    for (Node node = 0; node < network.size(); ++node) {
      const bool is_uncertain = row_of[node] < record_.uncertain.size();
      if (network.role[node] != solve::Network::Role::task) continue;
      if (!is_uncertain && record_.sums.critical[node] == 0) continue;
      Driver driver{.task = network.task[node]};
      driver.criticality = static_cast<double>(record_.sums.critical[node]) / n;
      driver.planned = static_cast<double>(network.work[node].count());
      const double excess = static_cast<double>(record_.sums.excess[node]) / n;
      const double square = static_cast<double>(record_.sums.squares[node]) / n;
      driver.mean = driver.planned + excess;
      driver.deviation = std::sqrt(std::max(0.0, square - excess * excess));
      driver.swing = driver.criticality * driver.deviation;
      driver.delay = static_cast<double>(record_.sums.delay[node]) / n;
      if (is_uncertain) {
        const std::size_t at = row_of[node] * static_cast<std::size_t>(record_.num_sampled);
        driver.sensitivity =
            correlation_of(ranks_of(std::span<const std::int32_t>(record_.sampled_work)
                                        .subspan(at, static_cast<std::size_t>(sampled))),
                           finish);
      }
      forecast_.drivers.push_back(driver);
    }
    forecast_.num_correlated = sampled;
    std::stable_sort(forecast_.drivers.begin(), forecast_.drivers.end(),
                     [](const Driver& a, const Driver& b) {
                       return std::pair{a.swing, a.criticality} > std::pair{b.swing, b.criticality};
                     });
  }

  void tell_risks() {
    const auto [sum, count] = Dated(record_.finish());
    for (std::size_t r = 0; r < plan_.risks.size(); ++r) {
      const std::int64_t with = record_.sums.num_struck[r];
      const std::int64_t without = count - with;
      RiskEffect effect{.risk = r};
      if (count > 0) effect.struck = static_cast<double>(with) / static_cast<double>(count);
      if (with > 0 && without > 0) {
        effect.delay_if_struck =
            static_cast<double>(record_.sums.struck[r]) / static_cast<double>(with) -
            static_cast<double>(sum - record_.sums.struck[r]) / static_cast<double>(without);
      }
      effect.delay = effect.struck * effect.delay_if_struck;
      forecast_.risks.push_back(effect);
    }
    std::stable_sort(forecast_.risks.begin(), forecast_.risks.end(),
                     [](const RiskEffect& a, const RiskEffect& b) { return a.delay > b.delay; });
  }

  void tell_points() {
    constexpr std::size_t kMostPoints = 500;
    if (record_.cost.empty()) return;
    const auto [least, most] = std::minmax_element(record_.cost.begin(), record_.cost.end());
    if (*most - *least < 1) return;  // less than a cent is rounding
    const std::vector<std::int32_t>& minutes = record_.finish();
    for (std::size_t i = 0; i < std::min(record_.cost.size(), kMostPoints); ++i) {
      if (minutes[i] != kUndated)
        forecast_.points.push_back({instant(minutes[i]), record_.cost[i]});
    }
  }

  void tell_movers() {
    const solve::Network& network = simulation_.main().net.network;
    forecast_.tornado = movers_of_finish(plan_, network, record_);
    forecast_.cost_tornado = movers_of_cost(plan_, network, record_);
    auto drivers = drivers_of_dates(network, record_);
    for (std::size_t i = 0; i < drivers.size(); ++i)
      forecast_.dates[i].drivers = std::move(drivers[i]);
  }

  /// What is watched in all trials is told of all.
  void tell_tasks() {
    forecast_.tasks = simulation_.task_dates();
    forecast_.num_of_task_dates = simulation_.num_of_task_dates();
    for (const DateForecast& each : forecast_.dates) {
      if (!each.task) continue;
      const Quantiles<Instant>& all = each.dates;
      TaskDates& told = forecast_.tasks[each.task];
      told.finish = {all.p10, all.p50, all.p80, all.p90};
      if (plan_.tasks[each.task].is_milestone()) told.start = told.finish;
    }
  }

  void tell_cost() {
    if (record_.cost.empty()) return;
    CostForecast told;
    told.planned = static_cast<double>(check::cost(plan_, answer_.schedule).count());
    const std::vector<std::int32_t>& minutes = record_.finish();
    const double most = told.planned + 0.5;  // half a cent is rounding
    std::int64_t cheap = 0;
    std::int64_t both = 0;
    for (std::size_t i = 0; i < record_.cost.size(); ++i) {
      const bool is_cheap = record_.cost[i] <= most;
      cheap += is_cheap ? 1 : 0;
      both += is_cheap && instant(minutes[i]) <= answer_.finish ? 1 : 0;
    }
    const auto n = static_cast<double>(record_.cost.size());
    told.planned_share = static_cast<double>(cheap) / n;
    told.joint_share = static_cast<double>(both) / n;
    std::vector<double> costs = record_.cost;
    told.costs.mean = std::accumulate(costs.begin(), costs.end(), 0.0) / n;
    told.costs.p10 = quantile(costs, 0.1);
    told.costs.p50 = quantile(costs, 0.5);
    told.costs.p80 = quantile(costs, 0.8);
    told.costs.p90 = quantile(costs, 0.9);
    told.costs.at_confidence = quantile(costs, forecast_.confidence);
    forecast_.cost = told;
    forecast_.joint = joint_confidence(plan_.start, minutes, record_.cost, forecast_.confidence);
  }

  /// Rebuilds the first trials and has `check` look at their capacities.
  void judge_some() {
    const std::int64_t most = std::clamp<std::int64_t>(
        static_cast<std::int64_t>(kJudgedTasks / std::max<std::size_t>(plan_.tasks.size(), 1)), 1,
        kMostJudged);
    const std::int64_t judged = std::min(most, record_.num_trials);
    if (plan_.demands.empty()) return;
    forecast_.sampled = simulation_.judge(simulation_.main(), judged);
    if (simulation_.links() == nullptr) return;
    LinksOnly told;
    told.finish = quantiles(record_.links_finish);
    told.curve = curve_of(record_.links_finish);
    told.too_early = told.finish.p80 >= kNever || forecast_.finish().dates.p80 >= kNever
                         ? Elapsed{}
                         : forecast_.finish().dates.p80 - told.finish.p80;
    told.sampled = simulation_.judge(*simulation_.links(), judged);
    forecast_.links_only = told;
  }

  const Plan& plan_;
  const solve::Answer& answer_;
  const RiskRequest& request_;
  Simulation& simulation_;
  const Record& record_;
  Forecast forecast_;
};

}  // namespace

Forecast simulate(const Plan& plan, const solve::Answer& answer, const RiskRequest& request) {
  Simulation simulation(plan, answer, request);
  return Answers(plan, answer, request, simulation).tell();
}

Trial trial(const Plan& plan, const solve::Answer& answer, const RiskRequest& request,
            std::int64_t number) {
  return Simulation(plan, answer, request).rebuild_one(number);
}

}  // namespace diaodu::forecast
