#include "diaodu/report/gantt_link.h"

#include <algorithm>

#include "diaodu/report/svg.h"

namespace diaodu::report {
namespace {

constexpr double kArrowHead = 4;  // of the arrow, beyond which its line ends
constexpr double kInset = 5;      // from a bar's corner to where an arrow drops onto it
constexpr double kAround = 7;     // how far an arrow keeps off the ends of bars

std::string in_class(std::string_view name, std::string_view style) {
  return std::string(name).append(style);
}

std::string dropping(const GanttBar& from, const GanttBar& to, double down,
                     std::string_view style) {
  const double edge = to.middle - down * (to.is_point ? kGanttDiamond : kGanttBar / 2);
  const double inset = to.is_point ? 0 : std::min(kInset, (to.finish - to.start) / 2);
  svg::Stroke stroke;
  double x = std::max(to.start + inset, from.finish);
  const bool is_below = x < from.finish + (from.is_point ? kGanttDiamond + 2 : 0);
  if (from.is_point && is_below) {
    x = from.finish;  // straight down from the diamond's tip
    stroke.move(x, from.middle + down * kGanttDiamond);
  } else {
    stroke.move(from.finish + (from.is_point ? kGanttDiamond : 0), from.middle).to(x, from.middle);
  }
  stroke.to(x, edge - down * kArrowHead);
  return stroke.draw(in_class("link", style)) +
         svg::arrow_head(x, edge, 0, down, in_class("tip", style));
}

std::string around(const GanttBar& from, const GanttBar& to, LinkType type, double down,
                   std::string_view style) {
  const bool leaves_start = leaves_from_start(type);
  const bool arrives_start = arrives_at_start(type);
  const double out = leaves_start ? -1 : 1;    // the side on which it leaves
  const double into = arrives_start ? -1 : 1;  // the side from which it comes in
  const double leave =
      (leaves_start ? from.start : from.finish) + (from.is_point ? out * kGanttDiamond : 0);
  const double tip =
      (arrives_start ? to.start : to.finish) + (to.is_point ? into * kGanttDiamond : 0);
  const double beside = leave + out * kAround;
  const double before = tip + into * (kAround + kArrowHead / 2);
  svg::Stroke stroke;
  stroke.move(leave, from.middle);
  if (leaves_start == arrives_start) {
    const double x = leaves_start ? std::min(beside, before) : std::max(beside, before);
    stroke.to(x, from.middle).to(x, to.middle);
  } else {
    const double between = to.middle - down * kGanttRow / 2;
    stroke.to(beside, from.middle).to(beside, between).to(before, between).to(before, to.middle);
  }
  stroke.to(tip + into * kArrowHead, to.middle);
  return stroke.draw(in_class("link", style)) +
         svg::arrow_head(tip, to.middle, -into, 0, in_class("tip", style));
}

}  // namespace

std::string gantt_link(const GanttBar& from, const GanttBar& to, LinkType type,
                       std::string_view style) {
  constexpr double kRounding = 0.6;
  const double down = to.middle > from.middle ? 1 : -1;
  const bool drops = type == LinkType::finish_to_start && to.start >= from.finish - kRounding;
  return drops ? dropping(from, to, down, style) : around(from, to, type, down, style);
}

}  // namespace diaodu::report
