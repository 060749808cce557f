#include "diaodu/report/gantt_svg.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diaodu/plan/progress.h"
#include "diaodu/plan/show.h"
#include "diaodu/plan/tree.h"
#include "diaodu/plan/working_times.h"
#include "diaodu/report/gantt_grid.h"
#include "diaodu/report/gantt_legend.h"
#include "diaodu/report/gantt_link.h"
#include "diaodu/report/gantt_rows.h"
#include "diaodu/report/gantt_style.h"
#include "diaodu/report/milestones.h"
#include "diaodu/report/reason.h"
#include "diaodu/report/summary.h"
#include "diaodu/report/svg.h"
#include "diaodu/report/time_axis.h"
#include "diaodu/report/words.h"
#include "diaodu/report/xml.h"

namespace diaodu::report {
namespace {

using solve::Reason;
using svg::attribute;
using svg::diamond;
using svg::line;
using svg::rect;
using svg::Stroke;
using svg::text_at;

// Pixels.
constexpr double kMargin = 32;
constexpr double kHead = 92;  // title, headline and legend
constexpr double kAxis = 44;  // two lines of marks
constexpr double kRow = kGanttRow;
constexpr double kBar = kGanttBar;
constexpr double kFoot = 28;
constexpr double kDate = 82;  // the column of finish dates
constexpr double kNameSize = 12.5;
constexpr double kIndent = 14;
constexpr std::size_t kMostLinks = 1500;  // more are a carpet; then only those that drive are drawn

class Picture {
 public:
  Picture(const Plan& plan, const solve::Answer& answer, const GanttSvgOptions& options)
      : plan_(plan),
        answer_(answer),
        language_(options.language),
        times_(plan),
        states_(plan, times_),
        chosen_(gantt_rows(plan, answer, options.max_rows)),
        row_of_(plan.tasks.size(), kNotShown),
        width_(std::max(640, options.width)) {
    for (std::size_t i = 0; i < chosen_.rows.size(); ++i) row_of_[chosen_.rows[i].task] = i;
    add_arrows();
    has_ = {
        .has_waits = has_waits(), .has_done = states_.is_any(), .has_deadlines = has_deadlines()};
    double widest = 120;
    for (const GanttRows::Row& row : chosen_.rows) {
      widest = std::max(widest, row.depth * kIndent + text_width(name(row.task), kNameSize) + 16);
    }
    names_ = std::min(widest, width_ * 0.26);
    plot_.head = kHead;
    plot_.top = kHead + kAxis;
    plot_.left = kMargin + names_ + kDate + 12;
    plot_.right = width_ - kMargin;
    plot_.range = padded(gantt_range(plan, answer));
    axis_ = make_axis(plan, plot_.range, plot_.right - plot_.left, 24);
  }

  std::string draw(const std::optional<GanttPage>& page) {
    turn_to(page);
    std::string svg =
        "<svg xmlns=\"http://www.w3.org/2000/svg\"" + attribute("width", width_) +
        attribute("height", height_) +
        attribute("viewBox", "0 0 " + coordinate(width_) + ' ' + coordinate(height_)) +
        attribute("lang", language_ == Language::chinese ? "zh-CN" : "en") + ">\n<title>" +
        xml_text(title_of(plan_, language_)) + "</title>\n<style>" + std::string(kGanttStyle) +
        "</style>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n";
    svg += draw_head();
    if (!rows_.empty()) {
      svg += draw_bands() + gantt_rest(plan_, plot_) +
             gantt_grid(plan_, plot_, axis_, kMargin, language_) + draw_names();
      svg += clip();
      svg += draw_floats() + draw_arrows() + draw_bars() + draw_deadlines();
      svg += "</svg>\n" + draw_data_date();
    }
    if (chosen_.num_left_out > 0) {
      svg += text_at(kMargin, plot_.bottom + 20, "small",
                     say(words::and_more, language_, {std::to_string(chosen_.num_left_out)}));
    }
    if (page_) {
      svg += text_at(plot_.right, height_ - 10, "small num",
                     std::to_string(page_->number) + " / " + std::to_string(page_->of), "end");
    }
    return svg + "</svg>\n";
  }

 private:
  /// Of `row_of_`: not on any page.
  static constexpr std::size_t kNotShown = std::numeric_limits<std::size_t>::max();

  /// What leads from one row to another; the later layer is drawn over the earlier one.
  struct Arrow {
    enum class Layer : std::uint8_t { quiet, driving, warm, waits };

    TaskId from;
    TaskId to;
    LinkType type = LinkType::finish_to_start;
    Layer layer = Layer::quiet;
    std::string_view style;
  };
  static constexpr std::size_t kNumLayers = 4;

  /// What is drawn is this page's rows; all else (columns, dates, legend) is that of the whole chart.
  void turn_to(const std::optional<GanttPage>& page) {
    page_ = page;
    const std::span<const GanttRows::Row> all = chosen_.rows;
    first_row_ = page ? std::min(page->first_row, all.size()) : 0;
    rows_ = all.subspan(first_row_);
    if (page) rows_ = rows_.first(std::min(page->num_rows, rows_.size()));
    plot_.bottom = kHead + kAxis + static_cast<double>(rows_.size()) * kRow;
    height_ = page ? page->height : plot_.bottom + kFoot + (chosen_.num_left_out > 0 ? 18 : 0);
  }

  /// Clips what runs past the last date, and on a page links that come from other pages.
  std::string clip() const {
    const double top = page_ ? kHead + kAxis : 0;
    const double width = plot_.right + 8;
    const double height = (page_ ? plot_.bottom : height_) - top;
    const std::string box =
        page_ ? attribute("viewBox", "0 " + coordinate(top) + ' ' + coordinate(width) + ' ' +
                                         coordinate(height))
              : std::string();
    return "<svg" + attribute("x", 0.0) + attribute("y", top) + attribute("width", width) +
           attribute("height", height) + box + ">\n";
  }

  bool is_shown(TaskId task) const { return row_of_[task] != kNotShown; }

  std::string name(TaskId task) const {
    return std::string(display_name(plan_.tasks[task], language_));
  }
  const Placement& placed(TaskId task) const { return answer_.schedule.placements[task]; }
  bool is_critical(TaskId task) const { return answer_.dates[task].is_critical; }
  bool is_done(TaskId task) const { return states_[task].stage == TaskState::Stage::completed; }
  bool is_point(TaskId task) const {
    return plan_.tasks[task].is_milestone() || placed(task).finish <= placed(task).start;
  }

  /// A little air on both sides, so that bars and diamonds do not touch the frame.
  Interval padded(Interval range) const {
    const Elapsed air{std::max<std::int64_t>(1, range.length().count() / 60)};
    if (plan_.is_abstract) return {range.from, range.to + air};
    return {beginning(plan_, range.from - air, Scale::day),
            next(plan_, range.to + air, Scale::day)};
  }

  double x_of(Instant instant) const { return plot_.x_of(instant); }
  double top_of(int row) const { return kHead + kAxis + row * kRow; }
  double middle_of(int row) const { return top_of(row) + kRow / 2; }
  /// Counted from this page's first row; on an earlier page less than 0.
  int row_on_page(TaskId task) const {
    return static_cast<int>(row_of_[task]) - static_cast<int>(first_row_);
  }

  /// Where a task's bar begins and ends, never narrower than can be seen.
  std::pair<double, double> ends_of(TaskId task) const {
    const double from = x_of(placed(task).start);
    if (is_point(task)) return {from, from};
    return {from, std::max(x_of(placed(task).finish), from + 2)};
  }

  std::string draw_head() const {
    const bool is_good = answer_.status == solve::Status::optimal;
    const bool is_bad = !answer_.has_schedule || answer_.status == solve::Status::infeasible;
    std::string_view style = is_good ? "head good" : is_bad ? "head bad" : "head";
    std::string head;
    const std::string title(title_of(plan_, language_));
    head += text_at(kMargin, 44, "title", fit_to(title, width_ - 2 * kMargin, 22));
    head += text_at(kMargin, title.empty() ? 44 : 67, style, headline(plan_, answer_, language_));
    return head + (rows_.empty() ? std::string() : gantt_legend(has_, language_, plot_.right, 66));
  }

  bool has_waits() const {
    return std::any_of(chosen_.rows.begin(), chosen_.rows.end(), [&](const GanttRows::Row& row) {
      return answer_.reasons[row.task].kind == Reason::Kind::resource;
    });
  }

  bool has_deadlines() const {
    return std::any_of(chosen_.rows.begin(), chosen_.rows.end(), [&](const GanttRows::Row& row) {
      return has_deadline(plan_.tasks[row.task]);
    });
  }

  /// Summary rows stand on a band of their own.
  std::string draw_bands() const {
    std::string bands;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      const double y = top_of(static_cast<int>(i));
      if (plan_.tasks[rows_[i].task].kind == TaskKind::summary) {
        bands += rect(kMargin, y, plot_.right - kMargin, kRow, "band");
      }
      bands += line(kMargin, y + kRow, plot_.right, y + kRow, "rule");
    }
    return bands;
  }

  std::string draw_names() const {
    std::string text = text_at(kMargin, kHead + 35, "minor", say(words::task, language_));
    text +=
        text_at(plot_.left - 16, kHead + 35, "minor", say(words::finish_column, language_), "end");
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      const GanttRows::Row& row = rows_[i];
      const double y = middle_of(static_cast<int>(i)) + 4.3;
      const double x = kMargin + row.depth * kIndent;
      const bool is_summary = plan_.tasks[row.task].kind == TaskKind::summary;
      const double size = is_summary ? kNameSize * 1.05 : kNameSize;
      text += text_at(x, y, is_summary ? "sum" : "",
                      fit_to(name(row.task), kMargin + names_ - x, size));
      const bool is_end = plan_.tasks[row.task].kind != TaskKind::start_milestone;
      const Instant at = placed(row.task).finish;
      const std::string finish = is_end ? show_end(plan_, at) : show(plan_, at);
      const bool is_warm = is_critical(row.task) && !is_summary;
      text += text_at(plot_.left - 16, y, is_warm ? "small num crit" : "small num",
                      plan_.is_abstract ? finish : finish.substr(0, 10), "end");
    }
    return text;
  }

  /// From each bar's end to the latest that it may end.
  std::string draw_floats() const {
    std::string floats;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      const TaskId task = rows_[i].task;
      const solve::TaskDates& dates = answer_.dates[task];
      const bool has_one = dates.has_float && dates.total_float > WorkTime{} &&
                           plan_.tasks[task].kind != TaskKind::summary &&
                           dates.latest_finish > placed(task).finish;
      if (!has_one || is_critical(task)) continue;
      const double y = middle_of(static_cast<int>(i));
      const double from = ends_of(task).second + (is_point(task) ? 6 : 0);
      const double to = std::min(plot_.right, x_of(std::min(dates.latest_finish, plot_.range.to)));
      if (to < from + 3) continue;
      floats += line(from, y, to, y, "float") + line(to, y - 3, to, y + 3, "float");
    }
    return floats;
  }

  /// The reason is this link.
  bool drives(const Link& link, LinkId id) const {
    const Reason& reason = answer_.reasons[link.to];
    return reason.kind == Reason::Kind::link && reason.link == id;
  }

  void add_arrow(const Arrow& arrow) {
    for (const TaskId end : {arrow.from, arrow.to})
      arrows_at_[row_of_[end]].push_back(arrows_.size());
    arrows_.push_back(arrow);
  }

  void add_arrows() {
    using Layer = Arrow::Layer;
    arrows_at_.resize(chosen_.rows.size());
    const bool is_crowded = plan_.links.size() > kMostLinks;
    for (const LinkId id : plan_.links.ids()) {
      const Link& link = plan_.links[id];
      if (!is_shown(link.from) || !is_shown(link.to)) continue;
      const bool is_driving = drives(link, id);
      if (is_crowded && !is_driving) continue;
      const bool is_warm = is_driving && is_critical(link.from) && is_critical(link.to);
      add_arrow({.from = link.from,
                 .to = link.to,
                 .type = link.type,
                 .layer = is_warm      ? Layer::warm
                          : is_driving ? Layer::driving
                                       : Layer::quiet,
                 .style = is_warm      ? " c"
                          : is_driving ? " v"
                                       : ""});
    }
    // Dashed: from the task that leaves a resource to the one that waited for it.
    for (const GanttRows::Row& row : chosen_.rows) {
      if (answer_.reasons[row.task].kind != Reason::Kind::resource) continue;
      const TaskId by = held_by(answer_, row.task);
      if (!by || !is_shown(by)) continue;
      const bool is_warm = is_critical(row.task) && is_critical(by);
      add_arrow(
          {.from = by, .to = row.task, .layer = Layer::waits, .style = is_warm ? " w c" : " w v"});
    }
  }

  /// An arrow is drawn where one of its ends is, towards the other.
  std::string draw_arrows() const {
    std::vector<std::size_t> drawn;
    for (std::size_t row = first_row_; row < first_row_ + rows_.size(); ++row)
      drawn.insert(drawn.end(), arrows_at_[row].begin(), arrows_at_[row].end());
    std::sort(drawn.begin(), drawn.end());
    drawn.erase(std::unique(drawn.begin(), drawn.end()), drawn.end());
    std::array<std::string, kNumLayers> layers;
    for (const std::size_t each : drawn) {
      const Arrow& arrow = arrows_[each];
      layers[static_cast<std::size_t>(arrow.layer)] +=
          gantt_link(bar_of(arrow.from), bar_of(arrow.to), arrow.type, arrow.style);
    }
    std::string svg;
    for (const std::string& layer : layers) svg += layer;
    return svg;
  }

  GanttBar bar_of(TaskId task) const {
    const auto [from, to] = ends_of(task);
    return {from, to, middle_of(row_on_page(task)), is_point(task)};
  }

  std::string draw_bars() const {
    std::string bars;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      const TaskId task = rows_[i].task;
      bars += "<g><title>" + xml_text(tooltip(task)) + "</title>\n" +
              draw_bar(task, middle_of(static_cast<int>(i))) + "</g>\n";
    }
    return bars;
  }

  std::string tooltip(TaskId task) const {
    const Placement& place = placed(task);
    std::string text = plan_.tasks[task].id.str() + "  " + name(task) + '\n' +
                       show_with_weekday(plan_, place.start, language_);
    if (place.finish > place.start)
      text += " → " + show_with_weekday(plan_, place.finish, language_);
    const std::string why = why_line(plan_, answer_, task, language_);
    return why.empty() ? text : text + '\n' + why;
  }

  std::string draw_bar(TaskId task, double y) const {
    const auto [from, to] = ends_of(task);
    const bool is_warm = is_critical(task);
    const std::string state = is_done(task) ? " d" : is_warm ? " c" : "";
    if (plan_.tasks[task].kind == TaskKind::summary) return draw_summary(from, to, y);
    if (is_point(task)) {
      return diamond(from, y, kGanttDiamond, "mile" + state);
    }
    std::string bar =
        rect(from, y - kBar / 2, to - from, kBar, "bar" + state, std::min(2.5, (to - from) / 2));
    if (states_[task].stage == TaskState::Stage::started && plan_.data_date) {
      const double done = std::min(to, x_of(*plan_.data_date));
      if (done > from) bar += rect(from, y - 2, done - from, 4, "part", 1);
    }
    return bar;
  }

  /// A beam with a foot at each end.
  static std::string draw_summary(double from, double to, double y) {
    const double foot = std::min(5.0, (to - from) / 2);
    return Stroke()
        .move(from, y - 4)
        .to(to, y - 4)
        .to(to, y + 5)
        .to(to - foot, y)
        .to(from + foot, y)
        .to(from, y + 5)
        .close()
        .draw("sumbar");
  }

  /// `12 Apr`, `4月12日`.
  std::string short_date(Instant instant) const {
    const std::string day = short_name(plan_, instant, Scale::day, language_);
    const std::string month = short_name(plan_, instant, Scale::month, language_);
    return language_ == Language::chinese ? month + day + "日" : day + ' ' + month;
  }

  std::string draw_deadlines() const {
    std::string marks;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      const Task& task = plan_.tasks[rows_[i].task];
      if (!has_deadline(task) || task.deadline > plot_.range.to || task.deadline < plot_.range.from)
        continue;
      const double x = x_of(task.deadline);
      const double y = middle_of(static_cast<int>(i));
      const bool missed = is_missed(task, placed(rows_[i].task));
      const Stroke mark = Stroke().move(x - 4, y - 5).to(x, y + 1.5).to(x + 4, y - 5);
      marks += "<g><title>" +
               xml_text(say(words::deadline, language_) + ' ' + show_end(plan_, task.deadline)) +
               "</title>" + mark.draw("halo") + mark.draw(missed ? "dead x" : "dead") + "</g>\n";
    }
    return marks;
  }

  std::string draw_data_date() const {
    const bool is_shown = plan_.data_date && *plan_.data_date >= plot_.range.from &&
                          *plan_.data_date <= plot_.range.to;
    if (!is_shown) return {};
    const double x = x_of(*plan_.data_date);
    // At midnight it is the end of a day.
    const Instant of_day = plan_.is_abstract ? *plan_.data_date : *plan_.data_date - Elapsed{1};
    return line(x, kHead + kAxis - 4, x, plot_.bottom, "now") +
           text_at(x, plot_.bottom + 14, "nowtext",
                   say(words::data_date, language_) + ' ' + short_date(of_day), "middle");
  }

  const Plan& plan_;
  const solve::Answer& answer_;
  Language language_;
  WorkingTimes times_;
  TaskStates states_;
  GanttRows chosen_;
  Table<TaskId, std::size_t> row_of_;
  std::vector<Arrow> arrows_;
  std::vector<std::vector<std::size_t>> arrows_at_;  // by row, which begin or end there
  std::optional<GanttPage> page_;
  std::span<const GanttRows::Row> rows_;  // of this page
  std::size_t first_row_ = 0;
  GanttLegend has_;
  double width_;
  double names_ = 0;
  double height_ = 0;
  GanttPlot plot_;
  Axis axis_;
};

}  // namespace

std::size_t gantt_rows_in(int height) {
  return static_cast<std::size_t>(std::max(1.0, (height - kHead - kAxis - kFoot) / kRow));
}

std::string gantt_svg(const Plan& plan, const solve::Answer& answer,
                      const GanttSvgOptions& options) {
  return Picture(plan, answer, options).draw(options.page);
}

void gantt_pages(const Plan& plan, const solve::Answer& answer, const GanttSvgOptions& options,
                 std::span<const GanttPage> pages,
                 const std::function<void(const std::string& svg)>& take) {
  Picture picture(plan, answer, options);
  for (const GanttPage& page : pages) take(picture.draw(page));
}

}  // namespace diaodu::report
