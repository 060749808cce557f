#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "diaodu/plan/plan.h"

namespace diaodu::formats {

// How settings are written, for their reader and their writer.

inline constexpr std::array<std::string_view, 7> kWeekdays = {
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
inline constexpr std::string_view kLikeAWorkingDay = "working day";

template <class Value>
struct NamedSetting {
  std::string_view name;
  Value value;
};
inline constexpr std::array kProgressRules = std::to_array<NamedSetting<Options::ProgressRule>>(
    {{"retained_logic", Options::ProgressRule::retained_logic},
     {"progress_override", Options::ProgressRule::progress_override},
     {"actual_dates", Options::ProgressRule::actual_dates}});
inline constexpr std::array kLagCalendars = std::to_array<NamedSetting<Options::LagCalendar>>(
    {{"predecessor", Options::LagCalendar::predecessor},
     {"successor", Options::LagCalendar::successor},
     {"project", Options::LagCalendar::project},
     {"24h", Options::LagCalendar::around_the_clock}});
inline constexpr std::array kTotalFloats =
    std::to_array<NamedSetting<Options::TotalFloat>>({{"finish", Options::TotalFloat::finish},
                                                      {"start", Options::TotalFloat::start},
                                                      {"smaller", Options::TotalFloat::smaller}});

inline constexpr std::array kStartLags = std::to_array<NamedSetting<Options::StartLag>>(
    {{"actual_start", Options::StartLag::actual_start},
     {"early_start", Options::StartLag::early_start}});
inline constexpr std::array kLateDates = std::to_array<NamedSetting<Options::LateDates>>(
    {{"kept", Options::LateDates::kept}, {"wanted", Options::LateDates::wanted}});
inline constexpr std::array kOpenEnds =
    std::to_array<NamedSetting<bool>>({{"float", false}, {"critical", true}});

inline constexpr std::array kEstimateShapes = std::to_array<NamedSetting<Distribution::Shape>>(
    {{"triangular", Distribution::Shape::triangular}, {"pert", Distribution::Shape::pert}});
inline constexpr int kConfidencePlaces = 9;
inline constexpr std::int64_t kCertain = 1'000'000'000;  // in those places

template <class Choices>
std::string names_of(const Choices& choices) {
  std::string names;
  for (const auto& choice : choices) {
    if (!names.empty()) names += ", ";
    names += choice.name;
  }
  return names;
}

template <class Choices, class Value>
std::string name_of(const Choices& choices, Value value) {
  for (const auto& choice : choices) {
    if (choice.value == value) return std::string(choice.name);
  }
  return {};
}

}  // namespace diaodu::formats
