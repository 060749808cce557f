#include "diaodu/formats/benchmark_plan.h"

#include <algorithm>
#include <filesystem>

#include "diaodu/formats/encoding.h"
#include "diaodu/formats/settings.h"
#include "diaodu/plan/finding_kinds.h"
#include "diaodu/plan/validate.h"

namespace diaodu::formats {

namespace {

/// Each takes twenty times the two bytes that a file may spend on it.
void expect_room(std::size_t num_so_far, std::int32_t line) {
  if (num_so_far < kMostOfAll) return;
  const std::string most = std::to_string(kMostOfAll);
  throw Unexpected{line,
                   0,
                   {"no more than " + most + " links, modes or demands",
                    "不超过 " + most + " 条关系、方式或需求"}};
}

}  // namespace

BenchmarkPlan::BenchmarkPlan(const std::string& file, ReadPlan& read) : read_(read) {
  Plan& plan = read_.plan;
  plan.name = std::filesystem::path(file).stem().string();
  plan.is_abstract = true;
  add_calendars({}, {}, plan, read_.findings);
  plan.calendar = find_calendar(plan, "24h");
  for (auto& source : read_.sources.tables) source.file = file;
}

void BenchmarkPlan::add_jobs(std::size_t num_jobs) {
  Plan& plan = read_.plan;
  plan.tasks.reserve(num_jobs);
  for (std::size_t number = 1; number <= num_jobs; ++number) {
    Task task;
    task.id = plan.text(std::to_string(number));
    plan.tasks.add(task);
  }
  read_.sources[TableKind::tasks].lines.resize(num_jobs);
}

TaskId BenchmarkPlan::add_project(const std::string& id, WorkTime release,
                                  std::optional<WorkTime> due, std::int32_t line) {
  Task project;
  project.id = read_.plan.text(id);
  project.kind = TaskKind::summary;
  const auto at = [this](WorkTime period) {
    return read_.plan.start + Elapsed{period.count()};  // they count around the clock
  };
  if (release > WorkTime{}) {
    project.constraint = {ConstraintKind::start_on_or_after, at(release)};
  }
  if (due) project.deadline = at(*due);
  read_.sources[TableKind::tasks].lines.push_back(line);
  return read_.plan.tasks.add(project);
}

TaskId BenchmarkPlan::add_job(const std::string& id, TaskId project, WorkTime duration,
                              std::int32_t line) {
  Task job;
  job.id = read_.plan.text(id);
  job.parent = project;
  job.duration = duration;
  read_.sources[TableKind::tasks].lines.push_back(line);
  return read_.plan.tasks.add(job);
}

void BenchmarkPlan::add_resources(std::size_t num_renewable, std::size_t num_used_up,
                                  std::size_t num_doubly) {
  for (std::size_t i = 1; i <= num_renewable; ++i) {
    needed_.push_back({.at_once = add_resource("R" + std::to_string(i), ResourceKind::machine)});
  }
  for (std::size_t i = 1; i <= num_used_up; ++i) {
    needed_.push_back({.in_all = add_resource("N" + std::to_string(i), ResourceKind::material)});
  }
  for (std::size_t i = 1; i <= num_doubly; ++i) {
    const std::string id = "D" + std::to_string(i);
    const ResourceId at_once = add_resource(id, ResourceKind::machine);
    needed_.push_back({at_once, add_resource(id + "-total", ResourceKind::material)});
  }
}

ResourceId BenchmarkPlan::add_resource(const std::string& id, ResourceKind kind) {
  Resource resource;
  resource.id = read_.plan.text(id);
  resource.kind = kind;
  read_.sources[TableKind::resources].lines.push_back(0);
  return read_.plan.resources.add(std::move(resource));
}

void BenchmarkPlan::read_capacities(Scanner& scan) {
  for (const Needed& needed : needed_) {
    if (needed.in_all) set_capacity(scan, needed.in_all);
    if (needed.at_once) set_capacity(scan, needed.at_once);
  }
}

void BenchmarkPlan::set_capacity(Scanner& scan, ResourceId resource) {
  read_.plan.resources[resource].capacity = kOne * scan.number(kCapacity, 0, kMostUnits);
  read_.sources[TableKind::resources].lines[resource.index()] = scan.line();
}

void BenchmarkPlan::read_demands(Scanner& scan, TaskId task, ModeId mode, WorkTime duration) {
  for (const Needed& needed : needed_) {
    const std::int64_t units = scan.number(kDemand, 0, kMostUnits);
    if (needed.at_once) add_demand(task, mode, needed.at_once, kOne * units, scan.line());
    if (!needed.in_all) continue;
    // A doubly constrained resource is asked for by the period.  More than there can be is too
    // much.
    const std::int64_t in_all =
        needed.at_once ? std::min(units * duration.count(), kMostUnits + 1) : units;
    add_demand(task, mode, needed.in_all, kOne * in_all, scan.line());
  }
}

void BenchmarkPlan::add_demand(TaskId task, ModeId mode, ResourceId resource, Amount amount,
                               std::int32_t line) {
  if (amount == Amount{}) return;
  expect_room(read_.plan.demands.size(), line);
  read_.plan.demands.add({.task = task, .mode = mode, .resource = resource, .amount = amount});
  read_.sources[TableKind::demands].lines.push_back(line);
}

void BenchmarkPlan::set_duration(TaskId task, WorkTime duration, std::int32_t line) {
  read_.plan.tasks[task].duration = duration;
  read_.sources[TableKind::tasks].lines[task.index()] = line;
}

ModeId BenchmarkPlan::add_mode(TaskId task, std::int64_t number, WorkTime duration,
                               std::int32_t line) {
  expect_room(read_.plan.modes.size(), line);
  Mode mode;
  mode.task = task;
  mode.id = read_.plan.text(std::to_string(number));
  mode.duration = duration;
  read_.sources[TableKind::modes].lines.push_back(line);
  return read_.plan.modes.add(mode);
}

LinkId BenchmarkPlan::add_link(const Link& link, std::int32_t line) {
  expect_room(read_.plan.links.size(), line);
  read_.sources[TableKind::links].lines.push_back(line);
  return read_.plan.links.add(link);
}

void BenchmarkPlan::mark_milestones() {
  Plan& plan = read_.plan;
  Table<TaskId, char> is_work(plan.tasks.size(), 0);
  for (const Demand& demand : plan.demands) is_work[demand.task] = 1;
  for (const Mode& mode : plan.modes) is_work[mode.task] = 1;
  for (TaskId id : plan.tasks.ids()) {
    Task& task = plan.tasks[id];
    if (does_work(task) && task.duration == WorkTime{} && is_work[id] == 0)
      task.kind = TaskKind::finish_milestone;
  }
}

WorkTime read_duration(Scanner& scan) { return WorkTime{scan.number(kDuration, 0, kMostPeriods)}; }

TaskId read_job(Scanner& scan, const BenchmarkPlan& plan, const Words& what, std::int64_t first) {
  const std::int64_t last = first + static_cast<std::int64_t>(plan.num_jobs()) - 1;
  return TaskId{static_cast<std::size_t>(scan.number(what, first, last) - first)};
}

ReadPlan read_benchmark(std::string_view bytes, const std::string& file,
                        void (*read)(Scanner&, BenchmarkPlan&)) {
  ReadPlan result;
  const std::string text = to_utf8(bytes, file, result.findings);
  BenchmarkPlan plan(file, result);
  Scanner scan(text);
  try {
    read(scan, plan);
    plan.mark_milestones();
    complete(result.plan, result.sources, result.findings);
    validate(result.plan, result.sources, result.findings);
  } catch (const Unexpected& unexpected) {
    result.findings.add(found::benchmark_syntax,
                        {.file = file, .line = unexpected.line, .column = unexpected.column},
                        {unexpected.expected});
  }
  result.findings.sort();
  return result;
}

}  // namespace diaodu::formats
