#include "diaodu/report/gantt_legend.h"

#include "diaodu/report/svg.h"
#include "diaodu/report/words.h"
#include "diaodu/report/xml.h"

namespace diaodu::report {
namespace {

constexpr double kSize = 10.5;
constexpr double kGap = 16;

/// Sets its entries from the right to the left.
struct Typesetter {
  Language language;
  double x;
  double y;
  std::string drawing = {};

  /// `draw(x, y)` draws the mark from its left end, around its middle.
  template <class Draw>
  void add(const Words& words, double width, Draw&& draw) {
    const std::string text = say(words, language);
    x -= text_width(text, kSize);
    drawing += svg::text_at(x, y, "small", text);
    x -= width + 5;
    drawing += draw(x, y - 4);
    x -= kGap;
  }
  void add_bar(const Words& words, std::string_view style) {
    constexpr double kWidth = 18;
    add(words, kWidth,
        [&](double at, double middle) { return svg::rect(at, middle - 4, kWidth, 8, style, 2); });
  }
};

}  // namespace

std::string gantt_legend(const GanttLegend& legend, Language language, double right, double y) {
  Typesetter set{language, right, y};
  if (legend.has_deadlines) {
    set.add(words::legend_deadline, 10, [](double at, double middle) {
      return svg::Stroke()
          .move(at + 1, middle - 4)
          .to(at + 5, middle + 2)
          .to(at + 9, middle - 4)
          .draw("dead");
    });
  }
  set.add(words::legend_float, 16, [](double at, double middle) {
    return svg::line(at, middle, at + 16, middle, "float") +
           svg::line(at + 16, middle - 3, at + 16, middle + 3, "float");
  });
  set.add(words::legend_milestone, 10,
          [](double at, double middle) { return svg::diamond(at + 5, middle, 5, "mile"); });
  if (legend.has_waits) {
    set.add(words::legend_wait, 18, [](double at, double middle) {
      return svg::line(at, middle, at + 14, middle, "link w c") +
             svg::arrow_head(at + 18, middle, 1, 0, "tip c");
    });
  }
  if (legend.has_done) set.add_bar(words::legend_done, "bar d");
  set.add_bar(words::legend_task, "bar");
  set.add_bar(words::legend_critical, "bar c");
  return set.drawing;
}

}  // namespace diaodu::report
