// What a likelihood, a fit and paths of an indicator cost; tools/bench_likelihood.py runs statsmodels beside it.
//
//   bench_likelihood PERIODS.csv [--indicators 500] [--paths 2000]
//
// The file has a heading and then lines of a period and a number, monthly from January on.  Prints a line for each
// model: its name, its parameters, the exact diffuse log likelihood in statsmodels' convention, microseconds of one
// likelihood, milliseconds of a fit (both of the processor), the log likelihood at its maximum.  Then seconds on the clock
// of all paths of the indicators, by each method, on one thread and on two.  Indicators are the series with noise of their own.

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fstream>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "diaodu/core/random.h"
#include "diaodu/forecast/arima.h"
#include "diaodu/forecast/moving_average.h"
#include "diaodu/forecast/structural.h"

namespace {

using namespace diaodu;
using namespace diaodu::forecast;

double seconds_of(const std::function<void()>& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

/// Of this thread.
double processor_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// Processor time of one call, the best of five batches.
double seconds_each(int calls, const std::function<void()>& work) {
  double best = 1e9;
  for (int batch = 0; batch < 5; ++batch) {
    const double begin = processor_seconds();
    for (int i = 0; i < calls; ++i) work();
    best = std::min(best, (processor_seconds() - begin) / calls);
  }
  return best;
}

std::vector<double> read_numbers(const char* path) {
  std::ifstream in(path);
  std::vector<double> out;
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) out.push_back(std::atof(line.c_str() + line.find(',') + 1));
  return out;
}

void tell_structural(const std::vector<double>& logarithms) {
  const StructuralForm form{.season = Season::dummies};
  const StructuralVariances at{.irregular = 1.3e-4, .level = 7e-4, .slope = 1e-6, .season = 6.4e-5};
  Likelihood found;
  // The model is made anew each time, as a search would.
  const double one = seconds_each(2'000, [&] {
    found = likelihood(StructuralDifferences(form, logarithms).at(form.damping, at), Scale::given,
                       Coefficients::diffuse);
  });
  double maximum = 0;
  const double fitting = seconds_each(20, [&] {
    const auto fit = fit_structural(form, logarithms);
    maximum = std::get<StructuralFit>(fit).likelihood.with_constants();
  });
  std::printf("structural %.17g %.17g %.17g %.17g %.10f %.3f %.3f %.7f\n", at.irregular, at.level,
              at.slope, at.season, found.with_constants(), 1e6 * one, 1e3 * fitting, maximum);
}

void tell_airline(const std::vector<double>& logarithms) {
  const ArimaCoefficients at{.moving_average = {0.4}, .seasonal_moving_average = {0.55}};
  const double variance = 0.00135;
  Likelihood found;
  const double one = seconds_each(2'000, [&] {
    found = likelihood(ArimaDifferences({}, logarithms).at(at, variance), Scale::given,
                       Coefficients::diffuse);
  });
  double maximum = 0;
  const double fitting = seconds_each(20, [&] {
    const auto fit = fit_arima({}, logarithms);
    maximum = std::get<ArimaFit>(fit).likelihood.with_constants();
  });
  std::printf("airline %.17g %.17g %.17g 0 %.10f %.3f %.3f %.7f\n", 0.4, 0.55, variance,
              found.with_constants(), 1e6 * one, 1e3 * fitting, maximum);
}

std::vector<Series> noisy_copies(const std::vector<double>& levels, std::size_t count) {
  std::vector<Series> out;
  RandomStream random(1);
  for (std::size_t i = 0; i < count; ++i) {
    Series series{.first_year = 2014, .values = levels};
    for (double& value : series.values)
      value *= 1 + 0.02 * (static_cast<double>(random.below(2'001)) / 1'000 - 1);
    out.push_back(std::move(series));
  }
  return out;
}

using Method = Futures (*)(const Series&, const PathRequest&);

double seconds_of_paths(const std::vector<Series>& indicators, std::size_t paths, Method method,
                        std::size_t threads) {
  return seconds_of([&] {
    std::vector<std::thread> workers;
    for (std::size_t worker = 0; worker < threads; ++worker) {
      workers.emplace_back([&, worker] {
        for (std::size_t i = worker; i < indicators.size(); i += threads)
          (void)method(indicators[i], {.horizon = 12, .count = paths, .variable = i});
      });
    }
    for (auto& worker : workers) worker.join();
  });
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  std::size_t num_indicators = 500;
  std::size_t num_paths = 2'000;
  for (int i = 2; i + 1 < argc; i += 2) {
    if (std::strcmp(argv[i], "--indicators") == 0)
      num_indicators = static_cast<std::size_t>(std::atoll(argv[i + 1]));
    if (std::strcmp(argv[i], "--paths") == 0)
      num_paths = static_cast<std::size_t>(std::atoll(argv[i + 1]));
  }
  const std::vector<double> levels = read_numbers(argv[1]);
  std::vector<double> logarithms = levels;
  for (double& value : logarithms) value = std::log(value);
  tell_structural(logarithms);
  tell_airline(logarithms);
  const auto indicators = noisy_copies(levels, num_indicators);
  const Method airline = [](const Series& series, const PathRequest& request) {
    return airline_paths(series, request);
  };
  for (const std::size_t threads : {1, 2}) {
    std::printf("paths %zu %.3f %.3f\n", threads,
                seconds_of_paths(indicators, num_paths, structural_paths, threads),
                seconds_of_paths(indicators, num_paths, airline, threads));
  }
  return 0;
}
