#include "diaodu/track/look_ahead.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>

#include "diaodu/plan/tree.h"

namespace diaodu::track {
namespace {

using AheadEntry = LookAhead::Entry;

std::vector<AheadEntry> entries_of(TaskId id, const Task& task, const TaskStatus& status,
                                   const Interval& during) {
  std::vector<AheadEntry> entries;
  const auto is_over = [&](Instant due) { return due <= during.from; };
  const auto add = [&](AheadEntry::Kind kind, Instant when, Instant expected) {
    entries.push_back({.kind = kind, .task = id, .when = when, .expected = expected});
  };
  const bool is_open = status.stage == Stage::not_started;
  std::optional<Instant> due;
  if (status.has_baseline) due = status.baseline.to;
  if (task.deadline < kNever) due = std::min(due.value_or(kNever), task.deadline);
  if (task.is_milestone()) {
    if (due && is_over(*due)) {
      add(AheadEntry::Kind::overdue_finish, *due, status.now.to);
    } else if (during.contains(status.now.to)) {
      add(AheadEntry::Kind::milestone, status.now.to, status.now.to);
    }
    return entries;
  }
  if (is_open) {
    if (status.has_baseline && status.baseline.from < during.from) {
      add(AheadEntry::Kind::overdue_start, status.baseline.from, status.now.from);
    } else if (during.contains(status.now.from)) {
      add(AheadEntry::Kind::start, status.now.from, status.now.from);
    }
  }
  if (due && is_over(*due)) {
    add(AheadEntry::Kind::overdue_finish, *due, status.now.to);
  } else if (during.from < status.now.to && status.now.to <= during.to) {
    add(AheadEntry::Kind::finish, status.now.to, status.now.to);
  }
  return entries;
}

bool is_overdue(const AheadEntry& entry) {
  return entry.kind == AheadEntry::Kind::overdue_start ||
         entry.kind == AheadEntry::Kind::overdue_finish;
}

}  // namespace

std::vector<LookAhead> look_ahead(const Plan& plan, const Table<TaskId, TaskStatus>& tasks,
                                  const Interval& during) {
  std::vector<LookAhead> lists;
  std::map<std::string_view, std::size_t> number_of;
  for (const TaskId id : outline(plan)) {
    const Task& task = plan.tasks[id];
    const TaskStatus& status = tasks[id];
    const bool is_asked =
        does_work(task) && status.stage != Stage::completed && status.stage != Stage::left_out;
    if (!is_asked) continue;
    const std::vector<AheadEntry> entries = entries_of(id, task, status, during);
    if (entries.empty()) continue;
    const auto [found, is_new] = number_of.insert({task.owner.view(), lists.size()});
    if (is_new) lists.push_back({.owner = task.owner.str(), .entries = {}});
    auto& list = lists[found->second].entries;
    list.insert(list.end(), entries.begin(), entries.end());
  }
  for (LookAhead& list : lists) {
    std::stable_sort(list.entries.begin(), list.entries.end(),
                     [](const AheadEntry& a, const AheadEntry& b) {
                       return std::pair(!is_overdue(a), a.when) < std::pair(!is_overdue(b), b.when);
                     });
  }
  return lists;
}

}  // namespace diaodu::track
