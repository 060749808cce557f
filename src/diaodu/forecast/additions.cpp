#include "diaodu/forecast/additions.h"

#include <algorithm>

#include "diaodu/core/civil.h"

namespace diaodu::forecast {

double months_into(int year, Instant instant, const Zone& zone) {
  const LocalTime local = zone.to_local(instant);
  const YearMonthDay date = year_month_day(local.date());
  const bool is_december = date.month == 12;
  const LocalTime from = LocalTime::at(Date::from(date.year, date.month, 1), 0);
  const LocalTime to = LocalTime::at(
      Date::from(date.year + (is_december ? 1 : 0), is_december ? 1 : date.month + 1, 1), 0);
  const double share = static_cast<double>(local.minutes - from.minutes) /
                       static_cast<double>(to.minutes - from.minutes);
  return (date.year - year) * 12 + date.month - 1 + share;
}

double share_of_month(double start, int ramp, int month) {
  const double from = std::max(start, static_cast<double>(month));
  const double to = month + 1;
  if (from >= to) return 0;
  if (ramp == 0) return to - from;
  // The integral of min(1, (t - start) / ramp) over what is left of the month.
  const double full = start + ramp;
  const double rising_to = std::clamp(full, from, to);
  const double a = from - start;
  const double b = rising_to - start;
  return (b * b - a * a) / (2.0 * ramp) + (to - rising_to);
}

}  // namespace diaodu::forecast
