#include <optional>
#include <string>
#include <vector>

#include "diaodu/formats/benchmark_files.h"
#include "diaodu/formats/benchmark_plan.h"

namespace diaodu::formats {
namespace {

constexpr Words kNumberOfProjects{"the number of projects", "项目数"};
constexpr Words kRelease{"the release date", "最早开始日期"};
constexpr Words kDue{"the due date", "截止日期"};
constexpr Words kIsUsed{"1 if the project uses the resource, else 0",
                        "项目使用该资源为 1，否则为 0"};
constexpr Words kProject{"the successor's project", "后续任务所属项目"};

/// Links may lead to projects further down, whose jobs are not yet known.
struct Successor {
  TaskId job;
  std::size_t project = 0;
  std::int64_t number = 0;
  std::int32_t line = 0;
};

class PortfolioReader {
 public:
  PortfolioReader(Scanner& scan, BenchmarkPlan& plan) : scan_(scan), plan_(plan) {}

  void run() {
    constexpr std::size_t kNumbersPerProject = 2;
    jobs_.resize(scan_.count(kNumberOfProjects, 1, kMostJobs, kNumbersPerProject));
    plan_.add_resources(scan_.count(kNumberOfResources, 0, kMostResources, 1), 0, 0);
    plan_.read_capacities(scan_);
    for (std::size_t project = 0; project < jobs_.size(); ++project) read_project(project);
    scan_.expect_end();
    add_links();
  }

 private:
  void read_project(std::size_t project) {
    const std::string id = std::to_string(project + 1);
    const std::size_t numbers_per_job = 2 + plan_.num_resources();
    const std::size_t num_jobs = scan_.count(kNumberOfJobs, 1, kMostJobs, numbers_per_job);
    const std::int32_t line = scan_.line();
    const WorkTime release{scan_.number(kRelease, 0, kMostPeriods)};
    std::optional<WorkTime> due;  // some authors add one
    if (scan_.has_number_in_line()) due = WorkTime{scan_.number(kDue, 0, kMostPeriods)};
    const TaskId summary = plan_.add_project(id, release, due, line);
    // The jobs' demands say it again, and are what counts.
    for (std::size_t i = 0; i < plan_.num_resources(); ++i) scan_.number(kIsUsed, 0, 1);
    for (std::size_t number = 1; number <= num_jobs; ++number) {
      const WorkTime duration = read_duration(scan_);
      const TaskId job =
          plan_.add_job(id + ':' + std::to_string(number), summary, duration, scan_.line());
      jobs_[project].push_back(job);
      plan_.read_demands(scan_, job, {}, duration);
      read_successors(job);
    }
  }

  void read_successors(TaskId job) {
    constexpr std::size_t kNumbersPerSuccessor = 2;
    const std::size_t num = scan_.count(kNumberOfSuccessors, 0, kMostJobs, kNumbersPerSuccessor);
    const auto last_project = static_cast<std::int64_t>(jobs_.size());
    for (std::size_t i = 0; i < num; ++i) {
      const auto project = static_cast<std::size_t>(scan_.number(kProject, 1, last_project) - 1);
      scan_.expect(':');
      const std::int64_t number = scan_.number(kSuccessor, 1, kMostJobs);
      successors_.push_back({job, project, number, scan_.line()});
    }
  }

  void add_links() {
    for (const Successor& successor : successors_) {
      const std::vector<TaskId>& jobs = jobs_[successor.project];
      const auto index = static_cast<std::size_t>(successor.number - 1);
      if (index >= jobs.size()) throw Unexpected{successor.line, 0, kSuccessor};
      plan_.add_link({.from = successor.job, .to = jobs[index]}, successor.line);
    }
  }

  Scanner& scan_;
  BenchmarkPlan& plan_;
  std::vector<std::vector<TaskId>> jobs_;  // of each project
  std::vector<Successor> successors_;
};

void scan_mplib(Scanner& scan, BenchmarkPlan& plan) { PortfolioReader(scan, plan).run(); }

}  // namespace

ReadPlan read_mplib(std::string_view bytes, const std::string& file) {
  return read_benchmark(bytes, file, scan_mplib);
}

}  // namespace diaodu::formats
