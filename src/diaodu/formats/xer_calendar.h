#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "diaodu/plan/calendar_rule.h"

namespace diaodu::formats {

/// The working hours that Primavera packs into one cell:
///
///   (0||CalendarData()( (0||DaysOfWeek()( (0||1()( (0||0(s|08:00|f|12:00)()) ... ) ...
///                       (0||Exceptions()( (0||0(d|40179)( shifts )) ... )))
///
/// Day 1 is Sunday; exceptions count days as spreadsheets do, and have no shifts on days off.
struct XerHours {
  std::array<std::optional<DayShifts>, 7> week;  ///< Monday first; unset: not told
  std::vector<CalendarException> exceptions;
  bool is_whole = true;  ///< false if the text breaks off, or something in it makes no sense
};

/// Takes what can be read of the text, which may be anything.  Empty text is whole, and tells
/// nothing. Time and memory are proportional to the text; its depth is bounded.
XerHours parse_xer_hours(std::string_view text);

}  // namespace diaodu::formats
