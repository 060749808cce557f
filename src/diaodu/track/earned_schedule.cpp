#include "diaodu/track/earned_schedule.h"

#include <algorithm>
#include <cmath>

namespace diaodu::track {
namespace {

/// The first instant in `[from, to]` for which `holds`, which stays true from then on; `to` if there is none before.
template <class Holds>
Instant first_where(Instant from, Instant to, Holds holds) {
  while (from < to) {
    const Instant middle = from + Elapsed{(to - from).count() / 2};
    if (holds(middle)) {
      to = middle;
    } else {
      from = middle + Elapsed{1};
    }
  }
  return from;
}

}  // namespace

std::optional<EarnedSchedule> earned_schedule(const Budget& budget, const Calendar& calendar,
                                              Money earned, Instant until) {
  const Interval dates = budget.dates();
  if (budget.total() <= Money{} || dates.is_empty()) return {};
  const Instant first =
      first_where(dates.from, dates.to, [&](Instant at) { return budget.planned(at) >= earned; });
  const Instant beyond =
      first_where(first, dates.to, [&](Instant at) { return budget.planned(at) > earned; });
  // `beyond` is the first instant with more, or the end of the baseline.
  const bool is_at_end = beyond == dates.to && budget.planned(dates.to) <= earned;
  const Instant last = is_at_end ? dates.to : std::max(first, beyond - Elapsed{1});
  EarnedSchedule schedule;
  schedule.date = std::clamp(until, first, last);
  // Of a rest, whose instants are all the same to the calendar, people name the beginning.
  if (schedule.date != until)
    schedule.date = std::max(first, calendar.previous_working(schedule.date));
  const auto since_start = [&](Instant at) {
    return std::max(WorkTime{}, calendar.work_between(dates.from, at));
  };
  schedule.earned = since_start(schedule.date);
  schedule.actual = since_start(until);
  schedule.planned = since_start(dates.to);
  if (schedule.earned <= WorkTime{}) return schedule;
  // IEAC(t) = PD / SPI(t) = PD x AT / ES
  const double minutes = static_cast<double>(schedule.planned.count()) *
                         static_cast<double>(schedule.actual.count()) /
                         static_cast<double>(schedule.earned.count());
  constexpr double kMost = 1e9;  // two thousand years of minutes
  if (!(minutes > 0 && minutes < kMost)) return schedule;
  schedule.at_completion = WorkTime{std::llround(minutes)};
  const Instant finish = calendar.advance(dates.from, *schedule.at_completion);
  if (finish < kNever) schedule.finish = finish;
  return schedule;
}

}  // namespace diaodu::track
