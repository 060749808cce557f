#include "diaodu/plan/calendar.h"

#include <gtest/gtest.h>

#include "diaodu/plan/calendar_rule.h"
#include "support/property.h"

namespace diaodu {
namespace {

/// The slow twin: asks of every single minute whether it is worked, straight from the pattern and the
/// zone's clocks, and counts.  While clocks that were put back repeat an hour, they still count as
/// showing the latest reading they had reached: nobody works the end of a shift twice.
class MinuteWalker {
 public:
  MinuteWalker(WorkPattern pattern, Zone zone)
      : pattern_(std::move(pattern)), zone_(std::move(zone)) {}

  bool is_working(Instant instant) const {
    LocalTime local = zone_.to_local(instant);
    for (const Zone::Change& change : zone_.changes()) {
      if (change.from <= instant) local = std::max(local, zone_.to_local(change.from - Elapsed{1}));
    }
    for (const Shift& shift : pattern_.on(local.date())) {
      const auto minute = local.minute_of_day();
      if (shift.begin <= minute && minute < shift.end) return true;
    }
    return false;
  }
  std::int64_t work_between(Instant from, Instant to) const {
    std::int64_t work = 0;
    for (Instant at = from; at < to; at = at + Elapsed{1}) work += is_working(at) ? 1 : 0;
    return work;
  }
  /// Walks at most `limit` minutes.
  Instant advance(Instant from, std::int64_t work, std::int64_t limit) const {
    Instant at = from;
    for (; work > 0 && limit > 0; --limit, at = at + Elapsed{1}) work -= is_working(at) ? 1 : 0;
    return work > 0 ? kNever : at;
  }
  Instant retreat(Instant from, std::int64_t work, std::int64_t limit) const {
    Instant at = from;
    for (; work > 0 && limit > 0; --limit, at = at - Elapsed{1}) {
      work -= is_working(at - Elapsed{1}) ? 1 : 0;
    }
    return work > 0 ? kEver : at;
  }

 private:
  WorkPattern pattern_;
  Zone zone_;
};

Zone shanghai() { return Zone("Asia/Shanghai", 8 * 60, {}); }

/// Clocks go forward on 2022-03-13 at 02:00 and back on 2022-11-06 at 02:00, as in New York.
Zone new_york() {
  const Instant spring{LocalTime::at(Date::from(2022, 3, 13), 120).minutes + 300};
  const Instant autumn{LocalTime::at(Date::from(2022, 11, 6), 120).minutes + 240};
  return Zone("America/New_York", -300, {{spring, -240}, {autumn, -300}});
}

WorkPattern pattern_of(const CalendarRule& rule) {
  const CalendarRule* chain[] = {&rule};
  return resolve(chain);
}

WorkPattern built_in(std::string_view id) {
  std::vector<const CalendarRule*> chain;
  for (const CalendarRule& rule : built_in_calendars()) {
    if (rule.id == "standard" || rule.id == id) chain.push_back(&rule);
  }
  return resolve(chain);
}

Instant at(const Zone& zone, int year, int month, int day, int hour, int minute = 0) {
  return zone.to_instant(LocalTime::at(Date::from(year, month, day), hour * 60 + minute));
}

TEST(Calendar, eight_hours_from_friday_afternoon_end_on_monday) {
  // Fri 2022-08-12 15:00 + 8 h: 15:00-17:00 is 2 h, Monday 08:00-12:00 4 h, 13:00-15:00 2 h.
  const Zone zone = shanghai();
  const Calendar calendar(built_in("standard"), zone);
  EXPECT_EQ(calendar.advance(at(zone, 2022, 8, 12, 15), WorkTime{480}), at(zone, 2022, 8, 15, 15));
  // ... and back again: the work must begin Friday 15:00.
  EXPECT_EQ(calendar.retreat(at(zone, 2022, 8, 15, 15), WorkTime{480}), at(zone, 2022, 8, 12, 15));
}

TEST(Calendar, work_that_fills_a_day_ends_in_the_evening_not_next_morning) {
  const Zone zone = shanghai();
  const Calendar calendar(built_in("standard"), zone);
  EXPECT_EQ(calendar.advance(at(zone, 2022, 8, 12, 8), WorkTime{480}), at(zone, 2022, 8, 12, 17));
  // Work that must be done by Monday morning begins on Friday morning.
  EXPECT_EQ(calendar.retreat(at(zone, 2022, 8, 15, 8), WorkTime{480}), at(zone, 2022, 8, 12, 8));
}

TEST(Calendar, snapping_moves_out_of_a_night_and_stays_inside_a_shift) {
  const Zone zone = shanghai();
  const Calendar calendar(built_in("standard"), zone);
  EXPECT_EQ(calendar.next_working(at(zone, 2022, 8, 12, 17)), at(zone, 2022, 8, 15, 8));
  EXPECT_EQ(calendar.next_working(at(zone, 2022, 8, 12, 9, 30)), at(zone, 2022, 8, 12, 9, 30));
  EXPECT_EQ(calendar.previous_working(at(zone, 2022, 8, 15, 8)), at(zone, 2022, 8, 12, 17));
  EXPECT_EQ(calendar.previous_working(at(zone, 2022, 8, 15, 8, 1)), at(zone, 2022, 8, 15, 8, 1));
}

TEST(Calendar, a_make_up_sunday_is_worked_and_the_holiday_is_not) {
  // 2024: Spring Festival 10-17 February off; Sunday 4 and Sunday 18 February worked.
  const Zone zone = shanghai();
  const Calendar calendar(built_in("cn"), zone);
  EXPECT_TRUE(calendar.is_working(at(zone, 2024, 2, 4, 8)));
  EXPECT_TRUE(calendar.is_working(at(zone, 2024, 2, 18, 16, 59)));
  EXPECT_FALSE(calendar.is_working(at(zone, 2024, 2, 12, 9)));
  // Friday the 9th is an ordinary working day; from its evening, one day of work ends on the 18th.
  EXPECT_EQ(calendar.advance(at(zone, 2024, 2, 9, 17), WorkTime{480}), at(zone, 2024, 2, 18, 17));
}

TEST(Calendar, the_night_shift_is_an_hour_shorter_when_clocks_go_forward) {
  CalendarRule rule;
  rule.week.fill(DayShifts{{22 * 60, 30 * 60}});  // 22:00-06:00 every night
  const Zone zone = new_york();
  const Calendar calendar(pattern_of(rule), zone);
  const auto night = [&](int month, int day) {
    return calendar.work_between(at(zone, 2022, month, day, 12),
                                 at(zone, 2022, month, day + 1, 12));
  };
  EXPECT_EQ(night(3, 11), WorkTime{8 * 60});
  EXPECT_EQ(night(3, 12), WorkTime{7 * 60});
  EXPECT_EQ(night(11, 5), WorkTime{9 * 60});
}

TEST(Calendar,
     a_holiday_takes_the_shift_that_begins_on_it_and_leaves_the_tail_of_the_evening_before) {
  CalendarRule rule;
  rule.week.fill(DayShifts{{22 * 60, 30 * 60}});
  rule.exceptions.push_back({.first = Date::from(2022, 8, 10), .last = Date::from(2022, 8, 10)});
  const Calendar calendar(pattern_of(rule), Zone{});
  EXPECT_TRUE(calendar.is_working(at(Zone{}, 2022, 8, 10, 5, 59)));  // Tuesday's shift goes on
  EXPECT_FALSE(calendar.is_working(at(Zone{}, 2022, 8, 10, 22)));    // Wednesday's is off
  EXPECT_FALSE(calendar.is_working(at(Zone{}, 2022, 8, 11, 5)));     // with its tail
  EXPECT_TRUE(calendar.is_working(at(Zone{}, 2022, 8, 11, 22)));
}

TEST(Calendar, work_that_never_comes_is_never_done) {
  CalendarRule once;  // works on one date only
  once.exceptions.push_back({.first = Date::from(2022, 8, 12),
                             .last = Date::from(2022, 8, 12),
                             .shifts = {{9 * 60, 10 * 60}}});
  const Calendar calendar(pattern_of(once), Zone{});
  const Instant noon = at(Zone{}, 2022, 8, 12, 12);
  EXPECT_EQ(calendar.advance(at(Zone{}, 2022, 8, 1, 0), WorkTime{60}), at(Zone{}, 2022, 8, 12, 10));
  EXPECT_EQ(calendar.advance(at(Zone{}, 2022, 8, 1, 0), WorkTime{61}), kNever);
  EXPECT_EQ(calendar.next_working(noon), kNever);
  EXPECT_EQ(calendar.previous_working(at(Zone{}, 2022, 8, 12, 9)), kEver);
  EXPECT_EQ(calendar.retreat(noon, WorkTime{61}), kEver);
  EXPECT_EQ(calendar.retreat(noon, WorkTime{60}), at(Zone{}, 2022, 8, 12, 9));
}

TEST(Calendar, around_the_clock_time_is_just_time) {
  const Calendar calendar;
  EXPECT_EQ(calendar.advance(Instant{5}, WorkTime{90}), Instant{95});
  EXPECT_EQ(calendar.retreat(Instant{5}, WorkTime{90}), Instant{-85});
  EXPECT_EQ(calendar.work_between(Instant{7}, Instant{4}), WorkTime{-3});
}

TEST(Calendar, intervals_are_whole_shifts_cut_to_the_range) {
  const Calendar calendar(built_in("standard"), Zone{});
  const auto worked = calendar.intervals({at(Zone{}, 2022, 8, 12, 10), at(Zone{}, 2022, 8, 15, 9)});
  const std::vector<Interval> expected = {
      {at(Zone{}, 2022, 8, 12, 10), at(Zone{}, 2022, 8, 12, 12)},
      {at(Zone{}, 2022, 8, 12, 13), at(Zone{}, 2022, 8, 12, 17)},
      {at(Zone{}, 2022, 8, 15, 8), at(Zone{}, 2022, 8, 15, 9)}};
  EXPECT_EQ(worked, expected);
}

// --- the fast calendar against the minute walker

rc::Gen<DayShifts> any_shifts() {
  return rc::gen::map(rc::gen::container<std::vector<std::pair<int, int>>>(rc::gen::pair(
                          rc::gen::inRange(0, 24 * 60), rc::gen::inRange(1, 14 * 60))),
                      [](const std::vector<std::pair<int, int>>& parts) {
                        DayShifts shifts;
                        for (std::size_t i = 0; i < std::min<std::size_t>(parts.size(), 3); ++i) {
                          shifts.push_back({parts[i].first, parts[i].first + parts[i].second});
                        }
                        return normalised(std::move(shifts));
                      });
}

CalendarRule any_rule() {
  CalendarRule rule;
  for (auto& shifts : rule.week) shifts = *any_shifts();
  const int num_exceptions = *rc::gen::inRange(0, 5);
  for (int i = 0; i < num_exceptions; ++i) {
    const Date first = Date::from(2022, 3, 1) + *rc::gen::inRange(0, 30);
    rule.exceptions.push_back({.first = first,
                               .last = first + *rc::gen::inRange(0, 4),
                               .is_like_a_working_day = *rc::gen::arbitrary<bool>(),
                               .shifts = *any_shifts(),
                               .name = {}});
  }
  return rule;
}

/// A zone whose clocks jump, by up to two hours and to the minute, within the days the tests look at.
Zone any_zone() {
  std::vector<Zone::Change> changes;
  Instant from{Date::from(2022, 3, 1).days * kMinutesPerDay};
  int offset = *rc::gen::inRange(-720, 720);
  const int first_offset = offset;
  const int num_changes = *rc::gen::inRange(0, 3);
  for (int i = 0; i < num_changes; ++i) {
    from = from + Elapsed{*rc::gen::inRange(2 * 1440, 15 * 1440)};
    offset += *rc::gen::inRange(-120, 121);
    changes.push_back({from, offset});
  }
  return Zone("made up", first_offset, changes);
}

TEST(CalendarTwins, agree_on_every_question) {
  holds(10'000, [] {
    const WorkPattern pattern = pattern_of(any_rule());
    const Zone zone = any_zone();
    const Calendar fast(pattern, zone);
    const MinuteWalker slow(pattern, zone);

    const Instant base{Date::from(2022, 3, 1).days * kMinutesPerDay};
    const Instant from = base + Elapsed{*rc::gen::inRange(0, 30 * 1440)};
    const Instant to = from + Elapsed{*rc::gen::inRange(0, 3 * 1440)};
    const std::int64_t work = *rc::gen::inRange(1, 900);
    constexpr std::int64_t kLimit = 8 * 1440;

    RC_ASSERT(fast.is_working(from) == slow.is_working(from));
    RC_ASSERT(fast.work_between(from, to).count() == slow.work_between(from, to));
    RC_ASSERT(fast.work_between(to, from).count() == -slow.work_between(from, to));

    const Instant done = slow.advance(from, work, kLimit);
    if (done != kNever) RC_ASSERT(fast.advance(from, WorkTime{work}) == done);
    const Instant begun = slow.retreat(from, work, kLimit);
    if (begun != kEver) RC_ASSERT(fast.retreat(from, WorkTime{work}) == begun);

    const Instant resumes = slow.advance(from, 1, kLimit);
    if (resumes != kNever) RC_ASSERT(fast.next_working(from) == resumes - Elapsed{1});
    const Instant rested = slow.retreat(from, 1, kLimit);
    if (rested != kEver) RC_ASSERT(fast.previous_working(from) == rested + Elapsed{1});

    Instant counted = from;
    for (const Interval& worked : fast.intervals({from, to})) {
      RC_ASSERT(slow.work_between(counted, worked.from) == 0);
      RC_ASSERT(slow.work_between(worked.from, worked.to) == worked.length().count());
      RC_ASSERT(!worked.is_empty());
      counted = worked.to;
    }
    RC_ASSERT(slow.work_between(counted, to) == 0);
  });
}

TEST(CalendarTwins, without_rests_it_is_as_with_those_minutes_off) {
  holds(10'000, [] {
    const bool is_always = *rc::gen::inRange(0, 8) == 0;
    const WorkPattern pattern = is_always ? around_the_clock() : pattern_of(any_rule());
    const Zone zone = any_zone();
    const Calendar planned = is_always ? Calendar() : Calendar(pattern, zone);
    const MinuteWalker slow(pattern, zone);
    const Instant base{Date::from(2022, 3, 1).days * kMinutesPerDay};
    std::vector<Interval> rests;
    Instant from = base;
    for (int i = *rc::gen::inRange(0, 12); i > 0; --i) {
      from = from + Elapsed{*rc::gen::inRange(0, 3 * 1440)};
      const Instant to = from + Elapsed{*rc::gen::inRange(1, 3 * 1440)};
      rests.push_back({from, to});
      from = to;
    }
    const Calendar fast = planned.without(rests);
    const auto works = [&](Instant minute) {
      return slow.is_working(minute) &&
             std::none_of(rests.begin(), rests.end(),
                          [&](const Interval& rest) { return rest.contains(minute); });
    };
    const Instant begin = base + Elapsed{*rc::gen::inRange(0, 30 * 1440)};
    const Instant end = begin + Elapsed{*rc::gen::inRange(1, 2 * 1440)};
    std::int64_t work = 0;
    for (Instant minute = begin; minute < end; minute = minute + Elapsed{1}) {
      const bool is_worked = works(minute);
      if (minute < begin + Elapsed{60}) RC_ASSERT(fast.is_working(minute) == is_worked);
      work += is_worked ? 1 : 0;
    }
    RC_ASSERT(fast.work_between(begin, end) == WorkTime{work});
    if (work == 0) return;
    const Instant done = fast.advance(begin, WorkTime{work});
    RC_ASSERT(done <= end);
    RC_ASSERT(works(done - Elapsed{1}));
    const Instant begun = fast.retreat(end, WorkTime{work});
    RC_ASSERT(begun >= begin);
    RC_ASSERT(works(begun));
  });
}

TEST(CalendarTwins, intersection_and_union_are_those_of_the_minutes) {
  holds(10'000, [] {
    const WorkPattern a = pattern_of(any_rule());
    const WorkPattern b = pattern_of(any_rule());
    const Zone zone = any_zone();
    const Calendar both(intersection(a, b), zone);
    const Calendar either(union_of(a, b), zone);
    const Calendar rest(difference(a, b), zone);
    const MinuteWalker in_a(a, zone);
    const MinuteWalker in_b(b, zone);
    const Instant base{Date::from(2022, 3, 1).days * kMinutesPerDay};
    const Instant from = base + Elapsed{*rc::gen::inRange(0, 30 * 1440)};
    for (int minute = 0; minute < 400; ++minute) {
      const Instant at = from + Elapsed{minute * 7};
      RC_ASSERT(both.is_working(at) == (in_a.is_working(at) && in_b.is_working(at)));
      RC_ASSERT(either.is_working(at) == (in_a.is_working(at) || in_b.is_working(at)));
      RC_ASSERT(rest.is_working(at) == (in_a.is_working(at) && !in_b.is_working(at)));
    }
  });
}

TEST(CalendarTwins, advance_and_retreat_undo_each_other) {
  holds(10'000, [] {
    const WorkPattern pattern = pattern_of(any_rule());
    const Calendar calendar(pattern, any_zone());
    RC_PRE(usual_week(pattern) > WorkTime{});
    const Instant from{Date::from(2022, 3, 1).days * kMinutesPerDay + *rc::gen::inRange(0, 50'000)};
    const WorkTime work{*rc::gen::inRange(1, 1'000'000)};
    const Instant finish = calendar.advance(from, work);
    RC_ASSERT(calendar.work_between(from, finish) == work);
    RC_ASSERT(calendar.retreat(finish, work) == calendar.next_working(from));
    RC_ASSERT(calendar.previous_working(finish) == finish);
  });
}

}  // namespace
}  // namespace diaodu
