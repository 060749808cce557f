#include "diaodu/formats/mspdi_losses.h"

#include <algorithm>

#include "diaodu/formats/lost_columns.h"

namespace diaodu::formats {
namespace {

constexpr Words kUncertain{"estimates, risks, targets, groups and routes are not kept",
                           "估算、风险、指标、人员与路线未保留"};
constexpr Words kZone{"the time zone is not kept: dates stand there as its clocks show them",
                      "时区未保留：日期按当地时钟写出"};
constexpr Words kPeriods{"its periods become minutes from 1970-01-01 on",
                         "时段变为自 1970-01-01 起的分钟"};
constexpr Words kMustFinish{"the date by which the plan must finish is not kept",
                            "计划必须完成的日期未保留"};
constexpr Words kProgressRule{
    "what remains of a task that has overtaken its predecessors waits for none of them there",
    "越过前置任务的任务，其剩余部分在其中不再等待前置任务"};
constexpr Words kLateDates{"dates to start or finish by, which were only wanted, are kept to there",
                           "最晚日期原仅为期望，在其中须遵守"};
constexpr Words kName{"its names in two languages become one", "两种语言的计划名称只保留一种"};

bool has_late_dates(const Plan& plan) {
  return std::any_of(plan.tasks.begin(), plan.tasks.end(), [&](const Task& task) {
    return kept(plan.options, task.constraint).kind != task.constraint.kind;
  });
}

}  // namespace

void tell_of_mspdi_losses(const Plan& plan, Findings& findings) {
  const auto lose = [&findings](const Words& what) {
    findings.add(found::read_otherwise, {}, {what});
  };
  const auto& tasks = plan.tasks;
  tell_of_column(findings, tasks, "tasks.place", [](const Task& t) { return bool{t.place}; });
  tell_of_column(findings, tasks, "tasks.decision", [](const Task& t) { return bool{t.decision}; });
  tell_of_column(findings, tasks, "tasks.weight",
                 [](const Task& t) { return t.weight != Task{}.weight; });
  tell_of_column(findings, tasks, "tasks.earned_by",
                 [](const Task& t) { return t.earned_by != EarningRule::duration; });
  const auto& resources = plan.resources;
  tell_of_column(findings, resources, "resources.name_zh",
                 [](const Resource& r) { return !r.name_zh.empty(); });
  tell_of_column(findings, resources, "resources.kind",
                 [](const Resource& r) { return r.kind == ResourceKind::machine; });
  tell_of_column(findings, resources, "resources.capacity", [](const Resource& r) {
    return !is_renewable(r.kind) && r.capacity != kUnlimited;
  });
  tell_of_column(findings, resources, "resources.skills",
                 [](const Resource& r) { return !r.skills.empty(); });
  tell_of_column(findings, resources, "resources.place",
                 [](const Resource& r) { return bool{r.place}; });
  tell_of_column(findings, plan.progress, "progress.physical_percent",
                 [](const Progress& p) { return p.physical_percent.has_value(); });
  tell_of_column(findings, plan.steps, "steps", [](const Step&) { return true; });
  tell_of_column(findings, plan.costs, "costs", [](const Spending&) { return true; });
  for (const ForeignColumn& column : plan.foreign) {
    if (column.table == "tasks") continue;  // fields of Project's
    tell_of_column(findings, column.cells, column.table + "." + column.name,
                   [](const auto&) { return true; });
  }
  if (!plan.estimates.empty() || !plan.uncertainties.empty() || !plan.risks.empty() ||
      !plan.targets.empty() || !plan.routes.empty() || !plan.groups.empty()) {
    lose(kUncertain);
  }
  if (!plan.name.empty() && !plan.name_zh.empty()) lose(kName);
  if (plan.zone.name() != "UTC" || !plan.zone.changes().empty()) lose(kZone);
  if (plan.is_abstract) lose(kPeriods);
  if (plan.must_finish) lose(kMustFinish);
  if (has_late_dates(plan)) lose(kLateDates);
  if (!plan.progress.empty() &&
      plan.options.progress_rule != Options::ProgressRule::progress_override) {
    lose(kProgressRule);
  }
}

}  // namespace diaodu::formats
