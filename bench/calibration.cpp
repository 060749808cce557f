// Whether chances mean what they say, and whether the best push is found: synthetic city-years whose truth is known.
//
//   bench_calibration [YEARS] [FIRST_SEED] [METHOD]     (2000 1 all)
//
// METHOD takes some of the combination's members alone, such as `airline` or `level,damped,theta`; or `law`, which knows the numbers of the law that made the indicators and sees no more than the others.
//
// Each year has eight indicators published by the conventions of Chinese statistics over seven years and the
// first half of the eighth, goals, rules of scoring, and for two of them three peers.  The truth goes on in
// one future, which says whether each goal was reached, and in many, which say what a push is worth.
#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "city.h"
#include "diaodu/core/civil.h"
#include "diaodu/forecast/combination.h"
#include "diaodu/forecast/outlook.h"
#include "diaodu/forecast/push.h"
#include "diaodu/forecast/spread.h"
#include "diaodu/forecast/stream.h"
#include "diaodu/forecast/structural.h"
#include "diaodu/track/score.h"

namespace {

using namespace diaodu;
using bench::Course;
using bench::Process;
using bench::Publication;
using forecast::variable_number;

constexpr int kFirstYear = 2019;
constexpr std::size_t kHistory = 7 * 12 + 6;
constexpr std::size_t kToCome = 6;
constexpr std::size_t kFutures = 400;  // of the truth
constexpr std::size_t kIndicators = 8;
constexpr std::size_t kPeers = 3;

struct YearResult {
  std::vector<double> chances;  // as forecast
  std::vector<char> reached;
  double margin =
      0;  // by how much of its gain the truly best push is better than the next; 0: not by more than chance
  bool is_found = false;
  bool is_identifiable = false;  // by one who knows the law, from the same figures
};

/// Months since the first year's begin at the middle of a slot.
double month_of(const forecast::Series& series, std::size_t at) {
  const double years = static_cast<double>(series.year(at) - kFirstYear);
  const int slot = series.slot(at);
  if (series.slots_per_year == 4) return 12 * years + 3 * slot + 1;
  if (series.slots_per_year == 11) return 12 * years + (slot == 0 ? 0.5 : slot + 1.0);
  return 12 * years + slot;
}

/// Paths by the law itself: its average growth, persistence, drift and noise are known, where it stands is not.
forecast::Futures paths_by_law(const Process& process, const forecast::Series& series,
                               const forecast::PathRequest& request) {
  const double months = 12.0 / series.slots_per_year;
  const auto expected = [&](std::size_t at) { return process.growth / 12 * month_of(series, at); };
  std::vector<double> departures;
  for (std::size_t t = 0; t < series.size(); ++t)
    departures.push_back(std::log(series.values[t]) - expected(t));
  const double ratio = process.drift / 12 / process.noise;
  const forecast::StructuralForm form{.slots_per_year = series.slots_per_year,
                                      .damping = std::pow(process.persistence, months)};
  // A sum of months is steadier, and its growth is that of as many months.
  const forecast::StructuralVariances variances{
      .irregular = 1, .level = 1e-9, .slope = std::pow(months, 4) * ratio * ratio, .season = 1e-9};
  const forecast::UncertainModel model{
      .model_at = [&](std::span<const double>) { return structural_model(form, variances); },
      .series = departures,
      .num_draws = 32};
  auto made = forecast::draw_paths(model, request, 'L');
  if (auto* paths = std::get_if<forecast::Paths>(&made)) {
    for (std::size_t path = 0; path < paths->count; ++path) {
      for (std::size_t step = 0; step < paths->horizon; ++step) {
        double& value = paths->at(path, step);
        value = std::exp(value + expected(series.size() + step));
      }
    }
  }
  return made;
}

class CityYear {
 public:
  /// Without a forecaster, the law is known.
  CityYear(std::uint64_t seed, const forecast::Forecaster& forecaster)
      : seed_(seed), forecaster_(forecaster) {
    common_ = bench::normals(seed, variable_number('c', "common"), 0, kHistory);
    plan_.zone = Zone("Asia/Shanghai", 8 * 60, {});
    top_ = plan_.targets.add({});
    for (std::size_t i = 0; i < kIndicators; ++i) add_indicator(i);
  }

  YearResult run() {
    YearResult result;
    forecast::OutlookRequest request;
    request.as_of = plan_.zone.to_instant(LocalTime::at(Date::from(kFirstYear + 7, 7, 25), 0));
    request.num_paths = 2000;
    request.seed = seed_;
    request.forecaster = forecaster_ ? forecaster_ : law();
    std::stable_sort(record_.observations.begin(), record_.observations.end(),
                     [](const auto& a, const auto& b) { return a.published < b.published; });
    const forecast::Outlook outlook = forecast::outlook_of(plan_, record_, request);
    const auto pushes = forecast::rank_pushes(plan_, outlook, seed_, 0);
    judge_chances(outlook, result);
    const TargetId best = judge_push(pushes, result);
    if (!forecaster_) return result;
    request.forecaster = law();
    const auto by_law =
        forecast::rank_pushes(plan_, forecast::outlook_of(plan_, record_, request), seed_, 0);
    result.is_identifiable = !by_law.empty() && by_law.front().target == best;
    return result;
  }

 private:
  forecast::Forecaster law() const {
    return [this](const forecast::Series& series, const forecast::PathRequest& request) {
      return paths_by_law(laws_.at(request.variable), series, request);
    };
  }

  Process drawn_process(std::size_t i) const {
    constexpr std::array kKinds = {
        Publication::retail, Publication::industry, Publication::investment, Publication::trade,
        Publication::stock,  Publication::index,    Publication::quarter,    Publication::retail};
    const auto z = bench::normals(seed_, variable_number('d', std::to_string(i)), 0, 6);
    Process process;
    process.publication = kKinds[i];
    process.growth = 0.05 + 0.02 * z[0];
    process.drift = 0.006 * std::exp(0.4 * z[1]);
    process.noise = 0.02 * std::exp(0.5 * z[2]);
    process.season = 0.12 * std::exp(0.4 * z[3]);
    process.loading = 0.4;
    return process;
  }

  void add_indicator(std::size_t i) {
    const Process process = drawn_process(i);
    laws_[variable_number('i', "t" + std::to_string(i))] = process;
    courses_.emplace_back(process, seed_, i, kHistory, common_);
    processes_.push_back(process);
    Target target;
    target.id = plan_.text("t" + std::to_string(i));
    target.parent = top_;
    target.measure = process.publication == Publication::index ? Target::Measure::level
                                                               : Target::Measure::growth;
    if (process.publication == Publication::stock) target.accrual = Target::Accrual::last;
    if (process.publication == Publication::index) target.accrual = Target::Accrual::mean;
    target.by = plan_.zone.to_instant(LocalTime::at(Date::from(kFirstYear + 8, 1, 1), 0));
    target.effort_gain = 1;
    target.weight = 1 + static_cast<double>(i % 3);
    bench::publish(record_.observations, target.id.str(), process, courses_[i].levels(), kFirstYear,
                   seed_, i);
    // Last year's growth and a little: as goals are set.
    const auto levels = courses_[i].levels();
    const auto last_year = levels.first(7 * 12);
    const auto z = bench::normals(seed_, variable_number('g', std::to_string(i)), 0, 1);
    const double before = bench::value_of_year(process, target.measure, last_year);
    target.goal = target.measure == Target::Measure::growth
                      ? before + 1.5 * z[0]
                      : before * (1 + process.growth + 0.02 * z[0]);
    target.base = target.measure == Target::Measure::growth ? *target.goal - 4 : *target.goal * 0.9;
    constexpr std::array kRules = {Target::Rule::threshold, Target::Rule::efficacy,
                                   Target::Rule::rank, Target::Rule::per_point};
    target.rule = kRules[i % kRules.size()];
    const TargetId id = plan_.targets.add(target);
    if (target.rule != Target::Rule::rank) return;
    for (std::size_t k = 0; k < kPeers; ++k) {
      const std::uint64_t number = 100 + i * 10 + k;
      peer_courses_.emplace_back(process, seed_, number, kHistory, common_);
      peer_of_.push_back(i);
      Peer peer{.target = id, .id = plan_.text("p" + std::to_string(k))};
      plan_.peers.push_back(peer);
      laws_[variable_number('i', target.id.str() + '@' + peer.id.str())] = process;
      bench::publish(record_.observations, target.id.str() + '@' + peer.id.str(), process,
                     peer_courses_.back().levels(), kFirstYear, seed_, number);
    }
  }

  /// The year's value in one future; what is to come grows by `gain` percent.
  double value(const Course& course, std::size_t i, std::uint64_t number, std::uint64_t future,
               std::span<const double> common, double gain) const {
    std::vector<double> levels(course.levels().begin(), course.levels().end());
    for (const double each : course.future(seed_, number, future, kToCome, common)) {
      levels.push_back(each * (1 + gain / 100));
    }
    return bench::value_of_year(processes_[i], plan_.targets[TargetId{i + 1}].measure, levels);
  }

  std::vector<double> common_of(std::uint64_t future) const {
    return bench::normals(seed_, variable_number('C', "common"), future * 12, kToCome);
  }

  void judge_chances(const forecast::Outlook& outlook, YearResult& result) const {
    const auto common = common_of(0);
    for (std::size_t i = 0; i < kIndicators; ++i) {
      const auto& told = outlook.targets[i + 1];
      if (!told.probability) continue;
      result.chances.push_back(*told.probability);
      result.reached.push_back(value(courses_[i], i, i, 0, common, 0) >=
                               *plan_.targets[TargetId{i + 1}].goal);
    }
  }

  /// The truly best push.
  TargetId judge_push(const std::vector<forecast::Push>& pushes, YearResult& result) const {
    const track::ScoreTree tree(plan_);
    std::vector<double> gains(kIndicators, 0);
    std::vector<double> squares(kIndicators, 0);
    std::vector<double> values(kIndicators + 1, track::kUnknown);
    std::vector<double> peers(plan_.peers.size());
    std::vector<double> points(kIndicators + 1);
    for (std::uint64_t future = 1; future <= kFutures; ++future) {
      const auto common = common_of(future);
      for (std::size_t i = 0; i < kIndicators; ++i)
        values[i + 1] = value(courses_[i], i, i, future, common, 0);
      for (std::size_t k = 0; k < peers.size(); ++k) {
        peers[k] = value(peer_courses_[k], peer_of_[k], 100 + peer_of_[k] * 10 + k % kPeers, future,
                         common, 0);
      }
      tree.score({values, peers}, points);
      const double without = points[0];
      for (std::size_t i = 0; i < kIndicators; ++i) {
        const double kept = values[i + 1];
        values[i + 1] = value(courses_[i], i, i, future, common, 1);
        tree.score({values, peers}, points);
        const double gain = points[0] - without;
        gains[i] += gain / kFutures;
        squares[i] += gain * gain / kFutures;
        values[i + 1] = kept;
      }
    }
    const auto best =
        static_cast<std::size_t>(std::max_element(gains.begin(), gains.end()) - gains.begin());
    result.margin = 1;
    for (std::size_t i = 0; i < kIndicators; ++i) {
      if (i == best) continue;
      const double error = std::sqrt((squares[best] + squares[i]) / kFutures);
      const double lead = gains[best] - gains[i];
      result.margin = lead < 2 * error ? 0 : std::min(result.margin, lead / gains[best]);
    }
    result.is_found = !pushes.empty() && pushes.front().target == TargetId{best + 1};
    return TargetId{best + 1};
  }

  std::uint64_t seed_;
  forecast::Forecaster forecaster_;
  std::map<std::uint64_t, Process> laws_;
  std::vector<double> common_;
  Plan plan_;
  TargetId top_;
  track::Record record_;
  std::vector<Process> processes_;
  std::vector<Course> courses_;
  std::vector<Course> peer_courses_;
  std::vector<std::size_t> peer_of_;
};

}  // namespace

int main(int argc, char** argv) {
  const auto years = static_cast<std::size_t>(argc > 1 ? std::atoi(argv[1]) : 2000);
  const auto first_seed = static_cast<std::uint64_t>(argc > 2 ? std::atoi(argv[2]) : 1);
  forecast::Forecaster forecaster =
      forecast::combination_of(forecast::standard_methods({.has_china_calendar = true}));
  std::vector<forecast::Method> members;
  for (const forecast::Method& method : forecast::standard_methods()) {
    if (argc > 3 &&
        (',' + std::string(argv[3]) + ',').find(',' + method.name + ',') != std::string::npos)
      members.push_back(method);
  }
  if (!members.empty()) {
    forecaster = [members](const forecast::Series& series, const forecast::PathRequest& request) {
      return forecast::combine(series, request, members).forecast;
    };
  }
  if (argc > 3 && std::string_view(argv[3]) == "law") forecaster = nullptr;
  std::vector<YearResult> results(years);
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < years; i = next++)
      results[i] = CityYear(first_seed + i, forecaster).run();
  };
  {
    std::vector<std::jthread> threads;
    for (unsigned i = 1; i < std::max(1U, std::thread::hardware_concurrency()); ++i)
      threads.emplace_back(work);
    work();
  }
  constexpr std::size_t kBins = 10;
  std::array<std::size_t, kBins> given{};
  std::array<std::size_t, kBins> reached{};
  std::array<double, kBins> said{};
  double brier = 0;
  std::size_t all = 0;
  constexpr std::array kMargins = {0.1, 0.25, 0.5};
  std::array<std::size_t, kMargins.size()> identifiable{};
  std::array<std::size_t, kMargins.size()> found{};
  std::array<std::size_t, kMargins.size()> identified{};
  std::array<std::size_t, kMargins.size()> both{};
  for (const YearResult& result : results) {
    for (std::size_t i = 0; i < result.chances.size(); ++i) {
      const double chance = result.chances[i];
      const auto bin = std::min(static_cast<std::size_t>(chance * kBins), kBins - 1);
      ++given[bin];
      said[bin] += chance;
      reached[bin] += result.reached[i] != 0 ? 1 : 0;
      brier += (chance - result.reached[i]) * (chance - result.reached[i]);
      ++all;
    }
    for (std::size_t i = 0; i < kMargins.size(); ++i) {
      if (result.margin < kMargins[i]) continue;
      ++identifiable[i];
      found[i] += result.is_found ? 1 : 0;
      identified[i] += result.is_identifiable ? 1 : 0;
      both[i] += result.is_found && result.is_identifiable ? 1 : 0;
    }
  }
  std::printf("%zu city-years, %zu targets\n\n", years, all);
  std::printf("  chance given   targets   said   reached\n");
  for (std::size_t bin = 0; bin < kBins; ++bin) {
    if (given[bin] == 0) continue;
    const auto count = static_cast<double>(given[bin]);
    std::printf("  %3zu - %3zu %%   %7zu   %4.1f %%   %4.1f %%\n", bin * 10, bin * 10 + 10,
                given[bin], 100 * said[bin] / count,
                100 * static_cast<double>(reached[bin]) / count);
  }
  std::printf("\n  Brier score %.4f\n", brier / static_cast<double>(all));
  std::printf(
      "  where the truly best push is better than the next by   city-years   found"
      "   by who knows the law   of these found\n");
  const auto percent = [](std::size_t part, std::size_t whole) {
    return 100 * static_cast<double>(part) / static_cast<double>(std::max<std::size_t>(whole, 1));
  };
  for (std::size_t i = 0; i < kMargins.size(); ++i) {
    std::printf("    %2.0f %% of its gain or more   %21zu   %4.1f %%   %17.1f %%   %10.1f %%\n",
                100 * kMargins[i], identifiable[i], percent(found[i], identifiable[i]),
                percent(identified[i], identifiable[i]), percent(both[i], identified[i]));
  }
}
