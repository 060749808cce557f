#include "diaodu/formats/mspdi_calendar.h"

#include <algorithm>
#include <map>
#include <set>

#include "diaodu/formats/encoding.h"
#include "diaodu/formats/settings.h"
#include "diaodu/plan/finding_kinds.h"

namespace diaodu::formats {
namespace {

constexpr std::size_t kMostDates = 20'000;  ///< of one exception: more than fifty years of days
constexpr std::size_t kMostDatesInAll = 400'000;  ///< of all that recur

constexpr std::size_t kLongestName = 255;  ///< of an exception: each of its dates repeats it
constexpr int kDaysPerWeek = 7;

Date date_of(Instant instant) { return LocalTime{instant.minutes()}.date(); }
bool is_in_years(Date date) {
  return date >= Date::from(kFirstYear, 1, 1) && date <= Date::from(kLastYear, 12, 31);
}

/// Project counts from Sunday.
int from_sunday(Date date) { return (static_cast<int>(weekday(date)) + 1) % kDaysPerWeek; }

int days_in_month(int year, int month) {
  const Date first = Date::from(year, month, 1);
  const Date next = month == 12 ? Date::from(year + 1, 1, 1) : Date::from(year, month + 1, 1);
  return next.days - first.days;
}

/// 0 a day, 1 a working weekday, 2 a day of the weekend, 3 ... 9 Sunday ... Saturday.
bool is_item(Date date, int item) {
  const int day = from_sunday(date);
  const bool is_weekend = day == 0 || day == kDaysPerWeek - 1;
  if (item == 0) return true;
  if (item == 1) return !is_weekend;
  if (item == 2) return is_weekend;
  return day == item - 3;
}

/// The first, second, third, fourth or last such day of a month; nothing where it has no fifth.
std::optional<Date> day_at_position(int year, int month, int item, int position) {
  constexpr int kLast = 4;
  std::optional<Date> last;
  int number = 0;
  for (int day = 1; day <= days_in_month(year, month); ++day) {
    const Date date = Date::from(year, month, day);
    if (!is_item(date, item)) continue;
    if (number++ == position && position != kLast) return date;
    last = date;
  }
  return position == kLast ? last : std::nullopt;
}

class Recurrence {
 public:
  Recurrence(const MspdiException& exception, std::size_t most)
      : exception_(exception),
        first_(date_of(exception.from)),
        last_(date_of(exception.to)),
        period_(std::max(1, exception.period)),
        most_(exception.is_by_occurrences && exception.occurrences > 0
                  ? std::min(most, static_cast<std::size_t>(exception.occurrences))
                  : most) {}

  std::vector<Date> run() {
    switch (exception_.type) {
      case 6:
        weekly();
        break;
      case 4:
      case 5:
        monthly(period_);
        break;
      case 2:
      case 3:
        monthly(12);
        break;
      default:
        for (Date date = first_; date <= last_ && dates_.size() < most_; date = date + period_)
          add(date);
    }
    return std::move(dates_);
  }

 private:
  void add(Date date) {
    if (date >= first_ && date <= last_ && dates_.size() < most_) dates_.push_back(date);
  }

  void weekly() {
    const Date sunday = first_ - from_sunday(first_);
    for (Date week = sunday; week <= last_ && dates_.size() < most_;
         week = week + kDaysPerWeek * period_) {
      for (int day = 0; day < kDaysPerWeek; ++day) {
        if ((exception_.days_of_week >> day & 1) != 0) add(week + day);
      }
      if (exception_.days_of_week == 0) return;
    }
  }

  void monthly(int step) {
    const YearMonthDay first = year_month_day(first_);
    const bool is_yearly = exception_.type == 2 || exception_.type == 3;
    const bool is_by_position = exception_.type == 3 || exception_.type == 5;
    const int months =
        is_yearly ? first.year * 12 + exception_.month : first.year * 12 + first.month - 1;
    for (int month = months; month / 12 <= year_month_day(last_).year && dates_.size() < most_;
         month += step) {
      const int year = month / 12;
      if (is_by_position) {
        const auto date =
            day_at_position(year, month % 12 + 1, exception_.month_item, exception_.month_position);
        if (date) add(*date);
      } else if (exception_.month_day >= 1) {
        // The 31st of a month that has fewer days is its last.
        add(Date::from(year, month % 12 + 1,
                       std::min(exception_.month_day, days_in_month(year, month % 12 + 1))));
      }
    }
  }

  const MspdiException& exception_;
  Date first_;
  Date last_;
  int period_;
  std::size_t most_;
  std::vector<Date> dates_;
};

bool is_span(const MspdiException& exception) {
  const bool is_daily = exception.type < 2 || exception.type > 6;
  return is_daily && exception.period <= 1;
}

/// Worked without hours of its own: Project means its usual ones.
DayShifts shifts_or_usual(const DayShifts& shifts, bool is_working) {
  if (!is_working) return {};
  return shifts.empty() ? DayShifts{{480, 720}, {780, 1020}} : normalised(shifts);
}

std::size_t index_of_day(int type) {
  return static_cast<std::size_t>((type + kDaysPerWeek - 2) % kDaysPerWeek);  // Monday, 2, is 0
}

class Rules {
 public:
  Rules(const MspdiDocument& document, const std::string& file, Findings& findings)
      : document_(document), file_(file), findings_(findings) {}

  void run() {
    for (std::size_t i = 0; i < document_.calendars.size(); ++i) {
      const MspdiCalendar& calendar = document_.calendars[i];
      if (!by_uid_.insert({calendar.uid, i}).second) {
        findings_.add(found::duplicate_id, where(calendar),
                      {std::to_string(calendar.uid),
                       std::to_string(document_.calendars[by_uid_[calendar.uid]].line)});
        continue;
      }
      numbers.push_back(calendar.uid);
      wheres.push_back(where(calendar));
      CalendarRule rule;
      rule.id = id_for(calendar);
      rule.name = calendar.name;
      rules.push_back(std::move(rule));
    }
    for (std::size_t i = 0; i < rules.size(); ++i) {
      const MspdiCalendar& calendar = document_.calendars[by_uid_[numbers[i]]];
      const auto base = std::find(numbers.begin(), numbers.end(), calendar.base);
      if (calendar.base >= 0 && calendar.base != calendar.uid && base != numbers.end()) {
        rules[i].base = rules[static_cast<std::size_t>(base - numbers.begin())].id;
      }
      fill(calendar, rules[i]);
      if (rules[i].base.empty()) {
        for (auto& day : rules[i].week) day = day.value_or(DayShifts{});
      }
    }
  }

  std::vector<CalendarRule> rules;
  std::vector<Where> wheres;
  std::vector<std::int64_t> numbers;  ///< UID of each rule

 private:
  Where where(const MspdiCalendar& calendar) const {
    return {.file = file_, .line = calendar.line};
  }

  std::string id_for(const MspdiCalendar& calendar) {
    const auto is_taken = [this](const std::string& id) {
      const auto built_in = built_in_calendars();
      return taken_.contains(id) || std::any_of(built_in.begin(), built_in.end(),
                                                [&](const auto& rule) { return rule.id == id; });
    };
    std::string id = calendar.name.empty() ? std::to_string(calendar.uid) : calendar.name;
    while (is_taken(id)) id += "#" + std::to_string(calendar.uid);
    taken_.insert(id);
    return id;
  }

  void fill(const MspdiCalendar& calendar, CalendarRule& rule) {
    for (const MspdiDay& day : calendar.days) {
      if (day.type >= 1)
        rule.week[index_of_day(day.type)] = shifts_or_usual(day.shifts, day.is_working);
    }
    for (const MspdiWeek& week : calendar.weeks) fill(calendar, week, rule);
    // Newer programs write both; the older way holds each time of what recurs.
    if (calendar.exceptions.empty()) {
      for (const MspdiDay& day : calendar.days) {
        if (day.type == 0) fill(calendar, day, rule);
      }
    }
    for (const MspdiException& exception : calendar.exceptions) {
      if (!is_sound(calendar, exception.from, exception.to)) continue;
      if (is_span(exception)) {
        rule.exceptions.push_back(dates_of(exception, 1).front());
      } else {
        add_recurring(calendar, exception, rule);
      }
    }
  }

  /// A date takes as much room as its shifts and its name.
  static std::size_t room_of(std::size_t num_shifts, std::size_t num_letters) {
    constexpr std::size_t kShiftsPerDate = 4;
    constexpr std::size_t kLettersPerDate = 64;
    return 1 + num_shifts / kShiftsPerDate + num_letters / kLettersPerDate;
  }

  /// As long as there is room for dates and their shifts.
  void add_recurring(const MspdiCalendar& calendar, const MspdiException& exception,
                     CalendarRule& rule) {
    const std::size_t each = room_of(exception.shifts.size(), 0);
    auto dates = dates_of(exception, std::min(kMostDates, num_dates_left_ / each));
    num_dates_left_ -= each * dates.size();
    std::move(dates.begin(), dates.end(), std::back_inserter(rule.exceptions));
    if (num_dates_left_ < each) tell_of_too_many(calendar);
  }

  /// Once.
  void tell_of_too_many(const MspdiCalendar& calendar) {
    constexpr Words kDates{"dates of calendars", "日历日期"};
    if (is_full_) return;
    findings_.add(found::too_many, where(calendar), {std::to_string(kMostDatesInAll), kDates});
    is_full_ = true;
  }

  bool is_sound(const MspdiCalendar& calendar, Instant from, Instant to) {
    constexpr Words kNoDates{"an exception has no dates, or ends before it begins; it is ignored",
                             "某例外没有日期，或结束早于开始；已忽略"};
    if (from != kNever && to != kNever && from <= to && is_in_years(date_of(from)) &&
        is_in_years(date_of(to))) {
      return true;
    }
    findings_.add(found::not_kept, where(calendar), {calendar.name, kNoDates});
    return false;
  }

  void fill(const MspdiCalendar& calendar, const MspdiDay& day, CalendarRule& rule) {
    if (!is_sound(calendar, day.from, day.to)) return;
    rule.exceptions.push_back({.first = date_of(day.from),
                               .last = date_of(day.to),
                               .shifts = shifts_or_usual(day.shifts, day.is_working)});
  }

  /// A working week holds for some months; it becomes its days.
  void fill(const MspdiCalendar& calendar, const MspdiWeek& week, CalendarRule& rule) {
    if (week.from == kNever && week.to == kNever) {  // the default week, once more
      for (const MspdiDay& day : week.days) {
        if (day.type >= 1)
          rule.week[index_of_day(day.type)] = shifts_or_usual(day.shifts, day.is_working);
      }
      return;
    }
    if (!is_sound(calendar, week.from, week.to)) return;
    const Date last = date_of(week.to);
    const std::string name(cut(week.name, kLongestName));
    for (const MspdiDay& day : week.days) {
      if (day.type < 1) continue;
      const int offset =
          (day.type - 1 - from_sunday(date_of(week.from)) + kDaysPerWeek) % kDaysPerWeek;
      for (Date date = date_of(week.from) + offset; date <= last; date = date + kDaysPerWeek) {
        const std::size_t room = room_of(day.shifts.size(), name.size());
        if (rule.exceptions.size() >= kMostDates || num_dates_left_ < room)
          return tell_of_too_many(calendar);
        num_dates_left_ -= room;
        rule.exceptions.push_back({.first = date,
                                   .last = date,
                                   .shifts = shifts_or_usual(day.shifts, day.is_working),
                                   .name = name});
      }
    }
  }

  const MspdiDocument& document_;
  const std::string& file_;
  Findings& findings_;
  std::unordered_map<std::int64_t, std::size_t> by_uid_;
  std::set<std::string> taken_;
  std::size_t num_dates_left_ = kMostDatesInAll;
  bool is_full_ = false;
};

/// What is built in comes back as such from a plan that was ours, not as a copy: then the id of it.
std::string same_built_in(const CalendarRule& rule) {
  if (!rule.base.empty() || !is_built_in(rule.name)) return {};
  Plan plain;
  Findings none;
  add_calendars({}, {}, plain, none);
  const NamedCalendar read = make_calendar(rule, std::vector<const CalendarRule*>{&rule}, {});
  const bool is_same = plain.calendars[find_calendar(plain, rule.name)].pattern == read.pattern;
  return is_same ? rule.name : std::string();
}

}  // namespace

std::vector<CalendarException> dates_of(const MspdiException& exception, std::size_t most) {
  const std::string name(cut(exception.name, kLongestName));
  const DayShifts shifts = shifts_or_usual(exception.shifts, exception.is_working);
  if (is_span(exception)) {
    return {{.first = date_of(exception.from),
             .last = date_of(exception.to),
             .shifts = shifts,
             .name = name}};
  }
  std::vector<CalendarException> dates;
  for (const Date date : Recurrence(exception, most).run()) {
    dates.push_back({.first = date, .last = date, .shifts = shifts, .name = name});
  }
  return dates;
}

std::unordered_map<std::int64_t, CalendarId> add_mspdi_calendars(const MspdiDocument& document,
                                                                 const std::string& file,
                                                                 Plan& plan, Findings& findings) {
  Rules rules(document, file, findings);
  rules.run();
  for (std::size_t i = 0; i < rules.rules.size(); ++i) {
    if (rules.numbers[i] != document.calendar) continue;
    CalendarRule& rule = rules.rules[i];
    rule.day = WorkTime{document.minutes_per_day};
  }
  const std::vector<std::int64_t> numbers = rules.numbers;
  // Project has a calendar for each resource, mostly one that only repeats its base.
  std::vector<std::string> repeated(numbers.size());
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const CalendarRule& rule = rules.rules[i];
    const bool is_own =
        !rule.exceptions.empty() || rule.day ||
        std::any_of(rule.week.begin(), rule.week.end(), [](const auto& day) { return day; });
    if (!is_own) repeated[i] = rule.base;
  }
  std::map<std::string, std::string> ours;  // by the id of the copy
  std::vector<std::string> ids;
  std::vector<CalendarRule> kept;
  std::vector<Where> wheres;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const std::string built_in = same_built_in(rules.rules[i]);
    ids.push_back(repeated[i].empty() ? rules.rules[i].id : repeated[i]);
    if (!built_in.empty()) {
      ours[rules.rules[i].id] = built_in;
      continue;
    }
    kept.push_back(std::move(rules.rules[i]));
    wheres.push_back(rules.wheres[i]);
  }
  const auto known = [&ours](std::string& id) {
    if (const auto copy = ours.find(id); copy != ours.end()) id = copy->second;
  };
  for (CalendarRule& rule : kept) known(rule.base);
  add_calendars(std::move(kept), wheres, plan, findings);
  std::unordered_map<std::string_view, CalendarId> by_id;
  for (CalendarId id : plan.calendars.ids()) by_id[plan.calendars[id].rule.id] = id;
  std::unordered_map<std::int64_t, CalendarId> by_uid;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    known(ids[i]);
    if (const auto found = by_id.find(ids[i]); found != by_id.end())
      by_uid[numbers[i]] = found->second;
  }
  return by_uid;
}

}  // namespace diaodu::formats
