#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "diaodu/formats/benchmark_files.h"
#include "diaodu/formats/benchmark_plan.h"

namespace diaodu::formats {
namespace {

constexpr Words kOneMode{"a single mode", "单一实施方式"};
constexpr Words kNoDoubly{"no doubly constrained resource", "无双重约束资源"};

/// `to` starts at least `lag` after `from`; a negative one says that `from` starts at most so long
/// after `to`.
struct TimeLag {
  TaskId from;
  TaskId to;
  std::int32_t lag = 0;
  std::int32_t line = 0;
};

/// A job's row: its successors, then the time lags in the same order, each in brackets.
void read_time_lags(Scanner& scan, const BenchmarkPlan& plan, TaskId from,
                    std::vector<TimeLag>& lags) {
  const auto number = static_cast<std::int64_t>(from.index());
  scan.number(kJob, number, number);
  scan.number(kOneMode, 1, 1);
  const std::size_t num_successors = scan.count(kNumberOfSuccessors, 0, kMostJobs, 2);
  const std::size_t first = lags.size();
  for (std::size_t i = 0; i < num_successors; ++i) {
    const TaskId to = read_job(scan, plan, kSuccessor, 0);
    lags.push_back({.from = from, .to = to, .line = scan.line()});
  }
  for (std::size_t i = first; i < lags.size(); ++i) {
    scan.expect('[');
    lags[i].lag = static_cast<std::int32_t>(scan.number(kLag, -kMostPeriods, kMostPeriods));
    scan.expect(']');
  }
}

LinkId add_link(BenchmarkPlan& plan, const TimeLag& lag) {
  return plan.add_link({.from = lag.from,
                        .to = lag.to,
                        .lag = {.amount = lag.lag},
                        .type = LinkType::start_to_start},
                       lag.line);
}

/// A longest time below the least time of the same two jobs is kept apart: that is no mistake in
/// the file, only an instance without a schedule.
void add_links(BenchmarkPlan& plan, const std::vector<TimeLag>& lags) {
  std::map<std::pair<TaskId, TaskId>, LinkId> forward;
  for (const TimeLag& lag : lags) {
    if (lag.lag >= 0) forward.insert({{lag.from, lag.to}, add_link(plan, lag)});
  }
  for (const TimeLag& lag : lags) {
    if (lag.lag >= 0) continue;
    const auto opposite = forward.find({lag.to, lag.from});
    if (opposite == forward.end() || plan.link(opposite->second).lag.amount > -lag.lag) {
      add_link(plan, lag);
      continue;
    }
    Link& link = plan.link(opposite->second);
    link.max_lag.amount = link.has_max_lag ? std::min(link.max_lag.amount, -lag.lag) : -lag.lag;
    link.has_max_lag = true;
  }
}

void scan_progen_max(Scanner& scan, BenchmarkPlan& plan) {
  constexpr std::size_t kNumbersPerJob = 6;
  constexpr std::size_t kSourceAndSink = 2;
  const std::size_t num_jobs =
      scan.count(kNumberOfJobs, 0, kMostJobs - kSourceAndSink, kNumbersPerJob);
  plan.add_jobs(num_jobs + kSourceAndSink);
  const std::size_t num_renewable = scan.count(kRenewables, 0, kMostResources, 1);
  const std::size_t num_used_up = scan.count(kUsedUps, 0, kMostResources, 1);
  scan.number(kNoDoubly, 0, 0);
  plan.add_resources(num_renewable, num_used_up, 0);

  std::vector<TimeLag> lags;
  for (std::size_t job = 0; job < plan.num_jobs(); ++job) {
    read_time_lags(scan, plan, TaskId{job}, lags);
  }
  add_links(plan, lags);
  for (std::size_t job = 0; job < plan.num_jobs(); ++job) {
    const TaskId task{job};
    const auto number = static_cast<std::int64_t>(job);
    scan.number(kJob, number, number);
    scan.number(kOneMode, 1, 1);
    const WorkTime duration = read_duration(scan);
    plan.set_duration(task, duration, scan.line());
    plan.read_demands(scan, task, {}, duration);
  }
  plan.read_capacities(scan);
  scan.expect_end();
}

}  // namespace

ReadPlan read_progen_max(std::string_view bytes, const std::string& file) {
  return read_benchmark(bytes, file, scan_progen_max);
}

}  // namespace diaodu::formats
