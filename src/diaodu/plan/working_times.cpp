#include "diaodu/plan/working_times.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <unordered_map>

namespace diaodu {
namespace {

bool ever_works(const WorkPattern& pattern) {
  const auto works = [](const DayShifts& shifts) { return !shifts.empty(); };
  return std::any_of(pattern.week.begin(), pattern.week.end(), works) ||
         std::any_of(pattern.dated.begin(), pattern.dated.end(),
                     [&works](const auto& entry) { return works(entry.second); });
}

}  // namespace

/// Which calendars each task combines, in each of its modes.
class WorkingTimes::Combinations {
 public:
  explicit Combinations(const Plan& plan) : plan_(plan), first_mode_(plan.tasks.size()) {
    for (const Demand& demand : plan.demands) {
      if (!demand.resource || plan.tasks[demand.task].ignores_resource_calendars) continue;
      const Resource& resource = plan.resources[demand.resource];
      if (!is_renewable(resource.kind) || !resource.calendar) continue;
      demanded_.push_back({demand.task, demand.mode, resource.calendar});
    }
    std::sort(demanded_.begin(), demanded_.end());
    for (ModeId mode : plan.modes.ids()) {
      ModeId& first = first_mode_[plan.modes[mode].task];
      if (!first) first = mode;
    }
  }

  bool is_any_demanded() const { return !demanded_.empty(); }

  /// Sorted and each once, so that equal combinations compare equal.
  std::vector<CalendarId> of(TaskId task, ModeId mode) const {
    std::vector<CalendarId> calendars;
    if (plan_.tasks[task].calendar) calendars.push_back(plan_.tasks[task].calendar);
    auto demand = std::lower_bound(
        demanded_.begin(), demanded_.end(), task,
        [](const NamedDemand& candidate, TaskId wanted) { return candidate.task < wanted; });
    for (; demand != demanded_.end() && demand->task == task; ++demand) {
      if (!demand->mode || demand->mode == mode) calendars.push_back(demand->calendar);
    }
    if (calendars.empty()) calendars.push_back(plan_.calendar);
    std::sort(calendars.begin(), calendars.end());
    calendars.erase(std::unique(calendars.begin(), calendars.end()), calendars.end());
    return calendars;
  }
  std::vector<CalendarId> of(TaskId task) const { return of(task, first_mode_[task]); }

 private:
  /// The calendars of the people and machines named by the demands of each task, told apart by mode
  /// (no mode: in all modes).
  struct NamedDemand {
    TaskId task;
    ModeId mode;
    CalendarId calendar;
    friend auto operator<=>(const NamedDemand&, const NamedDemand&) = default;
  };

  const Plan& plan_;
  std::vector<NamedDemand> demanded_;  // sorted
  Table<TaskId, ModeId> first_mode_;
};

WorkingTimes::WorkingTimes(const Plan& plan, std::span<const CalendarId> kept_apart)
    : combinations_(std::make_shared<const Combinations>(plan)),
      keeps_apart_(!kept_apart.empty()),
      of_task_(plan.tasks.size()),
      of_mode_(plan.modes.size()),
      alone_(plan.calendars.size()) {
  calendars_.push_back(&made_.emplace_back());  // number 0
  patterns_.push_back(around_the_clock());
  apart_.emplace_back();

  std::map<std::vector<CalendarId>, std::uint32_t> known;
  std::unordered_multimap<std::size_t, std::uint32_t> by_hash = {{hash_of(patterns_[0]), 0}};
  std::map<std::uint32_t, bool> workable;
  const auto number = [&](const std::vector<CalendarId>& combined) {
    const auto [entry, is_new] = known.insert({combined, 0});
    if (!is_new) return entry->second;
    WorkPattern pattern = plan.calendars[combined.front()].pattern;
    for (std::size_t i = 1; i < combined.size(); ++i) {
      pattern = intersection(pattern, plan.calendars[combined[i]].pattern);
    }
    std::vector<CalendarId> apart;
    std::copy_if(combined.begin(), combined.end(), std::back_inserter(apart), [&](CalendarId each) {
      return std::find(kept_apart.begin(), kept_apart.end(), each) != kept_apart.end();
    });
    // Calendars that work the same minutes are one: an intersection that is one of its parts (a crew
    // within a site's hours), or two that a tool has written twice.
    const std::size_t hash = hash_of(pattern);
    const auto [first, last] = by_hash.equal_range(hash);
    const auto same = std::find_if(first, last, [&](const auto& each) {
      return patterns_[each.second] == pattern && apart_[each.second] == apart;
    });
    if (same != last) {
      entry->second = same->second;
    } else {
      entry->second = static_cast<std::uint32_t>(patterns_.size());
      by_hash.insert({hash, entry->second});
      calendars_.push_back(combined.size() == 1 ? &plan.calendars[combined.front()].calendar
                                                : &made_.emplace_back(pattern, plan.zone));
      patterns_.push_back(pattern);
      apart_.push_back(apart);
    }
    workable[entry->second] = ever_works(pattern);
    return entry->second;
  };

  project_ = plan.calendar ? number({plan.calendar}) : 0;
  for (ModeId mode : plan.modes.ids()) {
    const TaskId task = plan.modes[mode].task;
    if (plan.tasks[task].is_elapsed || !plan.calendar) continue;
    of_mode_[mode] = number(combinations_->of(task, mode));
  }
  for (CalendarId calendar : plan.calendars.ids()) alone_[calendar] = number({calendar});
  for (TaskId task : plan.tasks.ids()) {
    if (plan.tasks[task].is_elapsed || !plan.calendar) continue;
    if (!combinations_->is_any_demanded()) {  // most large plans: no need to combine anything
      const CalendarId own = plan.tasks[task].calendar;
      of_task_[task] = alone_[own ? own : plan.calendar];
      continue;
    }
    const std::vector<CalendarId> combined = combinations_->of(task);
    of_task_[task] = number(combined);
    if (combined.size() > 1 && !workable[of_task_[task]] && of_task_[task] != 0) {
      never_workable_.push_back(task);
    }
  }
}

std::vector<CalendarId> WorkingTimes::combined(TaskId task) const {
  return combinations_->of(task);
}

}  // namespace diaodu
