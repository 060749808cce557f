#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace diaodu {

/// What makes a network of tasks worth believing: the fourteen points of the Defense Contract Management Agency
/// (DCMA-EA PAM 200.1, Earned Value Management System Program Analysis Pamphlet, 2012, section 4).
enum class QualityPoint : std::uint8_t {
  logic,                 ///< tasks without predecessor or successor
  leads,                 ///< links with a negative lag
  lags,                  ///< links with a positive lag
  link_types,            ///< links from finish to start
  hard_constraints,      ///< tasks that dates hold from both sides, or from above
  high_float,            ///< tasks that may slip long
  negative_float,        ///< tasks that are too late already
  long_durations,        ///< tasks too long to be followed
  invalid_dates,         ///< plans for the past, facts of the future
  resources,             ///< tasks with work that takes nothing and costs nothing
  missed_tasks,          ///< tasks that finish after their baseline
  critical_path_test,    ///< does the finish follow when a critical task slips?
  critical_path_length,  ///< CPLI: is there time enough to the date that is to be met?
  execution,             ///< BEI: is as much finished as the baseline has finished?
};
inline constexpr std::size_t kNumQualityPoints = 14;

/// One point: its key in `[quality]`, and the share (or index) that it must keep to.
struct QualityRule {
  QualityPoint point;
  std::string_view key;
  int usual = 0;          ///< hundredths of a percent
  bool is_least = false;  ///< the measure must be at least the limit, not at most
  bool is_index = false;  ///< told as 0.95, not as 95 %
};

inline constexpr std::array<QualityRule, kNumQualityPoints> kQualityRules = {{
    {QualityPoint::logic, "logic", 500},
    {QualityPoint::leads, "leads", 0},
    {QualityPoint::lags, "lags", 500},
    {QualityPoint::link_types, "link_types", 9000, true},
    {QualityPoint::hard_constraints, "hard_constraints", 500},
    {QualityPoint::high_float, "high_float", 500},
    {QualityPoint::negative_float, "negative_float", 0},
    {QualityPoint::long_durations, "long_durations", 500},
    {QualityPoint::invalid_dates, "invalid_dates", 0},
    {QualityPoint::resources, "resources", 0},
    {QualityPoint::missed_tasks, "missed_tasks", 500},
    {QualityPoint::critical_path_test, "critical_path_test", 9500, true},
    {QualityPoint::critical_path_length, "cpli", 9500, true, true},
    {QualityPoint::execution, "bei", 9500, true, true},
}};

constexpr const QualityRule& rule_of(QualityPoint point) {
  return kQualityRules[static_cast<std::size_t>(point)];
}

/// Where each point is judged.  Days are thousandths of a working day of the task's own calendar.
struct QualityLimits {
  /// In hundredths of a percent; nothing: the point is told, and not judged.
  std::array<std::optional<int>, kNumQualityPoints> limits = [] {
    std::array<std::optional<int>, kNumQualityPoints> usual;
    for (const QualityRule& rule : kQualityRules)
      usual[static_cast<std::size_t>(rule.point)] = rule.usual;
    return usual;
  }();
  std::int64_t float_days = 44'000;     ///< total float above it is high
  std::int64_t duration_days = 44'000;  ///< a duration above it is long
  std::int64_t delay_days = 600'000;    ///< by which the critical path test delays a task

  std::optional<int>& operator[](QualityPoint point) {
    return limits[static_cast<std::size_t>(point)];
  }
  std::optional<int> operator[](QualityPoint point) const {
    return limits[static_cast<std::size_t>(point)];
  }
  friend bool operator==(const QualityLimits&, const QualityLimits&) = default;
};

}  // namespace diaodu
