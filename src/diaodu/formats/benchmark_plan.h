#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diaodu/formats/benchmark_scanner.h"
#include "diaodu/formats/plan_tables.h"

namespace diaodu::formats {

/// More than this in a benchmark file is an accident or an attack.
inline constexpr std::int64_t kMostJobs = 4'000'000;
inline constexpr std::int64_t kMostModes = 1'000;
inline constexpr std::int64_t kMostResources = 1'000;      ///< of each kind
inline constexpr std::int64_t kMostPeriods = 100'000'000;  ///< of a duration or a lag
inline constexpr std::size_t kMostOfAll = 16'000'000;      ///< links, modes or demands of all jobs
inline constexpr std::int64_t kMostUnits = 1'000'000'000;  ///< of a resource

// What benchmark files consist of, as findings call it.
inline constexpr Words kNumberOfJobs{"the number of jobs", "任务数"};
inline constexpr Words kNumberOfModes{"the number of modes", "实施方式数"};
inline constexpr Words kNumberOfSuccessors{"the number of successors", "后续任务数"};
inline constexpr Words kRenewables{"the number of renewable resources", "可再生资源数"};
inline constexpr Words kUsedUps{"the number of non-renewable resources", "不可再生资源数"};
inline constexpr Words kDoublyConstrained{"the number of doubly constrained resources",
                                          "双重约束资源数"};
inline constexpr Words kNumberOfResources{"the number of resources", "资源数"};
inline constexpr Words kJob{"the job's number", "任务号"};
inline constexpr Words kMode{"the mode's number", "实施方式号"};
inline constexpr Words kSuccessor{"a successor", "后续任务号"};
inline constexpr Words kDuration{"a duration", "工期"};
inline constexpr Words kLag{"a time lag", "时间间隔"};
inline constexpr Words kDemand{"a demand", "资源需求"};
inline constexpr Words kCapacity{"a capacity", "资源供应量"};

/// The plan that a benchmark file is read into, with the lines its rows come from.
class BenchmarkPlan {
 public:
  /// What a file's rows have a demand for, and the plan's resources that serve it.
  struct Needed {
    ResourceId at_once;  ///< taken while the job lasts, and given back
    ResourceId in_all;   ///< used up
  };

  BenchmarkPlan(const std::string& file, ReadPlan& read);

  /// Jobs `1`, `2` ...
  void add_jobs(std::size_t num_jobs);
  /// A summary that begins no earlier than `release`, and is wanted by `due`.
  TaskId add_project(const std::string& id, WorkTime release, std::optional<WorkTime> due,
                     std::int32_t line);
  /// A job of that project.
  TaskId add_job(const std::string& id, TaskId project, WorkTime duration, std::int32_t line);
  void add_resources(std::size_t num_renewable, std::size_t num_used_up, std::size_t num_doubly);
  std::size_t num_jobs() const { return read_.plan.tasks.size(); }
  std::size_t num_resources() const { return needed_.size(); }

  /// Reads a capacity for each resource; of a doubly constrained one first what there is in all.
  void read_capacities(Scanner& scan);

  /// Reads a demand for each resource, of a job (in a mode) that takes so long.
  void read_demands(Scanner& scan, TaskId task, ModeId mode, WorkTime duration);

  void set_duration(TaskId task, WorkTime duration, std::int32_t line);
  ModeId add_mode(TaskId task, std::int64_t number, WorkTime duration, std::int32_t line);
  LinkId add_link(const Link& link, std::int32_t line);
  Link& link(LinkId link) { return read_.plan.links[link]; }

  /// Once all is read: jobs without time and demands are milestones.
  void mark_milestones();

 private:
  ResourceId add_resource(const std::string& id, ResourceKind kind);
  void add_demand(TaskId task, ModeId mode, ResourceId resource, Amount amount, std::int32_t line);
  void set_capacity(Scanner& scan, ResourceId resource);

  ReadPlan& read_;
  std::vector<Needed> needed_;
};

/// Reads a duration, in periods.
WorkTime read_duration(Scanner& scan);

/// Reads the number of a job, which in the file begins at `first`.
TaskId read_job(Scanner& scan, const BenchmarkPlan& plan, const Words& what,
                std::int64_t first = 1);

/// Reads a file with `read`, then completes and validates the plan; or says where it breaks its
/// format.
ReadPlan read_benchmark(std::string_view bytes, const std::string& file,
                        void (*read)(Scanner&, BenchmarkPlan&));

}  // namespace diaodu::formats
