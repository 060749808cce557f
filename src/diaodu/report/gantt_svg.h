#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>

#include "diaodu/core/language.h"
#include "diaodu/plan/plan.h"
#include "diaodu/solve/answer.h"

namespace diaodu::report {

/// One of the pages that a long chart is cut into: the same chart, between two of its rows.
struct GanttPage {
  std::size_t first_row = 0;
  std::size_t num_rows = 0;
  int number = 1;
  int of = 1;
  int height = 0;  ///< in pixels, whatever the rows take
};

struct GanttSvgOptions {
  Language language = Language::english;
  int width = 1280;          ///< in pixels; the height follows from the number of rows
  std::size_t max_rows = 0;  ///< 0: all
  std::optional<GanttPage> page = std::nullopt;  ///< none: all on one
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

/// Hands over the picture of one page after the other: each what `gantt_svg` makes of it, while what they share is made
/// once.  `options.page` does not count.
void gantt_pages(const Plan& plan, const solve::Answer& answer, const GanttSvgOptions& options,
                 std::span<const GanttPage> pages,
                 const std::function<void(const std::string& svg)>& take);

/// How many rows a page of that height has room for, under title, legend and axis.
std::size_t gantt_rows_in(int height);

}  // namespace diaodu::report
