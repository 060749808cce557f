#include "diaodu/formats/tjp_bookings.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "diaodu/plan/finding_kinds.h"

namespace diaodu::formats {
namespace {

constexpr Words kOffDuty{"the resource is not at work then", "该资源此时不工作"};
constexpr Words kTwice{"the resource is booked for two tasks at once", "该资源同时记录了两项任务"};

}  // namespace

TjpBookedTasks booked_work(const TjpDocument& document, TjpPeople& people, Findings& findings) {
  std::set<std::string_view> tasks;
  for (const TjpTask& task : document.tasks) tasks.insert(task.id);
  TjpBookedTasks all;
  std::map<std::string_view, std::vector<std::pair<TjpInterval, const TjpBooking*>>> of_resource;
  for (const TjpBooking& booking : document.bookings) {
    if (!tasks.contains(booking.task)) {
      findings.add(found::unknown_task, booking.where, {booking.task, ""});
      continue;
    }
    const auto resource = people.find(booking.resource);
    if (!resource) {
      findings.add(found::unknown_resource, booking.where, {booking.resource, ""});
      continue;
    }
    TjpBooked& booked = all[booking.task];
    if (!document.resources[*resource].has_children) booked.resources.insert(*resource);
    for (const TjpInterval& interval : booking.intervals) {
      const std::int64_t worked = people.worked_in(*resource, interval, booking.overtime);
      if (worked == 0 && booking.overtime == 0 && booking.sloppy == 0)
        findings.add(found::tjp_contradiction, booking.where, {booking.resource, kOffDuty});
      booked.minutes += worked * people.efficiency(*resource) / 1000;
      booked.first = std::min(booked.first.value_or(interval.from), interval.from);
      booked.last = std::max(booked.last.value_or(interval.to), interval.to);
      of_resource[booking.resource].push_back({interval, &booking});
    }
  }
  for (auto& [resource, intervals] : of_resource) {
    std::stable_sort(intervals.begin(), intervals.end(),
                     [](const auto& a, const auto& b) { return a.first.from < b.first.from; });
    for (std::size_t i = 1; i < intervals.size(); ++i) {
      if (intervals[i].first.from >= intervals[i - 1].first.to) continue;
      if (intervals[i].second->task == intervals[i - 1].second->task) continue;
      findings.add(found::tjp_contradiction, intervals[i].second->where, {resource, kTwice});
    }
  }
  return all;
}

std::optional<LocalTime> known_until(const TjpDocument& document, const TjpBookedTasks& booked) {
  const bool is_projection = document.scenario < document.scenarios.size() &&
                             document.scenarios[document.scenario].is_projection;
  if (is_projection && document.now) return document.now;
  if (booked.empty()) return {};
  if (document.now) return document.now;
  LocalTime latest_first = booked.begin()->second.first.value_or(LocalTime{});
  LocalTime earliest_last = booked.begin()->second.last.value_or(LocalTime{});
  for (const auto& [task, work] : booked) {
    if (!work.first || !work.last) continue;
    latest_first = std::max(latest_first, *work.first);
    earliest_last = std::min(earliest_last, *work.last);
  }
  return std::min(latest_first, earliest_last);
}

}  // namespace diaodu::formats
