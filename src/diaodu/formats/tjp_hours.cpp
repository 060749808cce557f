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
    for_days(leave, days_left, [&](Date day, int from, int to) {
      hours.dated[day] = without(hours.on(day), from, to);
    });
  }
}

}  // namespace

WorkPattern hours_of_project(const TjpDocument& document) {
  return {.week = document.hours.week, .dated = {}};
}

WorkPattern hours_of(const TjpDocument& document, const TjpResource& resource, Findings& findings,
                     std::int64_t& days_left) {
  WorkPattern hours{.week = resource.hours.week, .dated = {}};
  take_off(hours, document.leaves, days_left);
  take_off(hours, resource.leaves, days_left);
  for (const TjpResource::OnShift& on : resource.shifts) {
    const auto shift = std::find_if(document.shifts.begin(), document.shifts.end(),
                                    [&](const TjpShift& known) { return known.id == on.shift; });
    if (shift == document.shifts.end()) {
      findings.add(found::unknown_shift, on.where, {on.shift});
      continue;
    }
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
    for_days(*on.during, days_left, [&](Date day, int from, int to) {
      DayShifts outside = without(hours.on(day), from, to);
      DayShifts inside =
          without(without(there.on(day), 0, from), to, static_cast<int>(2 * kMinutesPerDay));
      outside.insert(outside.end(), inside.begin(), inside.end());
      hours.dated[day] = normalised(std::move(outside));
    });
  }
  return hours;
}

WorkPattern limited(const WorkPattern& hours, std::span<const TjpLimit> limits,
                    const TjpDocument& document) {
  constexpr int kDaysAfterEnd = 400;
  WorkPattern cut = hours;
  if (!document.start) return cut;
  const Date first = document.start->date();
  const Date last =
      std::min(document.end.value_or(*document.start).date() + kDaysAfterEnd, first + kMostDays);
  std::vector<std::int64_t> left(limits.size(), 0);
  for (Date day = first; day < last; day = day + 1) {
    const int month_day = year_month_day(day).day;
    for (std::size_t i = 0; i < limits.size(); ++i) {
      const bool is_new =
          day == first || limits[i].period == TjpLimit::Period::day ||
          (limits[i].period == TjpLimit::Period::week && weekday(day) == Weekday::monday) ||
          (limits[i].period == TjpLimit::Period::month && month_day == 1);
      if (is_new) left[i] = limits[i].minutes;
    }
    std::int64_t most = left.empty() ? kMinutesPerDay : *std::min_element(left.begin(), left.end());
    DayShifts kept;
    for (const Shift& shift : hours.on(day)) {
      const auto length = std::min<std::int64_t>(shift.end - shift.begin, most);
      if (length <= 0) break;
      kept.push_back({shift.begin, shift.begin + static_cast<int>(length)});
      most -= length;
      for (std::int64_t& rest : left) rest -= length;
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
