#include "diaodu/forecast/china_calendar.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <iterator>
#include <numbers>

#include "diaodu/plan/holidays_cn.h"

namespace diaodu::forecast {

namespace {

constexpr double kFirstMean = 1930;
constexpr double kLastMean = 2030;
constexpr double kChinaHours = 8;

double sine(double degrees) { return std::sin(degrees * std::numbers::pi / 180); }

/// Days since 1970-01-01 of a Julian day.
double since_1970(double julian) { return julian - 2440587.5; }

/// Dynamical time less universal time, in days: observed, then as Espenak & Meeus (2006) expect.
double dynamical_delay(double year) {
  constexpr double kSeconds[] = {-3, 21, 24, 33, 51, 64, 70, 85, 112, 146, 203};
  const double at = std::clamp((year - 1900) / 20, 0.0, 9.999);
  const auto left = static_cast<std::size_t>(at);
  const double part = at - std::floor(at);
  return (kSeconds[left] + part * (kSeconds[left + 1] - kSeconds[left])) / 86400;
}

/// Days since 1970-01-01, universal time, of new moon number `lunation` (0 is that of 2000-01-06).
double new_moon(double lunation) {
  const double k = lunation;
  const double t = k / 1236.85;
  const double mean = 2451550.09766 + 29.530588861 * k + 0.00015437 * t * t;
  const double e = 1 - 0.002516 * t;
  const double sun = 2.5534 + 29.10535670 * k;
  const double moon = 201.5643 + 385.81693528 * k + 0.0107582 * t * t;
  const double latitude = 160.7108 + 390.67050284 * k - 0.0016118 * t * t;
  const double node = 124.7746 - 1.56375588 * k;
  struct Correction {
    double days, angle;
  };
  const Correction corrections[] = {
      {-0.40720, moon},
      {0.17241 * e, sun},
      {0.01608, 2 * moon},
      {0.01039, 2 * latitude},
      {0.00739 * e, moon - sun},
      {-0.00514 * e, moon + sun},
      {0.00208 * e * e, 2 * sun},
      {-0.00111, moon - 2 * latitude},
      {-0.00057, moon + 2 * latitude},
      {0.00056 * e, 2 * moon + sun},
      {-0.00042, 3 * moon},
      {0.00042 * e, sun + 2 * latitude},
      {0.00038 * e, sun - 2 * latitude},
      {-0.00024 * e, 2 * moon - sun},
      {-0.00017, node},
      {0.000325, 299.77 + 0.107408 * k - 0.009173 * t * t},  // planets
      {0.000165, 251.88 + 0.016321 * k},
      {0.000164, 251.83 + 26.651886 * k},
      {0.000126, 349.42 + 36.412478 * k},
      {0.000110, 84.66 + 18.206239 * k},
  };
  double julian = mean;
  for (const Correction& correction : corrections) julian += correction.days * sine(correction.angle);
  return since_1970(julian) - dynamical_delay(2000 + t * 100);
}

/// The sun's apparent longitude in degrees, at days since 1970-01-01 universal time.
double solar_longitude(double days) {
  const double year = 1970 + days / 365.25;
  const double t = (days + dynamical_delay(year) + 2440587.5 - 2451545) / 36525;
  const double mean = 280.46646 + 36000.76983 * t;
  const double anomaly = 357.52911 + 35999.05029 * t;
  const double centre = (1.914602 - 0.004817 * t) * sine(anomaly) +
                        (0.019993 - 0.000101 * t) * sine(2 * anomaly) + 0.000289 * sine(3 * anomaly);
  return mean + centre - 0.00569 - 0.00478 * sine(125.04 - 1934.136 * t);
}

/// When the sun reaches a longitude, near a guess.
double solar_term(double longitude, double guess) {
  double at = guess;
  for (int i = 0; i < 8; ++i)
    at += std::remainder(longitude - solar_longitude(at), 360) * 365.2422 / 360;
  return at;
}

/// The day in China on which an instant lies.
Date china_day(double days) {
  return Date{static_cast<std::int32_t>(std::floor(days + kChinaHours / 24))};
}

/// Whether no multiple of 30 degrees is reached in the days from `first` to before `next`.
bool lacks_principal_term(Date first, Date next) {
  const double begin = first.days - kChinaHours / 24;
  const double longitude = std::ceil(solar_longitude(begin) / 30) * 30;
  return china_day(solar_term(longitude, begin + 15)) >= next;
}

Date compute_spring_festival(int year) {
  const double solstice = solar_term(270, Date::from(year - 1, 12, 21).days);
  const Date solstice_day = china_day(solstice);
  double lunation = std::floor((solstice - since_1970(2451550.1)) / 29.530588861) + 2;
  while (china_day(new_moon(lunation)) > solstice_day) lunation -= 1;
  // `lunation` opens the eleventh month.
  double next_eleventh = lunation + 11;
  const Date next_solstice = china_day(solar_term(270, Date::from(year, 12, 21).days));
  while (china_day(new_moon(next_eleventh + 1)) <= next_solstice) next_eleventh += 1;
  double first = lunation + 2;
  if (next_eleventh - lunation > 12) {
    for (double month = lunation + 1; month <= lunation + 2; month += 1) {
      if (lacks_principal_term(china_day(new_moon(month)), china_day(new_moon(month + 1)))) {
        first += 1;
        break;
      }
    }
  }
  return china_day(new_moon(first));
}

constexpr int kFirstYear = 1929;
constexpr int kLastYear = 2100;

/// Of which slot a month is.
int slot_of(int month, int slots_per_year) {
  if (slots_per_year == 11) return std::max(0, month - 2);
  return (month - 1) * slots_per_year / 12;
}

/// Shares of one year by slot; what lies outside the year is not counted.
std::vector<double> shares_of(int year, int slots_per_year, int first, int last) {
  std::vector<double> shares(static_cast<std::size_t>(slots_per_year), 0);
  const Date festival = spring_festival(year);
  for (int day = first; day <= last; ++day) {
    const YearMonthDay at = year_month_day(festival + day);
    shares[static_cast<std::size_t>(slot_of(at.month, slots_per_year))] += 1.0 / (last - first + 1);
  }
  return shares;
}

/// Monday to Friday of each slot, and those that the statutory days change.
std::vector<double> days_of(int year, int slots_per_year, bool has_statutory) {
  std::vector<double> counts(static_cast<std::size_t>(slots_per_year), 0);
  const Date end = Date::from(year + 1, 1, 1);
  std::vector<bool> is_worked;
  for (Date day = Date::from(year, 1, 1); day < end; day = day + 1)
    is_worked.push_back(weekday(day) < Weekday::saturday);
  if (has_statutory) {
    const Date begin = Date::from(year, 1, 1);
    for (const StatutoryDays& days : statutory_days_cn()) {
      for (Date day = std::max(days.first, begin); day <= days.last && day < end; day = day + 1)
        is_worked[static_cast<std::size_t>(day.days - begin.days)] = days.is_worked;
    }
  }
  for (std::size_t i = 0; i < is_worked.size(); ++i) {
    const Date day = Date::from(year, 1, 1) + static_cast<int>(i);
    if (is_worked[i])
      counts[static_cast<std::size_t>(slot_of(year_month_day(day).month, slots_per_year))] += 1;
  }
  return counts;
}

}  // namespace

Date spring_festival(int year) {
  assert(year >= kFirstYear && year <= kLastYear);
  static const std::vector<Date> kDates = [] {
    std::vector<Date> dates;
    for (int each = kFirstYear; each <= kLastYear; ++each)
      dates.push_back(compute_spring_festival(each));
    return dates;
  }();
  return kDates[static_cast<std::size_t>(year - kFirstYear)];
}

std::vector<double> festival_shares(const Series& like, std::size_t size, int first, int last) {
  const auto slots = static_cast<std::size_t>(like.slots_per_year);
  std::vector<double> mean(slots, 0);
  for (int year = static_cast<int>(kFirstMean); year <= kLastMean; ++year) {
    const auto shares = shares_of(year, like.slots_per_year, first, last);
    for (std::size_t i = 0; i < slots; ++i) mean[i] += shares[i] / (kLastMean - kFirstMean + 1);
  }
  std::vector<double> out;
  std::vector<double> shares;
  for (std::size_t at = 0; at < size; ++at) {
    if (shares.empty() || like.slot(at) == 0)
      shares = shares_of(like.year(at), like.slots_per_year, first, last);
    const auto slot = static_cast<std::size_t>(like.slot(at));
    out.push_back(shares[slot] - mean[slot]);
  }
  return out;
}

std::vector<double> working_days(const Series& like, std::size_t size) {
  constexpr int kFirstStatutory = 2007;
  const auto slots = static_cast<std::size_t>(like.slots_per_year);
  const int last = last_statutory_year_cn();
  std::vector<double> mean(slots, 0);
  std::vector<double> mean_of_weekdays(slots, 0);
  for (int year = kFirstStatutory; year <= last; ++year) {
    const auto days = days_of(year, like.slots_per_year, true);
    const auto weekdays = days_of(year, like.slots_per_year, false);
    for (std::size_t i = 0; i < slots; ++i) {
      mean[i] += days[i] / (last - kFirstStatutory + 1);
      mean_of_weekdays[i] += weekdays[i] / (last - kFirstStatutory + 1);
    }
  }
  std::vector<double> out;
  for (std::size_t at = 0; at < size; ++at) {
    const int year = like.year(at);
    const auto slot = static_cast<std::size_t>(like.slot(at));
    const bool is_published = year >= kFirstStatutory && year <= last;
    const double usual = is_published ? mean[slot] : mean_of_weekdays[slot];
    out.push_back(days_of(year, like.slots_per_year, is_published)[slot] - usual);
  }
  return out;
}

std::vector<double> leap_days(const Series& like, std::size_t size) {
  std::vector<double> out;
  for (std::size_t at = 0; at < size; ++at) {
    const int year = like.year(at);
    const bool is_leap = year_month_day(Date::from(year, 2, 28) + 1).month == 2;
    const bool has_february = like.slot(at) == slot_of(2, like.slots_per_year);
    double value = is_leap ? 0.75 : -0.25;
    if (!has_february) value = 0;
    out.push_back(value);
  }
  return out;
}

std::vector<Regressors> china_regressors(const Series& series, std::size_t horizon) {
  const std::size_t size = series.size() + horizon;
  std::vector<Regressors> out;
  if (size == 0 || series.year(0) < kFirstYear || series.year(size - 1) > kLastYear) return out;
  if (series.slots_per_year == 12)
    out.push_back({festival_shares(series, size, -6, -1), festival_shares(series, size, 0, 6)});
  // A late festival is felt in March; joined January and February hide the rest.
  if (series.slots_per_year == 11) out.push_back({festival_shares(series, size, 7, 20)});
  if (series.slots_per_year > 1) {
    if (series.year(0) >= 2007) out.push_back({working_days(series, size)});
    out.push_back({leap_days(series, size)});
  }
  return out;
}

}  // namespace diaodu::forecast
