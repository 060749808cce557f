#include "diaodu/formats/tjp_people.h"

#include <algorithm>
#include <unordered_map>

#include "diaodu/formats/tjp_hours.h"
#include "diaodu/plan/finding_kinds.h"

namespace diaodu::formats {
namespace {

constexpr Words kLimitsOfGroup{"the limits of a group are not kept", "资源组的限额未保留"};

constexpr Words kTooManyLimits{"its limits are not kept; too many resources have some",
                               "有限额的资源过多，其限额未保留"};

/// How many of the minutes `[from, to)` lie in the shifts.
std::int64_t minutes_in(const DayShifts& shifts, std::int64_t from, std::int64_t to) {
  std::int64_t minutes = 0;
  for (const Shift& shift : shifts) {
    minutes += std::max<std::int64_t>(
        0, std::min<std::int64_t>(shift.end, to) - std::max<std::int64_t>(shift.begin, from));
  }
  return minutes;
}

}  // namespace

TjpPeople::TjpPeople(const TjpDocument& document, Findings& findings)
    : document_(document), findings_(findings) {
  for (std::size_t i = 0; i < document.resources.size(); ++i)
    place_of_.insert({document.resources[i].id, i});
  inside_.resize(document.resources.size());
  for (std::size_t i = document.resources.size(); i-- > 0;) {
    if (const std::size_t group = document.resources[i].parent; group != kNoTjpParent)
      inside_[group].push_back(i);
  }
  TjpResource nobody;
  nobody.hours = document.hours;
  project_ = patterns_.keep(hours_of(document, nobody, findings, days_left_));
  std::size_t num_limited = 0;
  for (const TjpResource& resource : document.resources) {
    hours_.push_back(patterns_.keep(hours_of(document, resource, findings, days_left_)));
    if (resource.limits.empty()) continue;
    if (resource.has_children) {
      findings.add(found::not_kept, resource.where, {resource.id, kLimitsOfGroup});
    } else if (num_limited++ < kMostLimited) {
      hours_.back() = within(*hours_.back(), resource.limits);
    } else {
      findings.add(found::not_kept, resource.where, {resource.id, kTooManyLimits});
    }
  }
}

std::optional<std::size_t> TjpPeople::find(std::string_view id) const {
  const auto known = place_of_.find(id);
  return known == place_of_.end() ? std::nullopt : std::optional(known->second);
}

void TjpPeople::tell_if_spent() const {
  constexpr Words kDays{"days of leaves, shifts, bookings and limits",
                        "个请假、班次、预订与限额的日子"};
  constexpr Words kMembers{"members of groups, for all tasks together",
                           "个资源组成员（各任务合计）"};
  if (days_left_ <= 0)
    findings_.add(found::too_many, document_.where, {std::to_string(kMostDays), kDays});
  if (members_left_ <= 0)
    findings_.add(found::too_many, document_.where, {std::to_string(kMostMembers), kMembers});
}

std::vector<std::size_t> TjpPeople::members_of(const std::string& id, const Where& where) {
  const auto known = find(id);
  if (!known) {
    findings_.add(found::unknown_resource, where, {id, ""});
    return {};
  }
  if (!document_.resources[*known].has_children) return {*known};
  std::vector<std::size_t> members;
  std::vector<std::size_t> open{*known};
  while (!open.empty() && --members_left_ > 0) {
    const std::size_t one = open.back();
    open.pop_back();
    if (!document_.resources[one].has_children) members.push_back(one);
    open.insert(open.end(), inside_[one].begin(), inside_[one].end());
  }
  return members;
}

std::int64_t TjpPeople::worked_in(const WorkPattern& hours, const TjpInterval& interval,
                                  int overtime) {
  if (overtime == 2) return std::max<std::int64_t>(0, interval.to.minutes - interval.from.minutes);
  std::int64_t worked = 0;
  for (Date day = interval.from.date(); LocalTime::at(day, 0) < interval.to && --days_left_ > 0;
       day = day + 1) {
    const std::int64_t midnight = LocalTime::at(day, 0).minutes;
    const DayShifts& shifts = hours.on(day);
    const bool is_leave =
        shifts.empty() && !hours.week[static_cast<std::size_t>(weekday(day))].empty();
    const bool is_all_day = overtime == 1 && !is_leave;
    worked += minutes_in(is_all_day ? DayShifts{{0, static_cast<int>(kMinutesPerDay)}} : shifts,
                         interval.from.minutes - midnight, interval.to.minutes - midnight);
  }
  return worked;
}

std::vector<TjpMember> TjpPeople::team_of(const TjpTask& task) {
  std::vector<TjpMember> team;
  std::unordered_map<std::size_t, std::size_t> place_in_team;
  for (const TjpAllocation& allocation : task.allocations) {
    for (const std::size_t one : members_of(allocation.candidates.front(), allocation.where)) {
      const auto [known, is_new] = place_in_team.insert({one, team.size()});
      if (!is_new) {
        TjpMember& member = team[known->second];
        member.is_mandatory = member.is_mandatory || allocation.is_mandatory;
        continue;
      }
      const WorkPattern* hours = hours_[one];
      if (!allocation.shifts.empty() && days_left_ > 0)
        hours =
            patterns_.keep(on_shifts(document_, *hours, allocation.shifts, findings_, days_left_));
      team.push_back({.resource = one, .hours = hours, .is_mandatory = allocation.is_mandatory});
    }
  }
  const WorkPattern* needed = nullptr;
  for (const TjpMember& member : team) {
    if (!member.is_mandatory) continue;
    needed = needed == nullptr ? member.hours : both(needed, member.hours);
  }
  if (needed != nullptr) {
    for (TjpMember& member : team) member.hours = both(member.hours, needed);
  }
  return team;
}

std::vector<std::int64_t> TjpPeople::shares_of(const std::vector<TjpMember>& team,
                                               std::int64_t effort, LocalTime from) {
  constexpr std::int64_t kSlot = 60;  // in which the language counts
  std::vector<std::int64_t> shares(team.size(), 0);
  std::int64_t left = effort * 1000;
  const auto work = [&](Date day, std::int64_t begin, std::int64_t end) {
    for (std::size_t i = 0; i < team.size(); ++i) {
      const std::int64_t minutes = minutes_in(team[i].hours->on(day), begin, end);
      shares[i] += minutes;
      left -= minutes * efficiency(team[i].resource);
    }
  };
  const auto done_on = [&](Date day, std::int64_t begin) {
    std::int64_t done = 0;
    for (const TjpMember& member : team)
      done +=
          minutes_in(member.hours->on(day), begin, kMinutesPerDay) * efficiency(member.resource);
    return done;
  };
  std::int64_t begin = from.minute_of_day();
  constexpr int kLongest = 20'000;
  const Date last = from.date() + kLongest;
  for (Date day = from.date(); day < last && days_left_ > 0; day = day + 1, begin = 0) {
    days_left_ -= static_cast<std::int64_t>(team.size());
    if (done_on(day, begin) < left) {
      work(day, begin, kMinutesPerDay);
      continue;
    }
    while (left > 0) {
      const std::int64_t end = (begin / kSlot + 1) * kSlot;
      work(day, begin, end);
      begin = end;
    }
    return shares;
  }
  return {};
}

}  // namespace diaodu::formats
