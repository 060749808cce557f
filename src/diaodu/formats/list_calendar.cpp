#include "diaodu/formats/list_calendar.h"

#include <algorithm>
#include <string>

namespace diaodu::formats {
namespace {

constexpr std::string_view kUsualHours = "08:00-12:00 13:00-17:00";

/// Calendars that a list may have been made with; the first of those that fit best.
struct CalendarGuess {
  std::string_view id;
  Words meaning;
};
constexpr std::array kCalendars = std::to_array<CalendarGuess>(
    {{"standard", {}},
     {"cn", {"most rows agree with China's statutory holidays", "多数行符合中国法定节假日安排"}},
     {"six days", {"most rows agree with a week of six working days", "多数行符合每周六天工作制"}},
     {"every day",
      {"most rows agree with work on every day of the week", "多数行符合每周七天工作制"}}});

WorkTime work_in(const NamedCalendar& calendar, LocalTime from, LocalTime to) {
  const Plan utc;
  return calendar.calendar.work_between(utc.zone.to_instant(from), utc.zone.to_instant(to));
}

WorkTime work_of(const NamedCalendar& calendar, const ListRow& row) {
  return work_in(calendar, row.start->time, end_of(*row.finish));
}

bool fits(const NamedCalendar& calendar, const ListRow& row,
          const std::optional<DurationText>& written) {
  if (written) {
    const auto wanted = minutes(*written, calendar);
    return wanted && work_of(calendar, row) == WorkTime{*wanted};
  }
  const auto is_worked = [&](Date day) {
    return work_in(calendar, LocalTime::at(day, 0), LocalTime::at(day + 1, 0)) > WorkTime{};
  };
  return is_worked(row.start->time.date()) && is_worked(row.finish->time.date());
}

}  // namespace

LocalTime end_of(const DateText& date) {
  return date.has_clock ? date.time : LocalTime::at(date.time.date() + 1, 0);
}

ListCalendar::ListCalendar() {
  const auto add_rule = [this](std::string_view id, std::string_view key, std::string_view value) {
    settings_.push_back(
        {"calendars." + std::string(id), std::string(key), std::string(value), "", {}});
  };
  add_rule("six days", "base", "standard");
  add_rule("six days", "saturday", kUsualHours);
  add_rule("every day", "base", "standard");
  add_rule("every day", "weekend", kUsualHours);
  std::vector<Setting> all = settings_;
  all.push_back({"plan", "start", "2000-01-01", "", {}});
  Sources ignored;
  Findings none;
  apply_settings(all, plan_, ignored, none);
}

void ListCalendar::choose(const std::vector<ListRow>& rows,
                          const std::vector<std::optional<DurationText>>& durations) {
  std::array<std::size_t, kCalendars.size()> num_fits{};
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const auto& written = durations[row];
    if (!rows[row].start || !rows[row].finish || rows[row].is_summary) continue;
    if (written && (written->is_elapsed || written->thousandths == 0)) continue;
    for (std::size_t i = 0; i < kCalendars.size(); ++i) {
      num_fits[i] += fits(calendar(i), rows[row], written) ? 1 : 0;
    }
  }
  chosen_ = static_cast<std::size_t>(std::max_element(num_fits.begin(), num_fits.end()) -
                                     num_fits.begin());
}

std::string_view ListCalendar::id() const { return kCalendars[chosen_].id; }

const Words& ListCalendar::meaning() const { return kCalendars[chosen_].meaning; }

std::vector<Setting> ListCalendar::settings() const {
  std::vector<Setting> own;
  for (const Setting& setting : settings_) {
    if (setting.section == "calendars." + std::string(id())) own.push_back(setting);
  }
  return own;
}

WorkTime ListCalendar::work_between(const ListRow& row) const {
  return work_of(calendar(chosen_), row);
}

const NamedCalendar& ListCalendar::calendar(std::size_t number) const {
  return plan_.calendars[find_calendar(plan_, kCalendars[number].id)];
}

}  // namespace diaodu::formats
