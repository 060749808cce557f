#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "diaodu/core/decimal.h"
#include "diaodu/formats/cells.h"
#include "diaodu/formats/objectives.h"
#include "diaodu/formats/quality_settings.h"
#include "diaodu/formats/setting_names.h"
#include "diaodu/formats/settings.h"

namespace diaodu::formats {

std::vector<Setting> settings_of(const Plan& plan) {
  std::vector<Setting> settings;
  const auto add = [&settings](std::string section, std::string key, std::string value,
                               std::string note = {}) {
    settings.push_back({std::move(section), std::move(key), std::move(value), std::move(note), {}});
  };
  const auto date = [&plan](Instant instant, bool is_end_of_day) {
    return date_string(plan.zone.to_local(instant), is_end_of_day);
  };
  if (!plan.name.empty()) add("plan", "name", plan.name);
  if (!plan.name_zh.empty()) add("plan", "name_zh", plan.name_zh);
  add("plan", "start", date(plan.start, false));
  if (plan.data_date) add("plan", "data_date", date(*plan.data_date, false));
  if (plan.must_finish) add("plan", "must_finish", date(*plan.must_finish, true));
  add("plan", "time_zone", plan.zone.name());
  add("plan", "currency", plan.currency);
  if (plan.is_abstract) add("plan", "time", "periods");
  if (plan.calendar) add("plan", "calendar", plan.calendars[plan.calendar].rule.id);
  const Options usual;
  const Options& options = plan.options;
  if (options.objectives != usual.objectives) {
    add("options", "objective", to_string(options.objectives));
  }
  if (options.progress_rule != usual.progress_rule) {
    add("options", "progress", name_of(kProgressRules, options.progress_rule));
  }
  if (options.lag_calendar != usual.lag_calendar) {
    add("options", "lag_calendar", name_of(kLagCalendars, options.lag_calendar));
  }
  if (options.total_float != usual.total_float) {
    add("options", "total_float", name_of(kTotalFloats, options.total_float));
  }
  if (options.start_lag != usual.start_lag) {
    add("options", "start_lag", name_of(kStartLags, options.start_lag));
  }
  if (options.open_ends_are_critical != usual.open_ends_are_critical) {
    add("options", "open_ends", name_of(kOpenEnds, options.open_ends_are_critical));
  }
  if (options.late_dates != usual.late_dates) {
    add("options", "late_dates", name_of(kLateDates, options.late_dates));
  }
  if (options.critical_float != usual.critical_float) {
    add("options", "critical_float", std::to_string(options.critical_float.count()) + "min");
  }
  const RiskOptions usual_risk;
  if (plan.risk.shape != usual_risk.shape)
    add("risk", "estimate_shape", name_of(kEstimateShapes, plan.risk.shape));
  if (plan.risk.trials != usual_risk.trials)
    add("risk", "trials", std::to_string(plan.risk.trials));
  if (plan.risk.confidence != usual_risk.confidence) {
    const double confidence = plan.risk.confidence * static_cast<double>(kCertain);
    add("risk", "confidence", decimal_string(std::llround(confidence), kConfidencePlaces));
  }
  const FieldOptions usual_field;
  const FieldOptions& field = plan.field;
  const auto add_real = [&](const char* key, double value, double default_value) {
    if (value != default_value) add("dispatch", key, decimal_string(std::llround(value * 1000), 3));
  };
  const auto add_whole = [&](const char* key, std::int64_t value, std::int64_t default_value) {
    if (value != default_value) add("dispatch", key, std::to_string(value));
  };
  add_real("road_factor", field.road_factor, usual_field.road_factor);
  add_real("speed", field.speed, usual_field.speed);
  if (!field.sampler.empty()) add("dispatch", "sampler", field.sampler.str());
  add_whole("samples_per_hour", field.samples_per_hour, usual_field.samples_per_hour);
  add_real("sampling_hours", field.sampling_hours, usual_field.sampling_hours);
  add_whole("people_per_case", field.people_per_case, usual_field.people_per_case);
  add_real("serial_mean", field.serial_mean, usual_field.serial_mean);
  add_real("serial_deviation", field.serial_deviation, usual_field.serial_deviation);
  add_whole("days", field.days, usual_field.days);
  for (Setting& setting : quality_settings(plan.quality)) settings.push_back(std::move(setting));
  for (const NamedCalendar& calendar : plan.calendars) {
    const CalendarRule& rule = calendar.rule;
    if (is_built_in(rule.id)) continue;
    const std::string section = "calendars." + rule.id;
    add(section, "", "");
    if (!rule.name.empty()) add(section, "name", rule.name);
    if (!rule.name_zh.empty()) add(section, "name_zh", rule.name_zh);
    if (!rule.base.empty()) add(section, "base", rule.base);
    if (rule.has_statutory_holidays) add(section, "holidays", "cn");
    if (rule.day)
      add(section, "hours_per_day", decimal_string((rule.day->count() * 1000 + 59) / 60, 3));
    for (std::size_t day = 0; day < 7; ++day) {
      if (rule.week[day]) add(section, std::string(kWeekdays[day]), to_string(*rule.week[day]));
    }
    for (const CalendarException& exception : rule.exceptions) {
      std::string dates = to_string(exception.first);
      if (exception.last != exception.first) dates += ".." + to_string(exception.last);
      add(section, dates,
          exception.is_like_a_working_day ? std::string(kLikeAWorkingDay)
                                          : to_string(exception.shifts),
          exception.name);
    }
  }
  return settings;
}

}  // namespace diaodu::formats
