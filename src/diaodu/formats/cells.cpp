#include "diaodu/formats/cells.h"

#include <array>
#include <charconv>
#include <cmath>
#include <utility>
#include <vector>

#include "diaodu/core/decimal.h"
#include "diaodu/formats/letters.h"

namespace diaodu::formats {
namespace {

constexpr std::int64_t kMostMinutes = std::int64_t{300} * 366 * kMinutesPerDay;

bool remove_suffix(std::string_view& text, std::string_view suffix) {
  if (!text.ends_with(suffix)) return false;
  text.remove_suffix(suffix.size());
  return true;
}

struct UnitName {
  std::string_view name;
  DurationText::Unit unit;
  bool is_elapsed;
};

using Unit = DurationText::Unit;

constexpr std::array kUnits = std::to_array<UnitName>({
    {"m", Unit::minute, false},       {"min", Unit::minute, false},
    {"mins", Unit::minute, false},    {"minute", Unit::minute, false},
    {"minutes", Unit::minute, false}, {"分", Unit::minute, false},
    {"分钟", Unit::minute, false},    {"h", Unit::hour, false},
    {"hr", Unit::hour, false},        {"hrs", Unit::hour, false},
    {"hour", Unit::hour, false},      {"hours", Unit::hour, false},
    {"小时", Unit::hour, false},      {"时", Unit::hour, false},
    {"工时", Unit::hour, false},      {"d", Unit::day, false},
    {"day", Unit::day, false},        {"days", Unit::day, false},
    {"天", Unit::day, false},         {"日", Unit::day, false},
    {"工日", Unit::day, false},       {"工作日", Unit::day, false},
    {"个工作日", Unit::day, false},   {"w", Unit::week, false},
    {"wk", Unit::week, false},        {"wks", Unit::week, false},
    {"week", Unit::week, false},      {"weeks", Unit::week, false},
    {"周", Unit::week, false},        {"个周", Unit::week, false},
    {"星期", Unit::week, false},      {"mo", Unit::month, false},
    {"mon", Unit::month, false},      {"mons", Unit::month, false},
    {"month", Unit::month, false},    {"months", Unit::month, false},
    {"月", Unit::month, false},       {"个月", Unit::month, false},
    {"em", Unit::minute, true},       {"emin", Unit::minute, true},
    {"emins", Unit::minute, true},    {"eminute", Unit::minute, true},
    {"eminutes", Unit::minute, true}, {"eh", Unit::hour, true},
    {"ehr", Unit::hour, true},        {"ehrs", Unit::hour, true},
    {"ehour", Unit::hour, true},      {"ehours", Unit::hour, true},
    {"ed", Unit::day, true},          {"eday", Unit::day, true},
    {"edays", Unit::day, true},       {"日历天", Unit::day, true},
    {"ew", Unit::week, true},         {"ewk", Unit::week, true},
    {"ewks", Unit::week, true},       {"eweek", Unit::week, true},
    {"eweeks", Unit::week, true},     {"emo", Unit::month, true},
    {"emon", Unit::month, true},      {"emons", Unit::month, true},
    {"emonth", Unit::month, true},    {"emonths", Unit::month, true},
    {"日历月", Unit::month, true},
});

/// The number in thousandths, with a point or a comma.  Nothing for `1,000`: a thousand to one reader
/// and one to another.
std::optional<std::int64_t> parse_thousandths(std::string_view text) {
  if (const std::size_t comma = text.find(','); comma != std::string_view::npos) {
    if (text.size() == comma + 4) return {};
  }
  std::string plain(text);
  for (char& c : plain) {
    if (c == ',') c = '.';
  }
  return parse_decimal(plain, 3);
}

std::int64_t minutes_of(Unit unit, const NamedCalendar& calendar, bool is_elapsed) {
  switch (unit) {
    case Unit::minute:
      return 1;
    case Unit::hour:
      return 60;
    case Unit::none:
    case Unit::day:
      return is_elapsed ? kMinutesPerDay : calendar.day.count();
    case Unit::week:
      return is_elapsed ? kMinutesPerWeek : calendar.week.count();
    case Unit::month:
      return is_elapsed ? 30 * kMinutesPerDay : calendar.month.count();
  }
  return 1;
}

/// Splits at every character of `separators`; empty when a part is no number of at most 4 digits.
std::vector<int> number_parts(std::string_view text, std::string_view separators) {
  std::vector<int> parts;
  while (true) {
    const std::size_t end = std::min(text.find_first_of(separators), text.size());
    int value = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + end, value);
    if (error != std::errc{} || stop != text.data() + end || end == 0 || end > 4 || value < 0)
      return {};
    parts.push_back(value);
    if (end == text.size()) return parts;
    text.remove_prefix(end + 1);
  }
}

/// `16:00`, `16:00:00`, `4:00 PM`, `16:00:00.000Z` without its zone.
std::optional<int> parse_time_of_day(std::string_view text) {
  text = trimmed(text);
  int add_hours = 0;
  bool has_half = false;
  for (const std::string_view half : {"AM", "PM", "am", "pm"}) {
    if (!remove_suffix(text, half)) continue;
    has_half = true;
    add_hours = half[0] == 'P' || half[0] == 'p' ? 12 : 0;
    text = trimmed(text);
  }
  if (const std::size_t fraction = text.find('.'); fraction != std::string_view::npos) {
    text = text.substr(0, fraction);
  }
  const std::vector<int> parts = number_parts(text, ":");
  if (parts.size() != 2 && parts.size() != 3) return {};
  int hour = parts[0];
  if (has_half) {
    if (hour < 1 || hour > 12) return {};
    hour = hour % 12 + add_hours;
  }
  if (parts[1] > 59 || (parts.size() == 3 && parts[2] > 59)) return {};
  const int minute = hour * 60 + parts[1];
  if (minute > kMinutesPerDay) return {};
  return minute;
}

/// The day alone, in any of the orders people write.
std::optional<Date> parse_day(std::string_view text) {
  if (text.size() == 8 && text.find_first_not_of("0123456789") == std::string_view::npos) {
    const std::string iso = std::string(text.substr(0, 4)) + '-' + std::string(text.substr(4, 2)) +
                            '-' + std::string(text.substr(6, 2));
    return parse_iso_date(iso);
  }
  if (const std::size_t year = text.find("年"); year != std::string_view::npos) {
    constexpr std::size_t kLetter = 3;  // bytes of 年, 月, 日
    const std::size_t month = text.find("月");
    if (month == std::string_view::npos || month < year) return {};
    std::string_view day = text.substr(month + kLetter);
    if (!remove_suffix(day, "日")) remove_suffix(day, "号");
    const std::vector<int> y = number_parts(trimmed(text.substr(0, year)), "-");
    const std::vector<int> m =
        number_parts(trimmed(text.substr(year + kLetter, month - year - kLetter)), "-");
    const std::vector<int> d = number_parts(trimmed(day), "-");
    if (y.size() != 1 || m.size() != 1 || d.size() != 1) return {};
    return make_date(y[0], m[0], d[0]);
  }
  for (const char separator : {'-', '/', '.'}) {
    const std::vector<int> parts = number_parts(text, std::string_view(&separator, 1));
    if (parts.size() != 3) continue;
    if (parts[0] >= 1000) return make_date(parts[0], parts[1], parts[2]);
    if (parts[2] < 1000) return {};
    if (separator == '.') return make_date(parts[2], parts[1], parts[0]);
    if (parts[0] > 12) return make_date(parts[2], parts[1], parts[0]);
    if (parts[1] > 12 || parts[0] == parts[1]) return make_date(parts[2], parts[0], parts[1]);
    return {};
  }
  return {};
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

std::string_view take_part(std::string_view& text, std::span<const std::string_view> separators) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    for (const std::string_view separator : separators) {
      if (!text.substr(at).starts_with(separator)) continue;
      const std::string_view part = trimmed(text.substr(0, at));
      text.remove_prefix(at + separator.size());
      return part;
    }
  }
  return trimmed(std::exchange(text, {}));
}

std::optional<DurationText> parse_duration(std::string_view text) {
  text = trimmed(text);
  remove_suffix(text, "?");  // MS Project's mark of an estimate
  text = trimmed(text);
  std::size_t number_end = 0;
  while (number_end < text.size() &&
         (is_digit(text[number_end]) || text[number_end] == '.' || text[number_end] == ',' ||
          (number_end == 0 && (text[0] == '-' || text[0] == '+')))) {
    ++number_end;
  }
  const auto thousandths = parse_thousandths(text.substr(0, number_end));
  if (!thousandths) return {};
  DurationText duration{.thousandths = *thousandths};
  const std::string unit = folded(trimmed(text.substr(number_end)));
  if (unit.empty()) return duration;
  for (const UnitName& known : kUnits) {
    if (known.name != unit) continue;
    duration.unit = known.unit;
    duration.is_elapsed = known.is_elapsed;
    return duration;
  }
  return {};
}

std::optional<std::int64_t> minutes(const DurationText& duration, const NamedCalendar& calendar) {
  const std::int64_t of_unit = minutes_of(duration.unit, calendar, duration.is_elapsed);
  const __int128 exact = static_cast<__int128>(duration.thousandths) * of_unit;
  const __int128 rounded = (exact + (exact < 0 ? -500 : 500)) / 1000;
  if (rounded > kMostMinutes || rounded < -kMostMinutes) return {};
  return static_cast<std::int64_t>(rounded);
}

std::string duration_string(std::int64_t minutes, const NamedCalendar& calendar, bool is_elapsed) {
  const std::string_view elapsed = is_elapsed ? "e" : "";
  const auto in = [&](std::int64_t unit, std::string_view name) {
    return std::to_string(minutes / unit) + std::string(elapsed) + std::string(name);
  };
  const std::int64_t day = minutes_of(Unit::day, calendar, is_elapsed);
  if (day > 0 && minutes % day == 0) return in(day, "d");
  if (minutes % 60 == 0) return in(60, "h");
  return in(1, "min");
}

std::optional<Lag> parse_lag(std::string_view text, const NamedCalendar& calendar) {
  text = trimmed(text);
  const bool is_elapsed_percent = text.ends_with("e%");
  if (remove_suffix(text, "e%") || remove_suffix(text, "%")) {
    const auto hundredths = parse_thousandths(trimmed(text));
    constexpr std::int64_t kMostPercent = 100'000;
    if (!hundredths || *hundredths > kMostPercent * 1000 || *hundredths < -kMostPercent * 1000) {
      return {};
    }
    return Lag{.amount = static_cast<std::int32_t>(*hundredths / 10),
               .unit = is_elapsed_percent ? Lag::Unit::elapsed_percent : Lag::Unit::percent};
  }
  const auto duration = parse_duration(text);
  if (!duration) return {};
  const auto amount = minutes(*duration, calendar);
  if (!amount) return {};
  return Lag{.amount = static_cast<std::int32_t>(*amount),
             .unit = duration->is_elapsed ? Lag::Unit::elapsed : Lag::Unit::work};
}

std::string lag_string(const Lag& lag, const NamedCalendar& calendar) {
  switch (lag.unit) {
    case Lag::Unit::work:
      return duration_string(lag.amount, calendar, false);
    case Lag::Unit::elapsed:
      return duration_string(lag.amount, calendar, true);
    case Lag::Unit::percent:
      return decimal_string(lag.amount, 2) + '%';
    case Lag::Unit::elapsed_percent:
      return decimal_string(lag.amount, 2) + "e%";
  }
  return {};
}

std::optional<DateText> parse_date(std::string_view text) {
  text = trimmed(text);
  if (text.empty() || text.size() > 40) return {};
  if (text.find_first_not_of("0123456789.") == std::string_view::npos && text.size() >= 5 &&
      text.find('.') == text.rfind('.') &&
      (text.size() != 8 || text.find('.') != std::string_view::npos)) {
    double serial = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), serial);
    if (error != std::errc{} || end != text.data() + text.size()) return {};
    constexpr double kFirstSerial = 15'000;  // 1941: smaller numbers are hardly dates
    return serial >= kFirstSerial ? date_of_serial(serial, false) : std::nullopt;
  }
  // The clock follows a blank or `T`; 年月日 may have blanks inside, so look for the colon.
  std::string_view day = text;
  std::optional<int> clock;
  if (const std::size_t colon = text.find(':'); colon != std::string_view::npos) {
    std::size_t split = text.find_last_of(" T", colon);
    std::size_t begin = split + 1;
    if (split == std::string_view::npos) {  // 2024年4月12日16:00
      split = std::min(text.find("日"), text.find("号"));
      if (split == std::string_view::npos) return {};
      split += std::string_view("日").size();
      begin = split;
    }
    if (begin > colon) return {};
    std::string_view of_day = text.substr(begin);
    remove_suffix(of_day, "Z");
    clock = parse_time_of_day(of_day);
    if (!clock) return {};
    day = trimmed(text.substr(0, split));
  }
  const auto date = parse_day(day);
  if (!date) return {};
  return DateText{.time = LocalTime::at(*date, clock.value_or(0)), .has_clock = clock.has_value()};
}

std::string date_string(LocalTime time, bool is_end_of_day) {
  if (time.minute_of_day() != 0) return to_string(time);
  return to_string(is_end_of_day ? time.date() - 1 : time.date());
}

bool is_unclear_date(std::string_view text) {
  text = trimmed(text);
  const std::vector<int> parts = number_parts(text.substr(0, text.find(' ')), "/-");
  return parts.size() == 3 && parts[2] >= 1000 && parts[0] >= 1 && parts[0] <= 12 &&
         parts[1] >= 1 && parts[1] <= 12 && parts[0] != parts[1];
}

std::optional<DateText> date_of_serial(double serial, bool is_1904) {
  if (!(serial >= 0) || serial > 200'000) return {};
  // In the 1900 system day 60 is a 29 February that never was; from then on day 1 is 1899-12-31.
  const Date epoch = is_1904 ? Date::from(1904, 1, 1)
                             : (serial < 60 ? Date::from(1899, 12, 31) : Date::from(1899, 12, 30));
  const auto minutes_since = static_cast<std::int64_t>(std::llround(serial * kMinutesPerDay));
  const LocalTime time{epoch.days * kMinutesPerDay + minutes_since};
  const YearMonthDay ymd = year_month_day(time.date());
  if (ymd.year < kFirstYear || ymd.year > kLastYear) return {};
  return DateText{.time = time, .has_clock = minutes_since % kMinutesPerDay != 0};
}

std::optional<std::int64_t> parse_number(std::string_view text, int places,
                                         bool has_decimal_comma) {
  text = trimmed(text);
  for (const std::string_view sign : {"¥", "￥", "$", "€"}) {
    if (text.starts_with(sign)) text.remove_prefix(sign.size());
  }
  remove_suffix(text, "元");
  int shift = 0;  // of the point
  if (remove_suffix(text, "亿")) shift += 8;
  if (remove_suffix(text, "万")) shift += 4;
  if (remove_suffix(text, "%")) shift -= 2;
  text = trimmed(text);
  std::string plain;
  std::size_t digits_since_group = 0;
  bool is_grouped = false;
  bool has_point = false;
  const char point = has_decimal_comma ? ',' : '.';
  const char group = has_decimal_comma ? '.' : ',';
  for (const char c : text) {
    if (c == point) {
      if (is_grouped && digits_since_group != 3) return {};
      has_point = true;
      plain += '.';
    } else if (c == group || c == ' ' || c == '\'') {
      // No thousands begin with a zero: the comma of 0,125 is somebody's point.
      const bool is_zero = plain == "0" || plain == "-0" || plain == "+0";
      if (has_point || plain.empty() || is_zero || (is_grouped && digits_since_group != 3))
        return {};
      is_grouped = true;
      digits_since_group = 0;
    } else {
      plain += c;
      ++digits_since_group;
    }
  }
  if (is_grouped && !has_point && digits_since_group != 3) return {};
  if (places + shift < 0) return {};
  return parse_decimal(plain, places + shift);
}

std::optional<bool> parse_yes_no(std::string_view text) {
  const std::string word = folded(text);
  for (const std::string_view yes : {"yes", "y", "true", "1", "是", "x", "√"}) {
    if (word == yes) return true;
  }
  for (const std::string_view no : {"no", "n", "false", "0", "否", ""}) {
    if (word == no) return false;
  }
  return {};
}

std::string folded(std::string_view text) {
  std::string word;
  for (const char c : trimmed(text)) {
    if (c >= 'A' && c <= 'Z') {
      word += static_cast<char>(c - 'A' + 'a');
    } else if (c == ' ' || c == '-' || c == '\n' || c == '\r') {
      if (!word.ends_with('_')) word += '_';
    } else {
      word += c;
    }
  }
  return word;
}

}  // namespace diaodu::formats
