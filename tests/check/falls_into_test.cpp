#include "diaodu/check/falls_into.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "diaodu/plan/calendar_rule.h"
#include "support/property.h"

namespace diaodu::check {
namespace {

constexpr int kHour = 60;
constexpr int kDays = 9;

/// Some hours of each weekday, whole ones.
NamedCalendar random_hours() {
  CalendarRule rule;
  rule.id = "hours";
  for (auto& day : rule.week) {
    const int from = *rc::gen::inRange(0, 20);
    const int to = *rc::gen::inRange(from, 25);
    day = from < to ? DayShifts{{from * kHour, to * kHour}} : DayShifts{};
  }
  const CalendarRule* chain[] = {&rule};
  return make_calendar(rule, chain, Zone());
}

/// Every start at a whole hour in the stretch: where hours and minutes are whole, one of these is the best.
std::int64_t least_by_trying(const Calendar& calendar, const std::vector<Interval>& minutes,
                             Interval during, WorkTime work) {
  std::int64_t least = work.count();
  for (Instant start = during.from; start < during.to; start = start + Elapsed{kHour}) {
    const Instant finish = calendar.advance(start, work);
    if (finish > during.to) break;
    std::int64_t counted = 0;
    for (const Interval& each : minutes) {
      const Instant from = std::max(each.from, start);
      const Instant to = std::min(each.to, finish);
      if (from < to) counted += calendar.work_between(from, to).count();
    }
    least = std::min(least, counted);
  }
  return least;
}

TEST(FallsInto, is_what_trying_every_start_finds) {
  holds(1000, [] {
    const NamedCalendar hours = random_hours();
    const NamedCalendar others = random_hours();
    const Interval during{Instant{0}, Instant{kDays * kMinutesPerDay}};
    const std::vector<Interval> minutes = others.calendar.intervals(during);
    FallsInto falls_into(minutes, during);
    const WorkTime work{*rc::gen::inRange(0, 17) * kHour};
    const auto found = falls_into.at_least(hours.calendar, work);
    RC_ASSERT(found.has_value());
    if (hours.calendar.work_between(during.from, during.to) == WorkTime{}) return;
    RC_ASSERT(found->count() == least_by_trying(hours.calendar, minutes, during, work));
  });
}

}  // namespace
}  // namespace diaodu::check
