#include "diaodu/formats/settings.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <unordered_map>

#include "diaodu/core/decimal.h"
#include "diaodu/formats/cells.h"
#include "diaodu/formats/objectives.h"
#include "diaodu/formats/quality_settings.h"
#include "diaodu/formats/setting_names.h"
#include "diaodu/formats/zone_database.h"
#include "diaodu/plan/finding_kinds.h"

namespace diaodu::formats {
namespace {

constexpr std::string_view kPlanKeys =
    "name, name_zh, start, data_date, must_finish, time_zone, currency, calendar, time";
constexpr std::string_view kOptionKeys =
    "objective, progress, lag_calendar, start_lag, total_float, open_ends, late_dates, "
    "critical_float";
constexpr std::string_view kRiskKeys = "estimate_shape, trials, confidence";
constexpr std::string_view kDispatchKeys =
    "road_factor, speed, sampler, samples_per_hour, sampling_hours, people_per_case, serial_mean, "
    "serial_deviation, days";
constexpr std::string_view kCalendarKeys =
    "name, name_zh, base, holidays, hours_per_day, monday … sunday, weekdays, weekend, every_day, "
    "exceptions";
constexpr int kMostExceptionalDays = 100'000;  // of a calendar
constexpr Words kCalendars{"calendars", "日历"};

/// `2025-01-28` or `2025-01-28..2025-02-04`; also with `至` or `~` between.
std::optional<std::pair<Date, Date>> parse_dates(std::string_view text) {
  for (const std::string_view between : {"..", "至", "~"}) {
    const std::size_t at = text.find(between);
    if (at == std::string_view::npos) continue;
    const auto first = parse_date(text.substr(0, at));
    const auto last = parse_date(text.substr(at + between.size()));
    if (!first || !last || first->has_clock || last->has_clock) return {};
    if (last->time.date() < first->time.date()) return {};
    return std::pair{first->time.date(), last->time.date()};
  }
  const auto day = parse_date(text);
  if (!day || day->has_clock) return {};
  return std::pair{day->time.date(), day->time.date()};
}

/// The more particular a key, the later it counts, wherever it stands: Friday's own hours win over
/// those of `weekdays`, and these over `every_day`.
int particularity(std::string_view key) {
  if (key == "every_day") return 0;
  return key == "weekdays" || key == "weekend" ? 1 : 2;
}

class SettingsReader {
 public:
  SettingsReader(std::span<const Setting> settings, Plan& plan, Findings& findings)
      : settings_(settings), plan_(plan), findings_(findings) {}

  void run() {
    // The zone first: every date is read in it.
    for (const Setting& setting : settings_) {
      if (setting.section == "plan" && setting.key == "time_zone") read_zone(setting);
    }
    std::vector<CalendarRule> rules;
    std::vector<Where> where;
    std::map<std::string, std::size_t, std::less<>> rule_of;
    bool is_full = false;
    std::array<std::vector<std::pair<const Setting*, std::size_t>>, 3> by_particularity;
    for (const Setting& setting : settings_) {
      constexpr std::string_view kSection = "calendars.";
      if (!setting.section.starts_with(kSection)) continue;
      const std::string id = setting.section.substr(kSection.size());
      if (rules.size() == kMostCalendars && !rule_of.contains(id)) {
        if (!is_full) {
          findings_.add(found::too_many, setting.where,
                        {std::to_string(kMostCalendars), kCalendars});
        }
        is_full = true;
        continue;
      }
      const auto [entry, is_new] = rule_of.insert({id, rules.size()});
      if (is_new) {
        rules.emplace_back().id = id;
        where.push_back(setting.where);
      }
      const int rank = particularity(folded(setting.key));
      by_particularity[static_cast<std::size_t>(rank)].emplace_back(&setting, entry->second);
    }
    for (const auto& keys : by_particularity) {
      for (const auto& [setting, rule] : keys) read_calendar_key(*setting, rules[rule]);
    }
    add_calendars(std::move(rules), where, plan_, findings_);
    plan_.calendar = find_calendar(plan_, "standard");
    bool has_start = false;
    for (const Setting& setting : settings_) {
      if (setting.section == "plan") {
        read_plan_key(setting);
        has_start = has_start || setting.key == "start";
      } else if (setting.section == "options") {
        read_option(setting);
      } else if (setting.section == "risk") {
        read_risk_option(setting);
      } else if (setting.section == "dispatch") {
        read_dispatch_option(setting);
      } else if (setting.section == "quality") {
        read_quality_setting(setting, plan_.quality, findings_);
      }
    }
    if (!has_start) {
      findings_.add(found::no_start,
                    {.file = settings_.empty() ? std::string() : settings_.front().where.file});
    }
    for (const Setting& setting : settings_) {
      if (setting.section == "options" && setting.key == "critical_float") read_critical(setting);
    }
  }

 private:
  void read_zone(const Setting& setting) {
    if (auto zone = find_zone(setting.value)) {
      plan_.zone = std::move(*zone);
    } else {
      findings_.add(found::unknown_zone, setting.where, {setting.value});
    }
  }

  std::optional<Instant> read_date(const Setting& setting, bool is_end_of_day) {
    const auto date = parse_date(setting.value);
    if (!date) {
      findings_.add(is_unclear_date(setting.value) ? found::unclear_date : found::bad_date,
                    setting.where, {setting.value});
      return {};
    }
    LocalTime time = date->time;
    if (!date->has_clock && is_end_of_day) time.minutes += kMinutesPerDay;
    return plan_.zone.to_instant(time);
  }

  void read_plan_key(const Setting& setting) {
    const std::string& key = setting.key;
    if (key == "name") {
      plan_.name = setting.value;
    } else if (key == "name_zh") {
      plan_.name_zh = setting.value;
    } else if (key == "start") {
      plan_.start = read_date(setting, false).value_or(Instant{});
    } else if (key == "data_date") {
      plan_.data_date = read_date(setting, false);
    } else if (key == "must_finish") {
      plan_.must_finish = read_date(setting, true);
    } else if (key == "currency") {
      plan_.currency = setting.value;
    } else if (key == "calendar") {
      plan_.calendar = find_calendar(plan_, setting.value);
      if (!plan_.calendar) {
        findings_.add(found::unknown_calendar, setting.where, {setting.value, ""});
        plan_.calendar = find_calendar(plan_, "standard");
      }
    } else if (key == "time") {
      plan_.is_abstract = setting.value == "periods";
      if (setting.value != "periods" && setting.value != "dates") {
        findings_.add(found::bad_choice, setting.where, {setting.value, "dates, periods"});
      }
    } else if (key != "time_zone") {
      findings_.add(found::unknown_key, setting.where, {key, std::string(kPlanKeys)});
    }
  }

  template <class Choices, class Value>
  void read_choice(const Setting& setting, const Choices& choices, Value& value) {
    for (const auto& choice : choices) {
      if (choice.name == setting.value) {
        value = choice.value;
        return;
      }
    }
    findings_.add(found::bad_choice, setting.where, {setting.value, names_of(choices)});
  }

  void read_option(const Setting& setting) {
    const std::string& key = setting.key;
    if (key == "objective") {
      read_objective(setting);
    } else if (key == "progress") {
      read_choice(setting, kProgressRules, plan_.options.progress_rule);
    } else if (key == "lag_calendar") {
      read_choice(setting, kLagCalendars, plan_.options.lag_calendar);
    } else if (key == "total_float") {
      read_choice(setting, kTotalFloats, plan_.options.total_float);
    } else if (key == "start_lag") {
      read_choice(setting, kStartLags, plan_.options.start_lag);
    } else if (key == "open_ends") {
      read_choice(setting, kOpenEnds, plan_.options.open_ends_are_critical);
    } else if (key == "late_dates") {
      read_choice(setting, kLateDates, plan_.options.late_dates);
    } else if (key != "critical_float") {
      findings_.add(found::unknown_key, setting.where, {key, std::string(kOptionKeys)});
    }
  }

  void read_risk_option(const Setting& setting) {
    RiskOptions& risk = plan_.risk;
    if (setting.key == "estimate_shape") {
      read_choice(setting, kEstimateShapes, risk.shape);
    } else if (setting.key == "trials") {
      risk.trials = read_number(setting, 0, 1, kMostTrials).value_or(risk.trials);
    } else if (setting.key == "confidence") {
      // A date that is certain to hold, or certain not to, is no promise.
      if (const auto value = read_number(setting, kConfidencePlaces, 1, kCertain - 1))
        risk.confidence = static_cast<double>(*value) / static_cast<double>(kCertain);
    } else {
      findings_.add(found::unknown_key, setting.where, {setting.key, std::string(kRiskKeys)});
    }
  }

  void read_dispatch_option(const Setting& setting) {
    FieldOptions& field = plan_.field;
    const auto thousandths = [&](double low, double high, double& value) {
      const auto read =
          read_number(setting, 3, std::llround(low * 1000), std::llround(high * 1000));
      if (read) value = static_cast<double>(*read) / 1000;
    };
    const auto whole = [&](std::int64_t low, std::int64_t high, std::int64_t& value) {
      value = read_number(setting, 0, low, high).value_or(value);
    };
    if (setting.key == "road_factor") {
      thousandths(1, 10, field.road_factor);
    } else if (setting.key == "speed") {
      thousandths(1, 1000, field.speed);
    } else if (setting.key == "sampler") {
      field.sampler = plan_.text(setting.value);
    } else if (setting.key == "samples_per_hour") {
      whole(1, 10'000, field.samples_per_hour);
    } else if (setting.key == "sampling_hours") {
      thousandths(0.5, 24, field.sampling_hours);
    } else if (setting.key == "people_per_case") {
      whole(1, 100'000'000, field.people_per_case);
    } else if (setting.key == "serial_mean") {
      thousandths(1.1, 100, field.serial_mean);
    } else if (setting.key == "serial_deviation") {
      thousandths(0.1, 100, field.serial_deviation);
    } else if (setting.key == "days") {
      whole(1, 60, field.days);
    } else {
      findings_.add(found::unknown_key, setting.where, {setting.key, std::string(kDispatchKeys)});
    }
  }

  std::optional<std::int64_t> read_number(const Setting& setting, int places, std::int64_t low,
                                          std::int64_t high) {
    const auto value = parse_number(setting.value, places, false);
    if (!value) {
      findings_.add(found::bad_number, setting.where, {setting.value});
    } else if (*value < low || *value > high) {
      findings_.add(found::number_out_of_range, setting.where,
                    {setting.value, decimal_string(low, places), decimal_string(high, places)});
    } else {
      return value;
    }
    return {};
  }

  void read_objective(const Setting& setting) {
    if (auto objectives = parse_objectives(setting.value)) {
      plan_.options.objectives = std::move(*objectives);
    } else {
      findings_.add(found::bad_objective, setting.where, {setting.value, objective_words()});
    }
  }

  void read_critical(const Setting& setting) {
    const auto duration = parse_duration(setting.value);
    const auto time = duration ? minutes(*duration, plan_.calendars[plan_.calendar]) : std::nullopt;
    if (time) {
      plan_.options.critical_float = WorkTime{*time};
    } else {
      findings_.add(found::bad_duration, setting.where, {setting.value});
    }
  }

  std::optional<DayShifts> read_shifts(const Setting& setting) {
    auto shifts = parse_shifts(setting.value);
    if (!shifts) findings_.add(found::bad_shifts, setting.where, {setting.value});
    return shifts;
  }

  void read_calendar_key(const Setting& setting, CalendarRule& rule) {
    const std::string key = folded(setting.key);
    const auto set_days = [&](std::size_t from, std::size_t to) {
      if (const auto shifts = read_shifts(setting)) {
        for (std::size_t day = from; day < to; ++day) rule.week[day] = *shifts;
      }
    };
    if (key.empty()) return;  // only says that the calendar exists
    if (key == "name") {
      rule.name = setting.value;
    } else if (key == "name_zh") {
      rule.name_zh = setting.value;
    } else if (key == "base") {
      rule.base = setting.value;
    } else if (key == "holidays") {
      if (setting.value == "cn") {
        rule.has_statutory_holidays = true;
      } else if (!setting.value.empty()) {
        findings_.add(found::bad_choice, setting.where, {setting.value, "cn"});
      }
    } else if (key == "hours_per_day") {
      const auto minutes = parse_decimal(setting.value, 3);
      const std::int64_t rounded = (minutes.value_or(0) * 60 + 500) / 1000;
      if (rounded >= 1 && rounded <= kMinutesPerDay) {
        rule.day = WorkTime{rounded};
      } else {
        findings_.add(found::number_out_of_range, setting.where, {setting.value, "0", "24"});
      }
    } else if (key == "weekdays") {
      set_days(0, 5);
    } else if (key == "weekend") {
      set_days(5, 7);
    } else if (key == "every_day") {
      set_days(0, 7);
    } else if (const auto day = std::find(kWeekdays.begin(), kWeekdays.end(), key);
               day != kWeekdays.end()) {
      const auto number = static_cast<std::size_t>(day - kWeekdays.begin());
      set_days(number, number + 1);
    } else if (!key.empty() && key.front() >= '0' && key.front() <= '9') {
      read_exception(setting, rule);
    } else {
      findings_.add(found::unknown_key, setting.where, {setting.key, std::string(kCalendarKeys)});
    }
  }

  void read_exception(const Setting& setting, CalendarRule& rule) {
    const auto dates = parse_dates(setting.key);
    if (!dates) {
      findings_.add(found::bad_dates, setting.where, {setting.key});
      return;
    }
    int& days = exceptional_days_[rule.id];
    const int more = dates->second.days - dates->first.days + 1;
    if (days + more > kMostExceptionalDays) {
      findings_.add(found::too_many_exceptions, setting.where,
                    {rule.id, std::to_string(kMostExceptionalDays)});
      return;
    }
    days += more;
    CalendarException exception{.first = dates->first, .last = dates->second};
    exception.name = setting.note;
    if (setting.value == kLikeAWorkingDay || setting.value == "工作日") {
      exception.is_like_a_working_day = true;
    } else if (const auto shifts = read_shifts(setting)) {
      exception.shifts = *shifts;
    } else {
      return;
    }
    rule.exceptions.push_back(std::move(exception));
  }

  std::span<const Setting> settings_;
  Plan& plan_;
  Findings& findings_;
  std::map<std::string, int> exceptional_days_;
};

}  // namespace

void apply_settings(std::span<const Setting> settings, Plan& plan, Sources& sources,
                    Findings& findings) {
  if (!settings.empty()) {
    sources[TableKind::plan].file = settings.front().where.file;
    sources[TableKind::calendars].file = settings.front().where.file;
  }
  SettingsReader(settings, plan, findings).run();
}

}  // namespace diaodu::formats
