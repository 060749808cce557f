#include "diaodu/report/gantt_grid.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "diaodu/report/svg.h"
#include "diaodu/report/xml.h"

namespace diaodu::report {
namespace {

using svg::line;
using svg::rect;
using svg::text_at;

// Sizes of letters.
constexpr double kMajor = 11.5;
constexpr double kMinor = 10.5;

}  // namespace

double GanttPlot::x_of(Instant instant) const {
  const auto minutes = static_cast<double>((instant - range.from).count());
  return left + (right - left) * minutes / static_cast<double>(range.length().count());
}

std::string gantt_rest(const Plan& plan, const GanttPlot& plot) {
  const double day =
      (plot.right - plot.left) * kMinutesPerDay / static_cast<double>(plot.range.length().count());
  if (plan.is_abstract || !plan.calendar || day < 4) return {};
  const Calendar& calendar = plan.calendars[plan.calendar].calendar;
  std::string shades;
  std::optional<Interval> rest;
  const auto close = [&] {
    if (!rest) return;
    const double from = std::max(plot.left, plot.x_of(rest->from));
    shades += rect(from, plot.top, std::min(plot.right, plot.x_of(rest->to)) - from,
                   plot.bottom - plot.top, "rest");
    rest.reset();
  };
  for (const Interval& each : divisions(plan, plot.range, Scale::day)) {
    if (calendar.work_between(each.from, each.to) > WorkTime{}) {
      close();
    } else if (rest) {
      rest->to = each.to;
    } else {
      rest = each;
    }
  }
  close();
  return shades;
}

std::string gantt_grid(const Plan& plan, const GanttPlot& plot, const Axis& axis, double margin,
                       Language language) {
  std::string grid = line(margin, plot.top, plot.right, plot.top, "grid");
  const auto draw = [&](const std::vector<Interval>& marks, Scale scale, bool is_major) {
    const double baseline = plot.head + (is_major ? 15 : 35);
    for (const Interval& mark : marks) {
      const double from = plot.x_of(mark.from);
      const double shown_from = std::max(from, plot.left);
      const double room = std::min(plot.x_of(mark.to), plot.right) - shown_from;
      const bool begins_here = from >= plot.left - 0.5;
      if (begins_here) {
        grid += line(from, plot.head + (is_major ? 2 : 24), from, is_major ? plot.bottom : plot.top,
                     "grid");
      }
      std::string name = is_major ? full_name(plan, mark.from, scale, language)
                                  : short_name(plan, mark.from, scale, language);
      if (is_major && text_width(name, kMajor) + 8 > room) {
        name = short_name(plan, mark.from, scale, language);
      }
      const double needed = text_width(name, is_major ? kMajor : kMinor);
      if (!begins_here && !is_major) continue;  // half a week has no name
      if (needed + (is_major ? 8 : 4) > room) continue;
      grid += text_at(shown_from + (is_major ? 6 : 4), baseline, is_major ? "major" : "minor num",
                      name);
    }
  };
  if (axis.majors.empty()) {
    draw(axis.minors, axis.minor, false);
    return grid;
  }
  draw(axis.majors, axis.major, true);
  if (axis.minor != axis.major) draw(axis.minors, axis.minor, false);
  return grid;
}

}  // namespace diaodu::report
