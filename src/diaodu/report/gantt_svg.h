#pragma once

#include <string>

#include "diaodu/core/language.h"
#include "diaodu/plan/plan.h"
#include "diaodu/solve/answer.h"

namespace diaodu::report {

struct GanttSvgOptions {
  Language language = Language::english;
  int width = 1280;          ///< in pixels; the height follows from the number of rows
  std::size_t max_rows = 0;  ///< 0: all
};

/// The schedule as a picture that stands alone (SVG 1.1, system fonts, nothing loaded): names and
/// finish dates, bars (critical ones in a warm colour), summaries, milestones as diamonds, the
/// float behind each bar, links as thin arrows (those that drive, stronger), deadlines, the data
/// date, days off where the scale shows days.  Pointing at a bar tells its dates and why it starts
/// then.
///
/// The same plan and answer give the same bytes.  Without a schedule there are a title and no rows.
std::string gantt_svg(const Plan& plan, const solve::Answer& answer,
                      const GanttSvgOptions& options = {});

}  // namespace diaodu::report
