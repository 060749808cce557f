#include "diaodu/report/time_axis.h"

#include <algorithm>
#include <array>

namespace diaodu::report {
namespace {

constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

Date first_day(Date date, Scale scale) {
  const YearMonthDay day = year_month_day(date);
  switch (scale) {
    case Scale::period:
    case Scale::day:
      return date;
    case Scale::week:
      return date - static_cast<int>(weekday(date));
    case Scale::month:
      return Date::from(day.year, day.month, 1);
    case Scale::quarter:
      return Date::from(day.year, (day.month - 1) / 3 * 3 + 1, 1);
    case Scale::year:
      return Date::from(day.year, 1, 1);
  }
  return date;
}

Date next_first_day(Date first, Scale scale) {
  constexpr int kMoreThanAny[] = {1, 1, 7, 31, 92, 366};
  const int days = kMoreThanAny[static_cast<std::size_t>(scale)];
  return first_day(first + days, scale);
}

Instant midnight(const Plan& plan, Date date) {
  return plan.zone.to_instant(LocalTime::at(date, 0));
}

/// A division's usual length in days, to guess how many there are before they are made.
constexpr std::array<std::int64_t, 6> kUsualDays = {1, 1, 7, 30, 91, 365};

}  // namespace

Instant beginning(const Plan& plan, Instant instant, Scale scale) {
  if (scale == Scale::period) return instant;
  return midnight(plan, first_day(plan.zone.to_local(instant).date(), scale));
}

Instant next(const Plan& plan, Instant instant, Scale scale) {
  if (scale == Scale::period) return instant + Elapsed{1};
  const Date first = first_day(plan.zone.to_local(instant).date(), scale);
  return midnight(plan, next_first_day(first, scale));
}

std::vector<Interval> divisions(const Plan& plan, const Interval& range, Scale scale) {
  std::vector<Interval> all;
  for (Instant at = beginning(plan, range.from, scale); at < range.to;) {
    const Instant end = next(plan, at, scale);
    all.push_back({at, end});
    at = end;
  }
  return all;
}

Scale scale_for(const Plan& plan, const Interval& range, std::int64_t most) {
  if (plan.is_abstract) return Scale::period;
  const std::int64_t days = range.length().count() / kMinutesPerDay + 1;
  for (const Scale scale : {Scale::day, Scale::week, Scale::month, Scale::quarter}) {
    if (days / kUsualDays[static_cast<std::size_t>(scale)] <= most) return scale;
  }
  return Scale::year;
}

std::string short_name(const Plan& plan, Instant instant, Scale scale, Language language) {
  const bool is_chinese = language == Language::chinese;
  if (scale == Scale::period) return std::to_string((instant - plan.start).count());
  const YearMonthDay day = year_month_day(plan.zone.to_local(instant).date());
  switch (scale) {
    case Scale::period:
    case Scale::day:
    case Scale::week:
      return std::to_string(day.day);
    case Scale::month:
      return is_chinese ? std::to_string(day.month) + "月"
                        : std::string(kMonths[static_cast<std::size_t>(day.month - 1)]);
    case Scale::quarter:
      return (is_chinese ? "" : "Q") + std::to_string((day.month - 1) / 3 + 1) +
             (is_chinese ? "季度" : "");
    case Scale::year:
      return std::to_string(day.year) + (is_chinese ? "年" : "");
  }
  return {};
}

std::string full_name(const Plan& plan, Instant instant, Scale scale, Language language) {
  const bool is_chinese = language == Language::chinese;
  if (scale == Scale::period || scale == Scale::year) {
    return short_name(plan, instant, scale, language);
  }
  const YearMonthDay day = year_month_day(plan.zone.to_local(instant).date());
  const std::string year = std::to_string(day.year) + (is_chinese ? "年" : "");
  const std::string part =
      short_name(plan, instant, scale == Scale::quarter ? Scale::quarter : Scale::month, language);
  const bool has_day = scale == Scale::day || scale == Scale::week;
  const std::string number = has_day ? std::to_string(day.day) : std::string();
  if (is_chinese) return year + part + (has_day ? number + "日" : "");
  return (has_day ? number + ' ' : "") + part + ' ' + year;
}

Axis make_axis(const Plan& plan, const Interval& range, double length, double room) {
  const double minutes = static_cast<double>(std::max<std::int64_t>(1, range.length().count()));
  Axis axis;
  if (plan.is_abstract) {
    // Every 1, 2, 5, 10, 20, 50 ... periods.
    std::int64_t step = 1;
    for (int i = 0; static_cast<double>(step) * length / minutes < room; ++i) {
      step = i % 3 == 1 ? step / 2 * 5 : step * 2;
    }
    axis.minor = Scale::period;
    const std::int64_t first = (range.from - plan.start).count() / step * step;
    for (Instant at = plan.start + Elapsed{first}; at < range.to; at = at + Elapsed{step}) {
      axis.minors.push_back({at, at + Elapsed{step}});
    }
    return axis;
  }
  axis.minor = Scale::year;
  for (const Scale scale : {Scale::quarter, Scale::month, Scale::week, Scale::day}) {
    const auto days = static_cast<double>(kUsualDays[static_cast<std::size_t>(scale)]);
    if (days * kMinutesPerDay * length / minutes >= room) axis.minor = scale;
  }
  axis.major = axis.minor <= Scale::week ? Scale::month : Scale::year;
  axis.minors = divisions(plan, range, axis.minor);
  axis.majors = divisions(plan, range, axis.major);
  return axis;
}

Interval span_of(const Plan& plan, const Schedule& schedule) {
  Interval span{kNever, kEver};
  for (const Placement& placed : schedule.placements) {
    if (!placed.is_scheduled) continue;
    span.from = std::min(span.from, placed.start);
    span.to = std::max(span.to, placed.finish);
  }
  return span.from > span.to ? Interval{plan.start, plan.start} : span;
}

}  // namespace diaodu::report
