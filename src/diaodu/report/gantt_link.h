#pragma once

#include <string>
#include <string_view>

#include "diaodu/plan/task.h"

namespace diaodu::report {

/// Where a task is drawn on a Gantt chart.
struct GanttBar {
  double start = 0;
  double finish = 0;
  double middle = 0;      ///< of its row
  bool is_point = false;  ///< a diamond
};

inline constexpr double kGanttRow = 26;
inline constexpr double kGanttBar = 12;
inline constexpr double kGanttDiamond = 6.5;

/// An orthogonal arrow from one bar's end to another's.  Where the successor begins behind its
/// predecessor's end the arrow drops straight onto it, else it goes around between the rows.
std::string gantt_link(const GanttBar& from, const GanttBar& to, LinkType type,
                       std::string_view style);

}  // namespace diaodu::report
