#include <array>
#include <string>
#include <vector>

#include "diaodu/check/schedule_check.h"
#include "diaodu/core/decimal.h"
#include "diaodu/core/finding.h"
#include "diaodu/plan/show.h"
#include "diaodu/plan/tree.h"

namespace diaodu::check {
namespace {

// {0} task, {1} where it stands, {2} what the plan demands, {3} the other end of the link, {4} the
// resource, {5} used, {6} there are, {7} the tasks that use it.
constexpr Words sentence(Violation::Kind kind) {
  switch (kind) {
    case Violation::Kind::task_missing:
      return {"{0} is not scheduled", "{0}没有安排"};
    case Violation::Kind::starts_too_early:
      return {"{0} starts {1}, before anything may start: {2}", "{0}于 {1} 开始，早于允许的 {2}"};
    case Violation::Kind::starts_off_work:
      return {"{0} starts {1}, when its calendar does not work; next: {2}",
              "{0}于 {1} 开始，但其日历此时不工作，下一工作时刻为 {2}"};
    case Violation::Kind::wrong_finish:
      return {"{0} is said to finish {1}, but its work is done {2}",
              "{0}标为 {1} 完成，但按工期应为 {2}"};
    case Violation::Kind::wrong_mode:
      return {"{0} is not done in one of its own modes", "{0}没有采用自己的实施方式"};
    case Violation::Kind::not_as_recorded:
      return {"{0} is said {1}, but {2} is on record", "{0}标为 {1}，而记录为 {2}"};
    case Violation::Kind::outside_window:
      return {"{0} stands at {1}, against its date {2}", "{0}在 {1}，不符合其约束日期 {2}"};
    case Violation::Kind::ends_too_late:
      return {"the plan ends {1}, but must by {2}", "计划于 {1} 结束，晚于要求的 {2}"};
    case Violation::Kind::link_too_short:
      return {"{0} at {1} comes too early after {3}: {2} at the earliest",
              "{0}在 {1}，距{3}过早：最早为 {2}"};
    case Violation::Kind::link_too_long:
      return {"{0} at {1} comes too late after {3}: {2} at the latest",
              "{0}在 {1}，距{3}过晚：最晚为 {2}"};
    case Violation::Kind::capacity_exceeded:
      return {"{4}: {5} in use at {1}, but there are {6}; by {7}",
              "{4}：{1} 占用 {5}，而只有 {6}；占用者：{7}"};
    case Violation::Kind::used_up:
      return {"{4}: {5} used up between {1} and {2}, but there are {6}",
              "{4}：{1} 至 {2} 消耗 {5}，而只有 {6}"};
    case Violation::Kind::reservoir_empty:
      return {"{4}: {0} draws {5} at {1}, but it holds {6}",
              "{4}：{0}于 {1} 取用 {5}，而存量为 {6}"};
    case Violation::Kind::wrong_assignment:
      return {"{0}: the people assigned do not fill its demand for a skill",
              "{0}：所派人员不满足其技能需求"};
    case Violation::Kind::summary_off_children:
      return {"summary {0} ends {1}, but its children end {2}",
              "汇总任务{0}于 {1} 结束，而其下级于 {2} 结束"};
  }
  return {};
}

constexpr Words kUsedUpInAll = {"{4}: {5} used up in all, but there are {6}",
                                "{4}：共消耗 {5}，而只有 {6}"};

}  // namespace

std::string to_string(const Violation& violation, const Plan& plan, Language language) {
  const auto name = [&](TaskId task) {
    return task ? quoted(plan, task, language) : std::string();
  };
  std::string users;
  constexpr std::size_t kMostNamed = 5;
  for (std::size_t i = 0; i < violation.tasks.size(); ++i) {
    if (i > 0) users += language == Language::chinese ? "、" : ", ";
    if (i == kMostNamed) {
      users += "…";
      break;
    }
    users += name(violation.tasks[i]);
  }
  const std::array<std::string, 8> arguments = {
      name(violation.task),
      show(plan, violation.when),
      show(plan, violation.limit),
      violation.link ? name(plan.links[violation.link].from) : std::string(),
      violation.resource ? quoted(plan, violation.resource, language) : std::string(),
      to_string(violation.used),
      to_string(violation.capacity),
      users};
  const bool is_ever = violation.kind == Violation::Kind::used_up && violation.when <= kEver &&
                       violation.limit >= kNever;
  const Words said = is_ever ? kUsedUpInAll : sentence(violation.kind);
  return fill(said.in(language), arguments);
}

}  // namespace diaodu::check
