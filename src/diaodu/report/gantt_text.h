#pragma once

#include <string>

#include "diaodu/core/language.h"
#include "diaodu/plan/plan.h"
#include "diaodu/solve/answer.h"

namespace diaodu::report {

struct GanttTextOptions {
  Language language = Language::english;
  int width = 80;
  std::size_t max_rows = 0;  ///< 0: all
  bool is_ascii = false;     ///< bars of `#` and `=`, for terminals without block letters
  bool has_colour = false;
};

/// The schedule as a Gantt chart of letters: names indented as in the outline, an axis of months,
/// weeks or days, bars (`█` critical, `▒` not), `◆` milestones, summaries as brackets, `·` days
/// off, `┊` the data date.  No line is wider than `width`; empty without a schedule.
std::string gantt_text(const Plan& plan, const solve::Answer& answer,
                       const GanttTextOptions& options = {});

}  // namespace diaodu::report
