#include "diaodu/formats/tjp_limits.h"

#include <algorithm>
#include <optional>

#include "diaodu/formats/tjp_waits.h"
#include "diaodu/plan/finding_kinds.h"

namespace diaodu::formats {
namespace {

constexpr Words kSharedByTasks{"the limit that its tasks share is not kept",
                               "其中各任务共用的限额未保留"};
constexpr Words kQueue{"tasks that share a limit go one after the other", "共用限额的任务依次进行"};
constexpr std::size_t kMostQueued = 300;  // each of them asks the whole project who waits for it

/// The most that one does of the task in such a period, holidays aside.
std::int64_t most_in(TjpLimit::Period period, const TjpTask& task, const WorkPattern& hours) {
  constexpr int kWholeWeeks = 4;  // in a period of 30 days
  std::int64_t in_week = 0;
  std::int64_t in_day = 0;
  for (const DayShifts& shifts : hours.week) {
    std::int64_t minutes = total(shifts).count();
    for (const TjpLimit& limit : task.limits) {
      if (limit.period == TjpLimit::Period::day) minutes = std::min(minutes, limit.minutes);
    }
    in_day = std::max(in_day, minutes);
    in_week += minutes;
  }
  if (period == TjpLimit::Period::day) return in_day;
  for (const TjpLimit& limit : task.limits) {
    if (limit.period == TjpLimit::Period::week) in_week = std::min(in_week, limit.minutes);
  }
  return period == TjpLimit::Period::week ? in_week : kWholeWeeks * in_week;
}

class Limits {
 public:
  Limits(const TjpDocument& document, TjpPeople& people, Findings& findings)
      : document_(document), people_(people), findings_(findings) {}

  TjpTaskLimits run() {
    const std::size_t num_tasks = document_.tasks.size();
    limits_.of_task.resize(num_tasks);
    std::vector<std::vector<std::size_t>> inside(num_tasks);
    for (std::size_t i = 0; i < num_tasks; ++i) {
      const TjpTask& task = document_.tasks[i];
      if (task.has_children) continue;
      limits_.of_task[i] = task.limits;
      if (!task.effort) continue;
      for (std::size_t at = task.parent; at != kNoTjpParent; at = document_.tasks[at].parent) {
        if (!document_.tasks[at].limits.empty()) inside[at].push_back(i);
      }
    }
    for (std::size_t i = 0; i < num_tasks; ++i) {
      if (inside[i].empty()) continue;
      if (inside[i].size() > 1 && !may_queue(document_.tasks[i], inside[i])) {
        findings_.add(found::not_kept, document_.tasks[i].where,
                      {document_.tasks[i].id, kSharedByTasks});
        continue;
      }
      for (const std::size_t one : inside[i]) {
        limits_.of_task[one].insert(limits_.of_task[one].end(), document_.tasks[i].limits.begin(),
                                    document_.tasks[i].limits.end());
      }
      if (inside[i].size() > 1) queue(document_.tasks[i], std::move(inside[i]));
    }
    return std::move(limits_);
  }

 private:
  bool may_queue(const TjpTask& outer, const std::vector<std::size_t>& tasks) {
    if (num_queued_ + tasks.size() > kMostQueued) return false;
    return std::all_of(tasks.begin(), tasks.end(), [&](std::size_t one) {
      const TjpTask& task = document_.tasks[one];
      const bool is_choice =
          std::any_of(task.allocations.begin(), task.allocations.end(),
                      [](const TjpAllocation& each) { return each.candidates.size() > 1; });
      if (is_choice || task.is_as_late_as_possible || task.end) return false;
      const std::vector<TjpMember> team = people_.team_of(task);
      return team.size() == 1 &&
             std::all_of(outer.limits.begin(), outer.limits.end(), [&](const TjpLimit& limit) {
               return limit.resources.empty() &&
                      most_in(limit.period, task, *team.front().hours) >= limit.minutes;
             });
    });
  }

  void queue(const TjpTask& outer, std::vector<std::size_t> tasks) {
    findings_.add(found::read_otherwise, outer.where, {kQueue});
    num_queued_ += tasks.size();
    if (!waits_) waits_.emplace(document_);
    std::stable_sort(tasks.begin(), tasks.end(), [&](std::size_t a, std::size_t b) {
      return document_.tasks[a].priority > document_.tasks[b].priority;
    });
    std::vector<std::vector<bool>> waiting;  // for each of them
    for (const std::size_t one : tasks) waiting.push_back(waits_->wait_for_end_of(one));
    std::size_t before = kNoTjpParent;
    while (!tasks.empty()) {
      // In a circle, which is a finding of its own, all wait; any goes first.
      std::size_t first = 0;
      while (first < tasks.size() &&
             std::any_of(waiting.begin(), waiting.end(),
                         [&](const std::vector<bool>& on) { return on[tasks[first]]; })) {
        ++first;
      }
      if (first == tasks.size()) first = 0;
      if (before != kNoTjpParent) limits_.sequence.emplace_back(before, tasks[first]);
      before = tasks[first];
      tasks.erase(tasks.begin() + static_cast<std::ptrdiff_t>(first));
      waiting.erase(waiting.begin() + static_cast<std::ptrdiff_t>(first));
    }
  }

  const TjpDocument& document_;
  TjpPeople& people_;
  Findings& findings_;
  TjpTaskLimits limits_;
  std::optional<TjpWaits> waits_;  // made when it is first asked
  std::size_t num_queued_ = 0;
};

}  // namespace

TjpTaskLimits limits_of_tasks(const TjpDocument& document, TjpPeople& people, Findings& findings) {
  return Limits(document, people, findings).run();
}

}  // namespace diaodu::formats
