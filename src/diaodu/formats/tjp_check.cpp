#include "diaodu/formats/tjp_check.h"

#include "diaodu/formats/tjp_waits.h"
#include "diaodu/plan/finding_kinds.h"

namespace diaodu::formats {
namespace {

constexpr Words kContainerLength{"a task with tasks inside has no length of its own",
                                 "含子任务的任务不能自带工期"};
constexpr Words kContainerMilestone{"a task with tasks inside is no milestone",
                                    "含子任务的任务不能是里程碑"};
constexpr Words kContainerBooking{"nobody works on a task with tasks inside",
                                  "含子任务的任务不能有工时记录"};
constexpr Words kMilestoneLength{"a milestone has no length", "里程碑没有工期"};
constexpr Words kMilestoneSpan{
    "a milestone cannot end when it has not begun: its start and end differ",
    "里程碑的开始与结束不能不同"};
constexpr Words kMilestoneBooking{"nobody works on a milestone", "里程碑不能有工时记录"};
constexpr Words kTwoLengths{"it has more than one of effort, length and duration",
                            "effort、length、duration 只能有一个"};
constexpr Words kStartEndLength{"its start, end and length say the same twice",
                                "开始、结束与工期重复规定"};
constexpr Words kNobody{"it has effort, but nobody is allocated", "有工作量，但未分配人员"};
constexpr Words kNoEffort{"its effort must be above zero", "工作量须大于零"};
constexpr Words kBookedLate{"what is scheduled from its end has no bookings",
                            "按结束时间倒排的任务不能有工时记录"};
constexpr Words kOverbooked{"more is booked than it takes", "记录的工时超过所需"};
constexpr Words kBookedLength{"its length is not kept; what is booked is taken for all of it",
                              "未保留其工期，以已记录的工时为全部"};
constexpr Words kNotScheduled{"it says that it is scheduled, and has no bookings and no two dates",
                              "标为已排定，但没有工时记录或起止日期"};
constexpr Words kEndBeforeStart{"it ends before it starts", "结束早于开始"};
constexpr Words kBeforeProject{"it starts before the project", "开始早于项目"};

/// What was booked against what it takes.
void check_booked(const TjpTask& task, TjpPeople& people, const TjpBooked& booked,
                  Findings& findings) {
  const auto contradict = [&](const Words& why) {
    findings.add(found::tjp_contradiction, task.where, {task.id, why});
  };
  const TjpInterval span{booked.first.value_or(LocalTime{}), booked.last.value_or(LocalTime{})};
  const bool is_over =
      (task.effort && booked.minutes > *task.effort) ||
      (task.length && people.worked_in(*people.project(), span, 0) > *task.length) ||
      (task.duration && span.to.minutes - span.from.minutes > *task.duration);
  if (is_over) contradict(kOverbooked);
  if (task.is_as_late_as_possible) contradict(kBookedLate);
  if (!is_over && (task.length || task.duration))
    findings.add(found::not_kept, task.where, {task.id, kBookedLength});
}

void check(const TjpDocument& document, const TjpTask& task, bool is_booked, Findings& findings) {
  const auto contradict = [&](const Words& why) {
    findings.add(found::tjp_contradiction, task.where, {task.id, why});
  };
  const int num_lengths = (task.effort ? 1 : 0) + (task.length ? 1 : 0) + (task.duration ? 1 : 0);
  if (task.has_children) {
    if (num_lengths > 0) contradict(kContainerLength);
    if (task.is_milestone) contradict(kContainerMilestone);
    if (is_booked) contradict(kContainerBooking);
  } else if (task.is_milestone) {
    if (num_lengths > 0) contradict(kMilestoneLength);
    if (task.start && task.end && *task.start != *task.end) contradict(kMilestoneSpan);
    if (is_booked) contradict(kMilestoneBooking);
  } else if (num_lengths > 1) {
    contradict(kTwoLengths);
  } else if (num_lengths == 1 && task.start && task.end) {
    contradict(kStartEndLength);
  }
  if (task.effort && *task.effort <= 0) contradict(kNoEffort);
  if (task.effort && !task.has_children && task.allocations.empty()) contradict(kNobody);
  const bool is_dated = task.is_milestone ? task.start || task.end : task.start && task.end;
  if (task.is_scheduled && !task.has_children && !is_booked && !is_dated) contradict(kNotScheduled);
  if (task.start && task.end && *task.end < *task.start) contradict(kEndBeforeStart);
  if (task.start && document.start && *task.start < *document.start) contradict(kBeforeProject);
}

}  // namespace

void check_tasks(const TjpDocument& document, TjpPeople& people, const TjpBookedTasks& booked,
                 Findings& findings) {
  for (const TjpTask& task : document.tasks) {
    const auto work = booked.find(task.id);
    check(document, task, work != booked.end(), findings);
    if (work != booked.end() && !task.has_children && !task.is_milestone)
      check_booked(task, people, work->second, findings);
  }
  for (const std::vector<std::size_t>& circle : TjpWaits(document).circles()) {
    constexpr std::size_t kMostNamed = 7;
    std::string chain;
    for (std::size_t i = 0; i < circle.size() && i < kMostNamed; ++i)
      chain += document.tasks[circle[i]].id + " → ";
    if (circle.size() > kMostNamed) chain += "… → ";
    const TjpTask& first = document.tasks[circle.front()];
    findings.add(found::circle_of_links, first.where, {chain + first.id});
  }
}

}  // namespace diaodu::formats
