#include "diaodu/formats/window_cell.h"

#include <array>

#include "diaodu/formats/cells.h"

namespace diaodu::formats {
namespace {

constexpr std::array<std::string_view, 2> kBetweenWindows = {";", "；"};

/// `12:00` on that day; `24:00` ends it.
std::optional<LocalTime> clock_on(LocalTime day, std::string_view text) {
  const auto date = parse_date(std::string("2000-01-01 ") + std::string(text));
  if (!date || !date->has_clock || text.size() > 8) return {};
  const LocalTime midnight = LocalTime::at(Date::from(2000, 1, 1), 0);
  return LocalTime{day.minutes - day.minute_of_day() + date->time.minutes - midnight.minutes};
}

std::optional<Interval> parse_window(std::string_view text, const Zone& zone) {
  for (const std::string_view between : {"..", "至", "~", "～"}) {
    const std::size_t at = text.find(between);
    if (at == std::string_view::npos) continue;
    const auto from = parse_date(trimmed(text.substr(0, at)));
    if (!from) return {};
    const std::string_view end = trimmed(text.substr(at + between.size()));
    std::optional<LocalTime> until = clock_on(from->time, end);
    if (!until) {
      const auto date = parse_date(end);
      if (!date) return {};
      until = date->time;
      if (!date->has_clock) until->minutes += kMinutesPerDay;
    }
    return Interval{zone.to_instant(from->time), zone.to_instant(*until)};
  }
  const auto day = parse_date(text);
  if (!day || day->has_clock) return {};
  LocalTime end = day->time;
  end.minutes += kMinutesPerDay;
  return Interval{zone.to_instant(day->time), zone.to_instant(end)};
}

}  // namespace

std::vector<Interval> parse_windows(std::string_view text, const Zone& zone,
                                    std::optional<BadWindow>& bad) {
  std::vector<Interval> windows;
  while (!text.empty()) {
    const std::string_view part = take_part(text, kBetweenWindows);
    if (part.empty()) continue;
    const auto window = parse_window(part, zone);
    if (!window || window->is_empty()) {
      bad = BadWindow{std::string(part), window.has_value()};
      return {};
    }
    windows.push_back(*window);
  }
  return windows;
}

std::string windows_text(const Plan& plan, const std::vector<Interval>& windows) {
  std::string text;
  for (const Interval& window : windows) {
    if (!text.empty()) text += "; ";
    // With their clocks, of which 24:00 is none: a bare date would mean its last minute at the end.
    text += to_string(plan.zone.to_local(window.from)) + ".." +
            to_string(plan.zone.to_local(window.to));
  }
  return text;
}

}  // namespace diaodu::formats
