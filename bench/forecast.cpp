// How good forecasts are, and what they cost: four tasks, a table each; docs/performance.md holds what this printed.
//
//   bench_forecast FOLDER [--every N] [--task m3|year_end|trade|pilot|speed] [--threads 2]
//                  [--indicators N] [--origins N] [--sharpness X] [--prior X] [--members airline,theta]
//
// m3: 18 months after the training part of the M3 competition's monthly series.  year_end: the same series with January
// and February taken together, as Chinese statistics publish them; the total of the last whole calendar year, foretold after
// 2 ... 11 of its months.  trade: Chinese exports and imports from 1995 on; totals of 2004 ... 2013 after February,
// March, May, July, September and November.  pilot: as m3, on the training parts alone, whose last 18 months are held
// out; what options of the combination default to was chosen by it.  speed: what `--indicators` forecasts cost.  `--every` takes every N-th series of M3.

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <functional>
#include <numeric>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "diaodu/forecast/arima.h"
#include "diaodu/forecast/combination.h"
#include "diaodu/forecast/hand_rule.h"
#include "diaodu/forecast/scoring.h"
#include "diaodu/forecast/smoothing.h"
#include "diaodu/forecast/structural.h"
#include "diaodu/forecast/theta.h"

namespace {

using namespace diaodu::forecast;

CombinationOptions options;
std::vector<Method> methods = standard_methods();  // of the combination

std::vector<double> numbers_of(const std::string& text) {
  std::istringstream in(text);
  std::vector<double> numbers;
  for (double number = 0; in >> number;) numbers.push_back(number);
  return numbers;
}

struct Competitor {
  Series training;
  std::vector<double> test;
};

std::vector<Competitor> read_m3(const std::string& path, std::size_t every) {
  std::ifstream in(path);
  std::vector<Competitor> all;
  std::string line;
  std::getline(in, line);
  for (std::size_t at = 0; std::getline(in, line); ++at) {
    if (at % every != 0) continue;
    std::vector<std::string> cells;
    std::istringstream row(line);
    for (std::string cell; std::getline(row, cell, ',');) cells.push_back(cell);
    Competitor each;
    // Some of category OTHER do not say when they begin: January of year 1 then.
    const bool is_dated = cells[2].size() == 7;
    each.training.first_year = is_dated ? std::atoi(cells[2].substr(0, 4).c_str()) : 1;
    each.training.first_slot = is_dated ? std::atoi(cells[2].substr(5, 2).c_str()) - 1 : 0;
    each.training.values = numbers_of(cells[3]);
    each.test = numbers_of(cells[4]);
    all.push_back(each);
  }
  return all;
}

Series read_months(const std::string& path, int first_year) {
  std::ifstream in(path);
  Series series{.first_year = first_year};
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    if (std::atoi(line.substr(0, 4).c_str()) < first_year) continue;
    series.values.push_back(std::strtod(line.substr(line.find(',') + 1).c_str(), nullptr));
  }
  return series;
}

void for_each(std::size_t count, int num_threads, const std::function<void(std::size_t)>& work) {
  std::atomic<std::size_t> next = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < num_threads; ++i) {
    threads.emplace_back([&] {
      for (std::size_t at = next++; at < count; at = next++) work(at);
    });
  }
  for (std::thread& each : threads) each.join();
}

std::vector<double> step_of(const Paths& paths, std::size_t step) {
  std::vector<double> values;
  for (std::size_t path = 0; path < paths.count; ++path) values.push_back(paths.at(path, step));
  return values;
}

double median_of(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return quantile_of(values, 0.5);
}

struct Classical {
  double smape = 0, mase = 0, covered_80 = 0, covered_95 = 0;
  bool counts = false;
};

std::vector<std::string> classical_names() {
  std::vector<std::string> names = {"combination"};
  for (const Method& method : methods) names.push_back(method.name);
  names.emplace_back("smoothing");
  return names;
}

Classical judge(const Futures& forecast, const Competitor& task) {
  const auto* paths = std::get_if<Paths>(&forecast);
  if (!paths) return {};
  Classical result{.counts = true};
  std::vector<double> points;
  for (std::size_t step = 0; step < task.test.size(); ++step) {
    const std::vector<double> values = step_of(*paths, step);
    points.push_back(median_of(values));
    result.mase += std::abs(points.back() - task.test[step]);
    result.covered_80 += covers(values, 0.8, task.test[step]) ? 1 : 0;
    result.covered_95 += covers(values, 0.95, task.test[step]) ? 1 : 0;
  }
  const auto steps = static_cast<double>(task.test.size());
  result.smape = symmetric_error(task.test, points);
  result.mase /= steps * seasonal_error(task.training.values, 12);
  result.covered_80 /= steps;
  result.covered_95 /= steps;
  return result;
}

void print_classical(const char* title, const std::vector<std::vector<Classical>>& results,
                     std::size_t every) {
  std::printf("\n%s\n%-14s %6s %8s %7s %7s %7s\n", title, "method", "series", "sMAPE", "MASE",
              "80 %", "95 %");
  const std::vector<std::string> names = classical_names();
  for (std::size_t method = 0; method < names.size(); ++method) {
    Classical sum;
    double count = 0;
    for (std::size_t at = 0; at < results.size(); at += every) {
      const Classical& each = results[at][method];
      if (!each.counts) continue;
      sum.smape += each.smape;
      sum.mase += each.mase;
      sum.covered_80 += each.covered_80;
      sum.covered_95 += each.covered_95;
      ++count;
    }
    if (count == 0) continue;
    std::printf("%-14s %6.0f %8.3f %7.3f %7.3f %7.3f\n", names[method].c_str(), count,
                sum.smape / count, sum.mase / count, sum.covered_80 / count,
                sum.covered_95 / count);
  }
}

void run_m3(const std::vector<Competitor>& tasks, int num_threads, bool is_whole) {
  std::vector<std::vector<Classical>> results(tasks.size());
  for_each(tasks.size(), num_threads, [&](std::size_t at) {
    const Competitor& task = tasks[at];
    const PathRequest request{.horizon = task.test.size(), .count = 1000, .variable = at};
    results[at].push_back(judge(combine(task.training, request, methods, options).forecast, task));
    for (const Method& method : methods)
      results[at].push_back(judge(method.paths(task.training, request), task));
    results[at].push_back(judge(smoothing_paths(task.training, request), task));
  });
  print_classical("M3 monthly, 18 steps", results, 1);
  if (is_whole) print_classical("of these every 7th series", results, 7);
}

// January and February together, from the first January on.
Series joined(const Series& months) {
  const std::size_t skipped = static_cast<std::size_t>((12 - months.first_slot) % 12);
  Series slots{.slots_per_year = 11,
               .first_year = months.first_year + (months.first_slot > 0 ? 1 : 0)};
  for (std::size_t at = skipped; at < months.size(); ++at) {
    const std::size_t month = (at - skipped) % 12;
    if (month == 0) continue;
    slots.values.push_back(month == 1 ? months.values[at] + months.values[at - 1]
                                      : months.values[at]);
  }
  return slots;
}

constexpr const char* kYearly[] = {"combination",    "hand_rule", "smoothing",
                                   "seasonal_naive", "airline",   "structural"};
struct YearEnd {
  double crps[std::size(kYearly)] = {};
  double error[std::size(kYearly)] = {};
  double covered_80[std::size(kYearly)] = {};
  double covered_95[std::size(kYearly)] = {};
  bool counts = false;
};

// The year from `first` on is foretold after `known` of its slots; scores are divided by `unit`.
YearEnd foretell(const Series& series, std::size_t first, std::size_t known, double unit,
                 std::uint64_t variable) {
  YearEnd result;
  const auto year = static_cast<std::size_t>(series.slots_per_year);
  Series facts = series;
  facts.values.resize(first + known);
  const PathRequest request{.horizon = year - known, .count = 1000, .variable = variable};
  const Futures forecasts[] = {combine(facts, request, methods, options).forecast,
                               hand_rule_paths(facts, request),
                               smoothing_paths(facts, request),
                               seasonal_naive_paths(facts, request),
                               airline_paths(facts, request),
                               structural_paths(facts, request)};
  double so_far = 0;
  for (std::size_t at = first; at < first + known; ++at) so_far += series.values[at];
  double truth = so_far;
  for (std::size_t at = first + known; at < first + year; ++at) truth += series.values[at];
  for (std::size_t method = 0; method < std::size(kYearly); ++method) {
    const auto* paths = std::get_if<Paths>(&forecasts[method]);
    if (!paths) return {};
    std::vector<double> totals(paths->count, so_far);
    for (std::size_t path = 0; path < paths->count; ++path)
      for (std::size_t step = 0; step < paths->horizon; ++step)
        totals[path] += paths->at(path, step);
    result.crps[method] = crps(totals, truth) / unit;
    result.error[method] = std::abs(median_of(totals) - truth) / unit;
    result.covered_80[method] = covers(totals, 0.8, truth) ? 1 : 0;
    result.covered_95[method] = covers(totals, 0.95, truth) ? 1 : 0;
  }
  result.counts = true;
  return result;
}

void print_years(const char* title, const std::vector<YearEnd>& results, double times) {
  double count = 0;
  for (const YearEnd& each : results) count += each.counts ? 1 : 0;
  std::printf("\n%s, %.0f forecasts\n%-14s %8s %8s %7s %7s\n", title, count, "method", "CRPS",
              "error", "80 %", "95 %");
  for (std::size_t method = 0; method < std::size(kYearly); ++method) {
    double sums[4] = {};
    for (const YearEnd& each : results) {
      if (!each.counts) continue;
      sums[0] += times * each.crps[method];
      sums[1] += times * each.error[method];
      sums[2] += each.covered_80[method];
      sums[3] += each.covered_95[method];
    }
    std::printf("%-14s %8.3f %8.3f %7.3f %7.3f\n", kYearly[method], sums[0] / count,
                sums[1] / count, sums[2] / count, sums[3] / count);
  }
}

void run_year_end(const std::vector<Competitor>& tasks, int num_threads) {
  constexpr std::size_t kYear = 11;
  constexpr std::size_t kOrigins = kYear - 1;
  std::vector<YearEnd> results(tasks.size() * kOrigins);
  for_each(results.size(), num_threads, [&](std::size_t number) {
    const Competitor& task = tasks[number / kOrigins];
    Series months = task.training;
    months.values.insert(months.values.end(), task.test.begin(), task.test.end());
    const Series slots = joined(months);
    const std::size_t years = slots.size() / kYear;
    if (years < 4) return;
    const std::size_t first = (years - 1) * kYear;
    const double unit = seasonal_error(std::span(slots.values).first(first), kYear);
    if (!(unit > 0)) return;
    results[number] = foretell(slots, first, number % kOrigins + 1, unit, number);
  });
  print_years("M3 year's end, January and February joined; in units of the seasonal error", results,
              1);
}

void run_trade(const std::string& folder, int num_threads) {
  const Series series[] = {joined(read_months(folder + "/china_exports.csv", 1995)),
                           joined(read_months(folder + "/china_imports.csv", 1995))};
  constexpr std::size_t kSlots[] = {1, 2, 4, 6, 8, 10};  // to February, March, May ...
  constexpr std::size_t kYears = 10;
  std::vector<YearEnd> results(2 * kYears * std::size(kSlots));
  for_each(results.size(), num_threads, [&](std::size_t number) {
    const Series& each = series[number % 2];
    const std::size_t first = (9 + number / 2 % kYears) * 11;
    const double total =
        std::accumulate(each.values.begin() + static_cast<std::ptrdiff_t>(first),
                        each.values.begin() + static_cast<std::ptrdiff_t>(first) + 11, 0.0);
    results[number] = foretell(each, first, kSlots[number / 2 / kYears], total, number);
  });
  print_years("Chinese trade, 2004 ... 2013; in percent of the year's total", results, 100);
}

// What `combine` costs on as many indicators of 8 years and a half, one after the other.
void run_speed(const std::vector<Competitor>& tasks, std::size_t indicators) {
  constexpr std::size_t kMonths = 102;
  std::vector<Series> all;
  for (std::size_t at = 0; all.size() < indicators; ++at) {
    Series series = tasks[at % tasks.size()].training;
    if (series.size() > kMonths) series.values.resize(kMonths);
    all.push_back(series);
  }
  std::printf("\n%zu indicators, 2,000 paths of 6 months\n%-14s %9s %9s %16s\n", indicators,
              "threads", "seconds", "CPU", "CPU ms of each");
  for (const int threads : {1, 2}) {
    const auto begin = std::chrono::steady_clock::now();
    const std::clock_t begin_cpu = std::clock();
    for_each(all.size(), threads, [&](std::size_t at) {
      combine(all[at], {.horizon = 6, .count = 2000, .variable = at}, methods, options);
    });
    const double cpu = static_cast<double>(std::clock() - begin_cpu) / CLOCKS_PER_SEC;
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    std::printf("%-14d %9.2f %9.2f %16.2f\n", threads, seconds.count(), cpu,
                1000 * cpu / static_cast<double>(indicators));
  }
  std::printf("%-14s %26s\n", "of one method", "CPU ms of each");
  for (const Method& method : methods) {
    const std::clock_t begin = std::clock();
    constexpr std::size_t kEach = 20;
    for (std::size_t at = 0; at < std::min(kEach, all.size()); ++at)
      method.paths(all[at], {.horizon = 6, .count = 2000, .variable = at});
    std::printf("%-14s %26.2f\n", method.name.c_str(),
                1000 * static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC /
                    static_cast<double>(std::min(kEach, all.size())));
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::string folder = argc > 1 ? argv[1] : ".";
  std::size_t every = 1;
  int num_threads = 2;
  std::size_t indicators = 500;
  std::string task;
  for (int i = 2; i + 1 < argc; i += 2) {
    const std::string word = argv[i];
    if (word == "--every") every = std::max(1UL, std::strtoul(argv[i + 1], nullptr, 10));
    if (word == "--threads") num_threads = std::atoi(argv[i + 1]);
    if (word == "--origins") options.max_origins = std::strtoul(argv[i + 1], nullptr, 10);
    if (word == "--sharpness") options.sharpness = std::strtod(argv[i + 1], nullptr);
    if (word == "--prior") options.prior_origins = std::strtod(argv[i + 1], nullptr);
    if (word == "--indicators") indicators = std::max(1UL, std::strtoul(argv[i + 1], nullptr, 10));
    if (word == "--task") task = argv[i + 1];
    if (word == "--members") {
      const std::string named = std::string(",") + argv[i + 1] + ',';
      std::erase_if(methods, [&](const Method& method) {
        return named.find(',' + method.name + ',') == std::string::npos;
      });
    }
  }
  const std::vector<Competitor> tasks = read_m3(folder + "/m3_monthly.csv", every);
  if (tasks.empty()) {
    std::printf("skipped: no m3_monthly.csv in %s\n", folder.c_str());
    return 0;
  }
  if (task == "pilot") {
    std::vector<Competitor> held_out = tasks;
    for (Competitor& each : held_out) {
      const auto end = each.training.values.end();
      each.test.assign(end - 18, end);
      each.training.values.resize(each.training.size() - 18);
    }
    run_m3(held_out, num_threads, false);
  }
  if (task.empty() || task == "trade") run_trade(folder, num_threads);
  if (task.empty() || task == "m3") run_m3(tasks, num_threads, every == 1);
  if (task.empty() || task == "year_end") run_year_end(tasks, num_threads);
  if (task.empty() || task == "speed") run_speed(tasks, indicators);
}
