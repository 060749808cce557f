#pragma once

#include <string>

#include "diaodu/core/language.h"
#include "diaodu/plan/plan.h"
#include "diaodu/report/time_axis.h"

namespace diaodu::report {

/// Where on a Gantt chart its axis and its bars are, in pixels, and which time they show.
struct GanttPlot {
  Interval range;
  double left = 0;
  double right = 0;
  double head = 0;  ///< where the axis begins
  double top = 0;   ///< where the axis ends and the first row begins
  double bottom = 0;

  double x_of(Instant instant) const;
};

/// Days on which the plan's calendar rests, where a day is wide enough to be seen.
std::string gantt_rest(const Plan& plan, const GanttPlot& plot);

/// The axis with the names of its marks, and the lines down from those of its coarser unit.  The
/// line below it begins at `margin`, left of the names of tasks.
std::string gantt_grid(const Plan& plan, const GanttPlot& plot, const Axis& axis, double margin,
                       Language language);

}  // namespace diaodu::report
