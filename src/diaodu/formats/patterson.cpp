#include "diaodu/formats/benchmark_files.h"
#include "diaodu/formats/benchmark_plan.h"

namespace diaodu::formats {
namespace {

void scan_patterson(Scanner& scan, BenchmarkPlan& plan) {
  constexpr std::size_t kNumbersPerJob = 2;
  plan.add_jobs(scan.count(kNumberOfJobs, 1, kMostJobs, kNumbersPerJob));
  plan.add_resources(scan.count(kNumberOfResources, 0, kMostResources, 1), 0, 0);
  plan.read_capacities(scan);
  for (std::size_t job = 0; job < plan.num_jobs(); ++job) {
    const TaskId task{job};
    const WorkTime duration = read_duration(scan);
    plan.set_duration(task, duration, scan.line());
    plan.read_demands(scan, task, {}, duration);
    const std::size_t num_successors = scan.count(kNumberOfSuccessors, 0, kMostJobs, 1);
    for (std::size_t i = 0; i < num_successors; ++i) {
      const TaskId successor = read_job(scan, plan, kSuccessor);
      plan.add_link({.from = task, .to = successor}, scan.line());
    }
  }
  scan.expect_end();
}

}  // namespace

ReadPlan read_patterson(std::string_view bytes, const std::string& file) {
  return read_benchmark(bytes, file, scan_patterson);
}

}  // namespace diaodu::formats
