#include "diaodu/formats/tjp_hours.h"

#include <algorithm>

#include "diaodu/plan/finding_kinds.h"

namespace diaodu::formats {
namespace {

/// Longer than any leave, shift or project that counts day by day.
constexpr int kMostDays = 20'000;

DayShifts without(const DayShifts& shifts, int from, int to) {
  DayShifts left;
  for (const Shift& shift : shifts) {
    if (shift.begin < from) left.push_back({shift.begin, std::min(shift.end, from)});
    if (shift.end > to) left.push_back({std::max(shift.begin, to), shift.end});
  }
  return normalised(std::move(left));
}

/// Each day that the interval meets, and which of its minutes.
template <class Each>
void for_days(const TjpInterval& interval, std::int64_t& days_left, const Each& each) {
  for (Date day = interval.from.date(); LocalTime::at(day, 0) < interval.to && days_left > 0;
       day = day + 1, --days_left) {
    const LocalTime midnight = LocalTime::at(day, 0);
    const auto from = std::max<std::int64_t>(0, interval.from.minutes - midnight.minutes);
    const auto to = std::min<std::int64_t>(kMinutesPerDay, interval.to.minutes - midnight.minutes);
    each(day, static_cast<int>(from), static_cast<int>(to));
  }
}

void take_off(WorkPattern& hours, std::span<const TjpInterval> leaves, std::int64_t& days_left) {
  for (const TjpInterval& leave : leaves) {
    if (--days_left <= 0) return;  // one that ends before it begins has no days to count
    for_days(leave, days_left, [&](Date day, int from, int to) {
      hours.dated[day] = without(hours.on(day), from, to);
    });
  }
}

/// While the interval lasts the hours are those of `there`.
void put_in(WorkPattern& hours, const WorkPattern& there, const TjpInterval& during,
            std::int64_t& days_left) {
  for_days(during, days_left, [&](Date day, int from, int to) {
    DayShifts both = without(hours.on(day), from, to);
    const DayShifts inside =
        without(without(there.on(day), 0, from), to, static_cast<int>(2 * kMinutesPerDay));
    both.insert(both.end(), inside.begin(), inside.end());
    hours.dated[day] = normalised(std::move(both));
  });
}

const TjpShift* shift_of(const TjpDocument& document, const TjpOnShift& on, Findings& findings) {
  const auto known = document.place_of_shift.find(on.shift);
  if (known != document.place_of_shift.end()) return &document.shifts[known->second];
  findings.add(found::unknown_shift, on.where, {on.shift});
  return nullptr;
}

/// From the beginning of its week or month, as the language takes it.
Date aligned(Date day, TjpLimit::Period period) {
  if (period == TjpLimit::Period::week) return day - static_cast<int>(weekday(day));
  if (period == TjpLimit::Period::month) return day - (year_month_day(day).day - 1);
  return day;
}

/// The days on which one limit holds, and where its periods begin.
struct LimitDays {
  TjpLimit::Period period;
  Date from;
  Date to;
  bool has_end;

  LimitDays(const TjpLimit& limit, Date start)
      : period(limit.period),
        from(aligned(limit.during ? limit.during->from.date() : start, limit.period)),
        to(aligned(limit.during ? limit.during->to.date() : start, limit.period)),
        has_end(limit.during.has_value()) {}

  bool holds_on(Date day) const { return day >= from && (!has_end || day < to); }
  bool begins_on(Date day) const {
    constexpr int kMonth = 30;
    const int length = period == TjpLimit::Period::day    ? 1
                       : period == TjpLimit::Period::week ? 7
                                                          : kMonth;
    return (day.days - from.days) % length == 0;
  }
};

}  // namespace

WorkPattern hours_of(const TjpDocument& document, const TjpResource& resource, Findings& findings,
                     std::int64_t& days_left) {
  WorkPattern hours{.week = resource.hours.week, .dated = {}};
  take_off(hours, document.leaves, days_left);
  take_off(hours, resource.leaves, days_left);
  for (const TjpOnShift& on : resource.shifts) {
    const TjpShift* shift = shift_of(document, on, findings);
    if (shift == nullptr) continue;
    WorkPattern there{.week = shift->hours.week, .dated = {}};
    take_off(there, shift->leaves, days_left);
    if (!shift->replaces) {
      take_off(there, document.leaves, days_left);
      take_off(there, resource.leaves, days_left);
    }
    if (!on.during) {
      hours = there;
      continue;
    }
    put_in(hours, there, *on.during, days_left);
  }
  return hours;
}

WorkPattern on_shifts(const TjpDocument& document, const WorkPattern& of_resource,
                      std::span<const TjpOnShift> shifts, Findings& findings,
                      std::int64_t& days_left) {
  WorkPattern hours = of_resource;
  for (const TjpOnShift& on : shifts) {
    days_left -= 7 + static_cast<std::int64_t>(hours.dated.size());
    if (days_left <= 0) break;
    const TjpShift* shift = shift_of(document, on, findings);
    if (shift == nullptr) continue;
    WorkPattern there{.week = shift->hours.week, .dated = {}};
    take_off(there, shift->leaves, days_left);
    there = intersection(hours, there);
    if (on.during) {
      put_in(hours, there, *on.during, days_left);
    } else {
      hours = std::move(there);
    }
  }
  return hours;
}

WorkPattern limited(const WorkPattern& hours, std::span<const TjpLimit> limits,
                    const TjpDocument& document, std::int64_t& days_left) {
  constexpr int kDaysAfterEnd = 400;
  WorkPattern cut = hours;
  if (!document.start) return cut;
  const Date first = document.start->date();
  const Date last =
      std::min(document.end.value_or(*document.start).date() + kDaysAfterEnd, first + kMostDays);
  std::vector<LimitDays> days;
  std::vector<std::int64_t> left;
  for (const TjpLimit& limit : limits) {
    days.emplace_back(limit, first);
    left.push_back(limit.minutes);
  }
  for (Date day = first; day < last && days_left > 0; day = day + 1) {
    days_left -= 1 + static_cast<std::int64_t>(limits.size());
    std::int64_t most = kMinutesPerDay;
    for (std::size_t i = 0; i < limits.size(); ++i) {
      if (days[i].begins_on(day)) left[i] = limits[i].minutes;
      if (days[i].holds_on(day)) most = std::min(most, left[i]);
    }
    DayShifts kept;
    for (const Shift& shift : hours.on(day)) {
      const auto length = std::min<std::int64_t>(shift.end - shift.begin, most);
      if (length <= 0) break;
      kept.push_back({shift.begin, shift.begin + static_cast<int>(length)});
      most -= length;
      for (std::size_t i = 0; i < limits.size(); ++i) {
        if (days[i].holds_on(day)) left[i] -= length;
      }
    }
    if (kept != hours.on(day)) cut.dated[day] = std::move(kept);
  }
  return cut;
}

void add_hours(const std::string& id, const WorkPattern& hours, const Where& where,
               std::vector<Setting>& settings) {
  constexpr std::array<std::string_view, 7> kDays = {"monday", "tuesday",  "wednesday", "thursday",
                                                     "friday", "saturday", "sunday"};
  const std::string section = "calendars." + id;
  for (std::size_t day = 0; day < 7; ++day) {
    settings.push_back({section, std::string(kDays[day]), to_string(hours.week[day]), "", where});
  }
  for (const auto& [day, shifts] : hours.dated) {
    if (shifts == hours.week[static_cast<std::size_t>(weekday(day))]) continue;
    settings.push_back({section, to_string(day), to_string(shifts), "", where});
  }
}

}  // namespace diaodu::formats
