// How the critical path and the readers grow with the plan: generated plans with twice as many links as
// tasks, ten times larger each time.  Prints seconds, ratios and bytes a task.

#include <malloc.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>

#include "diaodu/core/random.h"
#include "diaodu/formats/plan_file.h"
#include "diaodu/solve/critical_path.h"

namespace {

using namespace diaodu;

double seconds_of(const std::function<void()>& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

/// Bytes in use by this process now.
double bytes_in_use() {
  std::ifstream file("/proc/self/statm");
  double pages = 0;
  double resident = 0;
  file >> pages >> resident;
  return resident * static_cast<double>(sysconf(_SC_PAGESIZE));
}

/// Tasks of one to ten days on a calendar with holidays; each follows two of those shortly before it.
Plan generate(std::size_t num_tasks) {
  Plan plan;
  const auto built_in = built_in_calendars();
  const CalendarRule& standard = built_in[1];
  const CalendarRule& chinese = built_in[2];
  const CalendarRule* chain[] = {&standard, &chinese};
  plan.calendar = plan.calendars.add(make_calendar(chinese, chain, plan.zone));
  plan.start = Instant{std::int64_t{19'723} * kMinutesPerDay};  // 2024-01-01
  RandomStream random(num_tasks);
  plan.tasks.reserve(num_tasks);
  plan.links.reserve(2 * num_tasks);
  for (std::size_t i = 0; i < num_tasks; ++i) {
    Task task;
    task.id = plan.text("T" + std::to_string(i));
    task.duration = WorkTime{480 * static_cast<std::int64_t>(1 + random.below(10))};
    plan.tasks.add(task);
    if (i < 2) continue;
    // A plan of many parallel trades, not one chain of a thousand years.
    const std::size_t reach = std::max<std::size_t>(2, num_tasks / 20);
    for (int k = 0; k < 2; ++k) {
      const std::size_t back = 1 + random.below(std::min(i, reach));
      plan.links.add({.from = TaskId{i - back}, .to = TaskId{i}});
    }
  }
  return plan;
}

void measure_critical_path() {
  std::printf("critical path           tasks    seconds   times the last   bytes a task\n");
  double last = 0;
  for (std::size_t size = 1000; size <= 1'000'000; size *= 10) {
    const Plan plan = generate(size);
    const WorkingTimes times(plan);
    const TaskStates states(plan, times);
    double best = 1e9;
    double bytes = 0;
    const int runs = size >= 100'000 ? 3 : 20;
    for (int run = 0; run < runs; ++run) {
      const double before = bytes_in_use();
      best = std::min(best, seconds_of([&] {
                        const solve::Network network = solve::make_network(plan, times, states);
                        solve::ForwardPass pass = solve::forward_pass(network);
                        solve::backward_pass(network, pass.path);
                        bytes = std::max(bytes, bytes_in_use() - before);
                      }));
    }
    std::printf("%29zu %10.4f %16.1f %14.0f\n", size, best, last > 0 ? best / last : 0.0,
                bytes / static_cast<double>(size));
    last = best;
  }
}

void measure_readers() {
  const std::filesystem::path place = std::filesystem::temp_directory_path() / "diaodu-bench";
  std::filesystem::remove_all(place);
  std::filesystem::create_directories(place);
  std::printf("reading                 tasks     folder   workbook\n");
  for (const std::size_t size : {std::size_t{10'000}, std::size_t{100'000}}) {
    const Plan plan = generate(size);
    const auto folder = place / ("plan-" + std::to_string(size));
    const auto workbook = place / ("plan-" + std::to_string(size) + ".xlsx");
    formats::write_plan(plan, folder);
    formats::write_plan(plan, workbook);
    std::size_t num_read = 0;
    const double of_folder =
        seconds_of([&] { num_read += formats::read_plan(folder).plan.tasks.size(); });
    const double of_workbook =
        seconds_of([&] { num_read += formats::read_plan(workbook).plan.tasks.size(); });
    std::printf("%29zu %10.3f %10.3f%s\n", size, of_folder, of_workbook,
                num_read == 2 * size ? "" : "  NOT READ IN FULL");
  }
  std::filesystem::remove_all(place);
}

}  // namespace

int main() {
  // Of small plans the best run finds its memory warm; let large ones find it so, too: what is measured is
  // the arithmetic, not how the system hands out pages.
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);

  measure_critical_path();
  measure_readers();
}
