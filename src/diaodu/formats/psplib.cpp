#include <vector>

#include "diaodu/formats/benchmark_files.h"
#include "diaodu/formats/benchmark_plan.h"

namespace diaodu::formats {
namespace {

constexpr Words kJobsLine{"the line 'jobs'", "“jobs”行"};
constexpr Words kRenewableLine{"the line 'renewable'", "“renewable”行"};
constexpr Words kUsedUpLine{"the line 'nonrenewable'", "“nonrenewable”行"};
constexpr Words kDoublyLine{"the line 'doubly constrained'", "“doubly constrained”行"};
constexpr Words kPrecedence{"the section PRECEDENCE RELATIONS", "PRECEDENCE RELATIONS 部分"};
constexpr Words kRequests{"the section REQUESTS/DURATIONS", "REQUESTS/DURATIONS 部分"};
constexpr Words kAvailabilities{"the section RESOURCEAVAILABILITIES",
                                "RESOURCEAVAILABILITIES 部分"};

/// `- renewable                 :  4   R`
std::size_t read_count(Scanner& scan, std::string_view key, const Words& line, const Words& what,
                       std::int64_t least, std::int64_t most, std::size_t numbers_each) {
  scan.find_line(key, line);
  scan.skip_colon();
  return scan.count(what, least, most, numbers_each);
}

void read_section(Scanner& scan, std::string_view key, const Words& what) {
  scan.find_line(key, what);
  scan.skip_to_numbers();
}

/// Reads the links; returns how many modes each job has.
std::vector<std::int64_t> read_precedence(Scanner& scan, BenchmarkPlan& plan) {
  std::vector<std::int64_t> num_modes;
  num_modes.reserve(plan.num_jobs());
  for (std::size_t job = 0; job < plan.num_jobs(); ++job) {
    const auto number = static_cast<std::int64_t>(job) + 1;
    scan.number(kJob, number, number);
    num_modes.push_back(scan.number(kNumberOfModes, 1, kMostModes));
    const std::size_t num_successors = scan.count(kNumberOfSuccessors, 0, kMostJobs, 1);
    for (std::size_t i = 0; i < num_successors; ++i) {
      const TaskId successor = read_job(scan, plan, kSuccessor);
      plan.add_link({.from = TaskId{job}, .to = successor}, scan.line());
    }
  }
  return num_modes;
}

/// The job's number stands before its first mode only.  A job with one mode needs no table of them.
void read_requests(Scanner& scan, BenchmarkPlan& plan, const std::vector<std::int64_t>& num_modes) {
  for (std::size_t job = 0; job < plan.num_jobs(); ++job) {
    const TaskId task{job};
    const auto number = static_cast<std::int64_t>(job) + 1;
    scan.number(kJob, number, number);
    for (std::int64_t i = 1; i <= num_modes[job]; ++i) {
      scan.number(kMode, i, i);
      const WorkTime duration = read_duration(scan);
      if (i == 1) plan.set_duration(task, duration, scan.line());
      ModeId mode;
      if (num_modes[job] > 1) mode = plan.add_mode(task, i, duration, scan.line());
      plan.read_demands(scan, task, mode, duration);
    }
  }
}

void scan_psplib(Scanner& scan, BenchmarkPlan& plan) {
  constexpr std::size_t kNumbersPerJob = 6;
  plan.add_jobs(read_count(scan, "jobs", kJobsLine, kNumberOfJobs, 1, kMostJobs, kNumbersPerJob));
  const auto resources = [&scan](std::string_view key, const Words& line, const Words& what) {
    return read_count(scan, key, line, what, 0, kMostResources, 1);
  };
  const std::size_t num_renewable = resources("renewable", kRenewableLine, kRenewables);
  const std::size_t num_used_up = resources("nonrenewable", kUsedUpLine, kUsedUps);
  const std::size_t num_doubly = resources("doublyconstrained", kDoublyLine, kDoublyConstrained);
  plan.add_resources(num_renewable, num_used_up, num_doubly);
  read_section(scan, "precedencerelations", kPrecedence);
  const std::vector<std::int64_t> num_modes = read_precedence(scan, plan);
  read_section(scan, "requests/durations", kRequests);
  read_requests(scan, plan, num_modes);
  read_section(scan, "resourceavailabilities", kAvailabilities);
  plan.read_capacities(scan);
}

}  // namespace

ReadPlan read_psplib(std::string_view bytes, const std::string& file) {
  return read_benchmark(bytes, file, scan_psplib);
}

}  // namespace diaodu::formats
