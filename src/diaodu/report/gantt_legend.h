#pragma once

#include <string>

#include "diaodu/core/language.h"

namespace diaodu::report {

/// What a chart shows besides tasks, milestones and float.
struct GanttLegend {
  bool has_waits = false;
  bool has_done = false;
  bool has_deadlines = false;
};

/// The marks and their names in one line that ends at `right`.
std::string gantt_legend(const GanttLegend& legend, Language language, double right, double y);

}  // namespace diaodu::report
