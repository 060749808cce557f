// What an event of the laboratory costs, and how far a day of 10^6 arrivals strays from queueing theory.
//
//   bench_lab [--days 8] [--arrivals 1000000]
//
// Prints, for each queue: mean wait of a day, the mean of all days, the theory's, and events a second of one core.

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <string>
#include <vector>

#include "diaodu/dispatch/lab.h"

namespace {

using namespace diaodu::dispatch;

double processor_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

struct Queue {
  const char* name;
  double arrivals_per_minute;
  LabStage stage;
  double wait;
};

}  // namespace

int main(int count, char** words) {
  std::uint64_t days = 8;
  std::size_t arrivals = 1'000'000;
  for (int i = 1; i + 1 < count; i += 2) {
    if (std::strcmp(words[i], "--days") == 0) days = std::strtoull(words[i + 1], nullptr, 10);
    if (std::strcmp(words[i], "--arrivals") == 0)
      arrivals = std::strtoull(words[i + 1], nullptr, 10);
  }
  const Queue queues[] = {
      {"M/M/2", 1.5, {.machines = 2, .duration = 1, .is_exponential = true}, 1.285714},
      {"M/M/5", 4, {.machines = 5, .duration = 1, .is_exponential = true}, .554113},
      {"M/M/10", 9, {.machines = 10, .duration = 1, .is_exponential = true}, .668732},
      {"M/D/1", .8, {.machines = 1, .duration = 1}, 2},
  };
  for (const Queue& queue : queues) {
    double sum = 0;
    double squares = 0;
    double first = 0;
    double seconds = 0;
    std::int64_t events = 0;
    for (std::uint64_t day = 0; day < days; ++day) {
      const auto come = poisson_arrivals(queue.arrivals_per_minute, arrivals, 2 * day);
      const double begin = processor_seconds();
      const LabOutcome outcome =
          simulate_lab({.stages = {queue.stage}, .shifts = {}}, come, 2 * day + 1);
      seconds += processor_seconds() - begin;
      events += outcome.events;
      const double wait = outcome.stages[0].mean_wait;
      if (day == 0) first = wait;
      sum += wait;
      squares += wait * wait;
    }
    const auto n = static_cast<double>(days);
    const double mean = sum / n;
    const double deviation = std::sqrt(std::max(0.0, squares / n - mean * mean));
    std::printf(
        "%-7s first day %.6f (%+.2f %%)  mean of %llu days %.6f (%+.2f %%, a day strays by %.2f "
        "%%)  theory %.6f  %.2f million events/s\n",
        queue.name, first, 100 * (first / queue.wait - 1), static_cast<unsigned long long>(days),
        mean, 100 * (mean / queue.wait - 1), 100 * deviation / queue.wait, queue.wait,
        static_cast<double>(events) / seconds / 1e6);
  }
}
