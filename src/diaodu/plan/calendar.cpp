#include "diaodu/plan/calendar.h"

#include <algorithm>
#include <cassert>
#include <set>

namespace diaodu {
namespace {

/// Plans live between these instants; the weekly pattern goes on beyond them.
constexpr Date kFirstDate = Date::from(kFirstYear - 10, 1, 1);

constexpr std::int64_t floor_divide(std::int64_t a, std::int64_t b) {
  return a >= 0 ? a / b : -((-a + b - 1) / b);
}

/// The dates on which clocks change, and those told apart by the pattern: on these the day is spelled
/// out; the weekly pattern holds on all others.
std::set<Date> special_dates(const WorkPattern& pattern, const Zone& zone) {
  std::set<Date> dates;
  for (const auto& [date, shifts] : pattern.dated) dates.insert(date);
  for (const Zone::Change& change : zone.changes()) {
    dates.insert(zone.to_local(change.from - Elapsed{1}).date());
    dates.insert(zone.to_local(change.from).date());
  }
  std::erase_if(dates, [](Date date) { return date < kFirstDate; });
  return dates;
}

}  // namespace

Calendar::Calendar(const WorkPattern& pattern, const Zone& zone) {
  const auto local_midnight = [&zone](Date date) {
    return zone.to_instant(LocalTime::at(date, 0));
  };

  // The weekly spans, once, from Monday 00:00.
  std::int64_t work_per_week = 0;
  for (int day = 0; day < 7; ++day) {
    for (const Shift& shift : pattern.week[static_cast<std::size_t>(day)]) {
      assert(shift.end <= kMinutesPerDay);
      const std::int64_t begin = day * kMinutesPerDay + shift.begin;
      const std::int64_t end = day * kMinutesPerDay + shift.end;
      spans_.push_back({begin, end, work_per_week});
      work_per_week += end - begin;
    }
  }
  const auto num_week_spans = static_cast<std::uint32_t>(spans_.size());

  const auto add_weeks = [&](Date from) {
    const Date monday = from - static_cast<int>(weekday(from));
    const Instant begin = local_midnight(from);
    const Instant anchor = begin - Elapsed{(from.days - monday.days) * kMinutesPerDay};
    add({begin, anchor, kMinutesPerWeek, work_per_week, 0, num_week_spans, 0, 0});
  };
  const auto add_spelled_out = [&](Date from, Date to) {
    const Instant begin = local_midnight(from);
    const auto first_span = static_cast<std::uint32_t>(spans_.size());
    std::int64_t work = 0;
    for (Date date = from; date < to; date = date + 1) {
      for (const Shift& shift : pattern.on(date)) {
        const Instant opens = zone.to_instant(LocalTime::at(date, shift.begin));
        const Instant closes = zone.to_instant(LocalTime::at(date, shift.end));
        if (opens >= closes) continue;  // the clocks jumped over it
        spans_.push_back({(opens - begin).count(), (closes - begin).count(), work});
        work += (closes - opens).count();
      }
    }
    const auto num_spans = static_cast<std::uint32_t>(spans_.size()) - first_span;
    const std::int64_t length = (local_midnight(to) - begin).count();
    add({begin, begin, length, work, first_span, num_spans, 0, 0});
  };

  add_weeks(kFirstDate);
  const std::set<Date> special = special_dates(pattern, zone);
  for (auto date = special.begin(); date != special.end();) {
    const Date from = *date;
    Date to = from + 1;
    for (++date; date != special.end() && *date == to; ++date) to = to + 1;
    add_spelled_out(from, to);
    add_weeks(to);
  }
}

Calendar Calendar::without(std::span<const Interval> rests) const {
  if (rests.empty()) return *this;
  if (is_always()) return Calendar(around_the_clock(), Zone()).without(rests);
  Calendar made;
  made.spans_ = spans_;
  made.stretches_.reserve(stretches_.size() + 2 * rests.size());
  auto rest = rests.begin();
  for (std::size_t i = 0; i < stretches_.size(); ++i) {
    Stretch stretch = stretches_[i];
    const Instant end = i + 1 < stretches_.size() ? stretches_[i + 1].from : kNever;
    while (rest != rests.end() && rest->from < end && stretch.from < end) {
      if (stretch.from < rest->from) made.add(stretch);
      const Instant from = std::max(stretch.from, rest->from);
      made.add({from, from, kMinutesPerDay, 0, 0, 0, 0, 0});
      stretch.from = std::min(rest->to, end);
      if (rest->to > end) break;
      ++rest;
    }
    if (stretch.from < end) made.add(stretch);
  }
  return made;
}

/// As the last of the stretches.
void Calendar::add(Stretch stretch) {
  stretch.work_before = 0;
  if (!stretches_.empty()) {
    const Stretch& last = stretches_.back();
    stretch.work_before = last.work_at_anchor + worked_since_anchor(last, stretch.from);
  }
  stretch.work_at_anchor = stretch.work_before - worked_since_anchor(stretch, stretch.from);
  stretches_.push_back(stretch);
}

std::int64_t Calendar::worked_since_anchor(const Stretch& stretch, Instant instant) const {
  const std::int64_t offset = (instant - stretch.anchor).count();
  const std::int64_t periods = floor_divide(offset, stretch.period);
  const std::int64_t minute = offset - periods * stretch.period;
  const auto begin = spans_.begin() + stretch.first_span;
  const auto end = begin + stretch.num_spans;
  const auto after = std::upper_bound(
      begin, end, minute, [](std::int64_t value, const Span& span) { return value < span.begin; });
  std::int64_t within = 0;
  if (after != begin) {
    const Span& span = *std::prev(after);
    within = span.work_before + std::min(minute, span.end) - span.begin;
  }
  return periods * stretch.work_per_period + within;
}

const Calendar::Stretch& Calendar::stretch_at(Instant instant) const {
  const auto after =
      std::upper_bound(stretches_.begin(), stretches_.end(), instant,
                       [](Instant value, const Stretch& stretch) { return value < stretch.from; });
  return after == stretches_.begin() ? *after : *std::prev(after);
}

std::int64_t Calendar::work_before(Instant instant) const {
  if (is_always()) return instant.minutes();
  const Stretch& stretch = stretch_at(instant);
  return stretch.work_at_anchor + worked_since_anchor(stretch, instant);
}

Instant Calendar::first_with(std::int64_t work) const {
  if (is_always()) return Instant{work};
  // W reaches `work` in the last stretch that begins with less.
  const auto after =
      std::partition_point(stretches_.begin(), stretches_.end(),
                           [work](const Stretch& stretch) { return stretch.work_before < work; });
  const Stretch& stretch = after == stretches_.begin() ? *after : *std::prev(after);
  if (stretch.work_per_period == 0) {
    return after == stretches_.begin() ? kEver : kNever;
  }
  const std::int64_t since_anchor = work - stretch.work_at_anchor;
  const std::int64_t periods = floor_divide(since_anchor - 1, stretch.work_per_period);
  const std::int64_t rest = since_anchor - periods * stretch.work_per_period;  // 1 ... per period
  const auto begin = spans_.begin() + stretch.first_span;
  const auto span = std::prev(
      std::partition_point(begin, begin + stretch.num_spans,
                           [rest](const Span& candidate) { return candidate.work_before < rest; }));
  return stretch.anchor +
         Elapsed{periods * stretch.period + span->begin + rest - span->work_before};
}

Instant Calendar::last_with(std::int64_t work) const {
  if (is_always()) return Instant{work};
  const auto after =
      std::partition_point(stretches_.begin(), stretches_.end(),
                           [work](const Stretch& stretch) { return stretch.work_before <= work; });
  const Stretch& stretch = after == stretches_.begin() ? *after : *std::prev(after);
  if (stretch.work_per_period == 0) {
    return after == stretches_.end() ? kNever : kEver;
  }
  const std::int64_t since_anchor = work - stretch.work_at_anchor;
  const std::int64_t periods = floor_divide(since_anchor, stretch.work_per_period);
  const std::int64_t rest =
      since_anchor - periods * stretch.work_per_period;  // 0 ... per period - 1
  const auto begin = spans_.begin() + stretch.first_span;
  const auto span = std::prev(std::partition_point(
      begin, begin + stretch.num_spans,
      [rest](const Span& candidate) { return candidate.work_before <= rest; }));
  return stretch.anchor +
         Elapsed{periods * stretch.period + span->begin + rest - span->work_before};
}

Instant Calendar::advance(Instant from, WorkTime time) const {
  assert(time >= WorkTime{});
  if (time == WorkTime{} || from == kNever) return from;
  if (is_always()) return from + Elapsed{time.count()};
  return first_with(work_before(from) + time.count());
}

Instant Calendar::retreat(Instant from, WorkTime time) const {
  assert(time >= WorkTime{});
  if (time == WorkTime{} || from == kEver) return from;
  if (is_always()) return from - Elapsed{time.count()};
  return last_with(work_before(from) - time.count());
}

WorkTime Calendar::work_between(Instant from, Instant to) const {
  if (is_always()) return WorkTime{(to - from).count()};
  return WorkTime{work_before(to) - work_before(from)};
}

Instant Calendar::next_working(Instant from) const {
  if (is_always() || from == kNever) return from;
  return last_with(work_before(from));
}

Instant Calendar::previous_working(Instant from) const {
  if (is_always() || from == kEver) return from;
  return first_with(work_before(from));
}

bool Calendar::is_working(Instant instant) const {
  return work_between(instant, instant + Elapsed{1}) == WorkTime{1};
}

std::vector<Interval> Calendar::intervals(Interval range) const {
  std::vector<Interval> worked;
  if (range.is_empty()) return worked;
  if (is_always()) return {range};
  const auto add = [&worked](Instant from, Instant to) {
    if (to <= from) return;
    // Spans may touch: at midnight, at a stretch's end.
    if (!worked.empty() && worked.back().to == from) {
      worked.back().to = to;
    } else {
      worked.push_back({from, to});
    }
  };
  for (const Stretch* stretch = &stretch_at(range.from);; ++stretch) {
    const bool is_last = stretch == &stretches_.back();
    const Instant from =
        stretch == &stretches_.front() ? range.from : std::max(range.from, stretch->from);
    const Instant to = is_last ? range.to : std::min(range.to, (stretch + 1)->from);
    const auto spans = std::span(spans_).subspan(stretch->first_span, stretch->num_spans);
    const std::int64_t offset = (from - stretch->anchor).count();
    const std::int64_t periods = floor_divide(offset, stretch->period);
    Instant period = stretch->anchor + Elapsed{periods * stretch->period};
    auto span = std::partition_point(spans.begin(), spans.end(), [&](const Span& each) {
      return each.end <= offset - periods * stretch->period;
    });
    while (!spans.empty() && period < to) {
      for (; span != spans.end() && period + Elapsed{span->begin} < to; ++span)
        add(std::max(from, period + Elapsed{span->begin}),
            std::min(to, period + Elapsed{span->end}));
      period = period + Elapsed{stretch->period};
      span = spans.begin();
    }
    if (is_last || (stretch + 1)->from >= range.to) return worked;
  }
}

std::int64_t Calendar::most_intervals(Interval range) const {
  if (range.is_empty()) return 0;
  if (is_always()) return 1;
  std::int64_t most = 0;
  for (const Stretch* stretch = &stretch_at(range.from);; ++stretch) {
    const bool is_last = stretch == &stretches_.back();
    const Instant from =
        stretch == &stretches_.front() ? range.from : std::max(range.from, stretch->from);
    const Instant to = is_last ? range.to : std::min(range.to, (stretch + 1)->from);
    most += ((to - from).count() / stretch->period + 2) * stretch->num_spans;
    if (is_last || (stretch + 1)->from >= range.to) return most;
  }
}

}  // namespace diaodu
