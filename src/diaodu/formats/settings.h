#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "diaodu/core/finding.h"
#include "diaodu/plan/plan.h"
#include "diaodu/plan/sources.h"

namespace diaodu::formats {

/// One line of `plan.toml`, or of the sheets `plan` and `calendars`: what is set to what, as text.
struct Setting {
  std::string
      section;  ///< `plan`, `options`, `risk`, `dispatch`, `quality`, or `calendars.` and the calendar's id
  std::string key;  ///< `start`; of a calendar also a weekday or dates
  std::string value;
  std::string note;  ///< of dated hours: what they are
  Where where;
};

/// Reads TOML text into settings.
std::vector<Setting> read_toml(std::string_view text, const std::string& file, Findings& findings);

/// Gives the plan its name, dates, zone, options and calendars.
void apply_settings(std::span<const Setting> settings, Plan& plan, Sources& sources,
                    Findings& findings);

/// The settings that `apply_settings` would turn into this plan's.
std::vector<Setting> settings_of(const Plan& plan);

std::string toml_of(std::span<const Setting> settings);

/// More are no plan's.
inline constexpr std::size_t kMostCalendars = 20'000;

/// Adds the calendars of `rules` (and the built-in ones) to the plan, in its zone; bases must
/// exist. `where` says, for each rule, where it is declared.
void add_calendars(std::vector<CalendarRule> rules, std::span<const Where> where, Plan& plan,
                   Findings& findings);

/// That calendar; where it is none, the plan's own; in a plan without calendars the built-in
/// standard.
const NamedCalendar& calendar_of(const Plan& plan, CalendarId calendar);

/// Is it one of those that every plan has?
bool is_built_in(std::string_view id);

/// The calendar of that id; none if there is no such calendar.
CalendarId find_calendar(const Plan& plan, std::string_view id);

}  // namespace diaodu::formats
