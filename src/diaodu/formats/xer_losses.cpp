#include "diaodu/formats/xer_losses.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "diaodu/formats/lost_columns.h"
#include "diaodu/formats/xer_words.h"

namespace diaodu::formats {
namespace {

constexpr Words kHardDates{
    "dates to start or finish by are only wanted there: float below zero shows what is missed",
    "最晚日期在其中仅为期望：错过时显示为负浮时"};
constexpr Words kZone{"the time zone is not kept: dates stand there as its clocks show them",
                      "时区未保留：日期按当地时钟写出"};
constexpr Words kPeriods{"its periods become minutes from 1970-01-01 on",
                         "时段变为自 1970-01-01 起的分钟"};
constexpr Words kUncertain{"estimates, risks, targets, groups and routes are not kept",
                           "估算、风险、指标、人员与路线未保留"};

}  // namespace

void tell_of_lost_columns(const Plan& plan, Findings& findings) {
  const auto lose = [&findings](const Words& what) {
    findings.add(found::read_otherwise, {}, {what});
  };
  const auto& tasks = plan.tasks;
  tell_of_column(findings, tasks, "tasks.name_zh",
                 [](const Task& t) { return !t.name.empty() && !t.name_zh.empty(); });
  tell_of_column(findings, tasks, "tasks.owner", [](const Task& t) { return !t.owner.empty(); });
  tell_of_column(findings, tasks, "tasks.notes", [](const Task& t) { return !t.notes.empty(); });
  tell_of_column(findings, tasks, "tasks.place", [](const Task& t) { return bool{t.place}; });
  tell_of_column(findings, tasks, "tasks.decision", [](const Task& t) { return bool{t.decision}; });
  tell_of_column(findings, tasks, "tasks.cost", [](const Task& t) { return t.cost != Money{}; });
  tell_of_column(findings, tasks, "tasks.weight",
                 [](const Task& t) { return t.weight != Task{}.weight; });
  tell_of_column(findings, tasks, "tasks.earned_by",
                 [](const Task& t) { return t.earned_by != EarningRule::duration; });
  tell_of_column(findings, tasks, "tasks.priority",
                 [](const Task& t) { return word_of(kXerPriorities, t.priority).empty(); });
  tell_of_column(findings, plan.resources, "resources.name_zh",
                 [](const Resource& r) { return !r.name.empty() && !r.name_zh.empty(); });
  tell_of_column(findings, plan.resources, "resources.skills",
                 [](const Resource& r) { return !r.skills.empty(); });
  tell_of_column(findings, plan.resources, "resources.place",
                 [](const Resource& r) { return bool{r.place}; });
  tell_of_column(findings, plan.steps, "steps", [](const Step&) { return true; });
  tell_of_column(findings, plan.costs, "costs", [](const Spending&) { return true; });
  for (const ForeignColumn& column : plan.foreign)
    tell_of_column(findings, column.cells, column.table + "." + column.name,
                   [](const auto&) { return true; });
  if (!plan.estimates.empty() || !plan.uncertainties.empty() || !plan.risks.empty() ||
      !plan.targets.empty() || !plan.routes.empty() || !plan.groups.empty()) {
    lose(kUncertain);
  }
  const bool has_zone = plan.zone.name() != "UTC" || !plan.zone.changes().empty();
  if (has_zone) lose(kZone);
  if (plan.is_abstract) lose(kPeriods);
  const auto is_upper = [&plan](const Constraint& constraint) {
    Options wanted = plan.options;
    wanted.late_dates = Options::LateDates::wanted;
    return kept(wanted, constraint).kind != constraint.kind;
  };
  const bool has_upper =
      plan.must_finish || std::any_of(tasks.begin(), tasks.end(), [&](const Task& task) {
        return is_upper(task.constraint) || is_upper(task.second_constraint);
      });
  if (has_upper && plan.options.late_dates == Options::LateDates::kept) lose(kHardDates);
}

}  // namespace diaodu::formats
