// What reading one file costs: seconds on the clock and of the processor, and memory above the plan that comes out of it.
//
//   bench_formats FILE [RUNS]

#include <malloc.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>

#include "diaodu/formats/plan_file.h"

namespace {

constexpr double kMebi = 1024.0 * 1024.0;

/// MiB that this process holds now.
double resident() {
  std::ifstream file("/proc/self/statm");
  double pages = 0;
  double held = 0;
  file >> pages >> held;
  return held * static_cast<double>(sysconf(_SC_PAGESIZE)) / kMebi;
}

/// The most MiB that it ever held.
double most_resident() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  const std::filesystem::path path = argv[1];
  const int runs = argc > 2 ? std::atoi(argv[2]) : 5;
  const double before = resident();
  double best = 1e9;
  double least_work = 1e9;
  double above = 0;
  double plan_size = 0;
  std::size_t num_tasks = 0;
  std::size_t num_errors = 0;
  for (int run = 0; run < runs; ++run) {
    const std::clock_t work = std::clock();
    const auto begin = std::chrono::steady_clock::now();
    const diaodu::formats::ReadPlan read = diaodu::formats::read_plan(path);
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    best = std::min(best, seconds.count());
    least_work = std::min(least_work, static_cast<double>(std::clock() - work) / CLOCKS_PER_SEC);
    num_tasks = read.plan.tasks.size();
    num_errors = read.findings.num_errors();
    if (run > 0) continue;  // later runs find their memory warm
    const double most = most_resident();
    malloc_trim(0);
    plan_size = resident() - before;
    above = most - before - plan_size;
  }
  std::printf(
      "%-28s %7.1f MB %8zu tasks %3zu errors %6.3f s (%6.3f s of work)   plan %6.1f MiB   above it "
      "%6.1f MiB\n",
      path.filename().c_str(), static_cast<double>(std::filesystem::file_size(path)) / 1e6,
      num_tasks, num_errors, best, least_work, plan_size, above);
  return num_errors == 0 ? 0 : 1;
}
